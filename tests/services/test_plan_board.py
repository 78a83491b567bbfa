"""The board of a plan, one's own actions, and one change of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    ChangedMeanwhileError,
    NotAllowedError,
    NotFoundError,
    UnacceptableDetailsError,
)
from healthcheck.core.plan_board import Grouping
from healthcheck.core.plan_changes import By
from healthcheck.core.plan_filters import Filter
from healthcheck.core.plans import Origin, Owner
from healthcheck.core.steps import State
from healthcheck.services import plan_board, plans
from healthcheck.services.plan_board import ManyChange
from healthcheck.storage import assessments
from healthcheck.storage import plans as stored
from tests import reviewing
from tests.next_year import begin
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.plans import AT_RISK, COMPLETE
from tests.reviewing import RHONA
from tests.teams import MIA, PAT, with_people
from tests.working_plans import BOBS, DUE, TOM, add, now

if TYPE_CHECKING:
    from tests.people import World

ALL = Filter()


def test_a_board_shows_what_is_wanted_and_counts_everything(world: World) -> None:
    first = add(world)
    add(world, TOM, None)
    board = plan_board.board(
        world.as_(VERA), world.northmeres.id, Filter(owner="bob baker"), Grouping.OWNER
    )
    assert [group.title for group in board.groups] == ["Bob Baker"]
    assert board.actions == (first,)
    assert (board.counts.all, board.counts.without_date) == (2, 1)
    assert (board.owners, board.teams) == (("Bob Baker", "Tom Reed"), ("Duty team", "IT"))
    assert (board.may_change, board.is_for_basw) == (False, False)


def test_nobody_else_sees_a_board_and_basw_only_when_accepted(world: World) -> None:
    add(world)
    reviewing.with_basw(world)
    for person in (CHARLIE, RHONA):
        with pytest.raises(NotFoundError):
            plan_board.board(world.as_(person), world.northmeres.id, ALL, Grouping.DUE)
    store = world.as_(None).store
    with store.writing():
        store.run(
            "UPDATE assessments SET state = ? WHERE id = ?",
            State.ACCEPTED.name,
            world.northmeres.id,
        )
    seen = plan_board.board(world.as_(RHONA), world.northmeres.id, ALL, Grouping.DUE)
    assert (len(seen.actions), seen.may_change, seen.is_for_basw) == (1, False, True)
    with pytest.raises(NotFoundError):
        plan_board.board(world.as_(CHARLIE), world.northmeres.id, ALL, Grouping.DUE)


def test_the_number_of_queries_does_not_grow_with_the_plan(world: World) -> None:
    def queries() -> int:
        asked: list[str] = []
        ctx = world.as_(VERA)
        ctx.store.connection.set_trace_callback(asked.append)
        plan_board.board(ctx, world.northmeres.id, ALL, Grouping.AREA)
        ctx.store.connection.set_trace_callback(None)
        return len(asked)

    add(world)
    few = queries()
    for _ in range(10):
        add(world, TOM)
    assert queries() == few < 12


def test_ones_own_actions_are_those_with_ones_account_the_earliest_first(world: World) -> None:
    late, done = add(world, due=date(2026, 3, 1)), add(world, due=date(2026, 2, 1))
    soon, _ = add(world), add(world, TOM)
    plans.report_progress(world.as_(BOB), world.northmeres.id, done.id, COMPLETE, "", 1)
    mine = plan_board.mine(world.as_(BOB))
    assert [each.action.id for each in mine.actions] == [late.id, soon.id, done.id]
    assert (mine.counts.open, mine.counts.overdue) == (2, 1)
    assert plan_board.mine(world.as_(CHARLIE)).actions == ()


def test_what_goes_on_in_next_years_plan_is_ones_own_once(world: World) -> None:
    old = add(world)
    new = begin(world)
    store = world.as_(None).store
    carried = replace(
        old, id="new", assessment_id=new.id, origin=Origin.CARRIED, carried_from=old.id
    )
    if not stored.plans_of(store, new.id)[new.id].actions:
        with store.writing():
            stored.add(store, carried, by=By("Alice Archer", ALICE.id), now=world.clock())
    ((assessment, action, _),) = plan_board.mine(world.as_(BOB)).actions
    assert (assessment.id, action.carried_from) == (new.id, old.id)
    board = plan_board.board(world.as_(ALICE), world.northmeres.id, ALL, Grouping.DUE)
    assert board.carried_on == {old.id}
    assert board.later is not None
    assert (board.later[0].assessment_id, board.later[1]) == (new.id, "2027")
    assert (board.counts.all, board.counts.open) == (1, 0)
    with store.writing():
        assessments.move(store, new.id, State.NOT_STARTED, State.WITHDRAWN, world.clock())
    assert [each.action.id for each in plan_board.mine(world.as_(BOB)).actions] == [old.id]


def change(
    world: World, chosen: list[tuple[str, int]], what: ManyChange, reason: str = "She left."
) -> int:
    return plan_board.change_many(world.as_(ALICE), world.northmeres.id, chosen, what, reason)


def test_many_actions_change_at_once_and_each_history_says_why(world: World) -> None:
    actions = [add(world), add(world, TOM, None), add(world, replace(TOM, name="Ana"))]
    chosen = [(each.id, 1) for each in actions[:2]]
    what = ManyChange(Owner(role="Lead", person_id=ALICE.id), date(2026, 12, 1))

    assert change(world, chosen, what) == 2

    first, second, third = (now(world, each) for each in actions)
    for each in (first, second):
        assert (each.details.owner.name, each.details.owner.role) == ("Alice Archer", "Lead")
        assert (each.details.due, each.details.no_date_reason) == (date(2026, 12, 1), "")
        last = plans.history(world.as_(ALICE), world.northmeres.id, each.id)[-1]
        assert (last.reason, last.by, last.revision) == ("She left.", "Alice Archer", 2)
    assert third == actions[2]
    assert change(world, [(each.id, 2) for each in (first, second)], what) == 0


def test_who_has_an_action_already_keeps_their_role_and_team(world: World) -> None:
    one, two = add(world), add(world, TOM)
    what = ManyChange(Owner(role="Director", person_id=BOB.id))
    assert change(world, [(one.id, 1), (two.id, 1)], what) == 2
    owners = [now(world, each).details.owner for each in (one, two)]
    assert [(each.role, each.team) for each in owners] == [
        ("Director", "Duty team"),
        ("Director", ""),
    ]


def test_when_one_was_changed_meanwhile_none_changes(world: World) -> None:
    first, second = add(world), add(world)
    plans.report_progress(world.as_(BOB), world.northmeres.id, second.id, AT_RISK, "", 1)
    with pytest.raises(ChangedMeanwhileError, match="A2"):
        change(world, [(first.id, 1), (second.id, 1)], ManyChange(due=date(2026, 12, 1)))
    assert now(world, first) == first


def test_a_change_of_many_says_what_is_missing(world: World) -> None:
    one = add(world, start=date(2026, 3, 10))
    later = ManyChange(due=date(2026, 12, 1))
    for chosen, what, reason, sentence in (
        ([], later, "Why", "Choose the actions to change."),
        ([("a", 1)] * 501, later, "Why", "Choose at most 500 actions at once."),
        ([(one.id, 1)], ManyChange(), "Why", "Choose another owner, or give another due date."),
        ([(one.id, 1)], later, " ", "Say why you change these actions."),
        (
            [(one.id, 1)],
            ManyChange(due=date(2026, 3, 1)),
            "Why",
            "A1: The start must be on or before the due date, 1 March 2026.",
        ),
    ):
        with pytest.raises(UnacceptableDetailsError) as refused:
            change(world, chosen, what, reason)
        assert str(refused.value) == sentence
    assert now(world, one) == one


def test_only_the_lead_changes_many_and_nobody_reaches_anothers(world: World) -> None:
    one = add(world)
    what = ManyChange(due=DUE)
    for person, refusal in ((BOB, NotAllowedError), (CHARLIE, NotFoundError)):
        with pytest.raises(refusal):
            plan_board.change_many(
                world.as_(person), world.northmeres.id, [(one.id, 1)], what, "Why"
            )
    with pytest.raises(NotFoundError):
        plan_board.change_many(world.as_(CHARLIE), world.southmeres.id, [(one.id, 1)], what, "Why")


def test_owners_can_be_chosen_among_the_employers_own(world: World) -> None:
    with_people(world)
    found = plan_board.people_of(world.as_(ALICE), world.northmeres)
    assert found == (ALICE, BOB, MIA, PAT, VERA)
    assert BOBS.person_id in {each.id for each in found}

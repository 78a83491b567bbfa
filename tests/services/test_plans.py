"""Plans worked by the people of an employer: who may, what is kept, what a stale change meets."""

from __future__ import annotations

import sqlite3
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
from healthcheck.core.plans import Delivery, Details, LevelUpdate, Origin, Owner, Progress
from healthcheck.services import own_actions, people, plans
from healthcheck.storage import plan_decisions
from tests.people import ALICE, BOB, CHARLIE, VERA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.people import World

DETAILS = Details("Agree a scheme", owner=Owner(person_id=BOB.id, role="HR"), due=date(2026, 9, 1))
AT_RISK = Progress(Delivery.AT_RISK, "The union has not met.", "Meet in May.")


def test_an_action_added_gets_the_next_number_and_its_owner_their_account_s_name(
    world: World,
) -> None:
    first = plans.add(world.as_(ALICE), world.northmeres.id, DETAILS, question_id="agreed-scheme")
    second = plans.add(world.as_(ALICE), world.northmeres.id, replace(DETAILS, action="Two"))

    assert (first.reference, second.reference) == ("A1", "A2")
    assert first.details.owner == Owner("Bob Baker", "HR", "", BOB.email, BOB.id)
    assert (first.origin, first.question_id, first.revision) == (Origin.OWN, "agreed-scheme", 1)
    assert plans.plan(world.as_(VERA), world.northmeres.id).actions == (first, second)


def test_a_change_is_kept_with_who_made_it_and_why(world: World) -> None:
    ctx = world.as_(ALICE)
    added = plans.add(ctx, world.northmeres.id, DETAILS)

    later = replace(added.details, due=date(2026, 12, 1))
    changed = plans.change(ctx, world.northmeres.id, added.id, later, 1, "No room before.")

    assert (changed.revision, changed.details.due) == (2, date(2026, 12, 1))
    first, last = plans.history(ctx, world.northmeres.id, added.id)
    assert (first.details, first.by, first.way) == (added.details, "Alice Archer", "page")
    assert (last.details, last.reason) == (later, "No room before.")


def test_a_stale_change_meets_the_action_as_it_is_now_and_saves_nothing(world: World) -> None:
    ctx = world.as_(ALICE)
    added = plans.add(ctx, world.northmeres.id, DETAILS)
    theirs = plans.report_progress(world.as_(BOB), world.northmeres.id, added.id, AT_RISK, "", 1)

    mine = replace(added.details, action="Mine")
    with pytest.raises(ChangedMeanwhileError, match="Bob Baker changed A1") as stale:
        plans.change(ctx, world.northmeres.id, added.id, mine, 1)

    assert stale.value.action == theirs
    assert plans.action(ctx, world.northmeres.id, added.id) == theirs


def test_an_owner_reports_progress_on_their_own_action_and_on_no_other(world: World) -> None:
    mine = plans.add(world.as_(ALICE), world.northmeres.id, DETAILS)
    other = plans.add(world.as_(ALICE), world.northmeres.id, replace(DETAILS, owner=Owner("IT")))

    done = plans.report_progress(
        world.as_(BOB), world.northmeres.id, mine.id, AT_RISK, "Half way.", 1
    )

    assert done.progress == AT_RISK
    noted = plans.plan(world.as_(ALICE), world.northmeres.id).notes[mine.id]
    assert [(each.text, each.written_by) for each in noted] == [("Half way.", "Bob Baker")]
    with pytest.raises(NotAllowedError, match="only its owner"):
        plans.report_progress(world.as_(BOB), world.northmeres.id, other.id, AT_RISK, "", 1)
    with pytest.raises(NotAllowedError):
        plans.change(world.as_(BOB), world.northmeres.id, mine.id, DETAILS, 2)
    assert [each.action.id for each in own_actions.owned(world.as_(BOB))] == [mine.id]
    assert own_actions.owned(world.as_(CHARLIE)) == ()


def test_a_note_alone_clashes_with_nothing(world: World) -> None:
    ctx = world.as_(ALICE)
    added = plans.add(ctx, world.northmeres.id, DETAILS)
    plans.change(ctx, world.northmeres.id, added.id, replace(DETAILS, action="Newer"), 1)

    same = plans.report_progress(ctx, world.northmeres.id, added.id, Progress(), " Note. ", 1)

    assert same.revision == 2
    assert plans.plan(ctx, world.northmeres.id).notes[added.id][0].text == "Note."


def test_somebody_known_by_a_link_reports_under_the_name_given(world: World) -> None:
    added = plans.add(world.as_(ALICE), world.northmeres.id, replace(DETAILS, owner=Owner("Lee")))

    plans.report_for(world.as_(None), added, "Lee", AT_RISK, "By link.", 1, "link")

    last = plans.history(world.as_(ALICE), world.northmeres.id, added.id)[-1]
    assert (last.by, last.way, last.progress) == ("Lee", "link", AT_RISK)


def test_nothing_of_northmere_s_plan_is_there_for_charlie(world: World) -> None:
    added = plans.add(world.as_(ALICE), world.northmeres.id, DETAILS)
    charlie, where = world.as_(CHARLIE), world.northmeres.id

    for refused in (
        lambda: plans.plan(charlie, where),
        lambda: plans.action(charlie, where, added.id),
        lambda: plans.action(charlie, world.southmeres.id, added.id),
        lambda: plans.history(charlie, where, added.id),
        lambda: plans.add(charlie, where, DETAILS),
        lambda: plans.change(charlie, where, added.id, DETAILS, 1),
        lambda: plans.change(charlie, world.southmeres.id, added.id, DETAILS, 1),
        lambda: plans.report_progress(charlie, where, added.id, AT_RISK, "", 1),
    ):
        with pytest.raises(NotFoundError):
            refused()


def test_an_owner_must_belong_to_the_employer(world: World) -> None:
    theirs = replace(DETAILS, owner=Owner(person_id=CHARLIE.id))

    with pytest.raises(UnacceptableDetailsError, match="belongs to this employer"):
        plans.add(world.as_(ALICE), world.northmeres.id, theirs)


def test_an_action_points_at_nothing_that_is_not_there(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    acts: tuple[Callable[[], object], ...] = (
        lambda: plans.add(alice, id_, DETAILS, question_id="no-such"),
        lambda: plans.add(alice, id_, DETAILS, area_id="no-such"),
        lambda: plans.add(alice, id_, DETAILS, request_id="no-such"),
    )
    for act in acts:
        with pytest.raises(NotFoundError):
            act()
    assert plans.add(alice, id_, DETAILS, area_id="workload").area_id == "workload"


def test_a_target_must_be_a_level_of_the_scale(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    with pytest.raises(UnacceptableDetailsError, match="target rating that the scale has"):
        plans.add(alice, id_, replace(DETAILS, target_level=9))
    assert plans.add(alice, id_, replace(DETAILS, target_level=3)).details.target_level == 3


def test_nothing_is_written_when_nothing_differs(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    added = plans.add(alice, id_, DETAILS)
    assert plans.change(alice, id_, added.id, added.details, 1) == added
    assert plans.report_progress(alice, id_, added.id, Progress(), " ", 1) == added
    assert len(plans.history(alice, id_, added.id)) == 1


def test_texts_that_are_too_long_are_refused_with_their_length(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    added = plans.add(alice, id_, DETAILS)
    with pytest.raises(UnacceptableDetailsError, match="It is 1 too long"):
        plans.report_progress(alice, id_, added.id, Progress(), "x" * 4_001, 1)
    with pytest.raises(UnacceptableDetailsError, match="Say what will be done"):
        plans.change(alice, id_, added.id, replace(DETAILS, action=""), 1)


def test_an_owner_who_left_stays_the_owner_under_the_name_of_the_record(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    added = plans.add(alice, id_, DETAILS)
    people.remove_by_address(world.as_(None), BOB.email)
    owner = plans.action(alice, id_, added.id).details.owner
    assert (owner.name, owner.email, owner.role) == ("Former contributor", "", "HR")
    later = replace(added.details, owner=owner, due=date(2026, 10, 1))
    assert plans.change(alice, id_, added.id, later, 1).details.owner == owner


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE action_history SET reason = 'x'",
        "DELETE FROM action_history",
        "DELETE FROM action_notes",
        "UPDATE declined_proposals SET reason = 'x'",
        "DELETE FROM level_updates",
        "DELETE FROM actions",
    ],
)
def test_the_record_of_a_plan_only_grows(world: World, change: str) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    added = plans.add(alice, id_, DETAILS)
    plans.report_progress(alice, id_, added.id, Progress(), "A note.", 1)
    with alice.store.writing():
        plan_decisions.decline(
            alice.store, id_, "q", 1, reason="No.", person_id=ALICE.id, now=alice.now
        )
        update = LevelUpdate("q", added.id, 0, 1, "", "Alice", alice.now)
        plan_decisions.update_level(alice.store, id_, update, ALICE.id)
    refused = pytest.raises(sqlite3.IntegrityError, match=r"only grows|never goes")
    with refused, alice.store.writing():
        alice.store.run(change)

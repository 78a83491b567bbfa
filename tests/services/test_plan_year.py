"""The loop closed: ratings told when actions are complete, and actions carried into next year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import (
    NotFoundError,
    NotReadyError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.plans import Delivery, Details, Origin, Progress
from healthcheck.services import (
    plan_actions,
    plan_carrying,
    plan_ratings,
    plans,
    publications,
    reports,
    review_steps,
)
from healthcheck.services.assessments import save_topic
from healthcheck.storage import events, versions
from healthcheck.storage import plans as stored
from tests import next_year, reviewing
from tests.people import ALICE, BOB, offer
from tests.plans import AT_RISK, COMPLETE, DETAILS
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.plans import Action
    from healthcheck.services.context import Context
    from tests.people import World

WEAK = "protected-caseloads"


@pytest.fixture(name="submitted")
def northmere_submitted(world: World) -> World:
    """Submit Northmere's with two actions: A1 for a weak rating, A2 standing alone."""
    reviewing.with_basw(world)
    plans.add(world.as_(ALICE), world.northmeres.id, DETAILS, question_id=WEAK)
    plans.add(world.as_(ALICE), world.northmeres.id, replace(DETAILS, action="Alone."))
    reviewing.submit(world)
    return world


def actions(world: World, assessment_id: str) -> tuple[Action, ...]:
    return plans.plan(world.as_(ALICE), assessment_id).actions


def complete(world: World) -> Action:
    first = actions(world, world.northmeres.id)[0]
    return plans.report_progress(
        world.as_(ALICE), world.northmeres.id, first.id, COMPLETE, "Done.", first.revision
    )


def test_a_completed_action_records_a_new_rating_and_leaves_what_was_submitted(
    submitted: World,
) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    before, done = versions.latest(alice.store, id_), complete(submitted)
    assert plan_actions.one(alice, id_, done.id).asks_rating

    update = plan_ratings.record(alice, id_, done.id, "3", " The minutes. ")

    assert (update.before, update.after, update.note) == (1, 3, "The minutes.")
    record = plan_actions.one(alice, id_, done.id)
    assert (record.asks_rating, record.level_now) == (False, 3)
    assert record.updates == (update,)
    assert versions.latest(alice.store, id_) == before
    kind, _, detail = events.of(alice.store, id_)[-1]
    assert (kind, detail["before"], detail["after"]) == ("rating updated", 1, 3)


def test_a_rating_is_told_of_a_complete_action_with_a_rating_alone(submitted: World) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    first, alone = actions(submitted, id_)
    with pytest.raises(NotReadyError, match="A1 is not complete yet"):
        plan_ratings.record(alice, id_, first.id, "3", "Why.")
    with pytest.raises(NotFoundError, match="no question that has a rating"):
        plan_ratings.record(alice, id_, alone.id, "3", "Why.")
    complete(submitted)
    with pytest.raises(UnacceptableDetailsError, match="Choose the rating"):
        plan_ratings.record(alice, id_, first.id, "7", "Why.")
    with pytest.raises(UnacceptableDetailsError, match="Say what shows"):
        plan_ratings.record(alice, id_, first.id, "3", "")
    assert plan_ratings.record(alice, id_, first.id, "1", "").after == 1


def test_open_actions_go_on_in_next_years_plan_and_rest_in_this_one(submitted: World) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    plans.report_progress(alice, id_, actions(submitted, id_)[1].id, AT_RISK, "", 1)
    new = next_year.begin(submitted)

    first, alone = actions(submitted, new.id)

    assert (first.origin, first.question_id) == (Origin.CARRIED, WEAK)
    assert (first.details, alone.progress) == (DETAILS, AT_RISK)
    (change,) = plans.history(alice, new.id, first.id)
    assert (change.reason, change.by) == (
        "Carried over from 2026, where it was A1.",
        plan_carrying.THE_SERVICE,
    )
    old = actions(submitted, id_)[0]
    record = plan_actions.one(alice, id_, old.id)
    assert record.goes_on == (first, "2027")
    assert (record.may_change, record.may_report) == (False, False)
    assert plan_actions.one(alice, new.id, first.id).comes_from == old
    acts: tuple[Callable[[], object], ...] = (
        lambda: plans.change(alice, id_, old.id, DETAILS, old.revision),
        lambda: plans.report_progress(alice, id_, old.id, AT_RISK, "", old.revision),
    )
    for act in acts:
        with pytest.raises(StepRefusedError, match="A1 goes on as A1 in the plan of 2027"):
            act()


def test_what_ended_is_not_carried_and_a_late_signature_carries_nothing_twice(
    world: World,
) -> None:
    reviewing.with_basw(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    for each in ("One.", "Two."):
        plans.add(alice, id_, Details(each, no_date_reason="Always."))
    cancelled = Progress(Delivery.CANCELLED, "Moot.")
    plans.report_progress(alice, id_, actions(world, id_)[1].id, cancelled, "", 1)
    new = next_year.begin(world)
    assert actions(world, new.id) == ()

    reviewing.submit(world)

    assert [each.details.action for each in actions(world, new.id)] == ["One."]
    with alice.store.writing():
        plan_carrying.carry(alice, new)
    assert len(actions(world, new.id)) == 1


def test_next_years_report_says_which_actions_moved_a_rating(submitted: World) -> None:
    complete(submitted)
    new = next_year.begin(submitted)
    save_topic(
        submitted.as_(ALICE),
        new.id,
        "scheme",
        {"employs-new": offer("yes"), WEAK: offer("3")},
        {},
    )
    report = reports.beside_last_year(submitted.as_(ALICE), new.id)
    (effect,) = report.effects
    assert (effect.reference, effect.status.word, effect.says) == (
        "A1",
        "Complete",
        "Its rating went up.",
    )


def test_a_change_of_the_plan_makes_the_report_anew(submitted: World) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    key = reports.ask_for_report(alice, id_).key
    assert reports.ask_for_report(alice, id_).key == key
    complete(submitted)
    assert reports.ask_for_report(alice, id_).key != key


def test_the_signed_and_the_accepted_report_print_the_plan_that_was_signed(
    submitted: World,
) -> None:
    submitted_page = page(submitted, "version-")
    for said in ("Improvement plan", "2 actions: 2 on track", "Agree a scheme.", "Alone."):
        assert said in submitted_page
    plans.add(submitted.as_(ALICE), submitted.northmeres.id, replace(DETAILS, action="Later."))
    review_steps.start(submitted.as_(RHONA), submitted.northmeres.id)
    review_steps.accept(submitted.as_(RHONA), submitted.northmeres.id)
    accepted = page(submitted, "accepted-")
    assert "Agree a scheme." in accepted
    assert "Later." not in accepted
    shown = publications.preview(submitted.as_(ALICE), submitted.northmeres.id, own_words=False)
    assert shown.report.plan is not None
    assert "Agree a scheme." not in repr(shown.report.plan.rows)
    assert "Dee Dale" not in repr(shown.report.plan)


def page(world: World, prefix: str) -> str:
    row = world.as_(None).store.row(
        "SELECT html FROM report_jobs WHERE key LIKE ? ORDER BY number DESC", f"{prefix}%"
    )
    assert row is not None
    return str(row[0])


def test_results_show_the_plan_as_it_stands_and_what_is_not_settled(world: World) -> None:
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"])
    alice, id_ = world.as_(ALICE), world.northmeres.id
    assert reports.beside_last_year(alice, id_).plan is None
    plans.add(alice, id_, DETAILS)
    plan = reports.beside_last_year(world.as_(BOB), id_).plan
    assert plan is not None
    assert [each.question.id for each in plan.proposed] == [WEAK]
    assert plan.counts == "1 action: 1 on track."
    reviewing.save(world, "scheme", {WEAK: Entry(("3",))})
    after = reports.beside_last_year(alice, id_).plan
    assert after is not None
    assert after.proposed == ()


def statements(ctx: Context, act: Callable[[], object]) -> list[str]:
    """Return the statements that the database runs meanwhile."""
    seen: list[str] = []
    ctx.store.connection.set_trace_callback(seen.append)
    act()
    ctx.store.connection.set_trace_callback(None)
    return seen


def test_plans_are_read_in_four_queries_and_never_to_save_a_topic(world: World) -> None:
    alice, id_ = world.as_(ALICE), world.northmeres.id
    for _ in range(3):
        added = plans.add(alice, id_, DETAILS)
        plans.report_progress(alice, id_, added.id, AT_RISK, "A note.", 1)
    both = (id_, world.southmeres.id)
    assert len(statements(alice, lambda: stored.plans_of(alice.store, *both))) == 4

    answers = {"agreed-scheme": offer("1")}
    saved = statements(alice, lambda: save_topic(alice, id_, "scheme", answers, {}))
    assert saved
    assert [each for each in saved if "action" in each or "declined" in each] == []

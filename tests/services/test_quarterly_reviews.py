"""The quarterly review: started once a quarter, gone on with, finished by the last action."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    ChangedMeanwhileError,
    NotAllowedError,
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.plans import Delivery, Progress
from healthcheck.core.quarterly_reviews import Outcome
from healthcheck.services import plans, quarterly_reviews
from healthcheck.services.quarterly_reviews import Place, Step
from healthcheck.storage import events
from tests.people import ALICE, BOB, CHARLIE
from tests.plans import AT_RISK, COMPLETE
from tests.working_plans import add, now

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from tests.people import World

REVIEW = date(2026, 6, 1)


def step(world: World, action: Action, progress: Progress, note: str = "", **more: bool) -> Place:
    given = Step(progress, note, action.revision, REVIEW, **more)
    return quarterly_reviews.step(world.as_(ALICE), world.northmeres.id, action.id, given)


def start(world: World) -> Place:
    quarterly_reviews.start(world.as_(ALICE), world.northmeres.id)
    return quarterly_reviews.place(world.as_(ALICE), world.northmeres.id)


def test_each_open_action_is_taken_once_and_the_last_one_finishes_the_review(world: World) -> None:
    first, second, third = add(world, due=date(2026, 3, 1)), add(world), add(world)
    begun = start(world)
    assert (begun.standing.now, begun.standing.of, begun.quarter) == (first, 3, "2026-Q1")

    later = step(world, first, Progress(), is_for_later=True)
    assert (later.standing.now, later.standing.later) == (second, 1)
    assert now(world, first) == first
    step(world, second, AT_RISK, "The union has not met.")
    step(world, third, COMPLETE)
    end = step(world, first, Progress())

    assert end.review is not None
    assert end.review.finished_at == world.clock()
    assert end.review.outcomes == {
        first.id: Outcome.SAME,
        second.id: Outcome.CHANGED,
        third.id: Outcome.CHANGED,
    }
    after = now(world, second)
    assert (after.progress, after.details.review) == (AT_RISK, REVIEW)
    assert now(world, third).details.review is None
    kinds = [kind for kind, _, _ in events.of(world.as_(ALICE).store, world.northmeres.id)]
    assert kinds.count("quarterly review finished") == 1


def test_when_nothing_is_new_it_says_so(world: World) -> None:
    action = add(world, review=REVIEW)
    start(world)
    end = step(world, action, Progress())
    assert end.review is not None
    assert end.review.outcomes == {action.id: Outcome.SAME}
    assert now(world, action) == action


def test_a_review_waits_for_whoever_comes_back_and_the_next_quarter_has_its_own(
    world: World,
) -> None:
    first, second = add(world), add(world)
    start(world)
    step(world, first, Progress())
    world.clock.forward(timedelta(days=7))
    assert start(world).standing.now == second
    world.clock.forward(timedelta(days=30))
    now_ = quarterly_reviews.place(world.as_(ALICE), world.northmeres.id)
    assert (now_.quarter, now_.review) == ("2026-Q2", None)
    assert [(each.quarter, each.finished_at) for each in now_.earlier] == [("2026-Q1", None)]


def test_what_cannot_be_taken_changes_nothing(world: World) -> None:
    action = add(world)
    with pytest.raises(StepRefusedError, match="Start it first"):
        step(world, action, AT_RISK)
    start(world)
    with pytest.raises(UnacceptableDetailsError):
        step(world, action, Progress(Delivery.AT_RISK))
    plans.report_progress(world.as_(BOB), world.northmeres.id, action.id, AT_RISK, "", 1)
    with pytest.raises(ChangedMeanwhileError):
        step(world, action, COMPLETE)
    here = quarterly_reviews.place(world.as_(ALICE), world.northmeres.id)
    assert here.review is not None
    assert here.review.outcomes == {}
    assert here.notes == ()


def test_a_plan_without_open_actions_has_nothing_to_review(world: World) -> None:
    with pytest.raises(StepRefusedError, match="No action of this plan is open"):
        start(world)
    assert quarterly_reviews.place(world.as_(ALICE), world.northmeres.id).notes == ()


def test_only_the_lead_reviews(world: World) -> None:
    action = add(world)
    start(world)
    given = Step(Progress(), "", 1, None)
    for person, refused in ((BOB, NotAllowedError), (CHARLIE, NotFoundError)):
        ctx = world.as_(person)
        for ask in (quarterly_reviews.place, quarterly_reviews.start):
            with pytest.raises(refused):
                ask(ctx, world.northmeres.id)
        with pytest.raises(refused):
            quarterly_reviews.step(ctx, world.northmeres.id, action.id, given)
    with pytest.raises(NotFoundError):
        quarterly_reviews.step(world.as_(ALICE), world.northmeres.id, "of-nobody", given)

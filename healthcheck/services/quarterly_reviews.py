"""The quarterly review of a plan: started, taken action by action, gone on with, finished."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import quarterly_reviews as core
from healthcheck.core.errors import StepRefusedError
from healthcheck.core.permissions import Permission
from healthcheck.core.quarterly_reviews import Outcome, Review, Standing
from healthcheck.services import noting, plans
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import action_of, changeable, found_with_plan
from healthcheck.storage import plan_board
from healthcheck.storage import plans as stored_plans
from healthcheck.storage import quarterly_reviews as stored

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Note, Plan, Progress
    from healthcheck.services.context import Context

NONE_OPEN = "There is no review of this quarter to go on with. Start it first."


@dataclass(frozen=True)
class Place:
    """Where a plan's reviews stand: this quarter's, if it was started, and the earlier ones."""

    assessment: Assessment
    plan: Plan
    quarter: str
    review: Review | None
    standing: Standing
    earlier: tuple[Review, ...]
    today: date

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the action to look at now, oldest first."""
        return self.plan.notes.get(self.standing.now.id, ()) if self.standing.now else ()


@dataclass(frozen=True, slots=True)
class Step:
    """What a lead says of one action: its progress and a note, when it comes up again, or later."""

    progress: Progress
    note: str
    based_on: int
    review: date | None
    is_for_later: bool = False


def place(ctx: Context, assessment_id: str) -> Place:
    """Return where the reviews of a plan stand.

    Raises NotSignedInError, NotFoundError, and NotAllowedError for who does not lead.
    """
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
        return _place(ctx, found.assessment)


def start(ctx: Context, assessment_id: str) -> Review:
    """Start this quarter's review; one that was started already is gone on with.

    Raises as `place` does, and StepRefusedError when no action is open or the plan stands still.
    """
    with ctx.store.writing():
        assessment = changeable(ctx, assessment_id).assessment
        now = _place(ctx, assessment)
        if now.review is not None:
            return now.review
        if not now.standing.of:
            raise StepRefusedError("No action of this plan is open, so there is nothing to review.")
        person = ctx.someone()
        review = Review(secrets.token_urlsafe(12), assessment_id, now.quarter, ctx.now, person.name)
        stored.add(ctx.store, review, person.id)
        _note(ctx, assessment, "quarterly review started", review)
    return review


def step(ctx: Context, assessment_id: str, action_id: str, given: Step) -> Place:
    """Take one action of this quarter's review, all in one transaction; the last one finishes it.

    Raises as `place` does, StepRefusedError when the review was not started, and what reporting
    progress raises: UnacceptableDetailsError and ChangedMeanwhileError.
    """
    with ctx.store.writing():
        assessment = changeable(ctx, assessment_id).assessment
        review = _place(ctx, assessment).review
        if review is None:
            raise StepRefusedError(NONE_OPEN)
        outcome = _taken(ctx, assessment_id, action_id, given)
        stored.step(ctx.store, review.id, action_id, outcome, ctx.someone().id, ctx.now)
        now = _place(ctx, assessment)
        if now.standing.now is None and stored.finish(ctx.store, review.id, ctx.now):
            _note(ctx, assessment, "quarterly review finished", review)
            now = _place(ctx, assessment)
    return now


def _taken(ctx: Context, assessment_id: str, action_id: str, given: Step) -> Outcome:
    before = action_of(ctx, assessment_id, action_id)
    if given.is_for_later:
        return Outcome.LATER
    after = plans.report_inside(
        ctx, assessment_id, action_id, given.progress, given.note, given.based_on
    )
    if after.is_open and given.review != after.details.review:
        details = replace(after.details, review=given.review)
        plans.change_inside(
            ctx, assessment_id, action_id, details, after.revision, "Quarterly review"
        )
    is_changed = after.revision != before.revision or bool(given.note.strip())
    return Outcome.CHANGED if is_changed else Outcome.SAME


def _place(ctx: Context, assessment: Assessment) -> Place:
    day = today(ctx)
    quarter = core.quarter(day)
    plan = stored_plans.plans_of(ctx.store, assessment.id)[assessment.id]
    every = stored.of(ctx.store, assessment.id)
    review = next((each for each in every if each.quarter == quarter), None)
    empty = Review("", assessment.id, quarter, ctx.now, "")
    gone_on = plan_board.carried_on(ctx.store, [each.id for each in plan.actions])
    here = [each for each in plan.actions if each.id not in gone_on]
    return Place(
        assessment,
        plan,
        quarter,
        review,
        core.standing(here, review or empty),
        tuple(each for each in every if each.quarter != quarter),
        day,
    )


def _note(ctx: Context, assessment: Assessment, kind: str, review: Review) -> None:
    noting.note(ctx, kind, assessment, {"quarter": review.quarter})

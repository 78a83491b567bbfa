"""The improvement plan as people work it: actions added, changed, and their progress reported.

A plan is worked in every step of the cycle, before sign-off and long after it; only that of a
withdrawn health check stands still. What was submitted is never touched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core.errors import NotAllowedError, NotFoundError
from healthcheck.core.permissions import Permission
from healthcheck.core.plan_changes import By
from healthcheck.core.plans import Origin
from healthcheck.services import plan_adding
from healthcheck.services.context import in_one_save
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import (
    NO_SUCH_ACTION,
    action_of,
    changeable,
    found_with_plan,
    may_report,
    me,
    note_event,
    refuse,
    require_current,
    require_here,
    require_worked,
    text_given,
)
from healthcheck.services.plan_details import accepted
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_changes import Change
    from healthcheck.core.plans import Action, Details, Plan, Progress
    from healthcheck.services.context import Context


def plan(ctx: Context, assessment_id: str) -> Plan:
    """Return a health check's plan. Raises NotSignedInError and NotFoundError."""
    found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
    return stored.plans_of(ctx.store, assessment_id)[assessment_id]


def action(ctx: Context, assessment_id: str, action_id: str) -> Action:
    """Return one action of a plan. Raises NotSignedInError and NotFoundError."""
    found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
    return action_of(ctx, assessment_id, action_id)


def history(ctx: Context, assessment_id: str, action_id: str) -> tuple[Change, ...]:
    """Return every state of an action, the first first. Raises NotSignedInError, NotFoundError."""
    action(ctx, assessment_id, action_id)
    return stored.history(ctx.store, action_id)


def add_inside(  # noqa: PLR0913 - an action is these
    ctx: Context,
    assessment_id: str,
    details: Details,
    *,
    origin: Origin = Origin.OWN,
    question_id: str | None = None,
    area_id: str | None = None,
    request_id: str | None = None,
) -> Action:
    """Add an action inside the caller's transaction, and return it with its number.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError and
    UnacceptableDetailsError.
    """
    found = changeable(ctx, assessment_id)
    return plan_adding.put_in(
        ctx,
        found.assessment,
        details,
        origin=origin,
        question_id=question_id,
        area_id=area_id,
        request_id=request_id,
    )


add = in_one_save(add_inside)
"""Add an action to a plan, in a transaction of its own."""


def change_inside(  # noqa: PLR0913, PLR0917 - what becomes of which action, from which revision, and why
    ctx: Context,
    assessment_id: str,
    action_id: str,
    details: Details,
    based_on: int,
    reason: str = "",
    *,
    way: str = "page",
) -> Action:
    """Change an action's details inside the caller's transaction, and return it as it is now.

    Nothing is written when nothing differs. Raises NotSignedInError, NotFoundError,
    NotAllowedError, StepRefusedError, UnacceptableDetailsError, and ChangedMeanwhileError when the
    action is no longer at the revision the change is based on.
    """
    found = changeable(ctx, assessment_id)
    before = action_of(ctx, assessment_id, action_id)
    require_here(ctx, before)
    require_current(before, based_on)
    taken = accepted(ctx, found.assessment, details, before.details)
    if taken == before.details:
        return before
    why = text_given(reason)
    after = _save(ctx, replace(before, details=taken), based_on, by=me(ctx), reason=why, way=way)
    note_event(ctx, found.assessment, "action changed", after, way=way)
    return after


change = in_one_save(change_inside)
"""Change an action's details, in a transaction of its own."""


def report_inside(  # noqa: PLR0913, PLR0917 - how which action goes, from which revision, which way
    ctx: Context,
    assessment_id: str,
    action_id: str,
    progress: Progress,
    note: str,
    based_on: int,
    *,
    way: str = "page",
) -> Action:
    """Report how an action goes inside the caller's transaction, and return it as it is now.

    For its lead, and for its owner. A note alone needs no revision: it clashes with nothing. Raises
    as `change` does.
    """
    found = found_with_plan(ctx, assessment_id, Permission.REPORT_PROGRESS)
    before = action_of(ctx, assessment_id, action_id)
    require_worked(found.assessment)
    if not may_report(ctx, found, before):
        raise NotAllowedError(
            f"You can read {before.reference}, but only its owner and the health check lead can"
            " report progress on it."
        )
    return report_by(
        ctx,
        found.assessment,
        before,
        by=me(ctx),
        progress=progress,
        note=note,
        based_on=based_on,
        way=way,
    )


report_progress = in_one_save(report_inside)
"""Report how an action goes, in a transaction of its own."""


def report_for(  # noqa: PLR0913, PLR0917 - who says by which way how which action goes
    ctx: Context,
    action: Action,
    name: str,
    progress: Progress,
    note: str,
    based_on: int,
    way: str,
) -> Action:
    """Report how an action goes for somebody whom the caller knows by a link to this action.

    In a transaction of its own. Raises NotFoundError, StepRefusedError, UnacceptableDetailsError
    and ChangedMeanwhileError.
    """
    with ctx.store.writing():
        found = stored_assessments.find_for_anybody(ctx.store, action.assessment_id)
        before = action_of(ctx, action.assessment_id, action.id)
        if found is None:  # pragma: no cover - an assessment never goes
            raise NotFoundError(NO_SUCH_ACTION)
        require_worked(found.assessment)
        return report_by(
            ctx,
            found.assessment,
            before,
            by=By(name),
            progress=progress,
            note=note,
            based_on=based_on,
            way=way,
        )


def report_by(  # noqa: PLR0913 - who says how which action goes, from which revision, which way
    ctx: Context,
    assessment: Assessment,
    before: Action,
    *,
    by: By,
    progress: Progress,
    note: str,
    based_on: int,
    way: str,
) -> Action:
    """Report how an action goes for somebody who may, inside the caller's transaction.

    The caller has made sure of that, and that the plan is worked. Raises StepRefusedError,
    UnacceptableDetailsError and ChangedMeanwhileError.
    """
    require_here(ctx, before)
    said = text_given(note)
    taken = rules.tidy_progress(progress)
    after = before
    if taken != before.progress:
        require_current(before, based_on)
        refuse(rules.progress_problems(taken, today(ctx)))
        after = _save(ctx, replace(before, progress=taken), based_on, by=by, reason="", way=way)
    if said:
        stored.add_note(ctx.store, before.id, said, by=by, now=ctx.now, way=way)
    if said or after is not before:
        more = {} if by.person_id else {"by": by.name}
        status = after.progress.delivery.word
        note_event(ctx, assessment, "progress reported", after, status=status, way=way, **more)
    return after


def _save(  # noqa: PLR0913 - what which action becomes, from which revision, by whom and why
    ctx: Context, wanted: Action, based_on: int, *, by: By, reason: str, way: str
) -> Action:
    stored.save(ctx.store, wanted, based_on, by=by, now=ctx.now, reason=reason, way=way)
    return stored.get(ctx.store, wanted.id)

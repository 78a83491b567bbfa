"""Taking a step: table, state and event, in one transaction.

Every step brings more with it (signing freezes a version, accepting ends the review), so steps are
taken by the services of their rooms, which check the permission and call `take_found`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import steps
from healthcheck.core.errors import StepRefusedError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import OPEN_TO_ANSWERS, State, Step
from healthcheck.services import noting
from healthcheck.services.permissions import permitted
from healthcheck.storage import assessments as stored
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.events import Detail, Event

LONGEST_REASON = 2000


def take_found(
    ctx: Context,
    found: Found,
    step: Step,
    reason: str = "",
    detail: Mapping[str, Detail] | None = None,
) -> Found:
    """Take a step inside the caller's transaction; the caller has checked the permission.

    Raises StepRefusedError and UnacceptableDetailsError.
    """
    reason = _reason(step, reason)
    old = found.assessment.state
    new = steps.after(old, step)
    if not stored.move(ctx.store, found.assessment.id, old, new, ctx.now):
        raise StepRefusedError("Somebody else was quicker. Open the health check again and look.")
    noting.note(
        ctx,
        step.value.done,
        found.assessment,
        {"from": old.name, "to": new.name, "reason": reason, **(detail or {})},
    )
    return replace(found, assessment=replace(found.assessment, state=new))


def offered(found: Found) -> tuple[Step, ...]:
    """Return the steps that this person can take now, for buttons."""
    return tuple(
        step
        for step in steps.possible(found.assessment.state)
        if can(found.roles, step.value.permission)
    )


def timeline(ctx: Context, assessment_id: str) -> tuple[Event, ...]:
    """Return every step ever taken, newest first. Raises NotSignedInError and NotFoundError."""
    permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    return events.timeline(ctx.store, assessment_id, *(step.value.done for step in Step))


def came_back(ctx: Context, assessment: Assessment) -> Event | None:
    """Return the last step if somebody sent the health check back by it and said why.

    It stands on the pages of those who answer until the next step. The caller has checked who asks.
    """
    if assessment.state not in OPEN_TO_ANSWERS | {State.WITHDRAWN}:
        return None
    kinds = [step.value.done for step in Step]
    last = next(iter(events.timeline(ctx.store, assessment.id, *kinds)), None)
    return last if last is not None and last.detail["reason"] else None


def begun(ctx: Context, found: Found) -> Found:
    """Return the assessment in progress, when this is the first save; inside a transaction."""
    if found.assessment.state is State.NOT_STARTED:
        return take_found(ctx, found, Step.BEGIN)
    return found


def _reason(step: Step, reason: str) -> str:
    reason = reason.strip()
    if step.value.needs_reason and not reason:
        raise UnacceptableDetailsError(f"Give a reason to {step.value.button.lower()}.")
    if len(reason) > LONGEST_REASON:
        raise UnacceptableDetailsError(
            f"The reason can be up to {LONGEST_REASON:,} characters; this one has {len(reason):,}."
        )
    return reason

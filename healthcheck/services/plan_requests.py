"""A reviewer's change request answered by an action of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.core.plans import Details, Origin
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.services import noting
from healthcheck.services.plan_access import changeable
from healthcheck.services.plans import add_inside
from healthcheck.storage import reviews

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from healthcheck.core.reviews import ChangeRequest
    from healthcheck.services.context import Context

LONGEST_ANSWER = 1_000


def details(ctx: Context, assessment_id: str, request_id: str) -> Details:
    """Return an action for a change request to begin with: its reason is the finding.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    changeable(ctx, assessment_id)
    return Details("", finding=request(ctx, assessment_id, request_id).reason)


def request(ctx: Context, assessment_id: str, request_id: str) -> ChangeRequest:
    """Return a change request that was sent, for who may see it. Raises NotFoundError."""
    for each in reviews.ledger(ctx.store, assessment_id).as_sent().requests:
        if each.id == request_id:
            return each
    raise NotFoundError("There is no such change request in this health check.")


def add(ctx: Context, assessment_id: str, request_id: str, given: Details) -> Action:
    """Add an action that answers a change request; one without an answer yet gets it as that.

    An answer that somebody wrote stays. Raises as `plans.add` does.
    """
    with ctx.store.writing():
        found = changeable(ctx, assessment_id)
        asked = request(ctx, assessment_id, request_id)
        action = add_inside(
            ctx,
            assessment_id,
            given,
            origin=Origin.REQUEST,
            question_id=asked.question_id,
            request_id=request_id,
        )
        if asked.is_waiting and found.assessment.state in OPEN_TO_ANSWERS:
            said = action.details.action[:LONGEST_ANSWER]
            answer = f"We put an action into our plan for this, {action.reference}: {said}"
            person_id = ctx.someone().id
            reviews.answer(
                ctx.store, assessment_id, request_id, answer, person_id=person_id, now=ctx.now
            )
            noting.note(
                ctx,
                "change request answered",
                found.assessment,
                {"request": asked.number, "action": action.reference},
            )
    return action

"""The steps of a review: starting it, sending the change requests, accepting.

Each is one transaction: the step, what the employer may see from now on, the messages, and at
acceptance the report that is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import steps as table
from healthcheck.core.errors import NotReadyError
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Permission, Role
from healthcheck.core.steps import Step
from healthcheck.services import accepted_reports, messages, steps
from healthcheck.services.reviews import Review, claim_found, found_at_basw, put_together
from healthcheck.storage import reviews as stored
from healthcheck.storage import roles

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

REQUESTS = "/assessments/{}/requests"
ACCEPTED = "/assessments/{}/accepted"


def start(ctx: Context, assessment_id: str) -> None:
    """Start the review of a submission; this claims it too.

    Raises NotSignedInError, NotFoundError, NotAllowedError, and StepRefusedError when somebody else
    has claimed it or it is not there to be reviewed.
    """
    with ctx.store.writing():
        found = found_at_basw(ctx, assessment_id, Permission.REVIEW)
        table.after(found.assessment.state, Step.START_REVIEW)
        claim_found(ctx, found)
        steps.take_found(ctx, found, Step.START_REVIEW)


def send_requests(ctx: Context, assessment_id: str) -> None:
    """Send the change requests, with every comment and moderated rating written so far.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError, and NotReadyError
    when there is no request to send.
    """
    with ctx.store.writing():
        review = _mine(ctx, assessment_id, Step.REQUEST_CHANGES)
        unsent = review.ledger.unsent
        if not unsent:
            raise NotReadyError("There is no change request to send. Write one first, or accept.")
        stored.send(ctx.store, assessment_id, ctx.now)
        numbers = [str(each.number) for each in unsent]
        detail = {"requests": numbers, "ratings": _ratings(review)}
        steps.take_found(ctx, review.found, Step.REQUEST_CHANGES, detail=detail)
        _tell(ctx, review.found, Kind.CHANGES_REQUESTED, REQUESTS)


def accept(ctx: Context, assessment_id: str) -> None:
    """Accept a submission: the record is closed, and the accepted report is made and kept.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError, and NotReadyError
    naming the change requests that have not ended.
    """
    with ctx.store.writing():
        review = _mine(ctx, assessment_id, Step.ACCEPT)
        if review.ledger.open:
            numbers = ", ".join(str(each.number) for each in review.ledger.open)
            raise NotReadyError(
                f"These change requests have not ended: {numbers}. End each as met, partly met or"
                " withdrawn, or take out those that were not sent."
            )
        stored.send(ctx.store, assessment_id, ctx.now)
        detail = {"ratings": _ratings(review)}
        after = steps.take_found(ctx, review.found, Step.ACCEPT, detail=detail)
        accepted_reports.keep(ctx, put_together(ctx, after))
        _tell(ctx, review.found, Kind.ACCEPTED, ACCEPTED)
    ctx.wake_renderer()


def _mine(ctx: Context, assessment_id: str, step: Step) -> Review:
    """Return the review when the person has claimed it and the step can be taken."""
    found = found_at_basw(ctx, assessment_id, Permission.REVIEW)
    table.after(found.assessment.state, step)
    review = put_together(ctx, found)
    if not review.is_mine:
        whose = review.reviewer[1] if review.reviewer else "Nobody"
        raise NotReadyError(f"{whose} has claimed this review. Only whoever has can do this.")
    return review


def _ratings(review: Review) -> list[str]:
    """Return the moderated ratings that stand, for the event; until then they are BASW's own."""
    return [f"{name}: {each.level}" for name, each in review.ledger.in_force.items()]


def _tell(ctx: Context, found: Found, kind: Kind, path: str) -> None:
    """Queue a message to the employer's leads and accountable officers."""
    assessment = found.assessment
    told: dict[str, Person] = {
        person.id: person
        for role in (Role.LEAD, Role.ACCOUNTABLE_OFFICER)
        for person in roles.holders(ctx.store, assessment.employer.id, role)
    }
    for person in told.values():
        messages.queue(
            ctx,
            kind,
            person.email,
            **messages.about(assessment),
            path=path.format(assessment.id),
        )

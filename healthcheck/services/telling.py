"""Who is told of a step, in a message that is queued with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Role
from healthcheck.core.steps import State, Step
from healthcheck.services import messages
from healthcheck.storage import roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

SIGN_OFF = "/assessments/{}/sign-off"
TASKS = "/assessments/{}"
HISTORY = "/assessments/{}/history"
REVIEW = "/basw/reviews/{}"


@dataclass(frozen=True, slots=True)
class Told:
    """A message, who gets it at the employer, and the page its link opens."""

    kind: Kind
    roles: tuple[Role, ...]
    path: str
    to_reviewer: bool = False


_LEADS = (Role.LEAD,)
_BOTH = (Role.LEAD, Role.ACCOUNTABLE_OFFICER)

TELLS: Mapping[Step, Told] = {
    Step.SEND: Told(Kind.READY_FOR_SIGN_OFF, (Role.ACCOUNTABLE_OFFICER,), SIGN_OFF),
    Step.DECLINE: Told(Kind.DECLINED, _LEADS, TASKS),
    Step.SIGN: Told(Kind.SUBMITTED, _BOTH, HISTORY),
    Step.RECALL: Told(Kind.RECALLED, _BOTH, TASKS),
    Step.ASK_TO_REOPEN: Told(Kind.ASKED_TO_REOPEN, (), REVIEW, to_reviewer=True),
    Step.REOPEN: Told(Kind.REOPENED, _BOTH, TASKS),
    Step.WITHDRAW: Told(Kind.WITHDRAWN, _BOTH, HISTORY),
}
"""The steps of sign-off that somebody is told of; a review's own are told by the review."""


def tell(ctx: Context, before: Found, step: Step, reason: str = "") -> None:
    """Queue what a step tells, inside the caller's transaction; nobody is told of their own."""
    told = TELLS.get(step)
    if told is None:
        return
    assessment = before.assessment
    for person in _people(ctx, before, told):
        _queue(ctx, before, told.kind, told.path, person, reason)
    if step is Step.SIGN and assessment.state is State.READY_AGAIN:
        for person in _reviewers(ctx, before):
            _queue(ctx, before, Kind.RESUBMITTED, REVIEW, person, reason)


def _people(ctx: Context, found: Found, told: Told) -> tuple[Person, ...]:
    if told.to_reviewer:
        return _reviewers(ctx, found)
    everybody = {
        person.id: person
        for role in told.roles
        for person in roles.holders(ctx.store, found.assessment.employer.id, role)
    }
    everybody.pop(ctx.someone().id, None)
    return tuple(everybody.values())


def _reviewers(ctx: Context, found: Found) -> tuple[Person, ...]:
    """Return who reviews it; while nobody does, every administrator."""
    reviewer = roles.reviewer_of(ctx.store, found.assessment.id)
    return (reviewer,) if reviewer else roles.holders_at_basw(ctx.store, Role.ADMINISTRATOR)


def _queue(  # noqa: PLR0913, PLR0917 - which message about what goes to whom
    ctx: Context, found: Found, kind: Kind, path: str, person: Person, reason: str
) -> None:
    assessment = found.assessment
    messages.queue(
        ctx,
        kind,
        person.email,
        **messages.about(assessment),
        due=assessment.due,
        by=ctx.someone().name,
        reason=reason,
        path=path.format(assessment.id),
    )

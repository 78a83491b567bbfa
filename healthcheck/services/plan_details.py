"""What an action may say and point at: its details as they are stored, owner and links checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.services.opening import worded
from healthcheck.services.plan_access import refuse
from healthcheck.storage import people, reviews, roles

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Details, Owner
    from healthcheck.services.context import Context


def accepted(
    ctx: Context, assessment: Assessment, details: Details, before: Details | None = None
) -> Details:
    """Return details as they are stored; an owner who stands already is not looked for again.

    Raises UnacceptableDetailsError.
    """
    taken = rules.tidy(details)
    refuse(rules.problems(taken))
    levels = worded(ctx, assessment).levels
    if taken.target_level is not None and taken.target_level not in levels:
        raise UnacceptableDetailsError("Choose a target rating that the scale has.")
    if before is not None and taken.owner.person_id == before.owner.person_id is not None:
        known = replace(before.owner, role=taken.owner.role, team=taken.owner.team)
        return replace(taken, owner=known)
    return replace(taken, owner=_known(ctx, assessment, taken.owner))


def _known(ctx: Context, assessment: Assessment, owner: Owner) -> Owner:
    """Return an owner with the name and address that their account has, if they have one."""
    if owner.person_id is None:
        return owner
    person = people.find(ctx.store, owner.person_id)
    if person is None or not roles.at_employer(ctx.store, person.id, assessment.employer.id):
        raise UnacceptableDetailsError(
            "Choose an owner who belongs to this employer, or write who it is."
        )
    return replace(owner, name=person.name, email=person.email)


def require_links(
    ctx: Context,
    assessment: Assessment,
    question_id: str | None,
    area_id: str | None,
    request_id: str | None,
) -> None:
    """Raise NotFoundError when an action would point at what this health check does not have."""
    questionnaire = worded(ctx, assessment)
    if question_id is not None and question_id not in questionnaire.questions:
        raise NotFoundError("There is no such question in this health check.")
    if area_id is not None and area_id not in {each.id for each in questionnaire.sections}:
        raise NotFoundError("There is no such area in this health check.")
    if request_id is not None:
        sent = reviews.ledger(ctx.store, assessment.id).as_sent().requests
        if request_id not in {each.id for each in sent}:
            raise NotFoundError("There is no such change request in this health check.")

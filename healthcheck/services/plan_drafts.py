"""A new action begun: empty, from what an answer proposes, or from a reviewer's change request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.core.plans import Details, Origin
from healthcheck.core.proposals import Step
from healthcheck.services import plan_requests, proposals
from healthcheck.services.opening import worded
from healthcheck.services.plan_access import changeable
from healthcheck.services.plans import add as add_action

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.reviews import ChangeRequest
    from healthcheck.services.context import Context


@dataclass(frozen=True)
class Drafted:
    """An action that is not added yet: what its form begins with, and what it would answer."""

    assessment: Assessment
    questionnaire: Questionnaire
    details: Details
    origin: Origin = Origin.OWN
    question_id: str | None = None
    request: ChangeRequest | None = None


def begun(
    ctx: Context, assessment_id: str, *, question: str = "", step: str = "", request: str = ""
) -> Drafted:
    """Return what the form of a new action begins with.

    `question` and `request` are ids, `step` the name of a proposal's step; each may be empty.
    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    found = changeable(ctx, assessment_id)
    asked = worded(ctx, found.assessment)
    if request:
        details = plan_requests.details(ctx, assessment_id, request)
        of = plan_requests.request(ctx, assessment_id, request)
        return Drafted(found.assessment, asked, details, Origin.REQUEST, of.question_id, of)
    if not question:
        return Drafted(found.assessment, asked, Details(""))
    if question not in asked.questions:
        raise NotFoundError("There is no such question in this health check.")
    details = Details("")
    if step in Step.__members__:
        details = proposals.details(ctx, assessment_id, question, Step[step])
    return Drafted(found.assessment, asked, details, Origin.PROPOSED, question)


def add(ctx: Context, drafted: Drafted, details: Details, area_id: str | None = None) -> Action:
    """Add a drafted action as it was written; return it. Raises as `plans.add` does.

    `area_id` counts only for an action that stands alone.
    """
    if drafted.request is not None:
        return plan_requests.add(ctx, drafted.assessment.id, drafted.request.id, details)
    return add_action(
        ctx,
        drafted.assessment.id,
        details,
        origin=drafted.origin,
        question_id=drafted.question_id,
        area_id=area_id or None,
    )

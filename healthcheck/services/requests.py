"""The employer's side of a review: what BASW sent, and the answers to its change requests.

Only what was sent is here. What a reviewer has not sent, and every private note, stays at BASW.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.reviews import words_given
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.services import noting
from healthcheck.services.opening import worded
from healthcheck.services.permissions import permitted
from healthcheck.services.plan_access import may_change
from healthcheck.services.submissions import submission
from healthcheck.storage import reviews as stored
from healthcheck.storage import versions

if TYPE_CHECKING:
    from healthcheck.core.journey import Journey
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.reviews import Ledger
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


@dataclass(frozen=True)
class SentReview:
    """What the employer may see of a review, and whether the person can answer, or plan for it.

    `journey` has the answers that were reviewed, None when nothing stands submitted.
    """

    found: Found
    questionnaire: Questionnaire
    journey: Journey | None
    ledger: Ledger
    may_answer: bool
    may_plan: bool


def sent_review(ctx: Context, assessment_id: str) -> SentReview:
    """Return what was sent of an assessment's review.

    Raises NotSignedInError and NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    version = versions.latest(ctx.store, assessment_id)
    reviewed = None if version is None else submission(ctx, found, version).opened
    return SentReview(
        found,
        worded(ctx, found.assessment),
        None if reviewed is None else reviewed.journey,
        stored.ledger(ctx.store, assessment_id).as_sent(),
        can(found.roles, Permission.ANSWER_REQUESTS) and found.assessment.state in OPEN_TO_ANSWERS,
        may_change(found),
    )


def answer(ctx: Context, assessment_id: str, request_id: str, text: str) -> None:
    """Answer a change request; until the health check is sent again, it can be answered anew.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError and
    UnacceptableDetailsError.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.ANSWER_REQUESTS)
        if found.assessment.state not in OPEN_TO_ANSWERS:
            raise StepRefusedError(
                "This health check is not open to changes, so its requests cannot be answered now."
            )
        sent = stored.ledger(ctx.store, assessment_id).as_sent().open
        asked = next((each for each in sent if each.id == request_id), None)
        if asked is None:
            raise NotFoundError("There is no such change request, or it has ended.")
        words = words_given(text, "Say what you did about this request, or why you did not.")
        stored.answer(
            ctx.store, assessment_id, request_id, words, person_id=ctx.someone().id, now=ctx.now
        )
        noting.note(ctx, "change request answered", found.assessment, {"request": asked.number})

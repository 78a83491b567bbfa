"""The part-finished health check that whoever signs in first finds: the first employer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry
from healthcheck.core.saving import Offered
from healthcheck.services import assessments
from healthcheck.services.attachments import Upload
from healthcheck.services.demonstration import first_answers as given
from healthcheck.services.demonstration.calendar import latest_count

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.services.demonstration.health_checks import HealthCheck

ATTACHMENT = Upload(given.ATTACHED_NAME, given.ATTACHED.encode())


def answer(check: HealthCheck, at: datetime) -> None:
    """Save the given answers; the lead's place is then the first topic without any."""
    answers = {
        **given.ANSWERS,
        given.DATE_OF_FIGURES: Entry((latest_count(at.date()).isoformat(),)),
    }
    topics = check.opened(at).questionnaire.topics
    not_begun = next(
        (topic.id for topic in topics if not any(each.id in answers for each in topic.questions)),
        topics[0].id,
    )
    for topic in topics:
        offered = {
            each.id: Offered(answers[each.id], based_on=0)
            for each in topic.questions
            if each.id in answers
        }
        if offered:
            uploads = {each: (ATTACHMENT,) for each in offered if each == given.ATTACHED_TO}
            ctx = check.by("lead", at)
            assessments.save_topic(ctx, check.id, topic.id, offered, uploads, not_begun)

"""Opening an assessment, and saving a topic of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import cycles, saving
from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.facts import is_service
from healthcheck.core.permissions import Permission, can
from healthcheck.core.questionnaires import is_asked
from healthcheck.services import attachments, beginning, carrying
from healthcheck.services.assigning import require_may_answer
from healthcheck.services.open_now import today
from healthcheck.services.opening import changed, on_shelf, open_all, open_one, worded
from healthcheck.services.permissions import permitted, permitted_to_answer
from healthcheck.services.steps import begun
from healthcheck.storage import assessments as stored
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from healthcheck.core.accounts import Employer
    from healthcheck.core.answers import Entry
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.saving import Clash, Offered
    from healthcheck.services.attachments import Upload
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened


@dataclass(frozen=True)
class SaveOutcome:
    """What became of a save: the assessment after it, and what was not written.

    `clashes` are for the person to choose; `refused_files` has sentences by question.
    """

    opened: Opened
    clashes: tuple[Clash, ...]
    refused_files: Mapping[str, tuple[str, ...]]


def mine(ctx: Context) -> tuple[Opened, ...]:
    """Return every assessment the person may read, the latest deadline first.

    Raises NotSignedInError.
    """
    person = ctx.someone()
    with ctx.store.reading():
        found = [
            each
            for each in stored.of_person(ctx.store, person.id)
            if can(each.roles, Permission.READ)
        ]
        return open_all(ctx, found)


def opened(ctx: Context, assessment_id: str) -> Opened:
    """Return the assessment. Raises NotSignedInError, and NotFoundError when it is not theirs."""
    kept = on_shelf(ctx, permitted(ctx, assessment_id, Permission.READ))
    if kept is not None:
        return kept
    with ctx.store.reading():
        return open_one(ctx, permitted(ctx, assessment_id, Permission.READ))


def start(  # noqa: PLR0913 - what a new assessment is
    ctx: Context,
    employer: Employer,
    *,
    service: str,
    cycle: str,
    due: date,
    questionnaire: str,
    edition: str,
) -> Assessment:
    """Begin an employer's assessment of one service; for whoever runs the installation.

    It belongs to the cycle of that name, which is made, open from today, when there is none. Raises
    NotFoundError when there is no such edition, and UnacceptableDetailsError when the service is
    not an id or was started in this cycle already, or the deadline comes after the cycle closes.
    """
    if not is_service(service):
        raise UnacceptableDetailsError(
            f"“{service}” is not an id for a service. Use small letters, digits and hyphens."
        )
    new = cycles.beginning_now(questionnaire, cycle, edition, due, today(ctx))
    return beginning.begin(ctx, employer, service, new)


def save_topic(  # noqa: PLR0913, PLR0917 - what was entered on which page, and where to go next
    ctx: Context,
    assessment_id: str,
    topic_id: str,
    offered: Mapping[str, Offered],
    uploads: Mapping[str, Sequence[Upload]],
    next_topic: str | None = None,
    *,
    confirm: Collection[str] = (),
) -> SaveOutcome:
    """Save what a person entered on one topic's page, in one transaction.

    An answer that a colleague changed meanwhile is not written but returned as a clash; a file that
    cannot be taken is refused with a sentence; all the rest is kept. `next_topic` is remembered as
    the person's place, unless they must stay to choose. `confirm` are the questions whose answer of
    last year is still true: it is saved as if it had been typed, with its evidence and files.

    Raises NotSignedInError, NotFoundError (also for a question not of this topic), BusyError,
    NotAllowedError, StepRefusedError where answers cannot be changed, NotReadyError for a reworded
    question to confirm, and NoRoomError.
    """
    judged = {question_id: attachments.judge(each) for question_id, each in uploads.items()}
    with ctx.store.writing():
        found = permitted_to_answer(ctx, assessment_id)
        before = open_one(ctx, found)
        _require_questions(before.questionnaire, topic_id, {*offered, *uploads, *confirm})
        require_may_answer(ctx, found, topic_id)
        merged = merge(ctx, before, carrying.confirmed(before, offered, confirm))
        taken, refused = attachments.take(ctx, assessment_id, judged) if judged else ([], {})
        if agreed := set(confirm) - {clash.question_id for clash in merged.clashes}:
            taken += carrying.settle(ctx, before, offered, agreed, refused)
        stored.save(ctx.store, assessment_id, merged.changes, ctx.someone().id, ctx.now)
        if next_topic not in {None, found.place} and not merged.clashes:
            _require_topic(before.questionnaire, next_topic)
            stored.remember_place(ctx.store, ctx.someone().id, assessment_id, next_topic)
        if merged.changes or taken:
            before = replace(before, assessment=begun(ctx, found).assessment)
            stored.change(ctx.store, assessment_id, ctx.now)
            events.add(
                ctx.store,
                "topic saved",
                ctx.now,
                person_id=ctx.someone().id,
                assessment_id=assessment_id,
                detail={"topic": topic_id, "answers": list(merged.changes), "files": taken},
            )
    if taken or merged.clashes or not merged.changes:
        return SaveOutcome(opened(ctx, assessment_id), merged.clashes, refused)
    now = changed(ctx, before, merged.changes)
    return SaveOutcome(replace(now, place=next_topic or found.place), (), refused)


def remember_place(ctx: Context, assessment_id: str, topic_id: str) -> None:
    """Remember the topic the person is on, to return to; writes only when it is another one.

    Raises NotSignedInError and NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    _require_topic(worded(ctx, found.assessment), topic_id)
    if topic_id != found.place:
        with ctx.store.writing():
            stored.remember_place(ctx.store, ctx.someone().id, assessment_id, topic_id)


def _require_topic(questionnaire: Questionnaire, topic_id: str) -> None:
    if all(topic.id != topic_id for topic in questionnaire.topics):
        raise NotFoundError("There is no such page in this health check.")


def _require_questions(questionnaire: Questionnaire, topic_id: str, question_ids: set[str]) -> None:
    _require_topic(questionnaire, topic_id)
    for each in question_ids:
        topic = questionnaire.topic_of.get(each)
        if topic is None or topic.id != topic_id or not is_asked(questionnaire.questions[each]):
            raise NotFoundError("There is no such question on this page, so nothing was saved.")


def merge(ctx: Context, before: Opened, offered: Mapping[str, Offered]) -> saving.Merge:
    """Return what of these entries can be written, and what a colleague changed meanwhile."""
    current = before.saved
    started_from: dict[str, Entry] = {}
    for question_id, offer in offered.items():
        if question_id in current and offer.based_on != current[question_id].revision:
            earlier = stored.entry_at(ctx.store, before.assessment.id, question_id, offer.based_on)
            started_from[question_id] = earlier or saving.BLANK
    return saving.merge(current, started_from, offered)

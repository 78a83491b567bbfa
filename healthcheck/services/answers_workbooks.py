"""The workbook of a health check's answers: sent out, looked at when it comes back, and applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core import answers_uploads as uploads
from healthcheck.core import answers_workbooks as core
from healthcheck.core.answers_uploads import Uploaded
from healthcheck.core.assigning import may_answer
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.permissions import Permission
from healthcheck.core.questionnaires import is_asked
from healthcheck.core.saving import BLANK, Saved
from healthcheck.core.uploads import Applied, Upload
from healthcheck.definitions.sheets import read_workbook
from healthcheck.reports.answers_workbooks import Sources, answers_workbook
from healthcheck.services.assessments import merge
from healthcheck.services.assigning import require_may_answer
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.services.permissions import permitted, permitted_to_answer
from healthcheck.services.steps import begun
from healthcheck.storage import assessments as stored
from healthcheck.storage import assigning as assigned
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from healthcheck.core.answers import Entry
    from healthcheck.core.answers_uploads import Change, Preview
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found

NEVER = Saved()
Looked: TypeAlias = "Upload[Opened, Preview]"
"""An uploaded workbook as a person looks at it before anything is saved."""


def workbook(ctx: Context, assessment_id: str) -> tuple[str, bytes]:
    """Return the workbook with the answers as they are now, and a name for its file.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        opened = open_one(ctx, permitted(ctx, assessment_id, Permission.READ))
    assessment = opened.assessment
    sources = Sources(
        assessment,
        opened.questionnaire,
        opened.saved,
        opened.journey,
        opened.last,
        today(ctx),
    )
    return f"answers-{assessment.reference}.xlsx", answers_workbook(sources)


def to_fill_in(ctx: Context, assessment_id: str) -> Opened:
    """Return the assessment for somebody who may upload answers to it now.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError and NotReadyError.
    """
    with ctx.store.reading():
        return open_one(ctx, permitted_to_answer(ctx, assessment_id))


def look(ctx: Context, assessment_id: str, content: bytes) -> Looked:
    """Return what a workbook would change, and every bad cell of it; nothing is saved.

    Raises what `to_fill_in` does, and UnacceptableFileError for a file that is no workbook.
    """
    to_fill_in(ctx, assessment_id)
    sheets = read_workbook(content)
    with ctx.store.reading():
        found = permitted_to_answer(ctx, assessment_id)
        opened = open_one(ctx, found)
        reading = core.read(opened.questionnaire, opened.assessment.reference, sheets)
        started = {
            question_id: _started_from(ctx, opened, question_id, row.based_on)
            for question_id, row in reading.rows.items()
        }
        offers = core.offered(opened.questionnaire, reading.rows, started)
        at = {question_id: row.at for question_id, row in reading.rows.items()}
        return _looked(ctx, found, opened, Uploaded(offers, at, reading.bad))


def apply(
    ctx: Context, assessment_id: str, carried: str, agreed: str, chosen: Collection[str]
) -> Applied[Looked]:
    """Save the answers that were chosen from a preview, all of them in one transaction.

    `agreed` is the fingerprint of what was looked at: when the answers changed since, nothing is
    saved and there is something new to look at. Raises what `to_fill_in` does, and
    UnacceptableDetailsError when what was sent is not what a preview gave, or nothing was chosen.
    """
    to_fill_in(ctx, assessment_id)
    uploaded = uploads.unpacked(carried)
    with ctx.store.writing():
        found = permitted_to_answer(ctx, assessment_id)
        opened = open_one(ctx, found)
        if any(not _takes(opened, each) for each in uploaded.offers):
            raise UnacceptableDetailsError(
                "There is no such question in this health check, so nothing was saved."
            )
        looked = _looked(ctx, found, opened, uploaded)
        if looked.preview.fingerprint != agreed:
            return Applied(moved=looked)
        changes = looked.preview.chosen(chosen, "answer")
        _save(ctx, found, opened, changes)
    return Applied(saved=len(changes))


def _looked(ctx: Context, found: Found, opened: Opened, uploaded: Uploaded) -> Looked:
    merged = merge(ctx, opened, uploaded.offers)
    preview = uploads.preview(
        opened.questionnaire, uploaded, opened.saved, merged, _of_others(ctx, found, opened)
    )
    return Upload(opened, preview, uploads.packed((*preview.changes, *preview.conflicts)))


def _of_others(ctx: Context, found: Found, opened: Opened) -> frozenset[str]:
    """Return the questions of topics that are assigned to others than the person signed in."""
    people = assigned.of(ctx.store, found.assessment.id)
    person_id = ctx.someone().id
    return frozenset(
        question.id
        for topic in opened.questionnaire.topics
        if not may_answer(found.roles, person_id, {each.id for each in people.get(topic.id, ())})
        for question in topic.questions
    )


def _save(ctx: Context, found: Found, opened: Opened, changes: Iterable[Change]) -> None:
    """Write answers, with an event for each topic they are of, inside the transaction."""
    topics: dict[str, list[str]] = {}
    entries = {each.question_id: each.entry for each in changes}
    for question_id in entries:
        topics.setdefault(opened.questionnaire.topic_of[question_id].id, []).append(question_id)
    for topic_id in topics:
        require_may_answer(ctx, found, topic_id)
    stored.save(ctx.store, opened.assessment.id, entries, ctx.someone().id, ctx.now)
    begun(ctx, found)
    stored.change(ctx.store, opened.assessment.id, ctx.now)
    for topic_id, answers in topics.items():
        events.add(
            ctx.store,
            "topic saved",
            ctx.now,
            person_id=ctx.someone().id,
            assessment_id=opened.assessment.id,
            detail={"topic": topic_id, "answers": answers, "way": "workbook"},
        )


def _started_from(ctx: Context, opened: Opened, question_id: str, based_on: int) -> Entry:
    now = opened.saved.get(question_id, NEVER)
    if now.revision == based_on:
        return now.entry
    earlier = stored.entry_at(ctx.store, opened.assessment.id, question_id, based_on)
    return earlier or BLANK


def _takes(opened: Opened, question_id: str) -> bool:
    question = opened.questionnaire.questions.get(question_id)
    return question is not None and is_asked(question)

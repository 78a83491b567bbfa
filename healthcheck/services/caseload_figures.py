"""Figures of a health check filled from the caseload snapshots of its service, on request.

Whoever may answer sees each figure, with its date and source, beside what stands there, and ticks
those to save. They see totals of the service alone: no worker, no case, no name of either is read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import caseload_filling as filling_of
from healthcheck.core.assigning import may_answer
from healthcheck.core.caseload_filling import NOT_YOURS, Place, Row
from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload import figures as core
from healthcheck.core.workload.figures import Reports
from healthcheck.reports.caseload_figures import totals
from healthcheck.services import attachments, caseload_reports, counted_teams
from healthcheck.services.assessments import merge
from healthcheck.services.assigning import require_may_answer
from healthcheck.services.attachments import Upload
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.services.permissions import permitted_to_answer
from healthcheck.services.steps import begun
from healthcheck.storage import assessments as stored
from healthcheck.storage import assigning as assigned
from healthcheck.storage import caseload_figures as snapshots
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from healthcheck.core.answers import Entry
    from healthcheck.core.questionnaires import Question
    from healthcheck.core.workload.figures import Filling
    from healthcheck.core.workload.safe_levels import Counted
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found as FoundAssessment

NOTHING_TO_FILL = "There are no caseload figures for this health check."
NO_TOTALS = "There are no totals of this day to attach."
WAY = "caseload snapshots"


@dataclass(frozen=True)
class Evidence:
    """A question to whose evidence the totals can be attached; `hindrance` says why not."""

    question: Question
    hindrance: str = ""


@dataclass(frozen=True)
class Looked:
    """What somebody looks at before anything is saved.

    `day` is the day the figures are of, among the `days` on which teams were counted, newest first.
    """

    opened: Opened
    place: Place
    teams: tuple[Counted, ...]
    days: tuple[date, ...]
    day: date
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    file: Upload

    @property
    def lacking(self) -> tuple[str, ...]:
        """Why the snapshots give no figure at all; nothing when they do."""
        return core.lacking(self.teams, self.day)

    @property
    def fingerprint(self) -> str:
        """What changes as soon as a figure, an answer or the file is another."""
        said = [(each.question.id, each.text, each.saved.revision) for each in self.rows]
        hinders = [(each.question.id, each.hindrance) for each in self.evidence]
        digest = hashlib.sha256(repr((self.day, said, hinders)).encode())
        digest.update(self.file.content)
        return digest.hexdigest()

    @property
    def can_be_applied(self) -> bool:
        """Say whether there is anything to save."""
        return any(each.can_be_saved for each in self.rows) or self.can_be_attached

    @property
    def can_be_attached(self) -> bool:
        """Say whether the file can be attached to any question."""
        return any(not each.hindrance for each in self.evidence)


@dataclass(frozen=True)
class Applied:
    """What became of it: how much was saved, or what there is to look at now."""

    answers: int = 0
    files: int = 0
    moved: Looked | None = None


def topics(ctx: Context, opened: Opened) -> frozenset[str]:
    """Return the topics with a question that takes a figure of caseloads, where there are teams.

    None for those who may not answer. The caller has opened the assessment.
    """
    filling = ctx.library.fillings.get(opened.assessment.questionnaire)
    if filling is None or not opened.may_answer:
        return frozenset()
    assessment = opened.assessment
    if not snapshots.has_teams(ctx.store, assessment.employer.id, assessment.service):
        return frozenset()
    of = opened.questionnaire.topic_of
    return frozenset(of[each].id for each in filling.questions if each in of)


def look(ctx: Context, assessment_id: str, on: date | None = None) -> Looked:
    """Return every figure beside what stands there, as of a day; nothing is saved.

    It must be one on which a team was counted, so that nobody sees from one day to the next when a
    report was made; otherwise it is the newest of these by the day that the answers name.
    Raises NotSignedInError, NotFoundError (also when the questionnaire takes no figures),
    NotAllowedError, StepRefusedError, NotReadyError, BusyError and NoRoomError.
    """
    _prepare(ctx, assessment_id)
    with ctx.store.reading():
        return _looked(ctx, permitted_to_answer(ctx, assessment_id), on)


def apply(  # noqa: PLR0913, PLR0917 - what was looked at, and what of it was chosen
    ctx: Context,
    assessment_id: str,
    on: date | None,
    agreed: str,
    chosen: Collection[str],
    attach: Collection[str],
) -> Applied:
    """Save the figures chosen, and attach the totals to the questions in `attach`, at once.

    `agreed` is the fingerprint of what was looked at: when anything changed since, nothing is saved
    and there is something new to look at. Raises what `look` does, and UnacceptableDetailsError
    when nothing, or something that cannot be saved, was chosen.
    """
    _prepare(ctx, assessment_id)
    with ctx.store.writing():
        found = permitted_to_answer(ctx, assessment_id)
        looked = _looked(ctx, found, on)
        if looked.fingerprint != agreed:
            return Applied(moved=looked)
        changes = filling_of.offered(looked.place, looked.rows, chosen)
        onto = [each.question.id for each in looked.evidence if each.question.id in attach]
        if not changes and not onto:
            raise UnacceptableDetailsError("Nothing was ticked, so nothing was saved.")
        files = _attach(ctx, looked, onto)
        written = merge(ctx, looked.opened, changes).changes
        _write(ctx, found, looked, written, files)
    return Applied(len(written), len(files))


def _prepare(ctx: Context, assessment_id: str) -> None:
    """Have the sums of the teams' snapshots kept, before anything waits for them."""
    assessment = permitted_to_answer(ctx, assessment_id).assessment
    counted_teams.prepare(ctx, assessment.employer.id, assessment.service)


def _looked(ctx: Context, found: FoundAssessment, on: date | None) -> Looked:
    opened = open_one(ctx, found)
    assessment = opened.assessment
    filling = ctx.library.fillings.get(assessment.questionnaire)
    employer_id, service = assessment.employer.id, assessment.service
    if filling is None or not snapshots.has_teams(ctx.store, employer_id, service):
        raise NotFoundError(NOTHING_TO_FILL)
    teams = counted_teams.of_service(ctx, employer_id, service)
    days = snapshots.days(ctx.store, [each.id for each in teams])
    day = on if on in days else filling_of.day_of(opened.journey, filling, days) or today(ctx)
    counted = counted_teams.counted(ctx, teams, day)
    figures = core.figures(counted, day, _reports(ctx, opened, day))
    place = Place(
        opened.questionnaire,
        assessment.facts,
        opened.journey,
        opened.saved,
        _yours(ctx, found, opened),
    )
    file = Upload(
        f"caseload-figures-{service}-{day.isoformat()}.csv",
        totals(assessment.employer.name, service_title(service), day, figures.values(), counted),
    )
    return Looked(
        opened,
        place,
        counted,
        days,
        day,
        filling_of.rows(place, filling, figures),
        _evidence(opened, filling, file, place.yours, has_totals=not core.lacking(counted, day)),
        file,
    )


def _reports(ctx: Context, opened: Opened, day: date) -> Reports:
    assessment, since = opened.assessment, core.year_to(day)
    counts = caseload_reports.counts(ctx, assessment.employer.id, assessment.service, since, day)
    return Reports(counts.made, counts.resolved, since, day)


def _yours(ctx: Context, found: FoundAssessment, opened: Opened) -> frozenset[str]:
    """Return the questions of topics that the person signed in answers."""
    people = assigned.of(ctx.store, found.assessment.id)
    person_id = ctx.someone().id
    return frozenset(
        question.id
        for topic in opened.questionnaire.topics
        if may_answer(found.roles, person_id, {each.id for each in people.get(topic.id, ())})
        for question in topic.questions
    )


def _evidence(
    opened: Opened, filling: Filling, file: Upload, yours: Collection[str], *, has_totals: bool
) -> tuple[Evidence, ...]:
    there = (file.name, hashlib.sha256(file.content).hexdigest())
    found = []
    for question_id in filling.evidence:
        question = opened.questionnaire.questions.get(question_id)
        if question is None or not opened.journey[question_id].is_visible:
            continue
        files = opened.attachments.get(question_id, ())
        hindrance = "" if has_totals else NO_TOTALS
        if question_id not in yours:
            hindrance = NOT_YOURS
        if there in {(each.name, each.sha256) for each in files}:
            hindrance = "This file is attached already."
        found.append(Evidence(question, hindrance))
    return tuple(found)


def _attach(ctx: Context, looked: Looked, onto: Collection[str]) -> list[str]:
    """Attach the file to these questions, inside the transaction. Returns those that have it now.

    Raises UnacceptableDetailsError when one cannot take it.
    """
    if any(each.hindrance for each in looked.evidence if each.question.id in onto):
        raise UnacceptableDetailsError(
            "The totals cannot be attached to one of these questions, so nothing was saved."
        )
    taken: list[str] = []
    for question_id in onto:
        judged = {question_id: attachments.judge([looked.file])}
        done, refused = attachments.take(ctx, looked.opened.assessment.id, judged)
        if refused:
            raise UnacceptableDetailsError(" ".join(refused[question_id]))
        taken += [question_id] if done else []
    return taken


def _write(
    ctx: Context,
    found: FoundAssessment,
    looked: Looked,
    changes: Mapping[str, Entry],
    files: Collection[str],
) -> None:
    """Write the answers, with an event for each topic they or the files are of."""
    assessment_id, of = looked.opened.assessment.id, looked.opened.questionnaire.topic_of
    touched: dict[str, tuple[list[str], list[str]]] = {}
    for at, question_ids in enumerate((changes, files)):
        for each in question_ids:
            touched.setdefault(of[each].id, ([], []))[at].append(each)
    for topic_id in touched:
        require_may_answer(ctx, found, topic_id)
    stored.save(ctx.store, assessment_id, changes, ctx.someone().id, ctx.now)
    begun(ctx, found)
    stored.change(ctx.store, assessment_id, ctx.now)
    for topic_id, (answers, attached) in touched.items():
        events.add(
            ctx.store,
            "topic saved",
            ctx.now,
            person_id=ctx.someone().id,
            assessment_id=assessment_id,
            detail={
                "topic": topic_id,
                "answers": answers,
                "files": [looked.file.name for _ in attached],
                "way": WAY,
                "as of": looked.day.isoformat(),
            },
        )

"""An action's page in words, put together from its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.facts import service_title
from healthcheck.core.permissions import Permission, can
from healthcheck.core.plan_changes import Change, Difference, differences
from healthcheck.core.plans import days_overdue
from healthcheck.core.questionnaires import Rating
from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.plan_view import WAYS, status, success
from healthcheck.reports.view_questions import pointers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from healthcheck.core.questionnaires import Question, Questionnaire
    from healthcheck.reports.parts import Pointer
    from healthcheck.reports.plan_parts import Status
    from healthcheck.services.plan_actions import ActionRecord

FIRST = "added the action"


@dataclass(frozen=True)
class ChangeRow:
    """One line of an action's history, newest first on the page."""

    at: datetime
    by: str
    what: str
    reason: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ActionPage:
    """What an action's page says; a line that has nothing to say is left out."""

    record: ActionRecord
    service: str
    title: str
    question: Pointer | None
    topic_id: str
    area: str
    status: Status
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    history: tuple[ChangeRow, ...]
    levels: tuple[tuple[str, str], ...]
    updates: tuple[tuple[str, str], ...]
    is_for_basw: bool


def action_page(record: ActionRecord) -> ActionPage:
    """Return everything that the page of an action says."""
    action, asked = record.action, record.questionnaire
    question = asked.questions.get(action.question_id or "")
    late = days_overdue(action, record.today)
    return ActionPage(
        record,
        service_title(record.found.assessment.service),
        f"{action.reference}: {words.shortened(' '.join(action.details.action.split()), 90)}",
        None if question is None else pointers(asked)[question.id],
        "" if question is None else asked.topic_of[question.id].id,
        _area(record, question),
        status(action.progress.delivery, late),
        tuple((name, text) for name, text in _rows(record) if any(text)),
        tuple(reversed(_history(record.history))),
        level_choices(asked, action.question_id),
        tuple(_updates(record)),
        is_for_basw=not can(record.found.roles, Permission.READ),
    )


def level_choices(
    questionnaire: Questionnaire, question_id: str | None
) -> tuple[tuple[str, str], ...]:
    """Return the levels that the rating of a question can have, as fields hold them, and in words.

    Another question, or none, has no levels.
    """
    question = questionnaire.questions.get(question_id or "")
    if not isinstance(question, Rating):
        return ()
    return tuple(
        (str(each), level_title(questionnaire.levels[each])) for each in question.descriptors
    )


def _area(record: ActionRecord, question: Question | None) -> str:
    wanted = record.action.area_id
    for area in record.questionnaire.sections:
        if area.id == wanted or (question is not None and question in area.questions):
            return area.title
    return ""


def _rows(record: ActionRecord) -> list[tuple[str, tuple[str, ...]]]:
    details, progress = record.action.details, record.action.progress
    due = words.day(details.due) if details.due else f"None: {details.no_date_reason}"
    names = {each: level_title(level) for each, level in record.questionnaire.levels.items()}
    owner = details.owner
    return [
        ("Finding", words.paragraphs(details.finding)),
        ("Action", words.paragraphs(details.action)),
        ("Outcome", words.paragraphs(details.outcome)),
        ("Success measure", (success(details),)),
        ("Owner", (owner.name, owner.role, owner.team, owner.email)),
        ("Resources", words.paragraphs(details.resources)),
        ("Start", (words.day(details.start) if details.start else "",)),
        ("Due", (due,)),
        ("Review date", (words.day(details.review) if details.review else "",)),
        ("Priority", (details.priority.value,)),
        ("Rating now", (_named(names, record.level_now),)),
        ("Target rating", (_named(names, details.target_level),)),
        ("Why it is so", words.paragraphs(progress.reason)),
        ("Recovery step", words.paragraphs(progress.recovery)),
        ("Completed on", (words.day(progress.completed) if progress.completed else "",)),
        ("Evidence of completion", words.paragraphs(progress.evidence)),
    ]


def _named(names: Mapping[int, str], level: int | None) -> str:
    return "" if level is None else names.get(level, "")


def _history(states: tuple[Change, ...]) -> list[ChangeRow]:
    rows = []
    before: Change | None = None
    for each in states:
        found = differences(before, each) if before else ()
        what = FIRST if before is None else "made a change"
        what += WAYS.get(each.way, "")
        rows.append(ChangeRow(each.at, each.by, what, each.reason, found))
        before = each
    return rows


def _updates(record: ActionRecord) -> list[tuple[str, str]]:
    """Return each new rating of the year as a sentence, with its note."""
    names = record.questionnaire.levels
    told = []
    for each in record.updates:
        when = f"{each.recorded_by}, {words.day(each.recorded_at.date())}"
        if each.before == each.after:
            said = f"The rating has not changed: {level_title(names[each.after])}. {when}."
        else:
            was = "no rating" if each.before is None else level_title(names[each.before])
            said = f"The rating changed from {was} to {level_title(names[each.after])}. {when}."
        told.append((said, each.note))
    return told

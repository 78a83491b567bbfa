"""A plan as a workbook and as CSV: every field, every note, as the board shows it.

The workbook can be filled in: the columns that are read back are open, with lists and dates, and
the others locked. What comes back means is decided by `healthcheck.core.plan_workbooks`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import plan_workbooks as core
from healthcheck.core.facts import service_title
from healthcheck.core.plan_filters import by_area
from healthcheck.core.plan_rules import EARLIEST
from healthcheck.core.plans import Delivery, Priority, days_overdue
from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.sheet_parts import (
    BOLD,
    DATED,
    OPEN,
    OPEN_DATE,
    Cell,
    Column,
    Field,
    Page,
    Rule,
)
from healthcheck.reports.spreadsheets import LONGEST_CELL, Sheet, as_book, as_csv
from healthcheck.reports.view_questions import pointers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action, Note, Plan
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.parts import Pointer

PLAN, NOTES, ABOUT = "Plan", "Notes", "About this file"
STATUSES = Rule("list", "Choose from the list.", tuple(each.word for each in Delivery))
PRIORITIES = Rule("list", "Choose from the list.", tuple(each.value for each in Priority))
A_DAY = Rule("date", "A date, such as 30/9/2027.", lowest=EARLIEST)
MOST_LINES = 8
PAGES_WIDE = 4
"""Pages beside each other that the plan takes when it is printed."""
MORE = "… (all of it is on the sheet “Notes”)"
WAYS = {"page": "On the page", "link": "By a link", "workbook": "From a workbook"}
HOW = (
    "On the sheet Plan, write in the framed cells. The other cells are locked and not read back.",
    "You can change the owner, priority, dates and status, and write a new note.",
    "At risk and off track need a reason and a recovery step.",
    "Complete needs the day, and what shows that it is done.",
    "Then give the file to your health check lead, who uploads it on the plan’s page.",
    "They see every change, and what others changed meanwhile, before anything is saved.",
    "New actions are added on the plan’s page.",
)


@dataclass(frozen=True)
class Sources:
    """What a plan's file is made from.

    `actions` are those wanted, in their order; `wanted` says in words which those are. `owners` are
    the names that the list of owners offers. `zone` is where days begin and end.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    plan: Plan
    actions: Sequence[Action]
    wanted: Sequence[str]
    owners: Sequence[str]
    day: date
    zone: ZoneInfo


def plan_csv(sources: Sources) -> bytes:
    """Return the plan as CSV, with all notes of an action in one cell."""
    columns = _columns(sources)
    rows = _Rows(sources, {}).listed(longest=None)
    return as_csv(Sheet(PLAN, [(each.title, each.width) for each in columns], rows))


def plan_workbook(sources: Sources) -> bytes:
    """Return the plan as a workbook to read, filter and fill in; its notes have a sheet as well."""
    return as_book([
        Page(
            PLAN,
            _columns(sources),
            _Rows(sources, {}).listed(longest=LONGEST_CELL),
            is_locked=True,
            has_filter=True,
            frozen_columns=2,
            tallest=MOST_LINES,
            pages_wide=PAGES_WIDE,
        ),
        _notes(sources),
        _about(sources),
    ])  # fmt: skip


def _columns(sources: Sources) -> list[Column]:
    owners = tuple(sources.owners)
    of_owners = Rule("list", "Choose from the list, or write a name.", owners, is_strict=False)
    return [
        Column(core.REFERENCE, 10, BOLD),
        Column("Action", 40, BOLD),
        Column(core.OWNER, 22, OPEN, of_owners if owners else None),
        Column("Owner’s role", 20),
        Column("Team", 18),
        Column(core.PRIORITY, 10, OPEN, PRIORITIES),
        Column(core.START, 13, OPEN_DATE, A_DAY),
        Column(core.DUE, 13, OPEN_DATE, A_DAY),
        Column(core.NO_DATE, 22, OPEN),
        Column(core.REVIEW, 13, OPEN_DATE, A_DAY),
        Column(core.STATUS, 15, OPEN, STATUSES),
        Column("Days overdue", 10),
        Column(core.REASON, 28, OPEN),
        Column(core.RECOVERY, 28, OPEN),
        Column(core.COMPLETED, 14, OPEN_DATE, A_DAY),
        Column(core.EVIDENCE, 28, OPEN),
        Column(core.NOTE, 36, OPEN),
        Column("Notes, newest first", 48),
        Column("Area", 22),
        Column("Question number", 10),
        Column("Question", 30),
        Column("Finding", 32),
        Column("Outcome", 28),
        Column("Success measure", 28),
        Column("Baseline", 16),
        Column("Target", 16),
        Column("Target rating", 16),
        Column("Resources", 24),
        Column("Owner’s e-mail", 24),
        Column("Comes from", 24),
        Column("Added on", 13, DATED),
        Column("Last changed on", 13, DATED),
        Column("Last changed by", 18),
        Column(core.KEY, 10, is_hidden=True),
        Column(core.REVISION, 10, is_hidden=True),
        Column(core.PLAN, 10, is_hidden=True),
    ]


@dataclass(frozen=True)
class _Rows:
    sources: Sources
    numbers: Mapping[str, Pointer]

    def listed(self, longest: int | None) -> list[tuple[Cell, ...]]:
        """Return a row for each action; notes are cut after so many letters."""
        rows = replace(self, numbers=pointers(self.sources.questionnaire))
        area_of = by_area(self.sources.questionnaire)
        titles = {each.id: each.title for each in self.sources.questionnaire.sections}
        return [
            rows.row(each, titles.get(area_of(each), ""), longest) for each in self.sources.actions
        ]

    def row(self, action: Action, area: str, longest: int | None) -> tuple[Cell, ...]:
        details, progress, owner = action.details, action.progress, action.details.owner
        question = self.numbers.get(action.question_id or "")
        levels = self.sources.questionnaire.levels
        level = levels.get(details.target_level) if details.target_level is not None else None
        return (
            action.reference,
            *_or_blank(details.action, owner.name, owner.role, owner.team),
            details.priority.value,
            details.start,
            details.due,
            details.no_date_reason or None,
            details.review,
            progress.delivery.word,
            days_overdue(action, self.sources.day) or None,
            *_or_blank(progress.reason, progress.recovery),
            progress.completed,
            progress.evidence or None,
            None,
            self._notes(action, longest),
            area or None,
            question.number if question else None,
            question.text if question else None,
            *_or_blank(details.finding, details.outcome, details.measure),
            *_or_blank(details.baseline, details.target),
            level_title(level) if level else None,
            *_or_blank(details.resources, owner.email),
            action.origin.value,
            action.created_at.astimezone(self.sources.zone).date(),
            action.changed_at.astimezone(self.sources.zone).date(),
            action.changed_by or None,
            action.id,
            action.revision,
            self.sources.assessment.reference,
        )

    def _notes(self, action: Action, longest: int | None) -> str | None:
        notes = self.sources.plan.notes.get(action.id, ())
        text = "\n".join(
            f"{words.day(_day(self.sources, each))}, {each.written_by}: {each.text}"
            for each in reversed(notes)
        )
        if longest is not None and len(text) > longest:
            text = text[: longest - len(MORE)] + MORE
        return text or None


def _notes(sources: Sources) -> Page:
    columns = [
        Column(core.REFERENCE, 10, BOLD),
        Column("Action", 44),
        Column("Written on", 14, DATED),
        Column("By", 22),
        Column("How", 18),
        Column("Note", 90),
    ]
    rows = [
        (
            action.reference,
            action.details.action,
            _day(sources, note),
            note.written_by,
            WAYS.get(note.way, note.way),
            note.text,
        )
        for action in sources.actions
        for note in sources.plan.notes.get(action.id, ())
    ]
    return Page(NOTES, columns, rows, has_filter=True, frozen_columns=1, tallest=MOST_LINES)


def _about(sources: Sources) -> Page:
    assessment, every = sources.assessment, len(sources.plan.actions)
    shown = words.count(len(sources.actions), "action")
    said = [
        ("Employer", assessment.employer.name),
        ("Service", service_title(assessment.service)),
        ("Cycle", assessment.cycle),
        ("Reference", assessment.reference),
        ("As on", words.day(sources.day)),
        ("Shows", f"{shown} of {every:,}. {'. '.join(sources.wanted)}".strip()),
    ]
    steps = [(f"{number}.", line) for number, line in enumerate(HOW, start=1)]
    rows: list[tuple[Cell | Field, ...]] = [(Field(what, BOLD), text) for what, text in said]
    rows += [(None, None), (Field("How", BOLD), None), *steps]
    columns = [Column("About", 16), Column("Improvement plan", 96)]
    return Page(ABOUT, columns, rows, is_locked=True, tallest=MOST_LINES)


def _day(sources: Sources, note: Note) -> date:
    return note.written_at.astimezone(sources.zone).date()


def _or_blank(*texts: str) -> tuple[str | None, ...]:
    return tuple(each or None for each in texts)

"""The plan in groups: by area, by due date, by owner, and action by action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import plan_board
from healthcheck.core.plan_board import Grouping
from healthcheck.core.proposals import is_standing, proposals
from healthcheck.reports.plan_parts import (
    Group,
    OwnerPack,
    OwnerPage,
    Sheet,
    Sheets,
    WholePlan,
    lines,
)
from healthcheck.reports.plan_view import action_row, counted, heading, without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.reports.plan_parts import ActionRow, NoteRow, Without
    from healthcheck.reports.plan_view import PlanSources

TITLE = "Improvement plan"
FEWEST_LINES, MOST_LINES = 3, 9

PAGE = 253.0
"""The height between the margins; this and what follows in millimetres, measured on a sheet."""
FIXED = 99.0
"""What a sheet always has: heading, facts, the head of the progress table, and lines to sign."""
HEAD_OF_NOTES, LINE_OF_PROGRESS = 16.5, 12.4
LINE_OF_ACTION, LINE, AFTER_PARAGRAPH, AROUND_NOTE = 5.9, 4.75, 2.0, 4.0
LETTERS, LETTERS_OF_ACTION, LETTERS_OF_FACT = 100, 74, 38
LETTERS_OF_NOTE, LETTERS_OF_NAME = 58, 20


def plan_by_area(sources: PlanSources) -> WholePlan:
    """Return the plan grouped by area, in the order of the questionnaire."""
    return _whole(sources, f"{TITLE}, by area", Grouping.AREA)


def plan_by_due(sources: PlanSources) -> WholePlan:
    """Return the plan grouped by due date, the most pressing first and what has ended last."""
    return _whole(sources, f"{TITLE}, by due date", Grouping.DUE)


def owner_pack(sources: PlanSources) -> OwnerPack:
    """Return each owner's actions in order of date, open ones first; nobody's come last."""
    return OwnerPack(
        heading(sources, "Actions by owner"),
        tuple(_owner_page(sources, each) for each in _grouped(sources, Grouping.OWNER)),
    )


def sheets(sources: PlanSources) -> Sheets:
    """Return a sheet for each action."""
    rows = (action_row(sources, each) for each in sources.actions)
    return Sheets(
        heading(sources, "Action sheets"), tuple(Sheet(row, empty_lines(row)) for row in rows)
    )


def empty_lines(row: ActionRow) -> int:
    """Return how many empty lines a sheet's progress table has: as many as its page has room for.

    The heights are estimates in millimetres, on the safe side. A sheet that needs a second page
    anyway has the most lines.
    """
    parts = (row.finding, row.outcome, row.resources, row.reason, row.recovery, row.evidence)
    texts = [text for part in parts for text in part]
    if row.question:
        texts.append(row.question.text)
    facts = (f"{row.owner}, {row.role}, {row.team}", row.due, row.rating, row.success)
    used = (
        FIXED
        + sum(LINE_OF_ACTION * lines([each], LETTERS_OF_ACTION) for each in row.action)
        + sum(LINE * (lines([each], LETTERS_OF_FACT) - 1) for each in facts)
        + sum(LINE * lines([each], LETTERS) + AFTER_PARAGRAPH for each in texts)
        + HEAD_OF_NOTES * bool(row.notes)
        + sum(map(_height, row.notes))
    )
    fits = int((PAGE - used) // LINE_OF_PROGRESS)
    return min(fits, MOST_LINES) if fits >= FEWEST_LINES else MOST_LINES


def _height(note: NoteRow) -> float:
    said = lines(note.paragraphs, LETTERS_OF_NOTE)
    return AROUND_NOTE + LINE * max(said, lines([note.by], LETTERS_OF_NAME))


def _grouped(sources: PlanSources, by: Grouping) -> tuple[plan_board.Group, ...]:
    """Return the actions in the groups that the board on the screen shows."""
    return plan_board.grouped(sources.actions, by, sources.today, sources.area_of, sources.titles)


def _whole(sources: PlanSources, title: str, by: Grouping) -> WholePlan:
    return WholePlan(
        heading=heading(sources, title),
        groups=tuple(
            Group(
                each.title,
                counted(each.actions, sources.today),
                tuple(action_row(sources, action) for action in each.actions),
            )
            for each in _grouped(sources, by)
        ),
        without=() if sources.chosen else _all_without(sources),
    )


def _all_without(sources: PlanSources) -> tuple[Without, ...]:
    """Return the weak answers for which no action was taken, in the order of the questionnaire."""
    found = proposals(sources.questionnaire, sources.journey, sources.plan)
    reasons = (
        each.declined
        for each in found
        if each.declined and each.is_declined and not any(map(is_standing, each.actions))
    )
    rows = (without(sources, each) for each in reasons)
    return tuple(row for row in rows if row is not None)


def _owner_page(sources: PlanSources, group: plan_board.Group) -> OwnerPage:
    ordered = sorted(group.actions, key=lambda each: not each.is_open)
    rows = tuple(action_row(sources, each) for each in ordered)
    is_nobody = group.title == plan_board.NO_OWNER
    return OwnerPage(
        title="Actions without an owner" if is_nobody else f"Actions of {group.title}",
        role=_all_of(row.role for row in rows),
        team=_all_of(row.team for row in rows),
        counts=counted(group.actions, sources.today),
        rows=rows,
    )


def _all_of(given: Iterable[str]) -> str:
    """Return what is given for an owner, each once: two actions may name two roles."""
    return "; ".join(dict.fromkeys(filter(None, given)))

"""What a plan's file would change, before anything is saved; the lead then chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from healthcheck.core import plan_rules as rules
from healthcheck.core import plan_workbooks as core
from healthcheck.core import uploads
from healthcheck.core.plan_changes import NOTHING, Difference, said
from healthcheck.core.plan_workbooks import NOTE, Row
from healthcheck.core.plans import Delivery, Priority
from healthcheck.core.sheets import BadCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from healthcheck.core.plan_workbooks import Value
    from healthcheck.core.plans import Action, Details, Owner, Plan, Progress

MOST_CHANGES = 300
"""Actions that can be looked at and saved together."""
WAY = "workbook"


@dataclass(frozen=True, slots=True)
class Change:
    """One action that the file would change: what differs, and what it would become.

    `row` holds only the cells that were edited, and where each is.
    """

    action: Action
    row: Row
    details: Details
    progress: Progress
    note: str
    differences: tuple[Difference, ...]

    @property
    def id(self) -> str:
        """What it is ticked by."""
        return self.action.id

    @property
    def told(self) -> tuple[object, ...]:
        """What tells it from another change."""
        return self.id, self.action.revision, self.details, self.progress, self.note


@dataclass(frozen=True, slots=True)
class Preview(uploads.Preview[Change]):
    """What applying a file would do, in the order of the plan.

    `left` counts the actions that are too many to look at together; they can be uploaded again
    afterwards.
    """

    left: int = 0


def edited(row: Row, started: Mapping[str, Value]) -> Row | None:
    """Return a row with only the cells that were edited, None when none was.

    `started` is what the cells held when the file was made. A text whose letters a program only
    took for others (UTF-8 for Windows-1252, as happens to CSV) was not edited.
    """
    values = {
        heading: cell
        for heading, cell in row.values.items()
        if cell != started[heading] and not _is_misread(cell, started[heading])
    }
    if not values and not row.note:
        return None
    return Row(row.action_id, row.based_on, values, row.note, row.at)


def _is_misread(cell: Value, was: Value) -> bool:
    return (
        isinstance(cell, str)
        and isinstance(was, str)
        and cell == was.encode().decode("cp1252", "ignore") != ""
    )


def preview(
    plan: Plan,
    rows: Iterable[Row],
    bad: Iterable[BadCell],
    owners: Mapping[str, Owner],
    today: date,
) -> Preview:
    """Return what these edited rows would change in a plan.

    A note that was taken from a file before is not taken twice.
    """
    by_id = {row.action_id: row for row in rows}
    changes: list[Change] = []
    conflicts: list[Change] = []
    wrong = list(bad)
    left = 0
    for action in plan.actions:
        row = by_id.get(action.id)
        change = _change(plan, action, row, owners) if row else None
        if change is None:
            continue
        problems = _problems(change, today)
        if problems:
            wrong += problems
        elif len(changes) + len(conflicts) == MOST_CHANGES:
            left += 1
        elif change.row.based_on != action.revision and change.differences:
            conflicts.append(change)
        else:
            changes.append(change)
    return Preview(tuple(changes), tuple(conflicts), tuple(wrong), left)


def _change(plan: Plan, action: Action, row: Row, owners: Mapping[str, Owner]) -> Change | None:
    details, progress = core.with_values(action.details, action.progress, row.values, owners)
    details = rules.tidy(details)
    progress = rules.tidy_progress(progress)
    before, after = said(action.details, action.progress), said(details, progress)
    differences = tuple(
        Difference(part, text or NOTHING, after[part] or NOTHING)
        for part, text in before.items()
        if text != after[part]
    )
    notes = {each.text for each in plan.notes.get(action.id, ()) if each.way == WAY}
    note = "" if rules.trimmed(row.note) in notes else rules.trimmed(row.note)
    if not differences and not note:
        return None
    return Change(action, row, details, progress, note, differences)


def _problems(change: Change, today: date) -> list[BadCell]:
    """Return what an action lacks that the file would leave behind, each at its cell."""
    found: dict[str, str] = {}
    if change.details != change.action.details:
        found |= rules.problems(change.details)
    if change.progress != change.action.progress:
        found |= rules.progress_problems(change.progress, today)
    note = rules.note_problem(change.note)
    if note:
        found["note"] = note
    reference, at = change.action.reference, change.row.at
    return [
        BadCell(at.get(core.HEADING_OF.get(name, ""), reference), message)
        for name, message in found.items()
    ]


def packed(changes: Iterable[Change]) -> str:
    """Return changes as a text that a page can carry while a person looks at them.

    Raises UnacceptableDetailsError when they are more than that.
    """
    rows = (
        (
            each.row.action_id,
            each.row.based_on,
            {heading: _text(value) for heading, value in each.row.values.items()},
            each.row.note,
            {heading: each.row.at[heading] for heading in (*each.row.values, NOTE)},
        )
        for each in changes
    )
    return uploads.packed(rows, "file", "rows")


def unpacked(text: str) -> list[Row]:
    """Return the rows that were packed; raises UnacceptableDetailsError when the text was not."""
    return uploads.unpacked(text, _unpacked, "file")


def _unpacked(row: Any) -> Row | None:  # noqa: ANN401 - whatever was sent
    match row:
        case [str(action_id), int(based_on), dict(cells), str(note), dict(at)] if (
            cells.keys() <= set(core.READ)
            and all(isinstance(each, str) for each in (*cells.values(), *at.values()))
        ):
            values, wrong = core.parsed(cells)
            return None if wrong else Row(action_id, based_on, values, note, at)
        case _:
            return None


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case Delivery():
            return value.word
        case Priority():
            return value.value
        case str():
            return value
        case _:
            return value.isoformat()

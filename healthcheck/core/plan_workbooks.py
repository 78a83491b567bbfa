"""The workbook of a plan: which of its columns are read back, and what their cells mean.

A row is one action. Its owner may change status, dates, priority, owner and what is said of it, and
write a new note; every other column is only shown. What an action then needs is decided by
`healthcheck.core.plan_rules`, as on a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core import typed
from healthcheck.core.answers import clean
from healthcheck.core.plans import Delivery, Details, Owner, Priority, Progress
from healthcheck.core.sheets import BadCell, Cell, Line, Sheet, lines, missing, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

REFERENCE = "Reference"
STATUS, REASON, RECOVERY = "Delivery status", "Reason for the status", "Recovery step"
COMPLETED, EVIDENCE = "Completed on", "Evidence of completion"
OWNER, PRIORITY, START, DUE = "Owner", "Priority", "Start", "Due"
NO_DATE, REVIEW, NOTE = "Reason for no date", "Review date", "New note"
KEY, REVISION, PLAN = "Action (do not change)", "Saved (do not change)", "Of (do not change)"

DATES = (START, DUE, REVIEW, COMPLETED)
READ = (
    OWNER,
    PRIORITY,
    START,
    DUE,
    NO_DATE,
    REVIEW,
    STATUS,
    REASON,
    RECOVERY,
    COMPLETED,
    EVIDENCE,
)
"""The columns whose cells are read back, beside that for a new note."""

HEADING_OF = {
    "owner_name": OWNER,
    "start": START,
    "due": DUE,
    "no_date_reason": NO_DATE,
    "review": REVIEW,
    "reason": REASON,
    "recovery": RECOVERY,
    "completed": COMPLETED,
    "evidence": EVIDENCE,
    "note": NOTE,
}
"""The column where a field is put right, by the name that the plan's rules give it."""

MOST_FIGURES = 15
NO_ACTIONS = (
    "There are no actions in this file. Choose the plan that was downloaded from this health check,"
    " as an Excel workbook (xlsx) or CSV file."
)
NOT_THIS_ONE = (
    "This file belongs to another health check, so nothing of it was read. The reference of this"
    " health check is"
)

Value = str | date | Delivery | Priority | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one action's row says; `values` holds the columns that are read back.

    `based_on` is the revision of the action that the row was made from, and `at` tells where each
    cell is, such as "Plan!T7".
    """

    action_id: str
    based_on: int
    values: Mapping[str, Value]
    note: str = ""
    at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan's file as it came back: its rows, and every cell that cannot be read."""

    rows: tuple[Row, ...] = ()
    bad: tuple[BadCell, ...] = ()


def values_of(details: Details, progress: Progress) -> dict[str, Value]:
    """Return what the columns that are read back hold for an action in this state."""
    return {
        OWNER: details.owner.name,
        PRIORITY: details.priority,
        START: details.start,
        DUE: details.due,
        NO_DATE: details.no_date_reason,
        REVIEW: details.review,
        STATUS: progress.delivery,
        REASON: progress.reason,
        RECOVERY: progress.recovery,
        COMPLETED: progress.completed,
        EVIDENCE: progress.evidence,
    }


def with_values(
    details: Details, progress: Progress, values: Mapping[str, Value], owners: Mapping[str, Owner]
) -> tuple[Details, Progress]:
    """Return an action's state with these cells in it.

    An owner is one of those known, by name in small letters; any other name is a free text.
    """
    cells = values_of(details, progress) | dict(values)
    name = str(cells[OWNER])
    owner, priority, delivery = details.owner, cells[PRIORITY], cells[STATUS]
    if name != owner.name:
        owner = owners.get(name.casefold(), Owner(name))
    return (
        replace(
            details,
            owner=owner,
            priority=priority if isinstance(priority, Priority) else details.priority,
            start=_day(cells[START]),
            due=_day(cells[DUE]),
            no_date_reason=str(cells[NO_DATE]),
            review=_day(cells[REVIEW]),
        ),
        Progress(
            delivery=delivery if isinstance(delivery, Delivery) else progress.delivery,
            reason=str(cells[REASON]),
            recovery=str(cells[RECOVERY]),
            evidence=str(cells[EVIDENCE]),
            completed=_day(cells[COMPLETED]),
        ),
    )


def read(reference: str, action_ids: Collection[str], sheets: Iterable[Sheet]) -> Reading:
    """Return what a file says for the plan of that reference, which has these actions.

    A file of another plan, or none of ours, is one bad cell and no row.
    """
    found = [line for sheet in sheets for line in lines(sheet, KEY)]
    if not found:
        return Reading(bad=(BadCell("", NO_ACTIONS),))
    gone = [
        each
        for each in dict.fromkeys(missing(line, (*READ, NOTE, REVISION, PLAN)) for line in found)
        if each
    ]
    if gone:
        return Reading(bad=tuple(gone))
    if {line.text(PLAN) for line in found if line.text(KEY)} - {reference}:
        return Reading(bad=(BadCell("", f"{NOT_THIS_ONE} {reference}."),))
    return _read(found, action_ids)


def _read(found: Iterable[Line], action_ids: Collection[str]) -> Reading:
    rows: dict[str, Row] = {}
    places: dict[str, str] = {}
    twice: set[str] = set()
    bad: list[BadCell] = []
    for line in found:
        key = line.text(KEY)
        if key in places:
            twice.add(key)
            bad.append(BadCell(line.place(KEY), f"This action is there twice, see {places[key]}."))
            continue
        refusal = _refusal(line, key, action_ids)
        if refusal is not None:
            bad.append(refusal)
            continue
        places[key] = line.place(KEY)
        values, wrong = parsed({heading: line[heading] for heading in READ})
        bad += [BadCell(line.place(heading), message) for heading, message in wrong.items()]
        if not wrong:
            at = {heading: line.place(heading) for heading in (*READ, NOTE)}
            note = clean(line.text(NOTE))
            rows[key] = Row(key, int(line.text(REVISION)), values, note, at)
    return Reading(tuple(row for key, row in rows.items() if key not in twice), tuple(bad))


def _refusal(line: Line, key: str, action_ids: Collection[str]) -> BadCell | None:
    """Return why a row cannot be read at all, None when it can."""
    if not key:
        sentence = "This row is of no action here. Add new actions on the plan’s page."
        return BadCell(f"{line.sheet}!{line.number}", sentence)
    if key not in action_ids:
        sentence = "There is no such action in this plan, so this row was not read."
        return BadCell(line.place(KEY), sentence)
    based_on = line.text(REVISION)
    if not (based_on.isascii() and based_on.isdigit() and len(based_on) <= MOST_FIGURES):
        return BadCell(line.place(REVISION), "This cell was changed. Download the plan again.")
    return None


def parsed(cells: Mapping[str, Cell]) -> tuple[dict[str, Value], dict[str, str]]:
    """Return what these cells mean, by heading, and a sentence for each that means nothing."""
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for heading, cell in cells.items():
        try:
            values[heading] = _value(heading, cell)
        except typed.RefusedError as refused:
            wrong[heading] = str(refused)
    return values, wrong


def _value(heading: str, cell: Cell) -> Value:
    text = clean(text_of(cell)).strip()
    if heading in DATES:
        return typed.day(text, None, None) if text else None
    if heading == STATUS:
        return _one_of({each.word: each for each in Delivery}, text)
    if heading == PRIORITY:
        return _one_of({each.value: each for each in Priority}, text)
    return " ".join(text.split()) if heading == OWNER else text


def _one_of(known: Mapping[str, Delivery] | Mapping[str, Priority], text: str) -> Value:
    named = {name.casefold(): each for name, each in known.items()}
    plain = " ".join(text.split()).casefold()
    if plain not in named:
        choices = list(known)
        listed = f"{', '.join(choices[:-1])} or {choices[-1]}"
        raise typed.RefusedError(f"Choose {listed}.")
    return named[plain]


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None

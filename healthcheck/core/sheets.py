"""A workbook that came back, as plain tables: cells, their addresses and the words in them.

What the cells mean is decided by the rooms that sent the workbook out; the file itself is read by
`healthcheck.definitions.sheets`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Cell = str | float | bool | date | None
FARTHEST_HEADINGS = 20
"""Rows in which the headings are looked for, should somebody have put lines above them."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIGURES = ".15g"
"""As many figures as a workbook's number holds; what comes after them is noise of the machine."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its cells from A1 on; rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong at one place of a workbook; the place is empty for the whole of it."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; `number` counts in the sheet from 1."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Sequence[Cell]

    def __getitem__(self, heading: str) -> Cell:
        """Return the cell under a heading, None where the row ends before it."""
        column = self.columns[heading]
        return self.cells[column] if column < len(self.cells) else None

    def text(self, heading: str) -> str:
        """Return the words of the cell under a heading."""
        return text_of(self[heading]).strip()

    def place(self, heading: str) -> str:
        """Return where that cell is, such as "Workload!D14"."""
        return address(self.sheet, self.number, self.columns[heading])


def lines(sheet: Sheet, key: str) -> Iterator[Line]:
    """Yield the rows below the headings that are not blank; none when no heading is the key.

    A heading that is there twice counts where it is first.
    """
    for at, row in enumerate(sheet.rows[:FARTHEST_HEADINGS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            columns.setdefault(text_of(cell).strip(), column)
        if key in columns:
            for number, cells in enumerate(sheet.rows[at + 1 :], start=at + 2):
                if any(text_of(cell).strip() for cell in cells):
                    yield Line(sheet.name, number, columns, cells)
            return


def missing(line: Line, wanted: Collection[str]) -> BadCell | None:
    """Return what to say of headings that are not there, None when all are."""
    gone = [f"“{each}”" for each in wanted if each not in line.columns]
    if not gone:
        return None
    named = " and ".join(filter(None, [", ".join(gone[:-1]), gone[-1]]))
    return BadCell(
        line.sheet,
        f"There is no column {named}. Columns can be moved, but not renamed or deleted."
        " Download the workbook again and copy what was written into it.",
    )


def address(sheet: str, row: int, column: int) -> str:
    """Return where a cell is, such as "Workload!D14"; rows count from 1 and columns from 0."""
    return f"{sheet}!{letters(column)}{row}"


def letters(column: int) -> str:
    """Return a column's letters, "A" for 0 and "AA" for 26."""
    found = ""
    column += 1
    while column:
        column, place = divmod(column - 1, len(ALPHABET))
        found = ALPHABET[place] + found
    return found


def text_of(cell: Cell) -> str:
    """Return a cell's words as a person would type them: figures plain, dates as 2026-09-30."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case date():
            return cell.isoformat()
        case float():
            return figures(cell)
        case _:
            return cell


def figures(number: float) -> str:
    """Return a number in figures, without an exponent and without the machine's noise."""
    if not isfinite(number):
        return str(number)
    plain = format(Decimal(format(number, FIGURES)), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain

"""What a workbook is made of: pages, columns, cells to fill in, how they look and what they take.

Values only; `healthcheck.reports.spreadsheets` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | float | date | None
DAY = "d mmm yyyy"
TALLEST = 27
"""Lines that the tallest row of a workbook can have."""
LONGEST_NAME = 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LISTS = "Lists"
"""The hidden sheet that holds the choices of every drop-down list."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; an open one can be written in while its page is locked."""

    is_open: bool = False
    is_bold: bool = False
    is_heading: bool = False
    wraps: bool = True
    number: str = ""


PLAIN = Look(wraps=False)
WORDS = Look()
BOLD = Look(is_bold=True)
HEADING = Look(is_bold=True, is_heading=True)
SHADED = Look(is_heading=True)
OPEN = Look(is_open=True)
DATED = Look(number=DAY)
OPEN_DATE = Look(is_open=True, number=DAY)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a cell takes: one of a list, or something from the lowest on, up to the highest if any.

    `hint` is shown beside the cell while it is being filled in. A list that is not strict lets
    other words stand after a warning.
    """

    kind: Literal["list", "integer", "decimal", "date"]
    hint: str
    options: tuple[str, ...] = ()
    lowest: float | date | None = None
    highest: float | date | None = None
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that looks its own way, or takes only some values."""

    value: Cell
    look: Look
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and how its cells look and what they take."""

    title: str
    width: int
    look: Look = WORDS
    rule: Rule | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook. On a locked one only open cells can be changed.

    `tallest` is the most lines a row may take so that its words show, 0 for one line each: not
    every program finds the height of a row by itself.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | Field]]
    is_locked: bool = False
    has_filter: bool = False
    frozen_columns: int = 0
    tallest: int = 0
    pages_wide: int = 1


def sheet_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return a name for a sheet from each title: short enough, allowed, and no two alike."""
    found: list[str] = []
    for title in titles:
        name = " ".join(title.translate(NOT_IN_NAMES).split())[:LONGEST_NAME].strip() or "Sheet"
        taken, number = {LISTS.lower(), *(each.lower() for each in found)}, 2
        while name.lower() in taken:
            ending = f" {number}"
            name, number = name[: LONGEST_NAME - len(ending)] + ending, number + 1
        found.append(name)
    return tuple(found)

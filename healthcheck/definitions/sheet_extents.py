"""The parts of a workbook from outside, walked through before anything reads them.

How far out their cells are, and which formulas have no value saved beside them: both are told by
the XML alone, and cost one walk through it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.sheets import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_ELEMENTS = 3_000_000
"""Elements of one sheet's XML, which bounds the time it takes to measure it."""
MOST_ROWS = 20_000
MOST_COLUMNS = 120
SHEET = "xl/worksheets/"
REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
HOLDS_A_VALUE = frozenset({"v", "is", "f"})

DAMAGED = (
    "This workbook is damaged and cannot be read. Open it, save it again as “Excel workbook"
    " (xlsx)”, then choose that file."
)
TOO_MUCH = (
    f"This file is too large to take: a sheet can have up to {MOST_ROWS:,} rows and"
    f" {MOST_COLUMNS} columns. Take out what does not belong in it, then choose it again."
)


class Extent:
    """Walks a part's XML as the reader will, and refuses cells that are too far out.

    A reader makes room for every cell up to the farthest, so two cells could ask for all memory.
    `without_result` are the cells, by row and column from 0, whose formula has no value beside it.
    """

    def __init__(self, name: str) -> None:
        self._is_sheet = name.startswith(SHEET)
        self._left = MOST_ELEMENTS
        self._row = 0
        self._column = 0
        self._cell = (0, 0)
        self._is_text = False
        self._farthest = (0, 0)
        self.without_result: list[tuple[int, int]] = []
        self._waits_for_result = False
        self._parser = expat.ParserCreate("UTF-8")  # whatever it says itself
        self._parser.StartDoctypeDeclHandler = self._refuse
        if self._is_sheet:
            self._parser.StartElementHandler = self._begins
            self._parser.EndElementHandler = self._ends

    def measure(self, content: bytes) -> int:
        """Return how many cells there are up to the farthest, empty ones among them.

        Raises UnacceptableFileError, and ExpatError when it is not XML.
        """
        self._parser.Parse(content, True)  # noqa: FBT003 - it takes no names
        return (1 + self._farthest[0]) * (1 + self._farthest[1])

    def _refuse(self, *_declared: object) -> None:
        raise UnacceptableFileError(DAMAGED)

    def _begins(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise UnacceptableFileError(TOO_MUCH)
        name = tag.rpartition(":")[2]
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) - 1 if given.isdecimal() else self._row
            self._column = 0
        elif name == "c":
            self._cell = self._place(attributes.get("r"))
            self._column = self._cell[1] + 1
            self._is_text = attributes.get("t") == "str"
        elif name in HOLDS_A_VALUE:
            row, column = self._cell
            if row >= MOST_ROWS or column >= MOST_COLUMNS:
                raise UnacceptableFileError(TOO_MUCH)
            self._farthest = max(self._farthest[0], row), max(self._farthest[1], column)
            if name == "f":  # a formula that makes an empty text has an empty result
                self._waits_for_result = not self._is_text
            elif self._waits_for_result:
                self._parser.CharacterDataHandler = self._has_result

    def _has_result(self, _value: str) -> None:
        self._waits_for_result = False

    def _ends(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row += 1
        elif name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c" and self._waits_for_result:
            self.without_result.append(self._cell)
            self._waits_for_result = False

    def _place(self, reference: str | None) -> tuple[int, int]:
        if reference is None:
            return self._row, self._column
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise UnacceptableFileError(DAMAGED)
        column = 0
        for letter in found[1].upper():
            column = 26 * column + ord(letter) - 64
        return int(found[2]) - 1, column - 1


def require_results(
    empty: Mapping[str, Sequence[tuple[int, int]]], named_in: Iterable[bytes]
) -> None:
    """Raise UnacceptableFileError where formulas have no result; `empty` has them by part."""
    if not empty:
        return
    part, cells = next(iter(empty.items()))
    row, column = cells[0]
    place = address(_sheet_of(part, named_in), row + 1, column).removeprefix("!")
    others = sum(map(len, empty.values())) - 1
    so_has = "has 1 other cell" if others == 1 else f"have {others:,} other cells"
    raise UnacceptableFileError(
        f"{place} has a formula without a saved result{f', and so {so_has}' if others else ''}."
        " Open the file in a spreadsheet program and save it there, which works it out. Then choose"
        " it again."
    )


def _sheet_of(part: str, named_in: Iterable[bytes]) -> str:
    """Return the name that a workbook gives to one of its parts, nothing where it gives none."""
    names: dict[str, str] = {}
    parts: dict[str, str] = {}

    def begins(tag: str, attributes: dict[str, str]) -> None:
        by_end = {each.rpartition(":")[2]: value for each, value in attributes.items()}
        if tag.rpartition(":")[2] == "sheet":
            names[by_end.get("id", "")] = attributes.get("name", "")
        parts[by_end.get("Target", "").removeprefix("/xl/")] = by_end.get("Id", "")

    for each in named_in:
        parser = expat.ParserCreate("UTF-8")
        parser.StartElementHandler = begins
        parser.Parse(each, True)  # noqa: FBT003 - it takes no names
    return names.get(parts.get(part.removeprefix("xl/"), ""), "")

"""Tables to download, as CSV and as Excel workbooks, in which no cell can be a formula.

People type names and reasons; a cell that begins like a formula would be worked out by whoever
opens the file. In CSV such a text gets an apostrophe before it. A workbook holds it as text, with
the mark that keeps it text when somebody edits the cell.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from healthcheck.core.sheets import FORMULA_STARTS, letters
from healthcheck.reports.sheet_parts import (
    DAY,
    HEADING,
    LISTS,
    PLAIN,
    Cell,
    Column,
    Field,
    Look,
    Page,
    Rule,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_CELL = 32_767
"""Characters that a workbook's cell can hold."""
LONGEST_MESSAGE = 255
LINE = 15
"""Points of one line of a row."""
LETTERS_OF_WIDTH = 1.1
"""How many letters go into a unit of a column's width, when lines break between words."""

FRAMED = {"bg_color": "#FFF9E0", "border": 1, "border_color": "#B1B4B6"}
"""How a cell to fill in is told from the others."""

A4 = 9
MARGIN = 0.4
"""Inches at each side of a printed page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, the headings with the width of each column in characters, and the rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet) -> bytes:
    """Return the table as CSV in UTF-8 with its mark, so that Excel reads every letter."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(heading) for heading, _ in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheet: Sheet) -> bytes:
    """Return the table as an Excel workbook with its heading row frozen and filters on it."""
    columns = [Column(title, width, PLAIN) for title, width in sheet.columns]
    return as_book([Page(sheet.name, columns, sheet.rows, has_filter=True)])


def as_book(pages: Sequence[Page]) -> bytes:
    """Return a workbook of these pages, each with its heading row frozen and repeated on paper.

    Every text is in the file once, however many cells have it; that is a quarter faster than
    writing row by row, and 5,000 actions take some tens of megabytes of memory meanwhile.
    """
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        writer = _Writer(book)
        for page in pages:
            writer.write(page)
        writer.write_lists()
    return made.getvalue()


def harmless(text: str) -> str:
    """Return a text that no program for spreadsheets takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


@dataclass
class _Writer:
    """Writes page after page, and remembers the looks and lists they share."""

    book: Any
    looks: dict[tuple[int, bool, bool, bool], tuple[Look, Any]] = field(default_factory=dict)
    frame: Any = None
    lists: dict[tuple[str, ...], int] = field(default_factory=dict)

    def write(self, page: Page) -> None:
        sheet = self.book.add_worksheet(page.name)
        self._set_up(sheet, page)
        looks = [each.look for each in page.columns]
        rooms = [0 if each.is_hidden else each.width * LETTERS_OF_WIDTH for each in page.columns]
        if page.tallest:
            sheet.set_row(0, LINE * _lines(rooms, [each.title for each in page.columns]))
        for number, column in enumerate(page.columns):
            self._column(sheet, number, column, len(page.rows))
            self._cell(sheet, 0, number, column.title, HEADING)
            if column.rule and page.rows:
                self._rule(sheet, column.rule, 1, number, len(page.rows))
        for row, cells in enumerate(page.rows, start=1):
            if page.tallest:
                sheet.set_row(row, LINE * min(_lines(rooms, cells), page.tallest))
            for number, cell in enumerate(cells):
                if isinstance(cell, Field):
                    self._cell(sheet, row, number, cell.value, cell.look)
                    if cell.rule:
                        self._rule(sheet, cell.rule, row, number, row)
                elif cell is not None:
                    self._cell(sheet, row, number, cell, looks[number])

    def write_lists(self) -> None:
        """Write the choices of every list, a column each, on a sheet nobody needs to see."""
        if not self.lists:
            return
        sheet = self.book.add_worksheet(LISTS)
        sheet.very_hidden()
        for row in range(max(map(len, self.lists))):
            for options, column in self.lists.items():
                if row < len(options):
                    sheet.write_string(row, column, options[row])

    def _set_up(self, sheet: Any, page: Page) -> None:  # noqa: ANN401 - the library has no types
        sheet.freeze_panes(1, page.frozen_columns)
        if page.has_filter:
            sheet.autofilter(0, 0, max(len(page.rows), 1), len(page.columns) - 1)
        if page.is_locked:
            allowed = ("format_columns", "format_rows", "autofilter", "sort")
            sheet.protect("", dict.fromkeys(allowed, True))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(MARGIN, MARGIN, 2 * MARGIN, 2 * MARGIN)
        sheet.fit_to_pages(page.pages_wide, 0)
        sheet.repeat_rows(0)
        if page.frozen_columns:
            sheet.repeat_columns(0, page.frozen_columns - 1)
        sheet.set_footer("&L&A&RPage &P of &N")

    def _column(self, sheet: Any, number: int, column: Column, rows: int) -> None:  # noqa: ANN401 - the library has no types
        """Set a column up; its empty cells need not be written one by one to be open and framed."""
        bare = self._look(column.look, is_bare=True) if column.look.is_open else None
        options = {"hidden": True} if column.is_hidden else {}
        sheet.set_column(number, number, column.width, bare, options)
        if bare and rows:
            framed = {"type": "formula", "criteria": "=TRUE", "format": self._frame()}
            sheet.conditional_format(1, number, rows, number, framed)

    def _frame(self) -> Any:  # noqa: ANN401 - the library has no types
        if self.frame is None:
            self.frame = self.book.add_format(FRAMED)
        return self.frame

    def _cell(self, sheet: Any, row: int, column: int, value: Cell, look: Look) -> None:  # noqa: ANN401 - the library has no types
        if isinstance(value, str):
            shown = value[:LONGEST_CELL]
            is_quoted = shown.startswith(FORMULA_STARTS)
            sheet.write_string(row, column, shown, self._look(look, is_quoted=is_quoted))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._look(look, is_day=True))
        elif value is not None:
            sheet.write_number(row, column, value, self._look(look))
        elif look.is_open or look.is_heading:
            sheet.write_blank(row, column, None, self._look(look))

    def _look(
        self,
        look: Look,
        *,
        is_quoted: bool = False,
        is_day: bool = False,
        is_bare: bool = False,
    ) -> Any:  # noqa: ANN401 - the library has no types
        """Return a look as the library knows it, made once; looks are told apart by identity."""
        key = (id(look), is_quoted, is_day, is_bare)
        if key not in self.looks:
            number = look.number or (DAY if is_day else "")
            made = {"text_wrap": look.wraps, "valign": "top", "locked": not look.is_open}
            if number:
                made |= {"num_format": number, "align": "left"}
            if look.is_heading:
                made |= {"bg_color": "#E6E6E6", "bottom": 1}
            if look.is_open and not is_bare:
                made |= FRAMED
            made |= {"bold": look.is_bold, "quote_prefix": is_quoted}
            self.looks[key] = look, self.book.add_format(made)
        return self.looks[key][1]

    def _rule(self, sheet: Any, rule: Rule, first: int, column: int, last: int) -> None:  # noqa: ANN401 - the library has no types
        said: dict[str, Any] = {
            "validate": rule.kind,
            "error_type": "stop" if rule.is_strict else "warning",
            "input_message": rule.hint[:LONGEST_MESSAGE],
            "error_message": rule.hint[:LONGEST_MESSAGE],
        }
        if rule.kind == "list":
            place = self.lists.setdefault(rule.options, len(self.lists))
            letter = letters(place)
            said["source"] = f"={LISTS}!${letter}$1:${letter}${len(rule.options)}"
        else:
            said |= _limits(rule)
        sheet.data_validation(first, column, last, column, said)


def _lines(rooms: Sequence[float], cells: Sequence[Cell | Field]) -> int:
    """Return how many lines a row needs for its longest cell, as near as letters tell.

    `rooms` are the letters that go into a line of each column, 0 where it is hidden.
    """
    most = 1
    for room, cell in zip(rooms, cells, strict=False):
        value = cell.value if isinstance(cell, Field) else cell
        if isinstance(value, str) and room and (len(value) > room or "\n" in value):
            most = max(most, sum(1 + int(len(line) / room) for line in value.split("\n")))
    return most


def _limits(rule: Rule) -> dict[str, Any]:
    if rule.highest is None:
        return {"criteria": ">=", "value": rule.lowest}
    return {"criteria": "between", "minimum": rule.lowest, "maximum": rule.highest}


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell)

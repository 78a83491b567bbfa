"""Tables to download, as CSV and as an Excel workbook, in which no cell can be a formula.

People type names and reasons; a cell that begins like a formula would be worked out by whoever
opens the file. In CSV such a text gets an apostrophe before it; a workbook holds it as text.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | date | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
"""Characters that a workbook's cell can hold."""


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
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        page = book.add_worksheet(sheet.name)
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
        for column, (title, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, title, heading)
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell[:LONGEST_CELL])
                elif isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif cell is not None:
                    page.write_number(number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    return made.getvalue()


def harmless(text: str) -> str:
    """Return a text that no program for spreadsheets takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else str(cell)

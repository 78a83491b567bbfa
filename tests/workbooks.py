"""Workbooks as people send them back: read, some cells written in, and saved again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.definitions.sheets import read_workbook
from healthcheck.reports.sheet_parts import Column, Page
from healthcheck.reports.spreadsheets import as_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.core.sheets import Cell

    Written = Mapping[tuple[str, str], Cell]


def filled_in(content: bytes, key: str, written: Written) -> bytes:
    """Return the workbook with cells written in, by the key of a row and a column's heading.

    `key` is the heading of the hidden column of keys.
    """
    pages = []
    for sheet in read_workbook(content):
        headings = [str(each or "") for each in sheet.rows[0]] if sheet.rows else []
        rows = [_row(headings, cells, key, written) for cells in sheet.rows[1:]]
        pages.append(Page(sheet.name, [Column(each, 20) for each in headings], rows))
    return as_book(pages)


def cells_of(content: bytes, key: str) -> dict[str, dict[str, Cell]]:
    """Return the cells of every row that has a key, by key and heading."""
    found = {}
    for sheet in read_workbook(content):
        headings = [str(each or "") for each in sheet.rows[0]] if sheet.rows else []
        for cells in sheet.rows[1:]:
            named = dict(zip(headings, cells, strict=False))
            if named.get(key):
                found[str(named[key])] = named
    return found


def _row(headings: Sequence[str], cells: Sequence[Cell], key: str, written: Written) -> list[Cell]:
    row = list(cells)
    name = row[headings.index(key)] if key in headings else None
    for (of, heading), cell in written.items():
        if of == name:
            row[headings.index(heading)] = cell
    return row

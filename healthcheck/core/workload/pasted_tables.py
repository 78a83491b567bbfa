"""Text or sheets taken apart into tables with recognised columns; nothing here knows what they say.

A paste may hold several tables, one below another, each with its own line of headings.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.sheets import Sheet, text_of
from healthcheck.core.workload.columns import (
    KIND,
    NUMBER,
    REFERENCE,
    TOTAL,
    WORKER,
    Column,
    Of,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthcheck.core.sheets import Cell
    from healthcheck.core.workload.columns import Layout

SEPARATORS = "\t;,"
FARTHEST_HEADINGS = 20
FEWEST_RECOGNISED = 2
MOST_LINES = 20_000
"""Lines that somebody puts in; a draft that a page carries has some more, its workers apart."""
MOST_SHEETS = 20
PASTE = ""
"""The name of the sheet that a paste is."""
KEYS = frozenset({WORKER.key, REFERENCE.key, KIND.key})
NO_HEADINGS = (
    "No line of headings was found. The first line must say what the columns are, such as Worker,"
    " Contracted hours, Reference, Kind of case."
)
TOO_LONG = (
    f"There are more than {MOST_LINES:,} lines, and up to {MOST_LINES:,} can be taken together."
    " Put in one team at a time, without the lines that are empty."
)
TOO_MANY_SHEETS = (
    f"There are more than {MOST_SHEETS} sheets in it. Save the sheets of this team alone as a"
    " workbook of their own."
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """What is wrong with one line, counted from 1; `column` is a heading, blank for the line.

    `line` is 0 for what is wrong with the whole. `sheet` is blank for a paste.
    """

    line: int
    column: str
    sentence: str
    sheet: str = PASTE

    @property
    def place(self) -> str:
        """Where it is, such as “Line 14, Kind of case”."""
        if not self.line:
            return f"Sheet “{self.sheet}”" if self.sheet else "The whole"
        line = f"Sheet “{self.sheet}”, line {self.line:,}" if self.sheet else f"Line {self.line:,}"
        return f"{line}, {self.column}" if self.column else line


def grouped(bad: Iterable[BadRow]) -> tuple[tuple[str, str], ...]:
    """Return each sentence once, with all the places it is about, in the order of the first."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for each in bad:
        lines.setdefault((each.sheet, each.column, each.sentence), []).append(each.line)
    return tuple(
        (_places(BadRow(numbers[0], column, sentence, sheet), numbers), sentence)
        for (sheet, column, sentence), numbers in lines.items()
    )


def _places(first: BadRow, numbers: list[int]) -> str:
    if len(numbers) == 1:
        return first.place
    sheet = f"Sheet “{first.sheet}”, lines" if first.sheet else "Lines"
    listed = f"{', '.join(f'{each:,}' for each in numbers[:-1])} and {numbers[-1]:,}"
    return f"{sheet} {listed}{f', {first.column}' if first.column else ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells that are not blank, by the key of their column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The lines below one line of headings; `unused` are headings that mean nothing here."""

    sheet: str
    line: int
    columns: Mapping[int, Column]
    headings: Mapping[str, str]
    unused: tuple[str, ...]
    rows: tuple[Row, ...]

    def has(self, of: Of) -> bool:
        """Say whether any column says something of this."""
        return any(column.of is of for column in self.columns.values())


Numbered = tuple[int, list[str]]


def sheet_of(text: str) -> Sheet:
    """Return pasted text as a sheet, cells kept apart by tabs, semicolons or commas.

    Quotation marks that do not fit are part of what is said, so that none swallows a line. Raises
    UnacceptableFileError when a cell is too long to be one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").splitlines()
    if '"' in text:
        with suppress(csv.Error):
            return Sheet(PASTE, [*_rows_of(lines, csv.QUOTE_MINIMAL)])
    rows: list[list[str]] = []
    try:
        rows += _rows_of(lines, csv.QUOTE_NONE)
    except csv.Error as error:
        raise UnacceptableFileError(
            f"From line {len(rows) + 1:,} on, this cannot be read: a cell is much too long."
        ) from error
    return Sheet(PASTE, rows)


def tables(
    sheets: Iterable[Sheet], layout: Layout, most: int = MOST_LINES
) -> tuple[tuple[Table, ...], tuple[BadRow, ...]]:
    """Return the tables found among so many lines at most, and what is wrong with their headings.

    None is left out: with too many sheets or lines there is nothing but a sentence.
    """
    found: list[Table] = []
    bad: list[BadRow] = []
    lines = 0
    every = [*sheets]
    if len(every) > MOST_SHEETS:
        return (), (BadRow(0, "", TOO_MANY_SHEETS),)
    for sheet in every:
        lines += len(sheet.rows)
        if lines > most:
            return (), (BadRow(0, "", TOO_LONG, sheet.name),)
        rows = [
            (number, [text_of(cell).strip() for cell in cells])
            for number, cells in enumerate(sheet.rows, 1)
        ]
        for table, sentences in _tables(sheet.name, rows, layout):
            found.append(table)
            bad += [BadRow(table.line, "", each, sheet.name) for each in sentences]
    if not found and not bad:
        bad.append(BadRow(0, "", NO_HEADINGS))
    return tuple(found), tuple(bad)


def table_of(rows: Sequence[Sequence[Cell]], layout: Layout) -> Table | None:
    """Return one table whose headings are keys of columns, such as a form's fields."""
    found, _ = tables([Sheet(PASTE, rows)], layout)
    return found[0] if found else None


def _rows_of(lines: Sequence[str], quoting: Literal[0, 3]) -> Iterator[list[str]]:
    """Yield the cells of each line; lines that a quoted cell goes on over are blank."""
    heading = next((line for line in lines if line.strip()), "")
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=max(SEPARATORS, key=heading.count),
        quoting=quoting,
        strict=True,
    )
    before = 0
    for cells in reader:
        yield cells
        yield from ([] for _ in range(before + 1, reader.line_num))
        before = reader.line_num


def _tables(sheet: str, rows: list[Numbered], layout: Layout) -> Iterator[tuple[Table, list[str]]]:
    starts = [*_headings(rows, layout)]
    ends = [*starts[1:], len(rows)][: len(starts)]
    for start, end in zip(starts, ends, strict=True):
        yield _table(sheet, rows[start], rows[start + 1 : end], layout)


def _headings(rows: list[Numbered], layout: Layout) -> Iterator[int]:
    """Yield where lines of headings are: the first near the top, others only if all is known."""
    is_first = True
    for at, (_, cells) in enumerate(rows):
        if is_first and at >= FARTHEST_HEADINGS:
            return
        said = [each for each in cells if each]
        known = [layout.by_name[plain(each)] for each in said if plain(each) in layout.by_name]
        keys = {column.key for columns in known for column in columns}
        is_plain = len(known) >= min(FEWEST_RECOGNISED, len(said)) and bool(known)
        if is_plain and (is_first or (2 * len(known) > len(said) and keys & KEYS)):
            is_first = False
            yield at


def _table(
    sheet: str, heading: Numbered, rows: list[Numbered], layout: Layout
) -> tuple[Table, list[str]]:
    line, cells = heading
    columns = _chosen(cells, layout)
    sentences = [*_twice(columns, cells), *_clashing(columns)]
    unused = [cell for at, cell in enumerate(cells) if cell and at not in columns]
    headings = {column.key: cells[at] for at, column in columns.items()}
    read = []
    for number, each in rows:
        said = {column.key: each[at] for at, column in columns.items() if at < len(each)}
        said = {key: cell for key, cell in said.items() if cell}
        if said:
            read.append(Row(number, said))
    return Table(sheet, line, columns, headings, tuple(unused), tuple(read)), sentences


def _chosen(cells: list[str], layout: Layout) -> dict[int, Column]:
    """Return which column each heading is; where a word has two meanings, the others decide."""
    meant = {
        at: _by_plural(cell, layout.by_name[plain(cell)])
        for at, cell in enumerate(cells)
        if plain(cell) in layout.by_name
    }
    sure = [columns[0] for columns in meant.values() if len({one.of for one in columns}) == 1]
    is_cases = any(column.of is Of.CASE for column in sure)
    is_counts = any(column.of is Of.COUNT for column in sure)
    taken = {columns[0].key for columns in meant.values() if len(columns) == 1}
    liked = Of.CASE if is_cases else Of.COUNT if is_counts or WORKER.key in taken else Of.CASE
    return {
        at: columns[0] if len(columns) == 1 else _liked(columns, liked, taken)
        for at, columns in meant.items()
    }


def _by_plural(cell: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return what “Case” can mean, which is a reference, and “Cases”, which is how many."""
    if REFERENCE not in columns:
        return columns
    is_many = cell.casefold().endswith("s")
    many = (NUMBER, TOTAL)
    return tuple(each for each in columns if (each in many) is is_many) or columns


def _liked(columns: tuple[Column, ...], liked: Of, taken: set[str]) -> Column:
    free = [each for each in columns if each.key not in taken] or [*columns]
    order = {liked: 0, Of.WORKER: 1}
    return min(free, key=lambda each: order.get(each.of, 2))


def _twice(columns: Mapping[int, Column], cells: list[str]) -> Iterator[str]:
    first: dict[str, str] = {}
    for at, column in columns.items():
        if column.key in first:
            both = f"“{first[column.key]}” and “{cells[at]}”"
            yield f"The columns {both} say the same. Take one of them out, or give it another name."
        first.setdefault(column.key, cells[at])


def _clashing(columns: Mapping[int, Column]) -> Iterator[str]:
    of_case = [each.title for each in columns.values() if each.of is Of.CASE]
    counts = [each.title for each in columns.values() if each.of is Of.COUNT]
    if of_case and counts:
        yield (
            f"“{of_case[0]}” says something of one case, and “{counts[0]}” counts a worker’s"
            " cases. Put them in two tables, or leave one out."
        )
    elif not of_case and not any(each == WORKER for each in columns.values()):
        yield (
            "There is no column for the worker. Give it the heading Worker, Name, Initials or"
            " Practitioner."
        )

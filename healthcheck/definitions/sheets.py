"""A spreadsheet from outside, read into plain tables, or refused with a sentence.

Nothing in it is trusted. A workbook is unpacked here up to a limit, only the parts that hold cells
are kept (so macros, pictures and links to other files are never looked at), every sheet's extent
is measured, and only then is it read. A formula counts as the value that was saved with it; where
a program saved none, the file is refused, for it would read as blank.
"""

from __future__ import annotations

import csv
import re
import zlib
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.sheets import FORMULA_STARTS, Cell, Sheet
from healthcheck.definitions.sheet_extents import (
    DAMAGED,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MUCH,
    Extent,
    require_results,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 10 * 2**20
"""Bytes of a file."""
LARGEST_UNPACKED = 64 * 2**20
"""Bytes of all the parts that hold cells; a plan of 5,000 actions has a quarter of that."""
MOST_SHEETS = 60
MOST_CELLS = 2_000_000
"""Cells of all sheets together, empty ones among them counted up to the farthest."""

ZIP_BEGINS = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[\w.-]+\.xml|xl/sharedStrings\.xml|xl/styles\.xml",
    re.ASCII,
)
"""The parts of a workbook that hold cells, or are needed to find and understand them."""
MAIN_PART, MAIN_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")

NO_WORKBOOK = (
    "This file is not an Excel workbook (xlsx). Choose one that is; in LibreOffice or Numbers, save"
    " it as an Excel workbook first."
)
OLD_OR_LOCKED = (
    "This is an old Excel workbook (xls) or one with a password. Open it, take the password off,"
    " save it as “Excel workbook (xlsx)”, then choose that file."
)


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """Return every sheet of an Excel workbook. Raises UnacceptableFileError with a sentence."""
    _require_size(content)
    if content.startswith(OLD_OFFICE):
        raise UnacceptableFileError(OLD_OR_LOCKED)
    if not content.startswith(ZIP_BEGINS):
        raise UnacceptableFileError(NO_WORKBOOK)
    plain = _repacked(content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(plain)) as book:
            return tuple(
                Sheet(name, tuple(tuple(_cell(each) for each in row) for row in _rows(book, name)))
                for name in book.sheet_names[:MOST_SHEETS]
            )
    except CalamineError as error:
        raise UnacceptableFileError(DAMAGED) from error


def read_table(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or a CSV file as one sheet of that name.

    An apostrophe that kept a CSV cell from being a formula is taken off again. Raises
    UnacceptableFileError with a sentence.
    """
    _require_size(content)
    if content.startswith((ZIP_BEGINS, OLD_OFFICE)):
        return read_workbook(content)
    rows: list[tuple[Cell, ...]] = []
    text = _decoded(content)
    reader = csv.reader(StringIO(text, newline=""), _dialect(text))
    try:
        for cells in reader:
            if len(rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise UnacceptableFileError(TOO_MUCH)
            rows.append(tuple(_unguarded(cell) for cell in cells))
    except csv.Error as error:
        raise UnacceptableFileError(
            f"From line {reader.line_num:,} on, this file cannot be read as CSV. Save it again"
            " from a spreadsheet program, or choose the Excel workbook."
        ) from error
    return (Sheet(name, tuple(rows)),)


def _require_size(content: bytes) -> None:
    if not content:
        raise UnacceptableFileError("This file is empty. Choose one that was filled in.")
    if len(content) > LARGEST:
        raise UnacceptableFileError(
            f"This file is larger than {LARGEST >> 20} MB, so it is not a workbook of ours."
            " Take pictures and other extras out of it, then choose it again."
        )


def _repacked(content: bytes) -> bytes:
    """Return the workbook with only the parts that hold cells, each measured and not packed."""
    kept = BytesIO()
    empty: dict[str, list[tuple[int, int]]] = {}
    named_in: list[bytes] = []
    left, cells = LARGEST_UNPACKED, MOST_CELLS
    try:
        with ZipFile(BytesIO(content)) as given, ZipFile(kept, "w", ZIP_STORED) as made:
            parts = {each.filename: each for each in given.infolist()}
            if MAIN_PART not in parts:
                raise UnacceptableFileError(NO_WORKBOOK)
            for name in filter(KEPT.fullmatch, parts):
                if parts[name].compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                    raise UnacceptableFileError(DAMAGED)
                with given.open(parts[name]) as part:
                    unpacked = part.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise UnacceptableFileError(TOO_MUCH)
                extent = Extent(name)
                cells -= extent.measure(unpacked)
                if cells < 0:
                    raise UnacceptableFileError(TOO_MUCH)
                made.writestr(name, unpacked)
                if extent.without_result:
                    empty[name] = extent.without_result
                if name in {MAIN_PART, MAIN_LINKS}:
                    named_in.append(unpacked)
            require_results(empty, named_in)
    except (BadZipFile, zlib.error, expat.ExpatError, EOFError, RuntimeError, ValueError) as error:
        raise UnacceptableFileError(DAMAGED) from error
    return kept.getvalue()


def _rows(book: CalamineWorkbook, name: str) -> Sequence[Sequence[object]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date):
        return value
    if isinstance(value, int | float):
        return float(value)
    return str(value) or None  # a time of day or a span of time has no meaning of its own here


def _decoded(content: bytes) -> str:
    """Return a CSV file's text: UTF-8, UTF-16 by its mark, else as Excel saves it in Britain."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NOT_TEXT.search(text) is None:
            return text
    raise UnacceptableFileError(
        "This file is neither an Excel workbook (xlsx) nor a CSV file. Choose one that is."
    )


def _dialect(text: str) -> type[csv.excel]:
    """Return how the cells are kept apart: the heading line says whether by ",", ";" or tabs."""
    heading = text.split("\n", 1)[0]

    class Dialect(csv.excel):
        delimiter = max(",;\t", key=heading.count)
        strict = True

    return Dialect


def _unguarded(cell: str) -> Cell:
    guarded = cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
    return guarded or None

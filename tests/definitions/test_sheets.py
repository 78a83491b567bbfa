"""Spreadsheets from outside: plain tables of them, or a sentence, whatever was sent."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.sheets import Sheet
from healthcheck.definitions import sheet_extents, sheets
from healthcheck.definitions.sheets import read_table, read_workbook
from healthcheck.reports.sheet_parts import Column, Page
from healthcheck.reports.spreadsheets import as_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.sheets import Cell

SHEET = "xl/worksheets/sheet1.xml"
ROWS: list[list[str | int | date | None]] = [["a", 1, date(2026, 9, 30)], ["=1+1", None, None]]
GOOD = as_book([Page("Plan", [Column(each, 9) for each in "xyz"], ROWS)])
DAMAGED, TOO_MUCH = sheet_extents.DAMAGED, sheet_extents.TOO_MUCH


def parts() -> dict[str, bytes]:
    return unzipped(GOOD)


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(content: dict[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", compression) as book:
        for name, each in content.items():
            book.writestr(name, each)
    return made.getvalue()


def with_cells(xml: str) -> bytes:
    """Return the workbook with these rows of XML in place of its own."""
    found = parts()
    start, end = (found[SHEET].index(each) for each in (b"<sheetData>", b"</sheetData>"))
    found[SHEET] = found[SHEET][: start + 11] + xml.encode() + found[SHEET][end:]
    return zipped(found)


def refusal(content: bytes, read: Callable[[bytes], object] = read_workbook) -> str:
    with pytest.raises(UnacceptableFileError) as error:
        read(content)
    return str(error.value)


def test_texts_figures_and_dates_come_back_and_no_text_is_worked_out() -> None:
    assert read_workbook(GOOD) == (
        Sheet("Plan", (("x", "y", "z"), ("a", 1.0, date(2026, 9, 30)), ("=1+1", None, None))),
    )


def test_a_formula_is_the_value_saved_with_it_and_other_kinds_of_cell_are_words() -> None:
    book = with_cells(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1" t="b"><v>1</v></c><c r="D1" t="str"><f>NOW()</f><v>now</v></c></row>'
        '<row r="3"><c t="str"><v>no address</v></c></row>'
        '<row r="1048576" spans="1:9"/>'
    )
    (sheet,) = read_workbook(book)
    assert sheet.rows == (
        (2.0, None, True, "now"), (None, None, None, None), ("no address", None, None, None),
    )  # fmt: skip


def test_a_formula_without_a_saved_result_is_refused_with_its_cell() -> None:
    book = with_cells(
        '<row r="2"><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f>A1+1</f></c>'
        '<c r="D2"><f>A1+2</f><v></v></c><c r="E2"><f>A1</f><v>1</v></c></row>'
    )
    assert refusal(book).startswith(
        "Plan!C2 has a formula without a saved result, and so has 1 other cell. Open the file in a"
        " spreadsheet program and save it there"
    )
    one = with_cells('<row r="2"><c><f>1</f></c></row>')
    assert refusal(one).startswith("Plan!A2 has a formula without a saved result. Open")
    nameless = zipped(unzipped(one) | {"xl/_rels/workbook.xml.rels": b"<Relationships/>"})
    assert refusal(nameless).startswith("A2 has a formula")


def test_macros_pictures_and_links_to_other_files_are_not_looked_at() -> None:
    found = parts() | {
        "xl/vbaProject.bin": b"\0" * 9,
        "xl/externalLinks/externalLink1.xml": b"not even XML <",
        "xl/media/image1.png": b"x",
        "../../etc/passwd": b"x",
    }
    assert read_workbook(zipped(found)) == read_workbook(GOOD)


def test_merged_cells_hold_their_value_in_the_first() -> None:
    found = parts()
    found[SHEET] = found[SHEET].replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    )
    assert read_workbook(zipped(found))[0].rows[1] == ("a", 1.0, date(2026, 9, 30))


def test_dates_with_a_time_are_days_and_times_alone_are_words() -> None:
    styles = parts() | {SHEET: parts()[SHEET].replace(b"<v>46295</v>", b"<v>46295.75</v>")}
    assert read_workbook(zipped(styles))[0].rows[1][2] == date(2026, 9, 30)
    styles[SHEET] = styles[SHEET].replace(b"<v>46295.75</v>", b"<v>0.75</v>")
    assert isinstance(read_workbook(zipped(styles))[0].rows[1][2], str | date)


def broken(name: str, content: bytes) -> bytes:
    return zipped(parts() | {name: content})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"x" * (sheets.LARGEST + 1), "This file is larger than 10 MB"),
        (b"name,nation\n", sheets.NO_WORKBOOK),
        (sheets.OLD_OFFICE + b"\0" * 600, sheets.OLD_OR_LOCKED),
        (b"PK\x03\x04 and no zip", DAMAGED),
        (zipped({"word/document.xml": b"<w/>"}), sheets.NO_WORKBOOK),
        (GOOD[:-400], DAMAGED),
        (zipped(parts(), ZIP_BZIP2), DAMAGED),
        (broken(SHEET, b"<worksheet><sheetData>"), DAMAGED),
        (broken(SHEET, b'<?xml version="1.0" encoding="A0"?><worksheet/>\0'), DAMAGED),
        (broken("xl/workbook.xml", b"<x/>" * 2), DAMAGED),
        (broken("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), DAMAGED),
        (broken(SHEET, b" " * (sheets.LARGEST_UNPACKED + 1)), TOO_MUCH),
        (with_cells('<row r="1"><c r="XFD1048576"><v>1</v></c></row>'), TOO_MUCH),
        (with_cells('<row r="20001"><c><v>1</v></c></row>'), TOO_MUCH),
        (with_cells('<row r="1">' + '<c t="str"><v>x</v></c>' * 121 + "</row>"), TOO_MUCH),
        (with_cells('<row r="1"><c r="ZZZZ9"><v>1</v></c></row>'), DAMAGED),
        (with_cells('<row r="1"><c r="A1" t="b"><v>maybe</v></c></row>'), DAMAGED),
    ],
    ids=range(18),
)
def test_what_is_no_workbook_of_ours_is_refused(content: bytes, sentence: str) -> None:
    assert refusal(content).startswith(sentence)


def test_fifty_thousand_rows_are_refused_before_they_are_read() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 50_001))
    assert refusal(with_cells(rows)) == TOO_MUCH


def test_cells_far_apart_are_refused_for_the_room_between_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = with_cells('<row r="100"><c r="J100"><v>1</v></c></row>')
    monkeypatch.setattr(sheets, "MOST_CELLS", 1010)
    assert len(read_workbook(far)[0].rows) == 100
    monkeypatch.setattr(sheets, "MOST_CELLS", 999)
    assert refusal(far) == TOO_MUCH


def test_a_sheet_of_nothing_but_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_extents, "MOST_ELEMENTS", 1000)
    assert refusal(with_cells("<row/>" * 1000)) == TOO_MUCH


@given(st.data())
def test_no_damage_brings_anything_but_a_table_or_a_sentence(data: st.DataObject) -> None:
    found = parts()
    name = data.draw(st.sampled_from([each for each in found if sheets.KEPT.fullmatch(each)]))
    content = bytearray(found[name])
    at = data.draw(st.integers(0, len(content) - 1))
    until = data.draw(st.integers(at, min(at + 40, len(content))))
    content[at:until] = data.draw(
        st.sampled_from(
            [b"", b"-1", b'"', b"<", b"&x;", b'r="B1"', b'<c t="s"><v>9</v></c>', b"\0"]
        )
    )
    found[name] = bytes(content)
    with suppress(UnacceptableFileError):
        assert read_workbook(zipped(found))


@pytest.mark.parametrize(
    "content",
    [
        "Key,Note\r\na,Ŵyr £5\r\n".encode("utf-8-sig"),
        "Key,Note\na,Ŵyr £5\n".encode("utf-16"),
        "Key;Note\na;Ŵyr £5\n".encode(),
        "Key\tNote\na\tŴyr £5\n".encode(),
    ],
)
def test_csv_is_read_whatever_program_saved_it(content: bytes) -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("Key", "Note"), ("a", "Ŵyr £5"))
    assert read_table(content, "Plan") == (Sheet("Plan", rows),)


def test_csv_of_an_older_excel_is_read_and_a_guarded_formula_is_itself_again() -> None:
    (sheet,) = read_table("Key,Note\na,£5\nb,'=1+1\nc,'tis\nd,\n".encode("cp1252"), "Plan")
    assert [row[1] for row in sheet.rows] == ["Note", "£5", "=1+1", "'tis", None]


def test_a_workbook_is_told_from_csv_by_what_is_in_it() -> None:
    assert read_table(GOOD, "Other") == read_workbook(GOOD)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "This file is neither an Excel workbook"),
        (b"\xff\xfe\xff", "This file is neither an Excel workbook"),
        (b'a,b\n"x', "From line 2 on, this file cannot be read as CSV."),
        (b"a,b\n" * 20_001, TOO_MUCH),
        (b"a," * 121, TOO_MUCH),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, sentence: str) -> None:
    assert refusal(content, lambda each: read_table(each, "Plan")).startswith(sentence)

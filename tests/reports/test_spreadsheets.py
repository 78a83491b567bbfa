"""Tables to download: nothing that people typed becomes a formula."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.sheets import FORMULA_STARTS
from healthcheck.reports.spreadsheets import (
    LONGEST_CELL,
    Sheet,
    as_csv,
    as_workbook,
    harmless,
)

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://a.example")']
COLUMNS = (("Name", 20), ("Days", 8), ("Due", 14))
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def part(content: bytes, name: str) -> ET.Element:
    with ZipFile(BytesIO(content)) as book:
        return ET.fromstring(book.read(name))  # noqa: S314 - made by ourselves a moment ago


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_begins_like_a_formula_is_neutralised_in_csv(text: str) -> None:
    content = as_csv(Sheet("Queue", COLUMNS, [[text, 3, None]]))
    assert rows_of(content)[1] == [f"'{text}", "3", ""]


@given(st.text())
def test_no_text_begins_like_a_formula_and_nothing_else_is_changed(text: str) -> None:
    made = harmless(text)
    assert not made.startswith(FORMULA_STARTS)
    assert made.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("text", [*HOSTILE, "https://a.example", "Tŷ Ŵyr, “a”\nb"])
def test_a_workbook_holds_every_text_as_text(text: str) -> None:
    content = as_workbook(Sheet("Queue", COLUMNS, [[text, 3, date(2026, 9, 30)]]))
    page = part(content, "xl/worksheets/sheet1.xml")
    assert list(page.iter(f"{SHEET}f")) == []
    assert list(page.iter(f"{SHEET}hyperlink")) == []
    cells = {each.get("r"): each for each in page.iter(f"{SHEET}c")}
    kinds = (cells["A2"].get("t"), cells["B2"].get("t"), cells["C2"].get("t"))
    assert kinds == ("s", None, None)
    strings = part(content, "xl/sharedStrings.xml").iter(f"{SHEET}t")
    shown = [(each.text or "").replace("_x000D_", "\r") for each in strings]
    assert text in shown


def test_the_heading_row_is_frozen_and_columns_have_their_widths() -> None:
    content = as_workbook(Sheet("Queue", COLUMNS, []))
    page = part(content, "xl/worksheets/sheet1.xml")
    pane = next(page.iter(f"{SHEET}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    widths = [float(each.get("width", "0")) for each in page.iter(f"{SHEET}col")]
    assert [round(width) for width in widths] == [21, 9, 15]
    assert part(content, "xl/workbook.xml").find(f".//{SHEET}sheet[@name='Queue']") is not None


def test_csv_says_that_it_is_utf_8() -> None:
    content = as_csv(Sheet("Queue", COLUMNS, [["Ŵyr", 0, date(2026, 9, 30)]]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows_of(content) == [["Name", "Days", "Due"], ["Ŵyr", "0", "2026-09-30"]]


def test_a_text_longer_than_a_cell_is_cut_in_a_workbook() -> None:
    content = as_workbook(Sheet("Queue", COLUMNS, [["x" * (LONGEST_CELL + 1), None, None]]))
    (text,) = [
        each.text
        for each in part(content, "xl/sharedStrings.xml").iter(f"{SHEET}t")
        if (each.text or "").startswith("x")
    ]
    assert text == "x" * LONGEST_CELL

"""Cells of a workbook that came back: their addresses, their words, and tables among them."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck.core.sheets import Cell, Sheet, address, figures, lines, missing, text_of


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [(14, 3, "Workload!D14"), (1, 25, "Workload!Z1"), (2, 26, "Workload!AA2"),
     (9, 701, "Workload!ZZ9"), (9, 702, "Workload!AAA9")],
)  # fmt: skip
def test_a_cell_is_named_as_spreadsheets_name_it(row: int, column: int, expected: str) -> None:
    assert address("Workload", row, column) == expected


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (date(2026, 9, 30), "2026-09-30"),
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (float("inf"), "inf"),
        (" as typed ", " as typed "),
    ],
)
def test_a_cell_reads_as_a_person_would_type_it(cell: Cell, words: str) -> None:
    assert text_of(cell) == words


def test_whole_numbers_keep_their_noughts() -> None:
    assert figures(1200) == "1200"


def test_a_table_is_found_below_other_lines_and_blank_rows_are_left_out() -> None:
    rows = [("Ours",), (), ("Key", "Answer", "Key"), ("a", 2.0), (None, " "), ("b",)]
    found = list(lines(Sheet("Workload", rows), "Key"))
    assert [(line.number, line.text("Key"), line.text("Answer")) for line in found] == [
        (4, "a", "2"),
        (6, "b", ""),
    ]
    assert found[0].place("Answer") == "Workload!B4"
    assert list(lines(Sheet("Workload", rows), "Another")) == []


def test_headings_that_are_gone_are_named() -> None:
    (line,) = lines(Sheet("Workload", [("Key",), ("a",)]), "Key")
    found = missing(line, ("Key", "Answer", "Evidence"))
    assert str(found).startswith("Workload: There is no column “Answer” and “Evidence”.")
    assert missing(line, ("Key",)) is None

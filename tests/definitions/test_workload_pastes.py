"""Whatever comes in as a team's table is taken or refused by name, and nothing else happens."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.workload import snapshot_rules
from healthcheck.core.workload.pasting import read
from healthcheck.definitions.sheets import read_table
from tests.core.pasted import BLANK, DAY, KINDS, POINTS, asked, pasted

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.workload.pasting import Read

USED = asked(*KINDS, *POINTS, "priority-factors", "eligibility", "hours-planner")
WORDS = st.sampled_from(
    [
        "Worker", "Name", "Cases", "Case", "Hours", "FTE", "Kind", "CIN", "Child protection", "A",
        "Risk", "Number", "Since", "Days waiting", "Agreed by", "Factors", "Urgency", "Reason",
        "Protected hours", "AB", "CD", "unallocated", "Total", "37", "0.8", "5", "1/2/2026",
        "31/02/26", "yes", "none", "both", "=1+1", "John Smith", "1/2/2010", "é\u200b", "", "-",
    ]
)  # fmt: skip
CELLS = st.one_of(WORDS, WORDS, st.text(max_size=8))
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=12)


def sound(found: Read) -> None:
    """Assert that what was read can be kept, or says of each line why it cannot."""
    if found.bad:
        assert all(each.sentence.endswith((".", "?")) and each.place for each in found.bad)
    else:
        assert snapshot_rules.problems(found.snapshot, DAY) == ()


@settings(max_examples=60)
@given(ROWS, st.sampled_from("\t,;"))
def test_any_paste_is_taken_or_refused_by_line(rows: list[list[str]], apart: str) -> None:
    text = "\n".join(apart.join(row) for row in [["Worker", "Kind", "Hours"], *rows])
    sound(pasted(text, *KINDS, *POINTS, "priority-factors", "eligibility", "hours-planner"))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused(text: str) -> None:
    sound(pasted(text))


@settings(max_examples=60)
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-be"]))
def test_a_file_in_any_encoding_is_taken_or_refused(rows: list[list[str]], coding: str) -> None:
    text = "\r\n".join(",".join(row) for row in [["Worker", "Kind", "Hours"], *rows])
    try:
        sheets = read_table(text.encode(coding, "replace"), "Table")
    except UnacceptableFileError:
        return
    sound(read(sheets, USED, BLANK, DAY, None))


def workbook(fill: Callable[[Any], None]) -> Read:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        fill(book.add_worksheet("Team"))
    return read(read_table(made.getvalue(), "Table"), USED, BLANK, DAY, None)


def test_merged_cells_are_not_silently_cases_of_nobody() -> None:
    def fill(sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.write_row(0, 0, ["Worker", "Kind", "Reference"])
        sheet.merge_range(1, 0, 3, 0, "AB")
        for row in (1, 2, 3):
            sheet.write_row(row, 1, ["CIN", row])

    found = workbook(fill)
    assert [each.place for each in found.bad] == [
        "Sheet “Team”, line 3, Worker",
        "Sheet “Team”, line 4, Worker",
    ]
    assert "If cells are merged, fill in each of them." in found.bad[0].sentence


def test_a_formula_is_the_value_that_was_saved_with_it() -> None:
    def fill(sheet: Any) -> None:  # noqa: ANN401 - the library has no types
        sheet.write_row(0, 0, ["Worker", "Contracted hours", "Child in need"])
        sheet.write_row(1, 0, ["AB", 37])
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write_row(2, 0, ["=CMD()", 20, 1])
        sheet.write_formula(3, 0, '=HYPERLINK("x")', None, "EF")

    found = workbook(fill)
    assert [each.name for each in found.snapshot.workers][:1] == ["AB"]
    assert len(found.snapshot.held[found.snapshot.workers[0].id]) == 2
    assert all(each.line for each in found.bad)


def test_fifty_thousand_rows_are_refused_at_once() -> None:
    text = "Worker,Kind\n" + "AB,CIN\n" * 50_000
    with pytest.raises(UnacceptableFileError, match="up to 20,000 rows"):
        read_table(text.encode(), "Table")

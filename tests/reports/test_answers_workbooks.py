"""The workbook of answers, read back: a sheet an area, cells to fill in with their lists."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from healthcheck.core import answers_workbooks as w
from healthcheck.core import questionnaires as q
from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Answer, Entry
from healthcheck.core.assessments import Assessment
from healthcheck.core.guidance import EvidenceGuide
from healthcheck.core.saving import Saved
from healthcheck.definitions.sheets import read_workbook
from healthcheck.reports.answers_workbooks import HOW, Sources, answers_workbook
from healthcheck.reports.sheet_parts import sheet_names
from tests.core.build import area, calculated, figure, journey, number, questionnaire, rating

if TYPE_CHECKING:
    from healthcheck.core.sheets import Sheet

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OPTIONS = (q.Option("supervision", "Supervision"), q.Option("meetings", "Team meetings"))
ASK = questionnaire(
    area(
        "work",
        rating("scheme", why="It matters.", evidence=EvidenceGuide("Attach it.", required_from=2)),
        q.MultipleChoice(id="seen", text="Where?", options=OPTIONS, optional=True),
        number("posts", minimum=figure("0"), maximum=figure("99"), decimals=1, unit="posts"),
        number("any"),
        q.Percentage(id="share", text="Share?"),
        q.Date(id="day", text="Day?"),
        calculated("all", "sum", "posts", "posts"),
        calculated("none", "sum", "any", "any"),
    )
)
NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
EMPLOYER = Employer("n", "Northmere Council", "england", "council")
HC = Assessment(
    "hc", "HC-1", EMPLOYER, "childrens", "2026", date(2026, 9, 30), "q", "2026", "", 1, NOW
)
SAVED = {
    "scheme": Saved(Entry(("2",), evidence="=x", links="https://a.example"), 3),
    "seen": Saved(Entry(("meetings",)), 1),
    "posts": Saved(Entry(("12.5",)), 2),
    "share": Saved(Entry((), not_applicable=True, reason="Not us."), 5),
}


def made() -> bytes:
    walked = journey(ASK, {"posts": Decimal("12.5"), "share": Answer(not_applicable="Not us.")})
    return answers_workbook(Sources(HC, ASK, SAVED, walked, None, NOW.date()))


def sheet_of(content: bytes, place: int) -> Sheet:
    return read_workbook(content)[place]


def test_each_area_is_a_sheet_after_how_to_fill_it_in() -> None:
    content = made()
    assert [each.name for each in read_workbook(content)] == [HOW, "Area work", "Lists"]
    about = {row[0]: row[1] for row in sheet_of(content, 0).rows}
    assert (about["Employer"], about["Reference"]) == ("Northmere Council", "HC-1")


def test_every_question_stands_there_with_its_answer_as_it_is() -> None:
    rows = [row[4:] for row in sheet_of(made(), 1).rows[2:]]
    assert rows == [
        ("2. In place", None, "=x", "https://a.example", "scheme", 3.0, "HC-1"),
        (None, None, None, None, "seen", 1.0, "HC-1"),
        (None, None, None, None, "seen#supervision", None, "HC-1"),
        ("Yes", None, None, None, "seen#meetings", None, "HC-1"),
        (12.5, None, None, None, "posts", 2.0, "HC-1"),
        (None, None, None, None, "any", 0.0, "HC-1"),
        (None, "Not us.", None, None, "share", 5.0, "HC-1"),
        (None, None, None, None, "day", 0.0, "HC-1"),
        ("25", None, None, None, "all", None, "HC-1"),
        (None, None, None, None, "none", None, "HC-1"),
    ]


def test_guidance_says_what_an_answer_means_and_what_evidence_is_wanted() -> None:
    scheme, seen = sheet_of(made(), 1).rows[2:4]
    assert scheme[2] == (
        "Why this matters: It matters.\n"
        "Evidence: Attach it. Evidence is expected from “2. In place” up."
    )
    assert str(scheme[3]).split("\n")[2] == "2. In place: In place"
    assert (seen[1], seen[2]) == (
        "Where? (may be left empty)",
        "Write Yes below beside all that apply.",
    )


def test_only_the_cells_to_fill_in_are_open_and_they_say_what_they_take() -> None:
    content = made()
    with ZipFile(BytesIO(content)) as book:
        page = ET.fromstring(book.read("xl/worksheets/sheet2.xml"))  # noqa: S314 - our own
    rules = {
        each.get("sqref"): (each.get("type"), each.findtext(f"{X}formula1"), each.get("prompt"))
        for each in page.iter(f"{X}dataValidation")
    }
    assert rules == {
        "E3": ("list", "Lists!$A$1:$A$4", "Choose from the list."),
        "E5": ("list", "Lists!$B$1:$B$1", "Yes if this applies. Else leave the cell empty."),
        "E6": ("list", "Lists!$B$1:$B$1", "Yes if this applies. Else leave the cell empty."),
        "E7": ("decimal", "0.0", "Number in figures (posts), 0 or more, 99 or less."),
        "E8": ("whole", "-1000000000000.0", "Whole number in figures."),
        "E9": ("decimal", "0", "A percentage from 0% to 100%."),
    }
    assert next(page.iter(f"{X}sheetProtection")).get("sheet") == "1"
    pane = next(page.iter(f"{X}pane"))
    assert (pane.get("topLeftCell"), pane.get("state")) == ("C2", "frozen")
    hidden = [
        (each.get("min"), each.get("max"))
        for each in page.iter(f"{X}col")
        if each.get("hidden") == "1"
    ]
    assert hidden == [("9", "11")]
    assert next(page.iter(f"{X}pageSetup")).get("orientation") == "landscape"


def test_a_workbook_nobody_touched_says_what_is_saved() -> None:
    found = w.read(ASK, "HC-1", read_workbook(made()))
    assert found.bad == ()
    started = {each: saved.entry for each, saved in SAVED.items()}
    offered = w.offered(ASK, found.rows, started)
    assert {each: offered[each].entry for each in SAVED} == started


def test_sheets_have_names_that_spreadsheets_allow_and_no_two_alike() -> None:
    assert sheet_names(["A/B: [x]?", "a b  x", "", "L" * 40, "L" * 35]) == (
        "A B x", "a b x 2", "Sheet", "L" * 31, "L" * 29 + " 2",
    )  # fmt: skip

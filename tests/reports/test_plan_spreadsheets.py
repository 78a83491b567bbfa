"""The plan's workbook and CSV, read back: fields, notes, lists, dates, and nothing worked out."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from healthcheck.core import plan_workbooks as w
from healthcheck.core.accounts import Employer
from healthcheck.core.assessments import Assessment
from healthcheck.core.plans import (
    Action,
    Delivery,
    Details,
    Note,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)
from healthcheck.definitions.sheets import read_workbook
from healthcheck.reports.plan_spreadsheets import MORE, Sources, plan_csv, plan_workbook
from healthcheck.reports.spreadsheets import LONGEST_CELL
from tests.core.build import area, questionnaire, rating

if TYPE_CHECKING:
    from healthcheck.core.sheets import Cell

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ASK = questionnaire(area("work", rating("scheme")))
LATE = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
EMPLOYER = Employer("n", "Northmere Council", "england", "council")
HC = Assessment(
    "hc", "HC-1", EMPLOYER, "childrens", "2026", date(2026, 9, 30), "q", "2026", "", 1, LATE
)
DETAILS = Details(
    action="=cmd()",
    finding="Finding",
    outcome="Outcome",
    measure="Measure",
    baseline="3",
    target="5",
    owner=Owner("Dee Dale", "Head", "Adults", "dee@a.example"),
    resources="None",
    start=date(2026, 1, 1),
    due=date(2026, 5, 1),
    priority=Priority.HIGH,
    review=date(2026, 4, 1),
    target_level=2,
)
FULL = Action("a1", "hc", 1, Origin.REQUEST, DETAILS, Progress(Delivery.AT_RISK, "Why", "How"), 4,
              LATE, "Bob", LATE, question_id="scheme")  # fmt: skip
BARE = Action("a2", "hc", 2, Origin.OWN, Details("Two"), Progress(), 1, LATE, "", LATE)
NOTES = {"a1": (Note("a1", "First", "Bob", LATE), Note("a1", "+Second", "Al", LATE, "link"))}


def sources(*actions: Action, owners: tuple[str, ...] = ("Dee Dale",)) -> Sources:
    plan = Plan("hc", actions, NOTES)
    wanted = ("Owner: Dee Dale",)
    return Sources(
        HC, ASK, plan, actions, wanted, owners, date(2026, 6, 30), ZoneInfo("Europe/London")
    )


def rows_of(content: bytes, name: str) -> list[dict[str, Cell]]:
    sheet = next(each for each in read_workbook(content) if each.name == name)
    headings = [str(each) for each in sheet.rows[0]]
    return [dict(zip(headings, row, strict=False)) for row in sheet.rows[1:]]


def part(content: bytes, name: str) -> ET.Element:
    with ZipFile(BytesIO(content)) as book:
        return ET.fromstring(book.read(name))  # noqa: S314 - made by ourselves a moment ago


def test_every_field_and_note_of_an_action_is_in_its_row() -> None:
    content = plan_workbook(sources(FULL, BARE))
    full, bare = rows_of(content, "Plan")
    assert full == {
        "Reference": "A1", "Area": "Area work", "Question number": "1.1",
        "Question": "Question scheme", "Finding": "Finding", "Action": "=cmd()",
        "Outcome": "Outcome", "Success measure": "Measure", "Baseline": "3", "Target": "5",
        "Target rating": "2. In place", w.OWNER: "Dee Dale", "Owner’s role": "Head",
        "Team": "Adults", "Owner’s e-mail": "dee@a.example", "Resources": "None",
        w.PRIORITY: "High", w.START: date(2026, 1, 1), w.DUE: date(2026, 5, 1),
        w.NO_DATE: None, w.REVIEW: date(2026, 4, 1), w.STATUS: "At risk", "Days overdue": 60.0,
        w.REASON: "Why", w.RECOVERY: "How", w.COMPLETED: None, w.EVIDENCE: None, w.NOTE: None,
        "Notes, newest first": "1 July 2026, Al: +Second\n1 July 2026, Bob: First",
        "Comes from": "From a reviewer’s change request", "Added on": date(2026, 7, 1),
        "Last changed on": date(2026, 7, 1), "Last changed by": "Bob",
        w.KEY: "a1", w.REVISION: 4.0, w.PLAN: "HC-1",
    }  # fmt: skip
    assert (bare["Area"], bare["Question"], bare["Target rating"], bare[w.DUE]) == (None,) * 4


def test_all_notes_have_a_sheet_and_the_file_says_what_it_shows() -> None:
    content = plan_workbook(sources(FULL, BARE))
    assert [tuple(each.values()) for each in rows_of(content, "Notes")] == [
        ("A1", "=cmd()", date(2026, 7, 1), "Bob", "On the page", "First"),
        ("A1", "=cmd()", date(2026, 7, 1), "Al", "By a link", "+Second"),
    ]
    about = {
        each["About"]: each["Improvement plan"] for each in rows_of(content, "About this file")
    }
    assert about["Shows"] == "2 actions of 2. Owner: Dee Dale"
    assert about["Reference"] == "HC-1"


def test_only_what_is_read_back_can_be_written_in_with_lists_and_dates() -> None:
    content = plan_workbook(sources(FULL, BARE))
    page = part(content, "xl/worksheets/sheet1.xml")
    pane = next(page.iter(f"{X}pane"))
    assert (pane.get("topLeftCell"), pane.get("state")) == ("C2", "frozen")
    assert next(page.iter(f"{X}autoFilter")).get("ref") == "A1:AJ3"
    assert next(page.iter(f"{X}sheetProtection")).get("autoFilter") == "0"
    rules = {each.get("sqref"): each.get("type") for each in page.iter(f"{X}dataValidation")}
    assert rules == {
        "C2:C3": "list", "F2:F3": "list", "G2:G3": "date", "H2:H3": "date", "J2:J3": "date",
        "K2:K3": "list", "O2:O3": "date",
    }  # fmt: skip
    hidden = [
        (each.get("min"), each.get("max"))
        for each in page.iter(f"{X}col")
        if each.get("hidden") == "1"
    ]
    assert hidden == [("34", "36")]
    styles = part(content, "xl/styles.xml")
    formats = list(next(styles.iter(f"{X}cellXfs")))
    cells = {each.get("r"): formats[int(each.get("s", "0"))] for each in page.iter(f"{X}c")}
    open_cells = {
        name for name, look in cells.items()
        if (lock := look.find(f"{X}protection")) is not None and lock.get("locked") == "0"
    }  # fmt: skip
    assert {"C2", "H2", "K2"} <= open_cells
    columns = {
        each.get("min"): formats[int(each.get("style", "0"))] for each in page.iter(f"{X}col")
    }
    open_columns = {
        name for name, look in columns.items()
        if (lock := look.find(f"{X}protection")) is not None and lock.get("locked") == "0"
    }  # fmt: skip
    assert open_columns == {"3", "6", "7", "9", "10", "11", "13", "15", "16", "17"}
    framed = {each.get("sqref") for each in page.iter(f"{X}conditionalFormatting")}
    assert {"Q2:Q3", "I2:I3"} <= framed
    assert open_cells.isdisjoint({"A2", "B2", "R2", "AH2", "C1"})
    assert cells["B2"].get("quotePrefix") == "1"
    assert list(page.iter(f"{X}f")) == []


def test_csv_has_the_same_rows_and_no_cell_of_it_is_a_formula() -> None:
    text = plan_csv(sources(FULL, BARE)).decode("utf-8-sig")
    full, bare = csv.DictReader(StringIO(text, newline=""))
    assert (full["Action"], full[w.DUE], full[w.KEY]) == ("'=cmd()", "2026-05-01", "a1")
    assert full["Notes, newest first"] == "1 July 2026, Al: +Second\n1 July 2026, Bob: First"
    assert bare[w.DUE] == ""


def test_notes_too_long_for_a_cell_are_cut_and_the_row_says_where_they_are() -> None:
    long = Plan("hc", (FULL,), {"a1": (Note("a1", "x" * LONGEST_CELL, "Bob", LATE),)})
    content = plan_workbook(replace(sources(FULL), plan=long))
    cell = str(rows_of(content, "Plan")[0]["Notes, newest first"])
    assert len(cell) == LONGEST_CELL
    assert cell.endswith(MORE)


def test_a_plan_without_actions_or_owners_is_a_file_as_well() -> None:
    content = plan_workbook(sources(owners=()))
    assert rows_of(content, "Plan") == []
    assert list(part(content, "xl/worksheets/sheet1.xml").iter(f"{X}dataValidation")) == []

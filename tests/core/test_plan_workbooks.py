"""What the cells of a plan's file mean when it comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import plan_workbooks as w
from healthcheck.core.plans import Delivery, Details, Owner, Priority, Progress
from healthcheck.core.sheets import Sheet

if TYPE_CHECKING:
    from healthcheck.core.sheets import Cell

HEADINGS = (w.REFERENCE, *w.READ, w.NOTE, w.KEY, w.REVISION, w.PLAN)
HC = "HC-1"
CELLS: dict[str, Cell] = {w.PRIORITY: "Medium", w.STATUS: "On track", w.REVISION: 1.0, w.PLAN: HC}


def row(key: Cell, **more: Cell) -> tuple[Cell, ...]:
    cells = CELLS | {w.KEY: key} | {_heading(name): cell for name, cell in more.items()}
    return tuple(cells.get(heading) for heading in HEADINGS)


def _heading(name: str) -> str:
    return str(getattr(w, name))


def read(*rows: tuple[Cell, ...], headings: tuple[Cell, ...] = HEADINGS) -> w.Reading:
    sheets = [Sheet("Plan", [headings, *rows]), Sheet("Notes", [("Note",), ("x",)])]
    return w.read(HC, {"a", "b"}, sheets)


def test_every_cell_is_read_as_what_it_means() -> None:
    cells: dict[str, Cell] = {
        "OWNER": " Dee  Dale", "PRIORITY": "high", "START": date(2026, 1, 2), "DUE": "30/9/2026",
        "NO_DATE": None, "REVIEW": "", "STATUS": "AT RISK", "REASON": "Why\r\nnot ",
        "RECOVERY": "Meet.", "COMPLETED": None, "EVIDENCE": 3.0, "NOTE": " A note. ",
        "REVISION": 7.0,
    }  # fmt: skip
    found = read(row("a", **cells))
    assert found.bad == ()
    (line,) = found.rows
    assert (line.action_id, line.based_on, line.note) == ("a", 7, "A note.")
    assert line.at[w.OWNER] == "Plan!B2"
    details, progress = w.with_values(Details("Do it."), Progress(), line.values, {})
    assert details == Details(
        "Do it.",
        owner=Owner("Dee Dale"),
        start=date(2026, 1, 2),
        due=date(2026, 9, 30),
        priority=Priority.HIGH,
    )
    assert progress == Progress(Delivery.AT_RISK, "Why\nnot", "Meet.", "3")
    assert w.values_of(details, progress) == line.values


def test_an_owner_is_one_of_those_known_by_name() -> None:
    dee = Owner("Dee Dale", "Head", "Adults", "dee@a.example", "dee")
    before = Details("Do it.", owner=Owner("Bob", "Clerk"))
    known = {"dee dale": dee}
    assert w.with_values(before, Progress(), {w.OWNER: "dee DALE"}, known)[0].owner == dee
    assert w.with_values(before, Progress(), {w.OWNER: "Bob"}, known)[0].owner == before.owner
    assert w.with_values(before, Progress(), {w.OWNER: "Zoe"}, known)[0].owner == Owner("Zoe")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (row("b", DUE=46295.0), "Plan!E3: Enter a real date"),
        (row("b", DUE="31/9/2026"), "Plan!E3: 31 September 2026 is not a real date."),
        (row("b", STATUS="Late"), "Plan!H3: Choose On track, At risk, Off track, Complete or Canc"),
        (row("b", PRIORITY=None), "Plan!C3: Choose High, Medium or Low."),
        (row("c"), "Plan!N3: There is no such action in this plan"),
        (row("b", REVISION="one"), "Plan!O3: This cell was changed."),
        (row(None, OWNER="New"), "Plan!3: This row is of no action here. Add new actions on"),
    ],
)
def test_a_bad_cell_is_named_and_the_others_are_read(bad: tuple[Cell, ...], sentence: str) -> None:
    found = read(row("a"), bad)
    assert [str(each)[: len(sentence)] for each in found.bad] == [sentence]
    assert [each.action_id for each in found.rows] == ["a"]


def test_an_action_that_is_there_twice_is_left_alone() -> None:
    found = read(row("a"), row("b"), row("a", STATUS="Complete"))
    assert [str(each) for each in found.bad] == [
        "Plan!N4: This action is there twice, see Plan!N2."
    ]
    assert [each.action_id for each in found.rows] == ["b"]


def test_a_file_without_our_actions_is_refused() -> None:
    assert str(w.read(HC, {"a"}, []).bad[0]).startswith("There are no actions in this file.")
    found = read(row("a"), headings=tuple(each for each in HEADINGS if each != w.NOTE))
    assert str(found.bad[0]).startswith("Plan: There is no column “New note”.")
    assert [str(each) for each in read(row("a", PLAN="HC-2")).bad] == [f"{w.NOT_THIS_ONE} HC-1."]

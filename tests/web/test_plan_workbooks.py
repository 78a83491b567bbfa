"""The plan as a spreadsheet, through its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import plan_workbooks as w
from healthcheck.services import plans
from tests import workbooks as files
from tests.people import ALICE
from tests.plans import DETAILS

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from healthcheck.core.sheets import Cell
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

LOOK, SAVE = "Look at what it would change", "Save what is ticked"


@pytest.fixture
def action(world: World) -> Action:
    return plans.add(world.as_(ALICE), world.northmeres.id, DETAILS)


def upload(someone: Someone, at: Addresses, content: bytes, status: int = 200) -> Page:
    page = someone.get(f"{at.tasks}/plan/upload")
    return someone.submit(page, {}, LOOK, {"file": [("plan.xlsx", content)]}, status)


def moved(someone: Someone, at: Addresses, action: Action) -> bytes:
    """Return the plan's workbook with another due date and a note for the action."""
    content = someone.get(f"{at.tasks}/plan.xlsx").content
    written: dict[tuple[str, str], Cell] = {
        (action.id, w.DUE): date(2026, 10, 1),
        (action.id, w.NOTE): "Moved <on>.",
    }
    return files.filled_in(content, w.KEY, written)


def test_a_plan_is_downloaded_uploaded_looked_at_and_saved(
    alice: Someone, at: Addresses, action: Action
) -> None:
    board = alice.get(f"{at.tasks}/plan")
    assert board.links["Upload a spreadsheet"] == f"{at.tasks}/plan/upload"
    page = upload(alice, at, moved(alice, at, action))

    assert page.heading == "What this file would change"
    assert "Nothing is saved yet. 1 action would change." in page.words
    assert "Due1 September 20261 October 2026 Plan!H2" in page.words
    assert "New notenothingMoved <on>. Plan!Q2" in page.words
    board = alice.follow(alice.submit(page, {}, SAVE))
    assert "Saved from the workbook: 1 action." in board.words
    assert "1 October 2026" in board.words


def test_an_action_changed_meanwhile_is_shown_and_stays_unticked(
    world: World, alice: Someone, at: Addresses, action: Action
) -> None:
    page = upload(alice, at, moved(alice, at, action))
    later = replace(DETAILS, target="5")
    plans.change(world.as_(ALICE), world.northmeres.id, action.id, later, action.revision)

    again = alice.submit(page, {}, SAVE, status=409)

    assert "Nothing was saved. The plan changed while you were looking." in again.words
    assert "Changed here meanwhile" in again.words
    assert again.fields(SAVE).get("take", []) == []
    alice.submit(again, {"take": [action.id]}, SAVE)
    saved = plans.action(world.as_(ALICE), world.northmeres.id, action.id)
    assert (saved.details.due, saved.details.target) == (date(2026, 10, 1), "5")


def test_what_cannot_be_taken_is_said(alice: Someone, at: Addresses, action: Action) -> None:
    page = upload(alice, at, b"\x89PNG\r\n\0", 422)
    assert "This file is neither an Excel workbook (xlsx) nor a CSV file." in page.words
    alice.post(f"{at.tasks}/plan/upload", {"csrf_token": page.fields(LOOK)["csrf_token"]}, 422)
    content = alice.get(f"{at.tasks}/plan.xlsx").content
    bad = files.filled_in(content, w.KEY, {(action.id, w.STATUS): "Late"})
    page = upload(alice, at, bad, 422)
    assert page.heading == "This file cannot be taken"
    assert "Plan!K2Choose On track, At risk" in page.words
    assert "Everything in it is saved already" in upload(alice, at, content).words


def test_the_files_have_what_the_address_asks_for(
    alice: Someone, at: Addresses, action: Action
) -> None:
    table = alice.get(f"{at.tasks}/plan.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"].startswith("attachment; filename=plan-HC-")
    assert action.id in table.content.decode("utf-8-sig")
    nothing = alice.get(f"{at.tasks}/plan.xlsx?status=complete")
    assert files.cells_of(nothing.content, w.KEY) == {}
    alice.get(f"{at.tasks}/plan.csv?status=nonsense", 422)


@pytest.mark.parametrize("path", ["plan.xlsx", "plan.csv", "plan/upload"])
def test_it_is_the_employer_s_and_only_its_lead_uploads(
    vera: Someone, charlie: Someone, at: Addresses, path: str
) -> None:
    charlie.get(f"{at.tasks}/{path}", 404)
    vera.get(f"{at.tasks}/{path}", 403 if path.endswith("upload") else 200)

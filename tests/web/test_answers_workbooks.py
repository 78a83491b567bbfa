"""Answering in a spreadsheet, through its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import answers_workbooks as w
from healthcheck.services import assigning
from tests import workbooks as files
from tests.people import ALICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.sheets import Cell
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

LOOK, SAVE = "Look at what it would change", "Save what is ticked"
SCHEME = ("agreed-scheme", w.ANSWER)


def upload(someone: Someone, at: Addresses, content: bytes, status: int = 200) -> Page:
    page = someone.get(f"{at.tasks}/workbook/upload")
    return someone.submit(page, {}, LOOK, {"file": [("answers.xlsx", content)]}, status)


def filled_in(someone: Someone, at: Addresses, written: Mapping[tuple[str, str], Cell]) -> bytes:
    content = someone.get(f"{at.tasks}/workbook.xlsx").content
    return files.filled_in(content, w.KEY, written)


def test_a_workbook_is_downloaded_uploaded_looked_at_and_saved(
    alice: Someone, at: Addresses
) -> None:
    assert alice.get(at.tasks).links["Answer in a spreadsheet"] == f"{at.tasks}/workbook/upload"
    file = alice.get(f"{at.tasks}/workbook.xlsx")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=answers-HC-")
    written: dict[tuple[str, str], Cell] = {
        SCHEME: "2. In place",
        ("in-post", w.ANSWER): "many",
        ("employs-new", w.ANSWER): "Yes",
    }

    page = upload(alice, at, files.filled_in(file.content, w.KEY, written))

    assert page.heading == "What this workbook would change"
    assert "2 answers would change. 1 cell cannot be taken." in page.words
    assert "Workforce figures!E3" in page.words
    assert "Enter a number in figures" in page.words
    assert "In the workbook, Workload!E3" in page.words
    assert page.fields(SAVE)["take"] == ["agreed-scheme", "employs-new"]
    done = alice.follow(alice.submit(page, {"take": ["agreed-scheme"]}, SAVE))
    assert "Saved from the workbook: 1 answer." in done.words
    assert alice.get(at.topic("scheme")).fields("Save and continue")["agreed-scheme"] == ["2"]


def test_what_a_colleague_changed_is_shown_beside_and_stays_unticked(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    content = filled_in(alice, at, {SCHEME: "2. In place"})
    page = upload(alice, at, content)
    bob.submit(bob.get(at.topic("scheme")), {"agreed-scheme": "3"})

    moved = alice.submit(page, {}, SAVE, status=409)

    assert "Nothing was saved. The answers changed while you were looking." in moved.words
    assert "Changed here meanwhile" in moved.words
    assert "saved by Bob Baker" in moved.words
    assert moved.fields(SAVE).get("take", []) == []
    alice.submit(moved, {"take": ["agreed-scheme"]}, SAVE)
    assert alice.get(at.topic("scheme")).fields("Save and continue")["agreed-scheme"] == ["2"]


def test_a_file_that_cannot_be_taken_is_said_at_its_field(alice: Someone, at: Addresses) -> None:
    page = upload(alice, at, b"hello", 422)
    assert page.title.startswith("Error: Answer in a spreadsheet")
    assert "This file is not an Excel workbook" in page.words
    token = {"csrf_token": page.fields(LOOK)["csrf_token"]}
    for none in (alice.submit(page, status=422, button=LOOK), alice.post(page.address, token, 422)):
        assert "Choose a file first." in none.words
        assert "empty" not in none.words
    assert "This file is empty." in upload(alice, at, b"", 422).words


def test_a_workbook_with_nothing_new_or_nothing_right_says_so(
    alice: Someone, charlie: Someone, at: Addresses
) -> None:
    same = upload(alice, at, filled_in(alice, at, {}))
    assert "Every answer in it is saved already" in same.words
    bad = upload(alice, at, filled_in(alice, at, {("in-post", w.ANSWER): "many"}), 422)
    assert bad.heading == "This workbook cannot be taken"
    charlie.get(f"{at.tasks}/workbook.xlsx", 404)
    charlie.get(f"{at.tasks}/workbook/upload", 404)


def test_topics_of_others_are_named(world: World, bob: Someone, at: Addresses) -> None:
    assigning.assign(world.as_(ALICE), world.northmeres.id, {}, {"scheme": [ALICE.id]})
    page = upload(bob, at, filled_in(bob, at, {SCHEME: "2. In place"}))
    assert "These topics are assigned to other people, so you cannot save them: 1.1." in page.words


def test_who_only_reads_cannot_upload(vera: Someone, at: Addresses) -> None:
    vera.get(f"{at.tasks}/workbook/upload", 403)
    assert "Answer in a spreadsheet" not in vera.get(at.tasks).links
    assert vera.get(f"{at.tasks}/workbook.xlsx").content.startswith(b"PK")

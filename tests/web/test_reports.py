"""The PDF report: asked for, watched while it is made, downloaded, never made twice."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from healthcheck.services.rendering import render_next
from healthcheck.storage import reports
from tests.people import ALICE
from tests.web.client import JSON

if TYPE_CHECKING:
    from tests.people import Clock, World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

ASK = "Make the PDF report"
BLANK = "Print the blank questions (PDF)"
DOWNLOAD = "Download the report (PDF)"


def ask(someone: Someone, at: Addresses) -> Page:
    """Ask for the report, and return the page to watch."""
    return someone.follow(someone.submit(someone.get(at.results), {}, ASK))


def finish(world: World, page: Page) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.finish(ctx.store, page.address.rpartition("/")[2], b"%PDF-1.7 of no use")


def state(someone: Someone, page: Page) -> str:
    told: dict[str, str] = someone.http.get(page.address, headers=JSON).get_json()
    return told["state"]


@pytest.mark.slow
def test_a_report_is_asked_for_watched_and_downloaded(
    alice: Someone, world: World, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    page = ask(alice, at)
    assert page.heading == "Your report is waiting its turn"
    assert "1 document is in the queue, yours included." in page.words
    assert page.refresh == ["2"]
    assert state(alice, page) == "waiting"
    assert render_next(world.as_(ALICE))
    assert state(alice, page) == "ready"
    ready = alice.get(page.address)
    assert (ready.heading, ready.refresh) == ("Your report is ready", [])
    file = alice.get(ready.links[DOWNLOAD])
    name = f"{world.northmeres.reference}-report-draft.pdf"
    assert file.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert file.headers["Content-Type"] == "application/pdf"
    pdf = PdfReader(BytesIO(file.content))
    words = " ".join(each.extract_text() for each in pdf.pages)
    assert "DRAFT" in words.upper()
    assert "Northmere Council" in words


def test_an_unchanged_report_is_found_again(alice: Someone, bob: Someone, at: Addresses) -> None:
    assert ask(alice, at).address == ask(bob, at).address


def test_a_finished_report_needs_no_wait(alice: Someone, world: World, at: Addresses) -> None:
    finish(world, ask(alice, at))
    assert ask(alice, at).heading == "Your report is ready"


def test_a_changed_answer_makes_another_report(
    alice: Someone, world: World, at: Addresses, clock: Clock
) -> None:
    before = ask(alice, at)
    finish(world, before)
    clock.forward(timedelta(minutes=1))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    after = ask(alice, at)
    assert after.address != before.address
    assert after.heading == "Your report is waiting its turn"


def test_the_queue_is_told(alice: Someone, charlie: Someone, world: World, at: Addresses) -> None:
    southmeres = f"/assessments/{world.southmeres.id}"
    charlie.follow(charlie.submit(charlie.get(f"{southmeres}/results"), {}, ASK))
    assert "2 documents are in the queue, yours included." in ask(alice, at).words


def test_while_it_is_made_the_page_goes_on_looking(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = ask(alice, at)
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.claim_next(ctx.store)
    making = alice.get(page.address)
    assert (making.heading, making.refresh) == ("Your report is being made", ["2"])
    assert alice.get(f"{page.address}/report.pdf", 404).heading == "Page not found"


def test_a_report_that_failed_says_so_and_can_be_asked_for_again(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = ask(alice, at)
    key = page.address.rpartition("/")[2]
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.fail(ctx.store, key, "The report took too long to make.")
    failed = alice.get(page.address)
    assert failed.heading == "The report could not be made"
    assert "The report took too long to make." in failed.words
    refused = alice.get(f"{page.address}/report.pdf", 500)
    assert "The report took too long to make." in refused.words
    again = alice.submit(failed, {}, "Try again")
    assert again.leads_to == page.address
    assert alice.follow(again).heading == "Your report is waiting its turn"


def test_a_key_that_is_not_this_assessments_is_not_found(
    alice: Someone, charlie: Someone, world: World, at: Addresses
) -> None:
    key = ask(alice, at).address.rpartition("/")[2]
    for each in (key, "report-0"):
        page = charlie.get(f"/assessments/{world.southmeres.id}/report/{each}", 404)
        assert page.heading == "Page not found"


def test_asking_is_a_form_never_a_link(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.report, 405)
    assert page.heading == "That address cannot be used like this"


def test_the_blank_questions_are_made_in_the_same_way(
    vera: Someone, world: World, at: Addresses
) -> None:
    page = vera.follow(vera.submit(vera.get(at.tasks), {}, BLANK))
    assert page.heading == "Your workbook is waiting its turn"
    finish(world, page)
    ready = vera.get(page.address)
    assert ready.heading == "Your workbook is ready"
    file = vera.get(ready.links["Download the workbook (PDF)"])
    name = f"{world.northmeres.reference}-workbook.pdf"
    assert file.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_the_blank_questions_stay_when_an_answer_changes(
    alice: Someone, world: World, at: Addresses, clock: Clock
) -> None:
    page = alice.follow(alice.submit(alice.get(at.tasks), {}, BLANK))
    finish(world, page)
    clock.forward(timedelta(minutes=1))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    again = alice.follow(alice.submit(alice.get(at.tasks), {}, BLANK))
    assert (again.address, again.heading) == (page.address, "Your workbook is ready")


def test_blank_questions_that_failed_can_be_asked_for_again(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.follow(alice.submit(alice.get(at.tasks), {}, BLANK))
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.fail(ctx.store, page.address.rpartition("/")[2], "It took too long to make.")
    failed = alice.get(page.address)
    assert failed.heading == "The workbook could not be made"
    assert alice.submit(failed, {}, "Try again").leads_to == page.address

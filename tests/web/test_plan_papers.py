"""The plan on paper: what is on the screen is printed, watched while it is made, downloaded."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from healthcheck.services.rendering import render_next
from healthcheck.storage import reports
from tests.people import ALICE
from tests.web.client import JSON
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

MAKE = "Make the PDF"
DOWNLOAD = "Download the paper (PDF)"


@pytest.fixture(name="printing")
def page_to_print_from(at: Addresses) -> str:
    return f"{at.tasks}/plan/print"


def ask(someone: Someone, address: str, form: str = "whole") -> Page:
    return someone.follow(someone.submit(someone.get(address), {"form": form}, MAKE))


def finish(world: World, page: Page) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.finish(ctx.store, key_of(page), b"%PDF-1.7 of no use")


def key_of(page: Page) -> str:
    return page.address.partition("?")[0].rpartition("/")[2]


@pytest.mark.slow
def test_what_is_on_the_screen_is_printed(alice: Someone, world: World, at: Addresses) -> None:
    add(world, action="Write it down.")
    add(world, TOM, action="Buy more laptops.")
    board = alice.get(f"{at.tasks}/plan?owner=Tom+Reed")
    choose = alice.get(board.links["Print exactly this"])
    assert choose.heading == "Print the plan"
    assert "1 action of 2. Only part of the plan. Owner: Tom Reed." in choose.words
    page = alice.follow(alice.submit(choose, {"form": "sheets"}, MAKE))
    assert page.heading == "Your paper is waiting its turn"
    assert render_next(world.as_(ALICE))
    assert alice.http.get(page.address, headers=JSON).get_json() == {"state": "ready"}
    ready = alice.get(page.address)
    assert "It holds the plan as it was when you asked for it." in ready.words
    assert alice.get(ready.links["Print the plan"]).address.endswith("owner=Tom+Reed&form=sheets")
    file = alice.get(ready.links[DOWNLOAD])
    name = f"{world.northmeres.reference}-plan-sheets.pdf"
    assert file.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert file.headers["Content-Type"] == "application/pdf"
    (sheet,) = PdfReader(BytesIO(file.content)).pages
    words = sheet.extract_text()
    assert "Buy more laptops." in words
    assert "Write it down." not in words


def test_the_form_that_is_like_the_screen_is_offered_first(vera: Someone, printing: str) -> None:
    chosen = {
        each: vera.get(f"{printing}{query}").fields(MAKE)["form"]
        for each, query in (
            ("due", ""),
            ("area", "?by=area"),
            ("owner", "?by=owner"),
            ("asked", "?form=poster"),
        )
    }
    assert chosen == {
        "due": ["by-due"],
        "area": ["whole"],
        "owner": ["owners"],
        "asked": ["poster"],
    }


def test_the_whole_plan_can_be_printed_instead(alice: Someone, world: World, printing: str) -> None:
    add(world, TOM)
    part = alice.get(f"{printing}?owner=nobody&form=board")
    assert "0 actions of 1." in part.words
    whole = alice.get(part.links["Print the whole plan instead"])
    assert "All 1 action of the plan." in whole.words
    assert whole.fields(MAKE)["form"] == ["board"]


def test_a_paper_that_failed_is_asked_for_again_with_the_same_choice(
    alice: Someone, world: World, printing: str
) -> None:
    page = ask(alice, f"{printing}?status=open", "owners")
    ctx = world.as_(None)
    with ctx.store.writing():
        reports.fail(ctx.store, key_of(page), "It took too long to make.")
    failed = alice.get(page.address)
    assert failed.heading == "The paper could not be made"
    assert "It took too long to make." in failed.words
    assert alice.submit(failed, {}, "Try again").leads_to == page.address


def test_a_finished_paper_needs_no_wait(
    alice: Someone, bob: Someone, world: World, printing: str
) -> None:
    page = ask(alice, printing, "board")
    finish(world, page)
    again = ask(bob, printing, "board")
    assert (again.address, again.heading) == (page.address, "Your paper is ready")


def test_nobody_else_finds_a_paper(
    alice: Someone, charlie: Someone, world: World, printing: str
) -> None:
    page = ask(alice, printing)
    finish(world, page)
    own = f"/assessments/{world.southmeres.id}/plan/print/{key_of(page)}"
    for address in (printing, page.address, f"{page.address}/plan.pdf", own, f"{own}/plan.pdf"):
        assert charlie.get(address, 404).heading == "Page not found"


def test_a_form_or_choice_that_there_is_not_is_refused_in_a_sentence(
    alice: Someone, printing: str
) -> None:
    page = alice.get(printing)
    fields = page.fields(MAKE) | {"form": ["flyer"]}
    assert "“flyer” is no form of the plan." in alice.post(printing, fields, 422).words
    assert "“soon” is no due date" in alice.get(f"{printing}?due=soon", 422).words

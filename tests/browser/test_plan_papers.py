"""A manager filters the plan in a browser and prints exactly that; any page prints decently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import expect

from tests.browser.checker import faults
from tests.people import ALICE
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.site import Site

pytestmark = pytest.mark.slow
A4 = (595, 842)


def test_a_filtered_plan_is_printed_as_it_is_on_the_screen(site: Site, axe: str) -> None:
    add(site.world, action="Write it down.")
    add(site.world, TOM, action="Buy more laptops.")
    alice = site.visit(ALICE)
    alice.goto(f"{site.tasks}/plan")
    alice.select_option("#owner", "Tom Reed")
    alice.select_option("#by", "owner")
    alice.click("button:has-text('Show')")

    alice.click("text=Print exactly this")
    expect(alice.locator("h1")).to_have_text("Print the plan")
    expect(alice.get_by_label("A page for each owner")).to_be_checked()
    assert faults(alice, axe) == []
    alice.click("button:has-text('Make the PDF')")
    expect(alice.locator("h1")).to_have_text("Your paper is ready", timeout=60_000)
    with alice.expect_download() as waiting:
        alice.click("text=Download the paper (PDF)")

    (sheet,) = pypdf.PdfReader(waiting.value.path()).pages
    words = sheet.extract_text()
    assert "Actions of Tom Reed" in words
    assert "Buy more laptops." in words
    assert "Write it down." not in words


def test_a_page_prints_on_a4_without_what_is_for_screens(site: Site, tmp_path: Path) -> None:
    add(site.world, TOM, action="Buy more laptops.")
    alice = site.visit(ALICE)
    file = tmp_path / "page.pdf"

    alice.goto(f"{site.tasks}/plan")
    alice.pdf(path=file, prefer_css_page_size=True)

    (sheet,) = pypdf.PdfReader(file).pages
    words = " ".join(sheet.extract_text().split())
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
    for shown in ("Improvement plan", "Buy more laptops.", "On track", "Tom Reed"):
        assert shown in words
    for left_out in ("Sign out", "Verify a report", "Show all", "/assessments/"):
        assert left_out not in words


def test_words_behind_a_summary_are_printed_and_a_closed_form_is_not(site: Site) -> None:
    alice = site.visit(ALICE)
    alice.goto(f"{site.tasks}/sign-off")
    behind = alice.locator("main details:not([open]) a").first
    expect(behind).not_to_be_visible()
    alice.emulate_media(media="print")
    expect(behind).to_be_visible()

    action = add(site.world)
    alice.goto(f"{site.tasks}/plan/actions/{action.id}")
    expect(alice.locator("summary:has-text('If it is complete')")).not_to_be_visible()

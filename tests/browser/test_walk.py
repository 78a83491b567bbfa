"""The acceptance walk in a real browser: by keyboard alone, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.site import press, saved, shows, tab_to, words_of
from tests.people import ALICE, PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from tests.browser.site import Site

pytestmark = pytest.mark.slow


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


def sign_in(page: Page) -> None:
    page.goto("/")
    shows(page, "Sign in")
    type_into(page, "Email address", ALICE.email)
    type_into(page, "Password", PASSWORD)
    page.keyboard.press("Enter")


def test_the_whole_way_by_keyboard_alone(site: Site) -> None:
    page = site.visit()
    sign_in(page)
    shows(page, "Your health checks")
    press(page, "Children’s services, 2026")
    shows(page, "Children’s services health check")
    press(page, "Start: The scheme")

    shows(page, "The scheme")
    tab_to(page, "0. Not in place")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    saved(page)
    press(page, "Evidence for: A scheme")
    type_into(page, "Evidence in your own words", "Agreed in May.")
    tab_to(page, "Yes")
    page.keyboard.press("ArrowDown")
    press(page, "Save and continue")

    shows(page, "Allocation")
    tab_to(page, "The team manager")
    page.keyboard.press("Space")
    press(page, "Save and go back")
    shows(page, "The scheme")
    assert page.locator("input[name=agreed-scheme]:checked").input_value() == "2"
    assert page.locator("textarea[name='agreed-scheme.evidence']").input_value() == "Agreed in May."
    press(page, "Save and continue")
    shows(page, "Allocation")
    press(page, "Save and leave")

    come_back_and_check(page)
    press(page, "See the results")

    shows(page, "Results")
    assert "67 out of 100" in page.locator(".hc-score").first.inner_text().replace("\n", " ")
    press(page, "Make the PDF report")
    shows(page, "Your report is ready")
    with page.expect_download() as downloading:
        press(page, "Download the report (PDF)")
    download = downloading.value
    assert download.suggested_filename == (f"{site.world.northmeres.reference}-report-draft.pdf")
    assert "Agreed in May." in words_of(download)


def come_back_and_check(page: Page) -> None:
    """Carry on at the page left, then look for what is missing, by keyboard."""
    shows(page, "Children’s services health check")
    press(page, "Carry on: Allocation")
    shows(page, "Allocation")
    assert page.locator("input[name=who-allocates]:checked").input_value() == "manager"
    press(page, "All areas")
    shows(page, "Children’s services health check")
    press(page, "Check your answers")
    shows(page, "Check your answers")
    press(page, "Go to the next unanswered question")
    shows(page, "Allocation")
    assert page.evaluate("document.activeElement.name") == "seen-in"
    page.go_back()
    shows(page, "Check your answers")


def test_the_whole_way_without_scripts(site: Site) -> None:
    page = site.visit(java_script_enabled=False)
    page.goto(site.topic("scheme"))
    page.fill("#email", ALICE.email)
    page.fill("#password", PASSWORD)
    page.click("text=Sign in >> nth=-1")

    shows(page, "The scheme")
    page.check("#agreed-scheme-3")
    page.click("summary:has-text('Evidence')")
    scheme: FilePayload = {
        "name": "scheme.txt",
        "mimeType": "text/plain",
        "buffer": b"The scheme.",
    }
    page.set_input_files("input[type=file]", scheme)
    page.check("#employs-new")
    page.click(".hc-actions >> text=Save and continue")
    shows(page, "The scheme")
    assert "Your answer opened another question" in page.inner_text(".govuk-notification-banner")
    page.check("#protected-caseloads-na")
    page.click(".hc-actions >> text=Save and continue")
    shows(page, "The scheme")
    page.click(".govuk-error-summary a")
    page.fill("textarea[name='protected-caseloads.reason']", "None are employed yet.")
    page.click(".hc-actions >> text=Save and continue")

    shows(page, "Allocation")
    page.click("text=Save and go back")
    shows(page, "The scheme")
    assert page.is_checked("#agreed-scheme-3")
    assert page.inner_text(".hc-files a") == "scheme.txt"
    page.click("text=Save and leave")
    page.click("text=Results so far")
    shows(page, "Results")
    page.click("text=Make the PDF report")
    assert page.inner_text("h1") in {
        "Your report is waiting its turn",
        "Your report is being made",
    }
    shows(page, "Your report is ready")  # the page looked again by itself
    with page.expect_download() as downloading:
        page.click("text=Download the report (PDF)")
    assert "None are employed yet." in words_of(downloading.value)

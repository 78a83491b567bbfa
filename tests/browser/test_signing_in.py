"""One's own account and its second factor in a real browser, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.checker import faults
from tests.browser.site import shows
from tests.people import ALICE, PASSWORD
from tests.signing_in import begun, code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.site import Site

pytestmark = pytest.mark.slow


def setting_up(site: Site, page: Page) -> Iterator[str]:
    begun(site.world, ALICE, "198.51.100.7")
    for path in ("/account", "/account/password", "/account/second-factor"):
        page.goto(path)
        yield path
    page.click("text=Set up a second factor")
    page.fill("#code", "123")
    page.click("text=Turn on the second factor")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "setting up, with a wrong code"
    page.fill("#code", code(page.inner_text("#key"), site.world.clock()))
    page.click("text=Turn on the second factor")
    shows(page, "Your recovery codes")
    yield "recovery codes"
    page.goto("/account/second-factor")
    yield "a second factor that is on"


def signing_in(page: Page, recovery_code: str) -> Iterator[str]:
    page.click("text=Sign out")
    page.fill("#email", ALICE.email)
    page.fill("#password", PASSWORD)
    page.click("main button:has-text('Sign in')")
    shows(page, "Enter your code")
    page.click("text=My phone is not here")
    yield "the code"
    page.fill("#recovery-code", recovery_code)
    page.click("text=Use this recovery code")
    shows(page, "Your health checks")


def test_a_second_factor_is_set_up_and_used_on_a_phone(site: Site, axe: str) -> None:
    page = site.visit(ALICE)
    found, codes = {}, [""]
    for state in setting_up(site, page):
        found[state] = faults(page, axe)
        codes = page.locator(".hc-codes li").all_inner_texts() or codes
    for state in signing_in(page, codes[0]):
        found[state] = faults(page, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []
    assert (len(found), len(codes)) == (7, 10)

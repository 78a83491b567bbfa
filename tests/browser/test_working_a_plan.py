"""Every page of working a plan: nothing that axe-core finds, no scrolling sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.core.plans import Owner
from healthcheck.core.staff_page import Line
from healthcheck.services import plan_links, staff_page
from tests.browser.checker import faults
from tests.letters import token
from tests.people import ALICE
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from tests.browser.site import Site

pytestmark = pytest.mark.slow

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3


def test_no_page_of_a_plan_has_a_fault(site: Site, axe: str) -> None:
    world, plan = site.world, f"{site.tasks}/plan"
    found: dict[str, list[str]] = {}
    first = add(world, TOM, action=LONG_WORD, finding=LONG_WORD)
    add(world, Owner(LONG_WORD, LONG_WORD, LONG_WORD), None)
    add(world, Owner(person_id=ALICE.id))
    plan_links.send(world.as_(ALICE), world.northmeres.id, first.id)
    line = Line(first.id, LONG_WORD, LONG_WORD)
    staff_page.save_line(world.as_(ALICE), world.northmeres.id, line)
    address = staff_page.publish(world.as_(ALICE), world.northmeres.id).address
    alice = site.visit(ALICE)
    for path in (
        *(f"{plan}?by=owner&status=open", f"{plan}/links", f"{plan}/staff-page/{first.id}"),
        *(f"/you-said-we-did/{address}", f"/progress/{token(world, '/progress')}"),
    ):
        alice.goto(path)
        found[path] = faults(alice, axe)
    for path, button in (
        (f"{plan}/change-many", "Change the actions"),
        (f"{plan}/staff-page", "Take the page down"),
    ):
        alice.goto(path)
        alice.click(f"button:has-text('{button}')")
        expect(alice.locator(".govuk-error-summary")).to_be_visible()
        found[button] = faults(alice, axe)
    alice.goto(f"{plan}/quarterly-review")
    found["review to start"] = faults(alice, axe)
    alice.click("button:has-text('Start the review')")
    alice.check("text=At risk")
    alice.click("button:has-text('Save and go on')")
    expect(alice.locator(".govuk-error-summary")).to_be_visible()
    found["a step with faults"] = faults(alice, axe)
    alice.goto("/my-actions")
    alice.click("button:has-text('Make a private address')")
    expect(alice.locator("code")).to_be_visible()
    found["a calendar's address"] = faults(alice, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []
    assert len(found) == 10

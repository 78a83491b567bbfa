"""The pages of a plan: no fault that axe-core finds, no scrolling sideways, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.services import plans
from tests import reviewing
from tests.browser.checker import faults
from tests.people import ALICE
from tests.plans import AT_RISK

if TYPE_CHECKING:
    from tests.browser.site import Site

pytestmark = pytest.mark.slow

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 9


def test_from_a_weak_answer_to_a_complete_action(site: Site, axe: str) -> None:
    world, id_ = site.world, site.world.northmeres.id
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"])
    alice, found = site.visit(ALICE), {}
    alice.goto(f"{site.tasks}/plan/proposals")
    found["proposals"] = faults(alice, axe)
    alice.click("button:has-text('Adopt')")
    expect(alice.locator(".govuk-error-summary")).to_be_visible()
    found["nothing ticked"] = faults(alice, axe)
    alice.check("#protected-caseloads-step")
    alice.click("button:has-text('Adopt')")
    alice.click("a:has-text('A1:')")
    found["action"] = faults(alice, axe)
    alice.click("text=Change the action")
    alice.fill("#action", LONG_WORD)
    found["change"] = faults(alice, axe)
    (action,) = plans.plan(world.as_(ALICE), id_).actions
    plans.report_progress(world.as_(ALICE), id_, action.id, AT_RISK, LONG_WORD, 1)
    alice.click("text=Save the action")
    expect(alice.locator("h1")).to_have_text("Choose which version of A1 to keep")
    found["clash"] = faults(alice, axe)
    alice.click("text=Save mine")
    alice.check("text=Complete")
    alice.click("text=Save the progress")
    expect(alice.locator("#evidence")).to_be_visible()
    found["problems"] = faults(alice, axe)
    alice.fill("#evidence", "The minutes.")
    for part, typed in (("", "1"), ("-month", "3"), ("-year", "2026")):
        alice.fill(f"#completed{part}", typed)
    alice.click("text=Save the progress")
    expect(alice.locator("text=Has the rating changed?")).to_be_visible()
    found["complete"] = faults(alice, axe)
    alice.goto(f"{site.tasks}/results")
    found["results"] = faults(alice, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []
    assert len(found) == 8

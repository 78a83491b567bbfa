"""Every page of sign-off: nothing that axe-core finds, no scrolling sideways, however long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.core.sign_off import Consultation
from healthcheck.core.steps import Step
from healthcheck.services import sign_off
from tests import plans, reviewing
from tests.browser.checker import faults
from tests.people import ALICE
from tests.reviewing import OLIVE

if TYPE_CHECKING:
    from tests.browser.site import Site

pytestmark = pytest.mark.slow

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 9
SAID = Consultation(40, LONG_WORD, LONG_WORD)


def test_no_page_of_sign_off_has_a_fault(site: Site, axe: str) -> None:
    world, id_ = site.world, site.world.northmeres.id
    alice, found = site.visit(ALICE), {}
    alice.goto(f"{site.tasks}/sign-off")
    found["nothing answered"] = faults(alice, axe)
    reviewing.with_basw(world)
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(world, topic, answers)
    alice.goto(f"{site.tasks}/sign-off")
    alice.click("button:has-text('Send for sign-off')")
    expect(alice.locator(".govuk-error-summary")).to_be_visible()
    found["consultation missing"] = faults(alice, axe)
    plans.settle(world.as_(ALICE), id_)
    sign_off.send(world.as_(ALICE), id_, SAID)
    sign_off.decline(world.as_(OLIVE), id_, LONG_WORD)
    sign_off.send(world.as_(ALICE), id_, SAID)
    olive = site.visit(OLIVE)
    olive.goto(f"{site.tasks}/sign-off")
    found["to sign"] = faults(olive, axe)
    olive.click("button:has-text('Sign and submit')")
    expect(olive.locator(".govuk-error-summary")).to_be_visible()
    found["nothing ticked"] = faults(olive, axe)
    for box in olive.locator("input[type=checkbox]").all():
        box.check()
    olive.fill("#name", LONG_WORD[:200])
    olive.fill("#role", LONG_WORD[:200])
    olive.click("button:has-text('Sign and submit')")
    expect(olive.locator("h1")).to_have_text("Version 1")
    found["signed"] = faults(olive, axe)
    for address in (f"{site.tasks}/history", f"{site.tasks}/steps/recall", "/verify"):
        alice.goto(address)
        found[address] = faults(alice, axe)
    sign_off.take(world.as_(ALICE), id_, Step.RECALL, LONG_WORD)
    alice.goto(f"{site.tasks}/history")
    found["recalled"] = faults(alice, axe)
    alice.goto("/verify?reference=x&fingerprint=" + "0" * 64)
    found["not verified"] = faults(alice, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []
    assert len(found) == 10

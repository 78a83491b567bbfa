"""Every page of the queue and of a review: nothing that axe-core finds, no scrolling sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.core.reviews import RemarkKind
from healthcheck.services import review_steps, review_writing
from tests import reviewing
from tests.browser.checker import faults
from tests.people import ALICE
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from tests.browser.site import Site
    from tests.people import World

pytestmark = pytest.mark.slow

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 9


def write_everything(world: World) -> None:
    """Take a review into its second round, with something of every kind, much of it endless."""
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    for kind in RemarkKind:
        review_writing.remark(rhona, id_, "agreed-scheme", kind, LONG_WORD)
    review_writing.moderate(rhona, id_, "fair-allocation", "1", LONG_WORD)
    reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    reviewing.ask(world, "quiet-space", LONG_WORD)


def test_no_page_of_a_review_has_a_fault(site: Site, axe: str) -> None:
    write_everything(site.world)
    review = f"/basw/reviews/{site.world.northmeres.id}"
    page, found = site.visit(RHONA), {}
    for address in (
        "/basw/queue",
        "/basw/queue?status=MISSING",
        review,
        *(f"{review}/{each}" for each in ("areas/workload", "changes", "send", "accept")),
        f"{review}/questions/agreed-scheme",
    ):
        page.goto(address)
        found[address] = faults(page, axe)
    page.click("text=Save BASW’s rating")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    found["faults"] = faults(page, axe)
    alice = site.visit(ALICE)
    for name in ("requests", "who-looked"):
        alice.goto(f"{site.tasks}/{name}")
        found[name] = faults(alice, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []

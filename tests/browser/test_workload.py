"""From a pasted team to the report's PDF: red is seen, decided, planned for, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.core.workload.figures import Figure, Filling
from healthcheck.services import benchmarks
from tests.browser.checker import faults
from tests.browser.site import PHONE, shows, words_of
from tests.people import ALICE, NORTHMERE
from tests.teams import set_up, with_people

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.site import Site

pytestmark = pytest.mark.slow

PASTED = """\
Worker\tHours\tChild protection\tChild in need
AB\t37\t14\t0
CD\t18.5\t1\t1
unallocated\t\t0\t2
"""
"""AB carries 14 × 8 of 100 points, which is red; CD 13 of 50."""
SOURCE = "1 team, counted on 2 March 2026"
FILE = "caseload-figures-childrens-2026-03-02.csv"
WHAT = "Four reviews go to the duty team."


def test_from_a_paste_to_the_report(site: Site, axe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world = site.world
    filled = world.product.library.fillings["small-check"]
    sourced = Filling({**filled.questions, "who-checked": Figure.SOURCE}, filled.evidence)
    monkeypatch.setattr(world.product.library, "fillings", {"small-check": sourced})
    with_people(world)
    team = set_up(world, "Duty", ("contracted-hours",))
    alice = site.visit(ALICE, viewport=PHONE)
    alice.goto(f"/employers/{NORTHMERE.id}/teams")
    alice.click("text=Put it in")
    alice.fill("#text", PASTED)
    alice.click("text=Look at it first")
    shows(alice, "Check the snapshot")
    alice.click("text=Save this snapshot")
    alice.goto(f"/teams/{team.id}/workload")
    expect(alice.locator("tr", has_text="AB").first).to_contain_text("Red 112%")

    alice.click("a:text-is('Decide')")
    alice.click("text=Decide on AB")
    alice.check("text=Re-allocate cases")
    alice.fill("#what", WHAT)
    alice.select_option("#owner", label=ALICE.name)
    for part, typed in (("", "1"), ("-month", "4"), ("-year", "2026")):
        alice.fill(f"#review{part}", typed)
    alice.click("text=Record the decision")
    alice.click("text=The action in the improvement plan")
    expect(alice.locator("main")).to_contain_text(WHAT)

    alice.goto(site.tasks)
    alice.click("text=Fill figures from the caseload snapshots")
    found = faults(alice, axe)
    expect(alice.locator("main")).to_contain_text(SOURCE)
    alice.check("text=Attach the totals")
    alice.click("text=Save what is ticked")
    expect(alice.locator(".govuk-notification-banner")).to_contain_text(
        "4 figures saved and totals attached to 1 question."
    )
    report_shows(alice, site)

    alice.goto(f"/employers/{NORTHMERE.id}/caseload-benchmark")
    found += faults(alice, axe)
    alice.goto(f"/benchmark/{benchmarks.publish(world.as_(ALICE), NORTHMERE.id, '').address}")
    found += faults(alice, axe)
    assert found == []


def report_shows(alice: Page, site: Site) -> None:
    """Find the figures with their source, and the action, in the results and in the PDF."""
    alice.goto(f"{site.tasks}/results")
    for shown in ("1.5 full-time equivalent", "50%", WHAT):
        expect(alice.locator("main")).to_contain_text(shown)
    alice.click("text=Make the PDF report")
    shows(alice, "Your report is ready")
    with alice.expect_download() as waiting:
        alice.click("text=Download the report (PDF)")
    report = words_of(waiting.value)
    for printed in ("1.5 full-time equivalent", "50%", SOURCE, FILE, WHAT):
        assert printed in report

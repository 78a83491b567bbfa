"""Every page in every state: no violation that axe-core finds, and no scrolling sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from healthcheck.services.assessments import save_topic
from healthcheck.services.attachments import Upload
from healthcheck.services.rendering import TOO_SLOW
from healthcheck.storage import reports
from tests.browser.checker import faults
from tests.browser.site import saving, shows
from tests.people import ALICE, BOB, VERA, offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FilePayload, Page

    from tests.browser.site import Site

pytestmark = pytest.mark.slow

LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 9


def fill_in(site: Site) -> None:
    """Give Northmere answers of every kind, one of them too long for its line."""
    ctx, assessment_id = site.world.as_(ALICE), site.world.northmeres.id
    upload = Upload(f"{LONG_WORD[:140]}.txt", b"The scheme.")
    save_topic(
        ctx,
        assessment_id,
        "scheme",
        {
            "agreed-scheme": offer("0", evidence=LONG_WORD),
            "employs-new": offer("yes"),
            "protected-caseloads": offer("3"),
        },
        {"agreed-scheme": [upload]},
    )
    allocation = {"who-allocates": offer("panel"), "fair-allocation": offer(reason=LONG_WORD)}
    save_topic(ctx, assessment_id, "allocation", allocation, {})
    equipment = {
        "quiet-space": offer("2"),
        "remarks": offer(LONG_WORD),
        "last-checked": offer("-2-2026"),
    }
    save_topic(ctx, assessment_id, "equipment", equipment, {})
    save_topic(ctx, assessment_id, "posts", {"in-post": offer("7"), "vacancies": offer("x")}, {})


def plain_pages(site: Site, page: Page) -> Iterator[str]:
    """Open one page after another; name each when it stands."""
    for address in (
        *("/", site.tasks, f"{site.tasks}/check", f"{site.tasks}/results", "/about"),
        *(site.topic(each) for each in ("scheme", "allocation", "equipment", "posts")),
        *("/accessibility", "/nowhere"),
    ):
        page.goto(address)
        yield address


def states_of_a_topic(site: Site, page: Page) -> Iterator[str]:
    page.goto(site.topic("scheme"))
    page.check("#agreed-scheme-na")
    page.check("#employs-new")
    expect(page.locator("#question-protected-caseloads")).to_be_visible()
    for summary in page.locator("main summary").all():
        if summary.is_visible() and summary.evaluate("each => !each.parentElement.open"):
            summary.click()
    with saving(page):
        page.fill("textarea[name='agreed-scheme.links']", "nonsense")
    yield "everything opened"
    program: FilePayload = {"name": "run.exe", "mimeType": "text/plain", "buffer": b"MZ"}
    page.set_input_files("input[type=file] >> nth=0", program)
    page.click(".hc-actions >> text=Save and continue")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "faults and a refused file"
    page.goto(site.topic("posts"))
    with saving(page):
        page.check("label:has-text('Not applicable') >> nth=2")
    page.fill("textarea[name='long-hours.reason']", "Unknown.")
    yield "a figure set aside"
    page.goto(site.topic("posts"))
    for name, value in (("in-post", "75"), ("vacancies", "25")):
        # Without the events of typing, so that the button's save is the one that tells the figures.
        page.locator(f"#{name}").evaluate("(each, value) => { each.value = value }", value)
    page.click("text=Save and leave")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    yield "figures told"


def states_of_a_clash(site: Site, page: Page) -> Iterator[str]:
    other = site.visit(BOB)
    for each in (page, other):
        each.goto(site.topic("equipment"))
    with saving(other):
        other.fill("#who-checked", LONG_WORD[:400])
    page.fill("#who-checked", "Ben")
    page.click(".hc-actions >> text=Save and continue")
    shows(page, "Choose which answer to keep")
    yield "clash"
    page.click("text=Save my choices")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "clash without a choice"


def states_of_a_report(site: Site, page: Page) -> Iterator[str]:
    ctx, assessment_id = site.world.as_(ALICE), site.world.northmeres.id
    for state in ("waiting", "rendering", "ready", "failed"):
        with ctx.store.writing():
            ctx.store.run("DELETE FROM report_jobs")
            reports.add(ctx.store, "report-1", assessment_id, "", person_id=ALICE.id, now=ctx.now)
            ctx.store.run("UPDATE report_jobs SET state = ?, problem = ?", state, TOO_SLOW)
        page.goto(f"{site.tasks}/report/report-1")
        yield f"report {state}"


def pages_of_others(site: Site, page: Page) -> Iterator[str]:
    page.context.clear_cookies()
    page.goto("/sign-in")
    yield "sign in"
    page.click("main button:has-text('Sign in')")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    yield "sign in with faults"
    vera = site.visit(VERA)
    vera.goto(site.topic("scheme"))
    yield "a viewer's page"


def test_no_page_in_any_state_has_a_fault(site: Site, axe: str) -> None:
    fill_in(site)
    page = site.visit(ALICE)
    found = {}
    for states in (
        plain_pages,
        states_of_a_topic,
        states_of_a_clash,
        states_of_a_report,
        pages_of_others,
    ):
        for state in states(site, page):
            found[state] = faults(page, axe)
    assert [f"{state}: {each}" for state, some in found.items() for each in some] == []
    assert len(found) == 24

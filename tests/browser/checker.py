"""What is wrong with a page as it stands in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.site import PHONE, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

RUN = """async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ['violations'] })
  return found.violations.flatMap(each => each.nodes.map(node => ({
    rule: each.id, on: node.html.slice(0, 200), why: node.failureSummary,
  })))
}"""

EVERY_RULE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES_OF_SIZE = ("target-size", "scrollable-region-focusable")
"""Of axe-core's rules those whose outcome can be another one when the window is narrower."""


def faults(page: Page, axe: str) -> list[str]:
    """Return what is wrong with the page as it now stands, on a wide screen and on a phone."""
    page.evaluate(axe)
    return [*faults_at(page, WIDE), *faults_at(page, PHONE, RULES_OF_SIZE)]


def faults_at(page: Page, size: ViewportSize, rules: tuple[str, ...] = EVERY_RULE) -> list[str]:
    """Return what is wrong with the page at one size, once axe is in it."""
    page.set_viewport_size(size)
    found: list[dict[str, Any]] = page.evaluate(RUN, rules)
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    sideways = [f"the page is {widths[0]} wide in {widths[1]}"] if widths[0] > widths[1] else []
    return sideways + [
        f"{each['rule']} on {each['on']}: {each['why']}"
        for each in found
        if not is_false_alarm(each)
    ]


def is_false_alarm(violation: dict[str, Any]) -> bool:
    """Radios that open a box say so with aria-expanded, which works but axe does not allow."""
    return violation["rule"] == "aria-allowed-attr" and (
        'type="radio"' in violation["on"] and "aria-controls" in violation["on"]
    )

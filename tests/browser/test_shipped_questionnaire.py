"""The shipped questionnaire on a phone: every page of it, as its users meet it."""

from __future__ import annotations

from dataclasses import replace
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from healthcheck.config import SHIPPED, Config
from healthcheck.services.assessments import start
from tests.browser.checker import faults
from tests.people import ALICE, DUE, NORTHMERE, QUESTIONNAIRES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.site import Site

pytestmark = pytest.mark.slow
SHOW_ALL = "document.querySelectorAll('[data-question]').forEach(each => { each.hidden = false })"
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.fixture
def config(config: Config, tmp_path: Path) -> Config:
    """Settings with the shipped questionnaire beside the small one."""
    folder = tmp_path / "questionnaires"
    copytree(QUESTIONNAIRES, folder)
    for each in SHIPPED.iterdir():
        if each.is_dir() and not (folder / each.name).exists():
            copytree(each, folder / each.name)
    return replace(config, questionnaires=folder)


def test_no_page_of_the_shipped_questionnaire_has_a_fault(site: Site, axe: str) -> None:
    assessment = start(
        site.world.as_(None),
        NORTHMERE,
        service="adults",
        cycle="2026",
        due=DUE,
        questionnaire="employer-health-check",
        edition="2026",
    )
    page = site.visit(ALICE)
    tasks = f"/assessments/{assessment.id}"
    page.goto(tasks)
    links = page.locator(".govuk-task-list__link").all()
    addresses = [str(each.get_attribute("href")) for each in links]
    assert len(addresses) > 15
    found = {}
    for address in (*addresses, tasks, f"{tasks}/check", f"{tasks}/results"):
        page.goto(address)
        page.evaluate(SHOW_ALL)
        page.evaluate(OPEN_ALL)
        found[address] = faults(page, axe)
    assert [f"{address}: {each}" for address, some in found.items() for each in some] == []

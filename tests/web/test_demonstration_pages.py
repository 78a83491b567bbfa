"""Every page that links lead to, in a whole country: none is missing, broken or out of reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.crawling import kept
from tests.web.standard import breaches

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

NO_PAGE = re.compile(r"(\.(csv|ics|json|pdf|xlsx|zip)|/logo|/healthz|/files/<\w+>|/html)$")
"""Routes that give a file, or part of a page, and are tested where they belong."""
NO_LINK = {
    "/join/<token>": "comes by a message",
    "/new-password/<token>": "comes by a message",
    "/progress/<token>": "comes by a message",
    "/forgotten-password/sent": "follows a form",
    "/sign-in/code": "follows a form",
    "/sign-in/single-sign-on": "is off until it is set up",
    "/sign-in/single-sign-on/back": "comes from the other side",
    "/account/second-factor/set-up": "follows a form",
    "/account/second-factor/recovery-codes": "follows a form",
    "/account/second-factor/new-recovery-codes": "needs a second factor",
    "/account/second-factor/turn-off": "needs a second factor",
    "/people/<person_id>/second-factor": "needs somebody who has a second factor",
    "/assessments/<assessment_id>/report/<key>": "follows a form",
    "/assessments/<assessment_id>/plan/print/<key>": "follows a form",
    "/report-a-caseload/<address>/made": "follows a form",
    "/teams/<team_id>/workers/<worker_id>/supervision-sheet/<key>": "follows a form",
}
"""Pages that no link of the demonstration leads to, and why; other tests come to them."""


@pytest.mark.slow
def test_links_lead_everywhere_and_every_page_keeps_the_standard(
    app: Flask, walk_once: Path, tmp_path: Path
) -> None:
    found = {each.rule: each.page for each in kept(walk_once)}
    rules = {each.rule for each in app.url_map.iter_rules() if "GET" in (each.methods or set())}
    pages = {each for each in rules if not NO_PAGE.search(each)}
    assert pages - set(found) == set(NO_LINK)
    assert breaches(found.values(), tmp_path / "pages") == []

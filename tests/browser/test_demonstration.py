"""Every page that links lead to in a whole country: nothing that axe-core finds, on a phone."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from operator import attrgetter
from shutil import copy
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from healthcheck.web.app import create_app
from tests.browser.checker import faults_at
from tests.browser.site import PHONE
from tests.country import demonstration_in
from tests.web.crawling import kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture
def site(walk_once: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a server of the demonstration, the walkers still signed in."""
    copy(walk_once / "healthcheck.sqlite3", tmp_path)
    with closing(demonstration_in(tmp_path)) as product:
        server = make_server("127.0.0.1", 0, create_app(product), threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def test_no_page_of_a_whole_country_has_a_fault(
    site: str, walk_once: Path, chromium: Browser, axe: str
) -> None:
    found: dict[str, list[str]] = {}
    for cookie, visits in groupby(kept(walk_once), key=attrgetter("cookie")):
        context = chromium.new_context(base_url=site, viewport=PHONE)
        context.add_cookies([{"name": "healthcheck", "value": cookie, "url": site}])
        context.add_init_script(axe)
        page = context.new_page()
        for each in visits:
            page.goto(each.page.address)
            found[each.rule] = faults_at(page, PHONE)
        context.close()
    assert len(found) > 50
    assert {rule: some for rule, some in found.items() if some} == {}

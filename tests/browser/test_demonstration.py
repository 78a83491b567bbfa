"""Every page that links lead to in a whole country: nothing that axe-core finds, on a phone."""

from __future__ import annotations

from contextlib import closing
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from healthcheck.web.app import create_app
from tests.browser.checker import faults_at
from tests.browser.site import PHONE
from tests.country import demonstration_in
from tests.web.crawling import walked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture
def country(demonstration_to_change: Path) -> Iterator[tuple[Flask, dict[str, list[str]]]]:
    """Return the application, and the addresses that each person's session should look at."""
    with closing(demonstration_in(demonstration_to_change)) as product:
        app, taken = create_app(product), set[str]()
        visits: dict[str, list[str]] = {}
        for someone, rule, page in walked(app, product):
            cookie = someone.http.get_cookie("healthcheck")
            if rule not in taken:
                visits.setdefault(cookie.value if cookie else "", []).append(page.address)
                taken.add(rule)
        yield app, visits


def test_no_page_of_a_whole_country_has_a_fault(
    country: tuple[Flask, dict[str, list[str]]], chromium: Browser, axe: str
) -> None:
    app, visits = country
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    found: dict[str, list[str]] = {}
    try:
        for cookie, addresses in visits.items():
            context = chromium.new_context(base_url=url, viewport=PHONE)
            context.add_cookies([{"name": "healthcheck", "value": cookie, "url": url}])
            context.add_init_script(axe)
            page = context.new_page()
            for address in addresses:
                page.goto(address)
                found[address] = faults_at(page, PHONE)
            context.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(found) > 50
    assert {address: some for address, some in found.items() if some} == {}

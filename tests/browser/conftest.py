"""A real Chromium, and the product on a port of its own for it to visit.

Without Chromium these tests skip and say so; with BROWSER_TESTS=required they fail instead.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from healthcheck import bootstrap
from healthcheck.web.app import create_app
from tests.browser.site import PATIENCE, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from healthcheck.bootstrap import Product
    from healthcheck.config import Config
    from tests.people import Clock, World

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Programs that are one; the first has no windows, and spares a third of the work."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def found(thing: str, path: str | None) -> str:
    """Return the path; without one, skip, or fail where these tests are required."""
    if path is not None:
        return path
    reason = f"there is no {thing} here; `./setup test` installs it where it may"
    if os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(f"BROWSER_TESTS=required, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = found("Chromium", next(filter(None, map(shutil.which, CHROMIUMS)), None))
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker, as a script to run in a page."""
    return Path(found("axe-core", str(AXE) if AXE.exists() else None)).read_text(encoding="utf-8")


@pytest.fixture
def product(config: Config, clock: Clock) -> Iterator[Product]:
    """A product that makes reports in a process of its own, ended with the test."""
    with closing(bootstrap.load(config, clock, starts_renderer=True)) as product:
        yield product


@pytest.fixture
def site(world: World, chromium: Browser) -> Iterator[Site]:
    app = create_app(world.product)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    site = Site(f"http://127.0.0.1:{server.server_port}", app, world, chromium)
    try:
        yield site
    finally:
        site.close()
        server.shutdown()
        thread.join()
        server.server_close()

"""The product at an address, and people who visit it with a browser."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from pypdf import PdfReader

from healthcheck.services.accounts import fingerprint
from healthcheck.storage import sessions

if TYPE_CHECKING:
    from collections.abc import Generator

    from flask import Flask
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        Download,
        Locator,
        Page,
        Response,
        ViewportSize,
    )

    from healthcheck.core.accounts import Person
    from tests.people import World

PATIENCE = 60_000
"""How long a page may take, in milliseconds, on a machine that is busy with other tests."""
MOST_TABS = 150
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 320, "height": 640}

NAME = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return ''
  const labels = at.labels ? [...at.labels].map(each => each.innerText) : []
  return (labels.join(' ') || at.innerText || '').replace(/\\s+/g, ' ').trim()
}"""


@dataclass
class Site:
    """Where the product runs, and who visits."""

    url: str
    app: Flask
    world: World
    browser: Browser
    visits: list[BrowserContext] = field(default_factory=list)

    @property
    def tasks(self) -> str:
        return f"/assessments/{self.world.northmeres.id}"

    def topic(self, topic_id: str) -> str:
        return f"{self.tasks}/topics/{topic_id}"

    def visit(self, person: Person | None = None, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own
        """Return a page of a new browser window, in which the person is signed in."""
        context = self.browser.new_context(base_url=self.url, **({"viewport": WIDE} | options))
        context.set_default_timeout(PATIENCE)
        self.visits.append(context)
        if person is not None:
            cookie = {"name": "healthcheck", "value": self._session(person), "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context.new_page()

    def close(self) -> None:
        for context in self.visits:
            context.close()

    def _session(self, person: Person) -> str:
        token = f"{person.id}-{len(self.visits)}"
        store = self.world.as_(None).store
        with store.writing():
            sessions.add(store, fingerprint(token), person.id, self.world.clock())
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        return str(serializer.dumps({"token": token}))


def heading(page: Page) -> Locator:
    return page.locator("h1")


def shows(page: Page, words: str) -> None:
    """Wait until the page has that heading."""
    expect(heading(page)).to_have_text(words)


def saved(page: Page, words: str = "Saved 10:30") -> None:
    """Wait until the page says that, about saving by itself."""
    expect(page.locator("[data-saved]")).to_have_text(words)


@contextmanager
def saving(page: Page) -> Generator[None]:
    """Wait, after what is done inside, until the page has saved by itself."""

    def is_by_itself(response: Response) -> bool:
        return response.request.headers.get("accept") == "application/json"

    with page.expect_response(is_by_itself, timeout=PATIENCE) as answer:
        yield
    assert answer.value.ok


def words_of(download: Download) -> str:
    """Return the words of a PDF, line breaks taken out."""
    return " ".join(
        " ".join(each.extract_text().split()) for each in PdfReader(download.path()).pages
    )


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until what begins with this name has the focus, as a person at a keyboard does."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        focused = page.evaluate(NAME)
        if focused.startswith(name):
            return
        passed.append(focused)
    raise AssertionError(f"Tab never came to “{name}”, but to {passed}")


def press(page: Page, name: str) -> None:
    """Go to a link or button by keyboard, and press it."""
    tab_to(page, name)
    page.keyboard.press("Enter")

"""Calendars: a private address shown once, asked for by a program, ended; and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar

from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

MAKE = "Make a private address"


def titles(page: Page) -> list[str]:
    return [str(each["summary"]) for each in Calendar.from_ical(page.content).walk("VEVENT")]


def address(page: Page) -> str:
    """Return the path of the private address that a page shows."""
    (shown,) = page.tree.iter("code")
    text = shown.text or ""
    assert text.startswith("http://localhost/calendar/")
    return text.removeprefix("http://localhost")


def test_the_address_is_shown_once_and_works_without_signing_in(
    bob: Someone, nobody: Someone, world: World
) -> None:
    add(world)
    add(world, TOM)
    shown = bob.follow(bob.submit(bob.get("/my-actions"), {}, MAKE))
    path = address(shown)
    feed = nobody.get(path)
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert titles(feed) == ["Due: A1 Agree a scheme."]
    again = bob.get("/my-actions")
    assert not list(again.tree.iter("code"))
    assert "Your calendar has had a private address since 2 March 2026." in again.words

    ended = bob.follow(bob.submit(again, {}, "End the address"))
    assert ended.messages == ["Your calendar’s address has ended. It shows nothing any more."]
    assert nobody.get(path, 404).words == nobody.get("/calendar/of-nobody.ics", 404).words


def test_a_new_address_ends_the_old_one(bob: Someone, nobody: Someone) -> None:
    first = address(bob.follow(bob.submit(bob.get("/my-actions"), {}, MAKE)))
    second = address(bob.follow(bob.submit(bob.get("/my-actions"), {}, "Make a new address")))
    nobody.get(first, 404)
    assert titles(nobody.get(second)) == []


def test_calendar_files_are_there_to_download(
    bob: Someone, vera: Someone, charlie: Someone, world: World, at: Addresses
) -> None:
    add(world)
    add(world, TOM)
    own = bob.get(bob.get("/my-actions").links["Download a calendar file"])
    assert own.headers["Content-Disposition"] == "attachment; filename=my-actions.ics"
    assert titles(own) == ["Due: A1 Agree a scheme."]
    assert titles(vera.get(f"{at.tasks}/plan.ics?owner=tom+reed")) == ["Due: A2 Agree a scheme."]
    assert titles(charlie.get("/my-actions/actions.ics")) == []

"""The demonstration walked by following links: which pages each of its people can come to."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException

from healthcheck.core.accounts import Person
from healthcheck.services import demonstration
from tests.web.client import REDIRECTS, Someone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from healthcheck.bootstrap import Product
    from tests.web.page import Page

REVIEWS_UNDER_WAY = "/basw/queue?cycle=employer-health-check:2026"
WALKERS: dict[str, tuple[str, ...]] = {
    "": ("/sign-in", "/status"),
    "lead@northmere.example": ("/",),
    "lead@harrowdale.example": ("/",),
    "lead@kestrelford.example": ("/",),
    "workforce@harrowdale.example": ("/",),
    "officer@aldersley.example": ("/",),
    "second-reviewer@basw.example": ("/", REVIEWS_UNDER_WAY),
    "admin@basw.example": ("/",),
}
"""One person of each kind by address, and where they begin; the first is not signed in."""


def walkers(app: Flask, product: Product, folder: Path) -> Iterator[tuple[Someone, list[str]]]:
    """Yield each walker signed in, and where they begin."""
    with product.context() as ctx:
        passwords = {each.email: each.password for each in demonstration.prepare(ctx, folder)}
    for number, (email, begin) in enumerate(WALKERS.items()):
        someone = Someone(app, f"192.0.2.{number}")
        if email:
            someone.sign_in(Person("", "", email), passwords[email])
        yield someone, [*begin]


def route(app: Flask, address: str) -> str | None:
    """Return the route of an address, None when there is no such page."""
    try:
        rule, _ = app.url_map.bind("localhost").match(urlsplit(address).path, return_rule=True)
    except HTTPException:
        return None
    return str(rule.rule)


def walk(app: Flask, someone: Someone, begin: list[str], most: int) -> Iterator[tuple[str, Page]]:
    """Yield routes and pages as links lead to them, each checked, at most so many of a route."""
    waiting, seen, taken = [("", each) for each in begin], {*begin}, Counter[str | None]()
    while waiting:
        origin, address = waiting.pop(0)
        rule = route(app, address)
        if taken[rule] == most:
            continue
        taken[rule] += 1
        page = someone.look(address)
        if not page.headers["Content-Type"].startswith("text/html") or page.status in REDIRECTS:
            continue
        assert page.status == HTTPStatus.OK, f"{origin} leads to {address}: {page.heading}"
        yield rule or "", page
        links = [each.get("href", "").partition("#")[0] for each in page.tree.iter("a")]
        new = [each for each in dict.fromkeys(links) if each[:1] == "/" and each not in seen]
        waiting += [(address, each) for each in new]
        seen.update(links)

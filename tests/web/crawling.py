"""The demonstration walked by following links: which pages each of its people can come to."""

from __future__ import annotations

import json
from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from healthcheck.services.accounts import fingerprint
from healthcheck.storage import accounts, sessions
from tests.web.client import REDIRECTS, Someone
from tests.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from healthcheck.bootstrap import Product

FILE = "walk.json"
REVIEWS_UNDER_WAY = "/basw/queue?cycle=employer-health-check:2026&name=Harrowdale"
WALKERS: dict[str, tuple[str, ...]] = {
    "": ("/sign-in", "/status"),
    "lead@northmere.example": ("/",),
    "lead@harrowdale.example": ("/",),
    "lead@kestrelford.example": ("/",),
    "workforce@harrowdale.example": ("/",),
    "officer@aldersley.example": ("/",),
    "manager@northmere.example": ("/",),
    "practitioner@northmere.example": ("/",),
    "second-reviewer@basw.example": ("/", REVIEWS_UNDER_WAY),
    "admin@basw.example": ("/",),
}
"""People of each kind by address, and where they begin; the first is not signed in."""

CROSSROADS = {
    "/": 1,
    "/assessments/<assessment_id>": 6,
    "/assessments/<assessment_id>/history": 2,
    "/assessments/<assessment_id>/plan": 2,
    "/assessments/<assessment_id>/plan/staff-page": 2,
    "/assessments/<assessment_id>/topics/<topic_id>": 1,
    "/basw/reviews/<assessment_id>": 3,
    "/teams/<team_id>": 3,
    "/teams/<team_id>/workload": 3,
}
"""Routes whose pages differ from one to the next, and how many of them each person looks at.

Of every other route one page is looked at by each kind of person.
"""


class Visit(NamedTuple):
    """The first page of a route on the walk, and the cookie of the walker who came to it."""

    cookie: str
    rule: str
    page: Page


def walked(app: Flask, product: Product) -> tuple[Visit, ...]:
    """Check all pages that links lead to, and return the first of each route."""
    taken: dict[str, Counter[str | None]] = {}
    first: dict[str, Visit] = {}
    for kind, someone, begin in _walkers(app, product):
        of_kind = taken.setdefault(kind, Counter())
        for rule in CROSSROADS:
            del of_kind[rule]
        for rule, page in _walk(app, someone, begin, of_kind):
            cookie = someone.http.get_cookie("healthcheck")
            first.setdefault(rule, Visit(cookie.value if cookie else "", rule, page))
    return tuple(first.values())


def keep(folder: Path, visits: tuple[Visit, ...]) -> None:
    """Keep a walk for other processes."""
    whole = [(each.cookie, each.rule, each.page.address, each.page.html) for each in visits]
    (folder / FILE).write_text(json.dumps(whole), encoding="utf-8")


def kept(folder: Path) -> tuple[Visit, ...]:
    """Return the walk kept in a folder."""
    whole = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return tuple(
        Visit(cookie, rule, Page(address, HTTPStatus.OK, Headers(), html.encode()))
        for cookie, rule, address, html in whole
    )


def _walkers(app: Flask, product: Product) -> Iterator[tuple[str, Someone, list[str]]]:
    """Yield each walker signed in, with what kind of person it is and where they begin.

    Their sessions are laid in the database: hashing so many passwords would take longer than many
    of the pages.
    """
    with product.context() as ctx:
        for number, (email, begin) in enumerate(WALKERS.items()):
            someone = Someone(app, f"192.0.2.{number}")
            known = accounts.find_person(ctx.store, email)
            if known is not None:
                with ctx.store.writing():
                    sessions.add(ctx.store, fingerprint(email), known[0].id, ctx.now)
                with someone.http.session_transaction() as session:
                    session["token"] = email
            assert (known is None) == (not email)
            yield email.partition("@")[0], someone, [*begin]


def _route(app: Flask, address: str) -> str | None:
    """Return the route of an address, None when there is no such page."""
    try:
        rule, _ = app.url_map.bind("localhost").match(urlsplit(address).path, return_rule=True)
    except HTTPException:
        return None
    return str(rule.rule)


def _walk(
    app: Flask, someone: Someone, begin: list[str], taken: Counter[str | None]
) -> Iterator[tuple[str, Page]]:
    waiting, seen = [("", each) for each in begin], {*begin}
    while waiting:
        origin, address = waiting.pop(0)
        rule = _route(app, address)
        if rule is not None and taken[rule] == CROSSROADS.get(rule, 1):
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

"""Every kind of page before the Nu HTML checker, which knows the whole standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.storage import reports
from tests.people import ALICE
from tests.web.standard import breaches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

WORD = "Ŵ" * 500


def pages(alice: Someone, bob: Someone, at: Addresses, world: World) -> Iterator[Page]:
    """Lead Northmere's health check through every kind of page."""
    yield alice.get("/")
    files = {"agreed-scheme.files": [("a scheme.txt", b"The scheme."), ("no.exe", b"MZ")]}
    typed = {"agreed-scheme": "2", "employs-new": "yes", "agreed-scheme.links": "nonsense"}
    opened = bob.get(at.topic("scheme"))
    yield alice.submit(alice.get(at.topic("scheme")), typed, files=files, status=422)
    clash = bob.submit(opened, {"agreed-scheme": "0"}, status=409)
    yield clash
    yield bob.submit(clash, {}, "Save my choices", status=409)
    typed = {
        "seen-in": "meetings",
        "fair-allocation": "not-applicable",
        "fair-allocation.reason": WORD,
    }
    yield alice.follow(alice.submit(alice.get(at.topic("allocation")), typed))
    yield alice.submit(alice.get(at.topic("equipment")), {"last-checked.day": "40"}, status=422)
    typed = {"in-post": "75", "vacancies": "25", "long-hours.na": "y", "long-hours.reason": WORD}
    yield alice.follow(alice.submit(alice.get(at.topic("posts")), typed, go="stay"))
    for address in (at.tasks, at.check, at.results, "/about", "/accessibility"):
        yield alice.get(address)
    yield alice.get("/nowhere", 404)
    ctx = world.as_(ALICE)
    for state in ("waiting", "failed", "ready"):
        with ctx.store.writing():
            ctx.store.run("DELETE FROM report_jobs")
            reports.add(
                ctx.store, "report-1", world.northmeres.id, "", person_id=ALICE.id, now=ctx.now
            )
            ctx.store.run("UPDATE report_jobs SET state = ?, problem = 'It failed.'", state)
        yield alice.get(f"{at.report}/report-1")
    for address in ("/account", "/account/password"):
        yield alice.get(address)
    form = alice.get("/account/second-factor")
    yield alice.follow(alice.submit(form, {}, "Set up a second factor"))
    alice.submit(alice.get("/"), {}, "Sign out")
    yield alice.submit(alice.get("/sign-in"), {}, "Sign in", status=422)


@pytest.mark.slow
def test_no_page_breaks_the_standard(
    tmp_path: Path, alice: Someone, bob: Someone, at: Addresses, world: World
) -> None:
    found = [*pages(alice, bob, at, world)]
    assert len(found) == 20
    assert breaches(found, tmp_path / "pages") == []

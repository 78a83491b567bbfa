"""Downloading everything that is held about an employer."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tests import reviewing
from tests.people import NORTHMERE
from tests.reviewing import ADA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone

PEOPLE = f"/employers/{NORTHMERE.id}/people"
EVERYTHING = f"/employers/{NORTHMERE.id}/everything.zip"
BUTTON = "Download everything we hold"


def test_the_lead_finds_it_on_the_page_of_people_and_gets_a_zip_file(
    alice: Someone, world: World
) -> None:
    assert alice.get(PEOPLE).links[BUTTON] == EVERYTHING
    with alice.http.get(EVERYTHING) as response:
        assert response.mimetype == "application/zip"
        assert response.headers["Content-Disposition"] == (
            'attachment; filename="Northmere Council 2026-03-02.zip"'
        )
        assert response.headers["Cache-Control"] == "no-store"
        with ZipFile(BytesIO(response.data)) as zipped:
            assert "index.json" in zipped.namelist()
    assert list(world.product.config.data.glob("tmp*")) == []


def test_others_are_offered_and_given_nothing(
    bob: Someone, charlie: Someone, signed_in: Callable[[Person], Someone], world: World
) -> None:
    reviewing.with_basw(world)
    ada = signed_in(ADA)
    assert BUTTON not in ada.get(PEOPLE).links
    ada.get(EVERYTHING, 403)
    bob.get(EVERYTHING, 403)
    assert (
        charlie.get(EVERYTHING, 404).words == charlie.get("/employers/x/everything.zip", 404).words
    )

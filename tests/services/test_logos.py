"""The employer's logo on the cover of its reports."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from healthcheck.services import logos, publications, review_steps
from healthcheck.services.reports import ask_for_report
from healthcheck.storage import employers
from tests import reviewing
from tests.people import ALICE, NORTHMERE
from tests.pictures_of import JPEG, PNG
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from tests.people import World

ON_PAPER = f"data:image/png;base64,{b64encode(PNG).decode()}"


@pytest.fixture(name="with_logo")
def northmere_has_a_logo(world: World) -> World:
    give(world, PNG, "image/png")
    return world


def give(world: World, content: bytes, media_type: str) -> None:
    store = world.as_(None).store
    fingerprint = sha256(content).hexdigest()
    with store.writing():
        employers.set_logo(store, NORTHMERE.id, fingerprint, content, media_type)


def pages(world: World) -> dict[str, bool]:
    """Say of each kind of report that waits whether the logo is on it."""
    rows = world.as_(None).store.rows("SELECT key, html FROM report_jobs ORDER BY number")
    return {key.partition("-")[0]: ON_PAPER in html for key, html in rows}


def test_the_logo_is_on_every_report(with_logo: World) -> None:
    rhona, id_ = with_logo.as_(RHONA), with_logo.northmeres.id
    reviewing.start(with_logo)
    review_steps.accept(rhona, id_)
    publications.publish(with_logo.as_(ALICE), id_, own_words=False)
    ask_for_report(with_logo.as_(ALICE), id_)
    assert pages(with_logo) == dict.fromkeys(("version", "accepted", "published", "report"), True)


def test_a_report_is_made_anew_when_the_logo_changes_and_only_then(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    keys = [ask_for_report(ctx, id_).key]
    for content, media_type in ((PNG, "image/png"), (JPEG, "image/jpeg"), (PNG, "image/png")):
        give(world, content, media_type)
        keys.append(ask_for_report(ctx, id_).key)
    assert len(set(keys)) == 3
    assert keys[1] == keys[3]


def test_without_a_logo_or_with_one_too_large_to_draw_there_is_none(world: World) -> None:
    ctx = world.as_(None)
    assert (logos.on_paper(ctx, NORTHMERE.id), logos.stands_at(ctx, NORTHMERE.id)) == ("", "")
    give(world, PNG[:16] + b"\x00\x01\x00\x00" * 2 + PNG[24:], "image/png")
    assert logos.on_paper(ctx, NORTHMERE.id) == ""
    assert logos.stands_at(ctx, "nowhere") == ""

"""Publishing from the employer's page, and the public page that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import review_steps
from healthcheck.services.review_writing import end_request, moderate
from healthcheck.storage import reports as jobs
from tests import reviewing
from tests.people import BOB, CHARLIE
from tests.reviewing import ADA, OLIVE, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

PUBLISH, DOWN = "Publish the report", "Take the report down"
TYPED = "We agreed the new scheme with the union in June."


@pytest.fixture
def place(world: World) -> str:
    """Northmere's health check accepted; return where it is published from."""
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    moderate(rhona, id_, "fair-allocation", "0", "Nothing shows it.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    end_request(rhona, id_, request_id, "partly met", "It is half there.")
    review_steps.accept(rhona, id_)
    return f"/assessments/{id_}/publish"


def published(alice: Someone, place: str, **typed: str) -> Page:
    """Publish, and return the public page's address."""
    done = alice.follow(alice.submit(alice.get(place), typed, PUBLISH))
    assert done.messages == ["The report is public now."]
    return done


def test_a_report_is_published_and_anybody_reads_it(
    alice: Someone, nobody: Someone, world: World, place: str
) -> None:
    tasks = alice.get(f"/assessments/{world.northmeres.id}")
    assert tasks.links["Publish the report"] == place
    done = published(alice, place)
    assert "Version 2 is public, since 2 March 2026, without what people typed" in done.words
    page = nobody.get(done.links["See the public page"])
    assert page.heading == "Small check: Northmere Council, Children’s services, 2026"
    assert (
        "Signed off by the employer and accepted by BASW. Published by the employer" in page.words
    )
    assert "56 out of 100, Moderate 22 out of 100, Low (different)" in page.words
    assert "Not published." in page.words
    assert world.northmeres.reference in page.words
    for private in (TYPED, "scheme.txt", "Alice", "Olive", "Rhona", "Nothing shows it"):
        assert private not in page.html
    robots = [each for each in page.tree.iter("meta") if each.get("name") == "robots"]
    assert robots == []
    status = nobody.get("/status/small-check/2026")
    assert page.address in status.links.values()
    elsewhere = {"Host": "evil.example"}
    for ending in ("csv", "json"):
        told = nobody.http.get(f"/status/small-check/2026.{ending}", headers=elsewhere).text
        assert world.product.config.site + page.address in told
        assert "evil.example" not in told


def test_with_own_words_they_are_there(alice: Someone, nobody: Someone, place: str) -> None:
    done = published(alice, place, own_words="yes")
    page = nobody.get(done.links["See the public page"])
    assert TYPED in page.words
    assert "scheme.txt" not in page.html
    assert "without what people typed" not in done.words


def test_what_would_be_public_is_looked_at_first(alice: Someone, place: str) -> None:
    page = alice.get(place)
    without = alice.get(page.links["without your own words"])
    assert "This is how the page would look. It is not public." in without.words
    assert TYPED not in without.html
    assert TYPED in alice.get(page.links["with them"]).words
    assert "Publish the report" in alice.get(place).heading


def test_the_pdf_is_there_for_anybody_once_it_is_made(
    alice: Someone, nobody: Someone, world: World, place: str
) -> None:
    done = published(alice, place)
    assert "Its PDF is being made." in done.words
    address = done.links["See the public page"]
    assert "Download this report (PDF)" not in nobody.get(address).links
    nobody.get(f"{address}/report.pdf", 404)
    ctx, key = world.as_(None), "published-" + address.removeprefix("/published/")
    with ctx.store.writing():
        jobs.fail(ctx.store, key, "It failed.")
    failed = alice.get(place)
    assert "Its PDF could not be made." in failed.words
    alice.submit(failed, {}, "Make the PDF again")
    with ctx.store.writing():
        jobs.finish(ctx.store, key, b"%PDF-1.7")
    page = nobody.get(address)
    sent = nobody.get(page.links["Download this report (PDF)"])
    assert (sent.content, sent.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert "Its PDF" not in alice.get(place).words


def test_it_is_taken_down_with_a_reason_and_is_gone(
    alice: Someone,
    nobody: Someone,
    world: World,
    signed_in: Callable[[Person], Someone],
    place: str,
) -> None:
    address = published(alice, place).links["See the public page"]
    olive = signed_in(OLIVE)
    page = olive.submit(olive.get(place), {}, DOWN, status=422)
    assert page.errors == [("reason", "Give a reason to take the report down.")]
    done = olive.follow(olive.submit(page, {"reason": "<b>A figure</b> was wrong."}, DOWN))
    assert done.messages == ["The report is taken down. Its address now says so."]
    assert "Taken down because: <b>A figure</b> was wrong." in done.words
    for gone in (address, f"{address}/report.pdf"):
        page = nobody.get(gone, 410)
        assert page.heading == "This report was taken down"
        assert "The employer took this report down on 2 March 2026." in page.words
        assert "figure" not in page.words
    assert address not in nobody.get("/status/small-check/2026").links.values()
    again = published(alice, place).links["See the public page"]
    assert again != address
    assert world.as_(None).store.rows("SELECT count(*) FROM publications") == [(2,)]


def test_nobody_else_can_publish_or_take_down(
    alice: Someone,
    nobody: Someone,
    signed_in: Callable[[Person], Someone],
    place: str,
    world: World,
) -> None:
    address = published(alice, place).links["See the public page"]
    for person, status in ((CHARLIE, 404), (BOB, 403), (RHONA, 403), (ADA, 403)):
        someone = signed_in(person)
        token = someone.get("/").fields("Sign out")["csrf_token"]
        someone.get(place, status)
        someone.get(f"{place}/preview", status)
        for does in ("publish", "take-down", "pdf"):
            someone.post(place, {"csrf_token": token, "do": does, "reason": "x"}, status)
    assert nobody.get(address).status == 200
    assert (
        "Publish the report" not in signed_in(BOB).get(f"/assessments/{world.northmeres.id}").links
    )


def test_what_is_not_accepted_cannot_be_published(alice: Someone, world: World) -> None:
    address = f"/assessments/{world.northmeres.id}/publish"
    page = alice.get(address)
    assert "This health check is now “Not started”." in page.words
    fields = {"csrf_token": page.fields("Sign out")["csrf_token"], "do": "publish"}
    assert alice.post(address, fields, 409).heading == "That cannot be done now"
    alice.get(f"{address}/preview", 409)


def test_an_address_that_never_was_is_not_found(nobody: Someone) -> None:
    nobody.get("/published/nothing", 404)
    nobody.get("/published/nothing/report.pdf", 404)

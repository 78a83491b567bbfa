"""Every error has a page: what happened, what to do, the right status, and nothing half-written."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from healthcheck.core import errors
from healthcheck.web.errors import PAGES
from tests.web.client import JSON

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

TOO_MUCH = "That is too much to send at once"


pytestmark = pytest.mark.impatient


@contextmanager
def locked(world: World) -> Generator[None]:
    """Hold the database's write lock, as a save under way does."""
    with closing(sqlite3.connect(world.product.config.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@contextmanager
def full(world: World) -> Generator[None]:
    """Let the database grow no further, as on a full disk."""
    stores = list(world.product._idle)
    for store in stores:
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    for store in stores:
        store.connection.execute("PRAGMA max_page_count = 1073741823")


def tell(someone: Someone, address: str) -> dict[str, str]:
    told: dict[str, str] = someone.http.get(address, headers=JSON).get_json()
    return told


def test_an_unknown_address_is_not_found(nobody: Someone, alice: Someone) -> None:
    way_on = {nobody: "The first page of this service", alice: "Your health checks"}
    for someone, words in way_on.items():
        page = someone.get("/nowhere", 404)
        assert page.heading == "Page not found"
        assert page.links[words] == "/"
    assert nobody.get("/published/nothing", 404).links["The first page of this service"] == "/"


def test_an_unknown_address_is_not_found_even_when_nobody_can_be_looked_up(
    alice: Someone, world: World
) -> None:
    with closing(sqlite3.connect(world.product.config.database)) as damaged:
        damaged.execute("DROP TABLE sessions")
    page = alice.get("/nowhere", 404)
    assert page.links["The first page of this service"] == "/"


def test_a_script_gets_the_same_in_json(alice: Someone) -> None:
    told = tell(alice, "/nowhere")
    assert told["problem"] == "Page not found"
    assert told["advice"].startswith("Check the address")


def test_what_the_error_says_is_on_the_page(alice: Someone) -> None:
    page = alice.get("/assessments/nothing", 404)
    assert "There is no health check here that you can open." in page.words
    assert page.links["Your health checks"] == "/"


def test_while_someone_else_saves_nothing_is_lost_and_it_can_be_saved_again(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    with locked(world):
        busy = alice.submit(page, {"agreed-scheme": "2"}, status=503)
        told = alice.save_by_itself(page, {"agreed-scheme": "2"}, 503)
        assert "agreed-scheme" not in alice.get(at.topic("scheme")).fields("Save")
    assert busy.heading == "Someone else is saving at the moment"
    sentence = "Nothing was saved, because someone else is saving. Wait a moment and try again."
    assert sentence in busy.words
    assert told["problem"] == sentence
    alice.submit(page, {"agreed-scheme": "2"})
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["2"]


def test_when_the_disk_is_full_all_that_was_saved_before_stays(
    alice: Someone, world: World, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme": "2", "agreed-scheme.evidence": "evidence " * 1100}
    files = {"agreed-scheme.files": [("big.txt", b"word " * 40_000)]}
    with full(world):
        refused = alice.submit(page, typed, files=files, status=507)
        told = alice.save_by_itself(page, {"agreed-scheme.evidence": "evidence " * 1100}, 507)
        fields = alice.get(at.topic("scheme")).fields("Save")
    assert refused.heading == "There is no room left to save"
    assert told["problem"].startswith("Nothing was saved, because the disk is full.")
    assert (fields["agreed-scheme"], fields["agreed-scheme.evidence"]) == (["1"], [""])
    alice.submit(page, typed, files=files)
    assert "big.txt" in alice.get(at.topic("scheme")).links


def test_a_body_larger_than_any_form_is_refused_unread(alice: Someone, at: Addresses) -> None:
    response = alice.http.post(
        at.topic("scheme"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(35 * 2**20)},
    )
    assert (response.status_code, TOO_MUCH in response.text) == (413, True)


def test_more_text_than_answers_can_need_is_refused_and_nothing_changes(
    alice: Someone, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme": "2", "agreed-scheme.evidence": "x" * (4 * 2**20 + 1)}
    refused = alice.submit(page, typed, status=413)
    assert refused.heading == TOO_MUCH
    assert "Up to 30 MB of files and 4 MB of text can be sent at once." in refused.words
    assert alice.save_by_itself(page, typed, 413)["problem"] == TOO_MUCH
    otherwise_encoded = urlencode({**page.fields("Save"), **typed}, doseq=True)
    kind = "application/x-www-form-urlencoded"
    response = alice.http.post(page.address, data=otherwise_encoded, content_type=kind)
    assert (response.status_code, TOO_MUCH in response.text) == (413, True)
    assert "agreed-scheme" not in alice.get(at.topic("scheme")).fields("Save")


def test_more_fields_than_any_form_has_are_refused(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    typed = {f"field-{number}": "x" for number in range(500)}
    assert alice.submit(page, typed, status=413).heading == TOO_MUCH


def test_a_fault_of_the_program_is_logged_and_shows_nothing_of_its_inside(
    alice: Someone, world: World, at: Addresses, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(world.product.config.database)) as damaged:
        damaged.execute("DROP TABLE places")
    page = alice.get(at.tasks, 500)
    assert page.heading == "Sorry, something went wrong on our side"
    assert "places" not in page.html
    told = tell(alice, at.tasks)
    assert told["problem"] == "Sorry, something went wrong on our side"
    records = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert [each.getMessage() for each in records] == ["unforeseen error at assessments.tasks"] * 2


def test_a_fault_leaves_the_connection_fit_for_the_next_request(
    alice: Someone, world: World, at: Addresses
) -> None:
    with closing(sqlite3.connect(world.product.config.database)) as damaged:
        damaged.execute("ALTER TABLE places RENAME TO elsewhere")
        alice.get(at.tasks, 500)
        damaged.execute("ALTER TABLE elsewhere RENAME TO places")
    assert alice.get(at.tasks).status == 200


def test_an_address_used_in_the_wrong_way_says_so(alice: Someone) -> None:
    response = alice.http.delete("/")
    assert response.status_code == 405
    assert "That address cannot be used like this" in response.text


def test_every_foreseen_error_that_reaches_the_web_has_a_page_of_its_own() -> None:
    without = set(errors.ProductError.__subclasses__()) - set(PAGES)
    assert {each.__name__ for each in without if each.__module__ == errors.__name__} == {
        "NotSignedInError",  # leads to the sign-in page
        "ConfigurationError",  # the program does not start
    }

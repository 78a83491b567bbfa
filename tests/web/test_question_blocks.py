"""Parts of pages are kept for the next visit, and never show what is old or another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.web.question_blocks import EXTENSION, LONGEST_KEPT, MOST_KEPT
from tests.people import CHARLIE, NORTHMERE
from tests.web.markup import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

SCHEME = "question-agreed-scheme"


def block(page: Page) -> str:
    """Return the words of the first question."""
    return words_of(page.by_id(SCHEME))


def test_a_page_seen_again_is_the_same_but_for_its_token(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    once, again = alice.get(at.topic("scheme")), alice.get(at.topic("scheme"))
    assert once.words == again.words
    first, second = once.fields("Save"), again.fields("Save")
    assert first.pop("csrf_token") != []
    assert second.pop("csrf_token") != []
    assert first == second


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"agreed-scheme.evidence": "Some."}, 303),
        ({"agreed-scheme": "1"}, 303),
        ({"agreed-scheme.links": "nonsense"}, 422),
    ],
)
def test_a_change_is_seen_at_once_by_everyone(
    alice: Someone, bob: Someone, at: Addresses, typed: dict[str, str], status: int
) -> None:
    bob.get(at.topic("scheme"))
    alice.submit(alice.get(at.topic("scheme")), typed, status=status)
    fields = bob.get(at.topic("scheme")).fields("Save")
    assert {name: fields[name] for name in typed} == {name: [typed[name]] for name in typed}


def test_a_file_is_seen_and_gone_at_once(alice: Someone, bob: Someone, at: Addresses) -> None:
    bob.get(at.topic("scheme"))
    files = {"agreed-scheme.files": [("a.txt", b"One")]}
    alice.submit(alice.get(at.topic("scheme")), {}, files=files)
    assert "a.txt" in block(bob.get(at.topic("scheme")))
    alice.submit(alice.get(at.topic("scheme")), {}, "Remove a.txt")
    assert "a.txt" not in block(bob.get(at.topic("scheme")))


def test_a_refused_file_is_told_once(alice: Someone, at: Addresses) -> None:
    files = {"agreed-scheme.files": [("a.exe", b"MZ")]}
    refused = alice.submit(alice.get(at.topic("scheme")), {}, files=files, status=422)
    assert "a.exe" in block(refused)
    assert "a.exe" not in block(alice.get(at.topic("scheme")))


def test_a_viewer_is_shown_no_buttons_after_a_contributors_visit(
    alice: Someone, vera: Someone, at: Addresses
) -> None:
    files = {"agreed-scheme.files": [("a.txt", b"One")]}
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"}, files=files)
    for someone, buttons in ((alice, 2), (vera, 0), (alice, 2)):
        page = someone.get(at.topic("scheme"))
        assert len(list(page.by_id(SCHEME).iter("button"))) == buttons


def test_two_employers_with_the_same_answer_have_their_own_files(
    world: World,
    signed_in: Callable[[Person], Someone],
    alice: Someone,
    at: Addresses,
) -> None:
    store = world.as_(None).store
    with store.writing():
        # The same kind of employer, so that only the files tell the two apart.
        facts = (NORTHMERE.nation, NORTHMERE.employer_type)
        store.run("UPDATE employers SET nation = ?, employer_type = ?", *facts)
    charlie, southmeres = signed_in(CHARLIE), f"/assessments/{world.southmeres.id}"
    files = {"agreed-scheme.files": [("a.txt", b"One")]}
    typed = {"agreed-scheme": "1"}
    alice.submit(alice.get(at.topic("scheme")), typed, files=files)
    charlie.submit(charlie.get(f"{southmeres}/topics/scheme"), typed, files=files)
    for someone, tasks in ((alice, at.tasks), (charlie, southmeres)):
        address = someone.get(f"{tasks}/topics/scheme").links["a.txt"]
        assert address.startswith(f"{tasks}/files/")
        assert someone.get(address).content == b"One"


def test_when_too_many_are_kept_they_begin_anew(app: Flask, alice: Someone, at: Addresses) -> None:
    kept = app.extensions[EXTENSION]
    kept.update(dict.fromkeys(range(MOST_KEPT), "of an old visit"))
    words = alice.get(at.topic("scheme")).words
    assert len(kept) == 3
    assert alice.get(at.topic("scheme")).words == words


def test_a_draft_far_over_the_limit_is_shown_but_not_kept(
    app: Flask, alice: Someone, at: Addresses
) -> None:
    long = "words " * LONGEST_KEPT
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme.evidence": long}, status=422)
    page = alice.get(at.topic("scheme"))
    assert long.strip() in page.fields("Save")["agreed-scheme.evidence"][0]
    assert all(len(block) <= LONGEST_KEPT for block in app.extensions[EXTENSION].values())

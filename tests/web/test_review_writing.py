"""Writing on a question of a submission: words, BASW's rating, change requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import review_steps
from tests import reviewing
from tests.reviewing import RHONA, ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone


@pytest.fixture
def rhona(signed_in: Callable[[Person], Someone], world: World) -> Someone:
    reviewing.with_basw(world)
    return signed_in(RHONA)


@pytest.fixture
def review(world: World) -> str:
    return f"/basw/reviews/{world.northmeres.id}"


def question(review: str, question_id: str = "agreed-scheme") -> str:
    return f"{review}/questions/{question_id}"


def begin(world: World) -> None:
    reviewing.submit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("COMMENT", "Comment"), ("GOOD_PRACTICE", "Good practice"), ("PRIVATE_NOTE", "Private note")],
)
def test_words_are_written_on_a_question_and_taken_out(
    rhona: Someone, world: World, review: str, kind: str, words: str
) -> None:
    begin(world)
    typed = {"kind": kind, "text": "Well <b>argued</b>."}
    page = rhona.get(question(review))
    page = rhona.follow(rhona.submit(page, typed, "Save the words"))
    assert f"{words} Well <b>argued</b>." in page.words
    page = rhona.follow(rhona.submit(page, {}, "Take out"))
    assert page.messages == ["It is taken out."]
    assert ledger(world).is_empty


@pytest.mark.parametrize(
    ("button", "typed", "field", "sentence"),
    [
        ("Save the words", {}, "kind", "Choose what you are writing."),
        ("Save the words", {"kind": "COMMENT"}, "text", "Write something first."),
        ("Save BASW’s rating", {"reason": "Why"}, "level", "Choose the rating that BASW gives."),
        ("Save BASW’s rating", {"level": "1"}, "reason", "Give a reason."),
        ("Save the change request", {}, "change", "Say what should change, and why."),
    ],
)
def test_what_is_missing_is_said_at_its_field(  # noqa: PLR0913, PLR0917 - fixtures
    rhona: Someone,
    world: World,
    review: str,
    button: str,
    typed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    begin(world)
    page = rhona.submit(rhona.get(question(review)), typed, button, status=422)
    assert page.errors == [(field, sentence)]
    assert page.title.startswith("Error: ")
    assert ledger(world).is_empty


def test_basws_rating_stands_beside_the_employers(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    typed = {"level": "1", "reason": "Half of the teams only."}
    page = rhona.follow(rhona.submit(rhona.get(question(review)), typed, "Save BASW’s rating"))
    assert "Self-assessed 2. In place" in page.words
    assert "BASW’s rating 1. Partly in place Half of the teams only." in page.words
    scores = rhona.get(review).of_class("govuk-table")[0]
    assert "56 out of 100" in "".join(scores.itertext())
    withdrawn = {"reason": "Seen them all."}
    page = rhona.follow(rhona.submit(page, withdrawn, "Withdraw BASW’s rating"))
    assert "By BASW: 1. Partly in place (withdrawn by BASW)" in page.words
    assert ledger(world).in_force == {}


def test_a_request_not_ended_is_named_before_acceptance(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    reviewing.ask(world)
    page = rhona.get(f"{review}/accept")
    assert "1 change request has not ended." in page.words
    assert not page.of_class("govuk-button")
    page = rhona.get(
        page.links[
            "Change request 1, on 1.1 A scheme is agreed with the Director of Children's Services."
        ].partition("#")[0]
    )
    page = rhona.follow(rhona.submit(page, {}, "Take out"))
    assert page.messages == ["The change request is taken out."]


def test_there_is_nothing_to_send_without_a_request(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    assert "There is nothing to send" in rhona.get(f"{review}/send").words


def test_a_button_without_its_question_leads_back_to_the_review(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    reviewing.ask(world)
    page = rhona.get(question(review))
    assert rhona.submit(page, {"question": "of-nobody"}, "Take out").leads_to == review

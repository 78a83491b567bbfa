"""The employer's side of a review: nothing before it is sent, then everything but private notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.reviews import RemarkKind
from healthcheck.services import reviews
from healthcheck.services.requests import answer, sent_review
from healthcheck.services.review_writing import moderate, remark
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.reviewing import RHONA, ledger

if TYPE_CHECKING:
    from tests.people import World


def write(world: World) -> None:
    for kind in RemarkKind:
        remark(world.as_(RHONA), world.northmeres.id, "agreed-scheme", kind, kind.value)
    moderate(world.as_(RHONA), world.northmeres.id, "agreed-scheme", "1", "Too high.")
    reviewing.ask(world)


def test_the_employer_sees_nothing_until_the_review_is_sent(world: World) -> None:
    reviewing.start(world)
    assert sent_review(world.as_(VERA), world.northmeres.id).ledger.is_empty
    write(world)
    assert sent_review(world.as_(VERA), world.northmeres.id).ledger.is_empty
    reviewing.ask_and_send(world)
    seen = sent_review(world.as_(VERA), world.northmeres.id).ledger
    assert [each.kind for each in seen.remarks] == [RemarkKind.COMMENT, RemarkKind.GOOD_PRACTICE]
    assert [each.level for each in seen.moderations] == [1]
    assert [each.number for each in seen.requests] == [1, 2]


def test_before_anything_is_submitted_there_is_nothing_to_see(world: World) -> None:
    found = sent_review(world.as_(ALICE), world.northmeres.id)
    assert (found.journey, found.ledger.is_empty) == (None, True)


@pytest.mark.parametrize("person", [ALICE, BOB], ids=lambda person: person.id)
def test_a_request_is_answered_and_may_be_answered_anew(world: World, person: object) -> None:
    del person
    reviewing.start(world)
    request_id = reviewing.ask_and_send(world)
    answer(world.as_(ALICE), world.northmeres.id, request_id, "Done.")
    answer(world.as_(BOB), world.northmeres.id, request_id, "Done on page 2.")
    (kept,) = ledger(world).requests
    assert (kept.answer, kept.answered_by, kept.status) == (
        "Done on page 2.",
        BOB.name,
        "Answered",
    )
    assert reviews.unanswered_requests(world.as_(ALICE), world.northmeres.id) == ()


def test_the_health_check_is_not_sent_again_before_every_request_is_answered(
    world: World,
) -> None:
    reviewing.start(world)
    reviewing.ask(world, "fair-allocation")
    request_id = reviewing.ask_and_send(world)
    with pytest.raises(NotReadyError, match=r"have no answer yet: 1, 2\.$"):
        reviewing.sign(world)
    answer(world.as_(ALICE), world.northmeres.id, request_id, "Done.")
    with pytest.raises(NotReadyError, match=r"have no answer yet: 1\.$"):
        reviewing.sign(world)
    answer(world.as_(ALICE), world.northmeres.id, ledger(world).requests[0].id, "Done too.")
    reviewing.sign(world)
    assert not sent_review(world.as_(ALICE), world.northmeres.id).may_answer


def test_an_answer_says_something(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.ask_and_send(world)
    with pytest.raises(UnacceptableDetailsError, match="Say what you did"):
        answer(world.as_(ALICE), world.northmeres.id, request_id, " ")


def test_who_may_not_answer_is_refused(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.ask_and_send(world)
    with pytest.raises(NotAllowedError, match="change requests"):
        answer(world.as_(VERA), world.northmeres.id, request_id, "Done.")
    for person in (CHARLIE, RHONA):
        with pytest.raises((NotFoundError, NotAllowedError)):
            answer(world.as_(person), world.northmeres.id, request_id, "Done.")
        with pytest.raises(NotFoundError):
            sent_review(world.as_(person), world.northmeres.id)
    with pytest.raises(NotFoundError):
        answer(world.as_(CHARLIE), world.southmeres.id, request_id, "Done.")
    assert ledger(world).requests[0].answer == ""


def test_a_request_that_was_not_sent_cannot_be_answered(world: World) -> None:
    reviewing.start(world)
    reviewing.ask(world)
    unsent = ledger(world).requests[0].id
    with pytest.raises(StepRefusedError, match="not open to changes"):
        answer(world.as_(ALICE), world.northmeres.id, unsent, "Done.")


def test_after_sending_again_a_request_cannot_be_answered(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.resubmit(world)
    with pytest.raises(StepRefusedError, match="not open to changes"):
        answer(world.as_(ALICE), world.northmeres.id, request_id, "Something else.")
    assert not sent_review(world.as_(ALICE), world.northmeres.id).may_answer

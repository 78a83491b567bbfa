"""What a reviewer writes, when it can be written, and that a private note never leaves BASW."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import (
    NotFoundError,
    NotReadyError,
    UnacceptableDetailsError,
)
from healthcheck.core.reviews import LONGEST_TEXT, Outcome, RemarkKind
from healthcheck.services import requests, review_steps, reviews
from healthcheck.services.review_writing import (
    end_request,
    moderate,
    remark,
    remove_remark,
    remove_request,
    request_change,
    withdraw_moderation,
)
from healthcheck.storage import events
from tests import reviewing
from tests.people import ALICE
from tests.reviewing import REMI, RHONA, ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.services.context import Context
    from tests.people import World

    Write = Callable[[Context, str], None]

pytestmark = pytest.mark.slow

COMMENT, PRIVATE = RemarkKind.COMMENT, RemarkKind.PRIVATE_NOTE
WRITES: dict[str, Write] = {
    "comment": lambda ctx, id_: remark(ctx, id_, "agreed-scheme", COMMENT, "Good."),
    "moderate": lambda ctx, id_: moderate(ctx, id_, "agreed-scheme", "1", "Too high."),
    "withdraw": lambda ctx, id_: withdraw_moderation(ctx, id_, "agreed-scheme", "A mistake."),
    "ask": lambda ctx, id_: request_change(ctx, id_, "agreed-scheme", "Attach it."),
    "take out": lambda ctx, id_: remove_request(ctx, id_, "of-nobody"),
    "end": lambda ctx, id_: end_request(ctx, id_, "of-nobody", "met", "Done."),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_only_who_has_claimed_the_review_writes_and_only_in_review(
    world: World, write: Write
) -> None:
    reviewing.start(world)
    with pytest.raises(NotReadyError, match=r"^Rhona Reviewer has claimed this review"):
        write(world.as_(REMI), world.northmeres.id)
    reviewing.ask_and_send(world)
    with pytest.raises(NotReadyError, match="is “Changes requested”"):
        write(world.as_(RHONA), world.northmeres.id)
    reviews.release(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(NotReadyError, match=r"^Nobody has claimed this review"):
        write(world.as_(RHONA), world.northmeres.id)


def test_a_remark_is_kept_with_who_wrote_it_on_which_version(world: World) -> None:
    reviewing.start(world)
    remark(world.as_(RHONA), world.northmeres.id, "quiet-space", COMMENT, "  Why\r\nnot? ")
    (kept,) = ledger(world).remarks
    assert (kept.question_id, kept.text, kept.by) == ("quiet-space", "Why\nnot?", RHONA.name)
    assert (kept.version, kept.at, kept.sent_at) == (1, world.clock.now, None)
    remove_remark(world.as_(RHONA), world.northmeres.id, kept.id)
    assert ledger(world).is_empty


def test_a_private_note_can_be_written_after_the_review_was_sent(world: World) -> None:
    reviewing.start(world)
    reviewing.ask_and_send(world)
    remark(world.as_(RHONA), world.northmeres.id, "agreed-scheme", PRIVATE, "Ask the union.")
    review = ledger(world)
    assert [each.text for each in review.private] == ["Ask the union."]
    assert review.as_sent().remarks == ()


def test_a_private_note_leaves_no_event_and_is_never_sent(world: World) -> None:
    reviewing.start(world)
    store = world.as_(None).store
    before = events.of(store, world.northmeres.id)
    remark(world.as_(RHONA), world.northmeres.id, "agreed-scheme", PRIVATE, "Ask the union.")
    assert events.of(store, world.northmeres.id) == before
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    assert [each.sent_at for each in ledger(world).private] == [None]


def test_what_was_sent_cannot_be_taken_out(world: World) -> None:
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    remark(rhona, id_, "agreed-scheme", COMMENT, "Good.")
    request_id = reviewing.ask_and_send(world)
    with pytest.raises(NotFoundError, match="or it was sent already"):
        remove_remark(rhona, id_, ledger(world).remarks[0].id)
    reviewing.save(world, "scheme", {"protected-caseloads": Entry(("2",))})
    requests.answer(world.as_(ALICE), id_, request_id, "Here it is.")
    reviewing.sign(world)
    review_steps.start(rhona, id_)
    with pytest.raises(NotFoundError, match="or it was sent already"):
        remove_request(rhona, id_, request_id)


def test_a_request_that_was_not_sent_can_be_taken_out(world: World) -> None:
    reviewing.start(world)
    reviewing.ask(world)
    remove_request(world.as_(RHONA), world.northmeres.id, ledger(world).requests[0].id)
    assert ledger(world).requests == ()


def test_moderated_ratings_have_a_history(world: World) -> None:
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    moderate(rhona, id_, "agreed-scheme", "1", "Too high.")
    moderate(rhona, id_, "agreed-scheme", "0", "Far too high.")
    assert ledger(world).in_force["agreed-scheme"].level == 0
    withdraw_moderation(rhona, id_, "agreed-scheme", "Seen the scheme now.")
    assert ledger(world).in_force == {}
    assert [(each.level, each.reason) for each in ledger(world).moderations] == [
        (1, "Too high."),
        (0, "Far too high."),
        (None, "Seen the scheme now."),
    ]
    with pytest.raises(NotFoundError, match="no moderated rating to withdraw"):
        withdraw_moderation(rhona, id_, "agreed-scheme", "Again.")


def test_a_rating_that_was_set_aside_can_be_moderated_and_then_counts(world: World) -> None:
    reviewing.start(world)
    moderate(world.as_(RHONA), world.northmeres.id, "quiet-space", "3", "There is one in town.")
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert (found.self_assessed.areas[1].score, found.moderated.areas[1].score) == (None, 100)


@pytest.mark.parametrize(
    ("question_id", "level", "reason", "refusal"),
    [
        ("agreed-scheme", "", "Too high.", "Choose the rating"),
        ("agreed-scheme", "9", "Too high.", "Choose the rating"),
        ("agreed-scheme", "1", " ", "Give a reason"),
        ("employs-new", "1", "Too high.", "Only a rating"),
    ],
)
def test_a_moderated_rating_needs_a_level_and_a_reason(
    world: World, question_id: str, level: str, reason: str, refusal: str
) -> None:
    reviewing.start(world)
    with pytest.raises(UnacceptableDetailsError, match=refusal):
        moderate(world.as_(RHONA), world.northmeres.id, question_id, level, reason)
    assert ledger(world).is_empty


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_TEXT + 1)])
def test_words_are_neither_blank_nor_endless(world: World, text: str) -> None:
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    with pytest.raises(UnacceptableDetailsError):
        remark(rhona, id_, "agreed-scheme", COMMENT, text)
    with pytest.raises(UnacceptableDetailsError):
        request_change(rhona, id_, "agreed-scheme", text)
    assert ledger(world).is_empty


def test_a_question_that_was_not_submitted_cannot_be_written_on(world: World) -> None:
    reviewing.start(world)
    with pytest.raises(NotFoundError, match="no such question"):
        remark(world.as_(RHONA), world.northmeres.id, "of-nobody", COMMENT, "Good.")


@pytest.mark.parametrize("outcome", Outcome)
def test_a_request_ends_once_with_a_note(world: World, outcome: Outcome) -> None:
    reviewing.start(world)
    request_id = reviewing.resubmit(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    review_steps.start(rhona, id_)
    with pytest.raises(UnacceptableDetailsError, match="Choose how"):
        end_request(rhona, id_, request_id, "forgotten", "Note.")
    with pytest.raises(UnacceptableDetailsError, match="in a note"):
        end_request(rhona, id_, request_id, outcome.value, "")
    end_request(rhona, id_, request_id, outcome.value, "Read again.")
    (ended,) = ledger(world).requests
    assert (ended.outcome, ended.outcome_note, ended.ended_by) == (
        outcome,
        "Read again.",
        RHONA.name,
    )
    assert (ended.answer, ended.answered_by) == ("We lowered the rating.", ALICE.name)
    with pytest.raises(NotFoundError, match="has ended already"):
        end_request(rhona, id_, request_id, "met", "Again.")


def test_a_note_needs_a_submission_to_be_about(world: World) -> None:
    reviewing.with_basw(world)
    reviews.claim(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(NotFoundError, match="Nothing has been submitted yet"):
        remark(world.as_(RHONA), world.northmeres.id, "agreed-scheme", PRIVATE, "Early.")

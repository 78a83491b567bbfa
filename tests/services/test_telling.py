from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.steps import Step
from healthcheck.services import reviews, sign_off
from tests import plans, reviewing
from tests.people import ALICE
from tests.reviewing import ADA, OLIVE, RHONA

if TYPE_CHECKING:
    from tests.people import World


@pytest.fixture(name="reviewed")
def northmeres_in_review(world: World) -> World:
    reviewing.start(world)
    return world


def told(world: World) -> list[tuple[str, str]]:
    """Return the kinds and receivers of the messages since the review began."""
    rows = world.as_(None).store.rows(
        "SELECT kind, recipient FROM messages WHERE kind NOT IN ('READY_FOR_SIGN_OFF', 'SUBMITTED')"
        " ORDER BY number"
    )
    return [(kind, recipient) for kind, recipient in rows]


def test_the_reviewer_is_told_of_a_wish_to_reopen(reviewed: World) -> None:
    sign_off.take(reviewed.as_(ALICE), reviewed.northmeres.id, Step.ASK_TO_REOPEN, "A mistake.")
    assert told(reviewed) == [("ASKED_TO_REOPEN", RHONA.email)]


def test_administrators_are_told_while_nobody_reviews(reviewed: World) -> None:
    reviews.release(reviewed.as_(RHONA), reviewed.northmeres.id)
    sign_off.take(reviewed.as_(ALICE), reviewed.northmeres.id, Step.ASK_TO_REOPEN, "A mistake.")
    assert told(reviewed) == [("ASKED_TO_REOPEN", ADA.email)]


@pytest.mark.parametrize(
    ("step", "kind"), [(Step.REOPEN, "REOPENED"), (Step.WITHDRAW, "WITHDRAWN")]
)
def test_the_employer_is_told_what_basw_does(reviewed: World, step: Step, kind: str) -> None:
    sign_off.take(reviewed.as_(RHONA), reviewed.northmeres.id, step, "As you asked.")
    assert told(reviewed) == [(kind, ALICE.email), (kind, OLIVE.email)]


def test_the_reviewer_is_told_of_a_resubmission(reviewed: World) -> None:
    reviewing.resubmit(reviewed)
    assert ("RESUBMITTED", RHONA.email) in told(reviewed)


def test_taking_back_is_told_to_nobody(world: World) -> None:
    reviewing.with_basw(world)
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(world, topic, answers)
    plans.settle(world.as_(ALICE), world.northmeres.id)
    sign_off.send(world.as_(ALICE), world.northmeres.id, reviewing.CONSULTATION)
    sign_off.take(world.as_(ALICE), world.northmeres.id, Step.TAKE_BACK)
    assert told(world) == []

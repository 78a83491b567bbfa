"""Quarters, and how far a review of a plan has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from healthcheck.core.plans import Delivery
from healthcheck.core.quarterly_reviews import (
    Outcome,
    Review,
    in_words,
    next_review,
    quarter,
    standing,
)
from tests.plan_made import action

REVIEW = Review("r", "check", "2026-Q4", datetime(2026, 11, 23, 9, tzinfo=UTC), "Alice")
PLAN = (
    action(1, due=date(2026, 12, 3)),
    action(2, due=date(2026, 12, 1)),
    action(3, due=date(2026, 12, 2)),
    action(4, delivery=Delivery.COMPLETE),
)


def taken(**outcomes: Outcome) -> Review:
    named = {each.replace("_", "-"): outcome for each, outcome in outcomes.items()}
    return replace(REVIEW, outcomes=named)


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [
        (date(2026, 1, 1), "2026-Q1", "January to March 2026"),
        (date(2026, 6, 30), "2026-Q2", "April to June 2026"),
        (date(2026, 7, 1), "2026-Q3", "July to September 2026"),
        (date(2026, 12, 31), "2026-Q4", "October to December 2026"),
    ],
)
def test_a_quarter_has_a_name_and_words(day: date, name: str, words: str) -> None:
    assert quarter(day) == name
    assert in_words(name) == words


def test_an_action_comes_up_again_after_a_quarter() -> None:
    assert next_review(date(2026, 11, 23)) == date(2027, 2, 22)


def test_open_actions_come_up_one_by_one_the_earliest_due_first() -> None:
    begun = standing(PLAN, REVIEW)
    assert (begun.now, begun.number, begun.done, begun.of) == (PLAN[1], 1, 0, 3)

    second = standing(PLAN, taken(action_2=Outcome.CHANGED))
    assert (second.now, second.number, second.done, second.of) == (PLAN[2], 2, 1, 3)


def test_what_was_left_for_later_comes_up_at_the_end() -> None:
    found = standing(PLAN, taken(action_2=Outcome.LATER))
    assert (found.now, found.done, found.later) == (PLAN[2], 0, 1)
    last = standing(
        PLAN, taken(action_2=Outcome.LATER, action_3=Outcome.SAME, action_1=Outcome.SAME)
    )
    assert (last.now, last.number, last.later) == (PLAN[1], 3, 1)


def test_an_action_completed_in_the_review_was_done_and_a_new_one_comes_up() -> None:
    done = taken(action_1=Outcome.SAME, action_2=Outcome.SAME, action_4=Outcome.CHANGED)
    found = standing(PLAN, done)
    assert (found.now, found.done, found.of) == (PLAN[2], 3, 4)
    over = standing(PLAN, taken(**{f"action_{n}": Outcome.SAME for n in (1, 2, 3)}))
    assert (over.now, over.number, over.of) == (None, 3, 3)
    added = standing((*PLAN, action(5)), taken(**{f"action_{n}": Outcome.SAME for n in (1, 2, 3)}))
    assert added.now == action(5)

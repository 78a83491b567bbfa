"""Which actions' owners are reminded on a day, and what the reasons are called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from healthcheck.core.plan_reminders import due_today
from healthcheck.core.plans import Delivery
from tests.plan_made import action

DUE = date(2026, 11, 30)


def reasons(
    today: date,
    due: date | None = DUE,
    review: date | None = None,
    delivery: Delivery = Delivery.ON_TRACK,
) -> tuple[str, ...]:
    found = due_today(action(due=due, review=review, delivery=delivery), today)
    return found.reasons if found else ()


@pytest.mark.parametrize(
    ("days_left", "name"),
    [
        (15, ""),
        (14, "due-14"),
        (8, "due-14"),
        (7, ""),
        (2, ""),
        (1, "due-1"),
        (0, "due-1"),
        (-1, "overdue-1"),
        (-7, "overdue-1"),
        (-8, "overdue-2"),
        (-700, "overdue-100"),
    ],
)
def test_an_owner_is_reminded_14_and_1_days_before_and_weekly_after(
    days_left: int, name: str
) -> None:
    assert reasons(DUE - timedelta(days_left)) == ((f"{name} 2026-11-30",) if name else ())


def test_an_action_that_ended_or_has_no_date_reminds_nobody() -> None:
    assert reasons(DUE, delivery=Delivery.COMPLETE) == ()
    assert reasons(DUE, delivery=Delivery.CANCELLED) == ()
    assert reasons(DUE, due=None) == ()


@pytest.mark.parametrize(("days", "is_due"), [(-1, False), (0, True), (6, True), (7, False)])
def test_the_day_of_its_review_is_a_reason_too(days: int, *, is_due: bool) -> None:
    review = DUE - timedelta(60)
    found = reasons(review + timedelta(days), review=review)
    assert found == (("review 2026-10-01",) if is_due else ())


def test_each_owner_and_each_date_is_a_reason_of_its_own() -> None:
    found = due_today(action(7, due=DUE, review=DUE), DUE)
    assert found is not None
    assert found.keys("tom") == (
        "due-1 2026-11-30 action-7 tom",
        "review 2026-11-30 action-7 tom",
    )


def test_an_action_is_said_on_one_line() -> None:
    words = "Agree\na scheme " + "x" * 200
    both = due_today(action(7, due=DUE, review=DUE, action=words), DUE)
    review = due_today(action(3, review=DUE), DUE)
    late = due_today(action(4, due=DUE), DUE + timedelta(3))
    assert both is not None
    assert review is not None
    assert late is not None
    assert both.words(DUE) == f"A7 Agree a scheme {'x' * 105}… (Due today, to be reviewed)"
    assert review.words(DUE) == "A3 Do thing 3. (to be reviewed)"
    assert late.words(DUE + timedelta(3)) == "A4 Do thing 4. (Overdue by 3 days)"

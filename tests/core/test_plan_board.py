"""The board: groups in their order, counts, and dates in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from healthcheck.core.plan_board import Grouping, counts, grouped, when
from healthcheck.core.plans import Delivery, Owner
from tests.plan_made import NOBODY, action

TODAY = date(2026, 11, 23)
AREAS = {"workload": "Workload", "tools": "The right tools"}
DONE = Delivery.COMPLETE
PLAN = (
    action(1, due=TODAY - timedelta(1), owner=Owner("Tom Reed"), area_id="tools"),
    action(2, due=TODAY, owner=Owner("tom  reed"), area_id="workload"),
    action(3, due=TODAY + timedelta(8), owner=NOBODY),
    action(4, due=TODAY + timedelta(31), owner=Owner("Ana Silva"), area_id="gone"),
    action(5, due=TODAY + timedelta(91), owner=Owner("Ana Silva"), area_id="tools"),
    action(6, owner=NOBODY, delivery=Delivery.AT_RISK),
    action(7, due=TODAY - timedelta(9), owner=Owner("Ana Silva"), delivery=DONE),
)


def titles(by: Grouping) -> list[tuple[str, list[int]]]:
    found = grouped(PLAN, by, TODAY, lambda each: each.area_id or "", AREAS)
    return [(group.title, [each.number for each in group.actions]) for group in found]


def test_owners_come_by_name_and_nobody_last() -> None:
    assert titles(Grouping.OWNER) == [
        ("Ana Silva", [4, 5, 7]),
        ("Tom Reed", [1, 2]),
        ("Nobody yet", [3, 6]),
    ]


def test_areas_come_as_in_the_questionnaire() -> None:
    assert titles(Grouping.AREA) == [
        ("Workload", [2]),
        ("The right tools", [1, 5]),
        ("Not in one area", [3, 4, 6, 7]),
    ]


def test_due_dates_come_from_the_most_pressing() -> None:
    assert titles(Grouping.DUE) == [
        ("Overdue", [1]),
        ("Due in the next 7 days", [2]),
        ("Due in the next 30 days", [3]),
        ("Due in the next 90 days", [4]),
        ("Later", [5]),
        ("No due date", [6]),
        ("Complete or cancelled", [7]),
    ]


def test_statuses_come_from_the_most_pressing() -> None:
    assert titles(Grouping.STATUS) == [
        ("At risk", [6]),
        ("On track", [1, 2, 3, 4, 5]),
        ("Complete", [7]),
    ]


def test_everything_is_counted_and_what_nobody_has_as_0() -> None:
    found = counts(PLAN, TODAY)
    assert (found.all, found.open, found.overdue, found.without_date) == (7, 6, 1, 1)
    assert [many for _, many in found.by_delivery] == [5, 1, 0, 1, 0]
    assert counts((), TODAY).all == 0
    gone_on = counts(PLAN, TODAY, {each.id for each in PLAN})
    assert (gone_on.all, gone_on.open, gone_on.overdue, gone_on.without_date) == (7, 0, 0, 0)
    assert gone_on.by_delivery == found.by_delivery


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1000, "Overdue by 1,000 days"),
        (-2, "Overdue by 2 days"),
        (-1, "Overdue by 1 day"),
        (0, "Due today"),
        (1, "Due tomorrow"),
        (2, "Due in 2 days"),
    ],
)
def test_a_due_date_is_said_in_words(days: int, words: str) -> None:
    assert when(action(due=TODAY + timedelta(days)), TODAY) == words


def test_what_ended_or_has_no_date_has_no_words() -> None:
    assert not when(action(), TODAY)
    assert not when(action(due=TODAY, delivery=Delivery.CANCELLED), TODAY)

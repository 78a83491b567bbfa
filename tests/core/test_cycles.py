from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from healthcheck.core.cycles import (
    GOES_ON_AFTER_CLOSING,
    Cycle,
    Problem,
    Stage,
    beginning_now,
    date_problems,
    is_overdue,
    name_problem,
    refusal,
    stage,
)
from healthcheck.core.steps import HAS_SUBMITTED, State

CYCLE = Cycle("c", "check", "2027", "2027", date(2027, 4, 1), date(2027, 9, 30), date(2027, 12, 1))
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (CYCLE.opens - A_DAY, Stage.NOT_OPEN),
        (CYCLE.opens, Stage.OPEN),
        (CYCLE.closes, Stage.OPEN),
        (CYCLE.closes + A_DAY, Stage.CLOSED),
    ],
)
def test_a_cycle_is_open_from_its_first_day_through_its_last(today: date, expected: Stage) -> None:
    assert stage(CYCLE, today) is expected


@pytest.mark.parametrize("state", State)
def test_what_was_not_submitted_is_overdue_the_day_after_its_deadline(state: State) -> None:
    is_late = state not in HAS_SUBMITTED and state is not State.WITHDRAWN
    assert is_overdue(state, CYCLE.due, CYCLE.due + A_DAY) is is_late
    assert is_overdue(state, CYCLE.due, CYCLE.due) is False


@pytest.mark.parametrize("name", ["2027", "2027-28", "Spring-2027", "a" * 20])
def test_a_cycle_is_named_in_letters_figures_and_hyphens(name: str) -> None:
    assert name_problem(name) == ""


@pytest.mark.parametrize("name", ["", "20 27", "2027/28", "-2027", "2027-", "a" * 21, "٢٠٢٧", "é"])
def test_a_name_that_cannot_stand_in_an_address_is_refused(name: str) -> None:
    assert name_problem(name).startswith("Enter the year, such as 2027 or 2027-28")


def test_dates_may_all_be_the_same_day() -> None:
    assert date_problems(CYCLE.due, CYCLE.due, CYCLE.due) == ()


def test_dates_out_of_order_are_each_named() -> None:
    assert date_problems(date(2027, 5, 1), date(2027, 4, 1), date(2027, 3, 1)) == (
        Problem("due", "The deadline must be on or after 1 May 2027, the opening."),
        Problem("closes", "The cycle must close on or after 1 April 2027, its due day."),
    )


def test_a_year_beyond_all_reason_is_refused() -> None:
    (problem,) = date_problems(CYCLE.opens, CYCLE.due, date(2200, 1, 1))
    assert problem == Problem("closes", "The year must be 2199 or earlier.")


@pytest.mark.parametrize("state", State)
def test_nothing_can_be_saved_before_a_cycle_opens(state: State) -> None:
    assert refusal(CYCLE, state, CYCLE.opens - A_DAY).startswith(
        "The 2027 cycle opens on 1 April 2027."
    )


@pytest.mark.parametrize("state", State)
def test_after_it_closes_only_those_go_on_who_were_asked_for_more(state: State) -> None:
    said = refusal(CYCLE, state, CYCLE.closes + A_DAY)
    if state in GOES_ON_AFTER_CLOSING:
        assert said == ""
    else:
        assert said.startswith("The 2027 cycle closed on 1 December 2027")
        assert "Ask BASW" in said
    assert refusal(CYCLE, state, CYCLE.closes) == ""


def test_a_cycle_made_for_one_health_check_is_open_and_closes_90_days_after_its_deadline() -> None:
    today = date(2027, 1, 5)
    made = beginning_now("check", "2027", "2027", CYCLE.due, today)
    assert made == replace(CYCLE, id="", opens=today, closes=date(2027, 12, 29))


def test_its_deadline_may_have_passed_or_be_absurd() -> None:
    late = beginning_now("check", "2027", "2027", CYCLE.due, date(2028, 1, 1))
    assert date_problems(late.opens, late.due, late.closes) == ()
    absurd = beginning_now("check", "2027", "2027", date.max, date(2027, 1, 1))
    assert [each.part for each in date_problems(absurd.opens, absurd.due, absurd.closes)] == [
        "closes"
    ]

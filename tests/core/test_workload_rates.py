"""Figures that hold from a day on: the right row, and an error where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from healthcheck.core.errors import NoRateError
from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.rates import Rate, Row, Standing

from .caseloads import AVAILABLE, DAY, HOURS, SINCE, WEIGHTED, case, scheme, team, worker


def test_a_later_row_replaces_an_earlier_one_from_its_day() -> None:
    ceiling = Rate(
        "ceiling",
        (
            Row(Fraction(10), SINCE, Standing.PUBLISHED),
            Row(Fraction(8), DAY, Standing.AGREED, source="Team meeting"),
        ),
    )
    chosen = scheme(replace(WEIGHTED, ceiling=ceiling))
    before = replace(team([worker()], []), taken_on=DAY - timedelta(1))

    assert calculate(chosen, before).of["ab"].capacity == 10
    assert calculate(chosen, team([worker()], [])).of["ab"].capacity == 8


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            Row(Fraction(1), date(2026, 11, 2), Standing.AGREED),
            "no ceiling for 1 November 2026: its first row is from 2 November 2026",
        ),
        (
            Row(Fraction(1), SINCE, Standing.AGREED, ends=date(2026, 10, 31)),
            "no ceiling for 1 November 2026: the row before that day ended on 31 October 2026",
        ),
    ],
)
def test_a_day_without_a_row_is_an_error(row: Row, words: str) -> None:
    chosen = scheme(replace(WEIGHTED, ceiling=Rate("ceiling", (row,))))

    with pytest.raises(NoRateError, match=words):
        calculate(chosen, team([worker()], []))


@pytest.mark.parametrize("rule", [WEIGHTED, HOURS, AVAILABLE])
def test_a_kind_that_came_later_stops_only_the_days_that_have_such_a_case(
    rule: w.WeightedCases | w.Hours | w.AvailablePoints,
) -> None:
    later = Rate("weight for new", (Row(Fraction(1), DAY + timedelta(1), Standing.AGREED),))
    chosen = scheme(replace(rule, kinds=(*rule.kinds, w.Kind("new", "New", later))))

    assert "weight for new" not in [
        each.name for each in calculate(chosen, team([worker()], [case("a")])).used
    ]
    with pytest.raises(NoRateError, match="no weight for new for 1 November 2026"):
        calculate(chosen, team([worker()], [case("a", kind="new")]))


def test_the_last_day_of_a_row_is_still_in_it() -> None:
    row = Row(Fraction(4), SINCE, Standing.AGREED, ends=DAY)

    assert Rate("ceiling", (row,)).on(DAY) is row

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NoRateError
from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.rates import Rate, Row, Standing
from healthcheck.core.workload.working import case_loads, working

from .caseloads import DAY, ELIGIBILITY, PRIORITY, SINCE, case, scheme, team, worker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.workload.snapshots import Case

CASES = [
    case("none", factors=frozenset()),
    case("legal", factors=frozenset({"legal"})),
    case("both", factors=frozenset({"alone", "legal"})),
    case("harm", factors=frozenset({"harm"})),
    case("all", factors=frozenset({"harm", "alone", "legal"})),
    case("unseen"),
]


def order_of(use: w.Use, cases: Sequence[Case] = CASES) -> list[tuple[int, str, str]]:
    result = calculate(scheme(PRIORITY), team([worker()], cases))
    (order,) = [each for each in result.orders if each.use is use]
    return [(each.place, each.case.id, each.reason) for each in order.places]


def test_allocated_cases_stand_most_pressing_first_with_the_reason() -> None:
    assert order_of(w.Use.ALLOCATED) == [
        (1, "unseen", "Not fully judged yet. The priority factors are not recorded."),
        (2, "all", "High: harm; alone; legal duty."),
        (3, "harm", "High: harm. That it has “harm” is enough for this level."),
        (4, "both", "Medium: alone; legal duty."),
        (5, "legal", "Low: legal duty."),
        (6, "none", "Low: none of the factors is there."),
    ]


def test_discharge_planning_looks_from_the_other_end() -> None:
    assert [name for _, name, _ in order_of(w.Use.DISCHARGE)] == [
        "none", "legal", "both", "harm", "all", "unseen"
    ]  # fmt: skip


def test_referrals_that_are_equal_stand_by_how_long_they_wait() -> None:
    alone = frozenset({"alone"})
    cases = [
        case("new", None, factors=alone, waiting_since=DAY),
        case("old", None, factors=alone, waiting_since=DAY - timedelta(40)),
        case("day", None, factors=alone, waiting_since=DAY - timedelta(1)),
        case("unsaid", None, factors=alone),
        case("held", factors=alone),
    ]
    assert order_of(w.Use.REFERRALS, cases) == [
        (1, "old", "Medium: alone. Waiting 40 days."),
        (2, "day", "Medium: alone. Waiting 1 day."),
        (3, "new", "Medium: alone. Waiting 0 days."),
        (4, "unsaid", "Medium: alone."),
    ]


def test_an_order_has_no_loads_and_says_what_is_not_judged() -> None:
    result = calculate(scheme(PRIORITY), team([worker()], CASES))

    assert (result.workers, result.team.capacity, result.unallocated.load) == ((), None, None)
    assert [(each.sentence, each.case_ids) for each in result.missing] == [
        ("The priority factors are not recorded.", ("unseen",))
    ]
    assert (result.team.cases, result.team.is_complete) == (6, False)
    assert [each.name for each in result.used] == [
        "points for harm", "points for alone", "points for legal"
    ]  # fmt: skip
    assert (case_loads(result, "ab"), working(result, "ab")) == ((), ())


def test_a_factor_that_the_scheme_does_not_have_is_named_and_the_rest_counts() -> None:
    result = calculate(
        scheme(PRIORITY), team([worker()], [case("a", factors=frozenset({"hram", "alone"}))])
    )

    assert result.orders[0].places[0].level == w.Level(
        "medium", "Medium", "Medium.", PRIORITY.levels[1].starts, PRIORITY.levels[1].ends
    )
    assert [each.sentence for each in result.missing] == [
        "“hram” is not a factor of this scheme, so it is not counted."
    ]


def test_eligibility_is_said_with_the_reason() -> None:
    cases = [
        case("today", None, judged={"urgency": "today"}),
        case("later", None, judged={"urgency": "later"}, factors=frozenset({"harm"})),
        case("unjudged", None),
        case("wrong", None, judged={"urgency": "soon"}),
    ]
    result = calculate(scheme(ELIGIBILITY), team([], cases))

    assert [(each.case.id, each.reason) for each in result.orders[0].places] == [
        ("unjudged", "Not fully judged yet. Urgency is not judged."),
        ("wrong", "Not fully judged yet. Urgency cannot be “soon” in this scheme."),
        ("today", "Help: urgency: today. Eligible."),
        ("later", "Advice: urgency: later. Not eligible at the agreed threshold."),
    ]
    assert [each.level and each.level.eligible for each in result.orders[0].places] == [
        None, None, True, False
    ]  # fmt: skip


def test_what_is_known_of_a_case_is_told_though_it_is_not_fully_judged() -> None:
    rule = replace(ELIGIBILITY, factors=PRIORITY.factors, levels=PRIORITY.levels)
    cases = [case("a", None, judged={"urgency": "today"})]
    (place,) = calculate(scheme(rule), team([], cases)).orders[0].places

    assert place.reason == (
        "Not fully judged yet. The priority factors are not recorded. So far: urgency: today."
    )
    assert place.points == 2


def test_what_an_order_leaves_out_need_not_be_judged() -> None:
    result = calculate(scheme(ELIGIBILITY), team([worker()], [case("held")]))

    assert (result.orders[0].places, result.missing) == ((), ())
    rule = replace(PRIORITY, uses=(w.Use.DISCHARGE,))
    assert calculate(scheme(rule), team([], [case("waits", None)])).missing == ()


def test_a_factor_that_is_no_longer_used_stops_only_the_days_that_need_it() -> None:
    gone = Row(Fraction(1), SINCE, Standing.AGREED, ends=DAY - timedelta(1))
    rule = replace(
        PRIORITY,
        factors=(*PRIORITY.factors, w.Factor("old", "Old", Rate("points for old", (gone,)))),
    )
    with_it = team([worker()], [case("a", factors=frozenset({"old"}))])

    assert calculate(scheme(rule), team([worker()], CASES)).orders
    with pytest.raises(NoRateError, match="no points for old for 1 November 2026"):
        calculate(scheme(rule), with_it)


def test_a_day_without_points_is_an_error() -> None:
    snapshot = replace(team([], []), taken_on=SINCE - timedelta(1))

    with pytest.raises(NoRateError, match="no points for harm for 31 December 2025"):
        calculate(scheme(PRIORITY), snapshot)

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.lights import percentage_in_words
from healthcheck.core.workload.rates import Row, Standing
from healthcheck.core.workload.results import Missing, Result, Used
from healthcheck.core.workload.snapshots import Reduction

from .caseloads import (
    AVAILABLE,
    CAPACITY,
    COUNT,
    DAY,
    DUTIES,
    HOURS,
    LIGHTS,
    OTHER,
    POINTS,
    RISK,
    SINCE,
    TIME,
    WEIGHTED,
    case,
    rate,
    scheme,
    scored,
    team,
    told,
    worker,
)


def light_of(result: Result, name: str = "ab") -> str | None:
    found = result.of[name].light
    return None if found is None else found.id


@pytest.mark.parametrize(
    ("hours", "percentage", "light"),
    [
        (0, "0", "blue"),
        ("132.9", "94.93", "blue"),
        (133, "95", "green"),
        ("139.9", "99.93", "green"),
        (140, "100", "amber"),
        ("153.9", "109.93", "amber"),
        (154, "110", "red"),
        (160, "114.29", "red"),
    ],
)
def test_lights_are_exact_at_their_boundaries(
    hours: int | str, percentage: str, light: str
) -> None:
    result = calculate(scheme(HOURS), team([worker()], [case("c", hours=Fraction(hours))]))

    assert light_of(result) == light
    exact = result.of["ab"].percentage
    assert exact is not None
    assert abs(exact - Fraction(percentage)) < Fraction(1, 200)


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (Fraction(800, 7), "114%"),
        (Fraction(189, 2), "94.5%"),
        (Fraction(469, 5), "94%"),
        (Fraction("99.6"), "99.6%"),
        (Fraction("99.96"), "99.96%"),
        (Fraction("109.9996"), "just under 110%"),
        (Fraction(110), "110%"),
        (Fraction("1234.5"), "1,235%"),
    ],
)
def test_rounding_never_makes_a_percentage_look_like_another_light(
    percentage: Fraction, words: str
) -> None:
    assert percentage_in_words(percentage, LIGHTS) == words


def test_without_lights_a_percentage_is_rounded_half_up() -> None:
    assert percentage_in_words(Fraction("99.5"), None) == "100%"


def test_points_are_added_with_those_of_the_worker_and_unagreed_scores_are_counted() -> None:
    agreed = replace(scored("a", 5, 10), agreed_by_supervisor=True, agreed_by_worker=True)
    half = replace(scored("b", "1/2", "3/2"), agreed_by_supervisor=True)
    result = calculate(
        scheme(POINTS), team([worker(scores={"other": Fraction(7)})], [agreed, half])
    )

    found = result.of["ab"]
    assert found.load == 5 + 10 + Fraction(1, 2) + Fraction(3, 2) + 7
    assert (found.cases, found.unagreed, found.is_complete) == (2, 1, True)
    assert found.spare == 100 - 24


def test_a_score_that_is_missing_or_off_its_scale_is_named_and_not_counted() -> None:
    cases = [
        scored("a", 6, 4),
        scored("b", "11/2", 4),
        case("c", scores={"risk": Fraction(3)}),
    ]
    result = calculate(scheme(POINTS), team([worker()], cases))

    assert result.of["ab"].load == 4 + 4 + 3
    assert not result.of["ab"].is_complete
    assert result.missing == (
        Missing(
            "“Risk” is scored outside 0 to 5, so the score is not counted.", ("ab",), ("a", "b")
        ),
        Missing("“Time” has no score, so it is not counted.", ("ab",), ("c",)),
    )


def test_points_of_a_worker_are_held_against_their_scale_where_there_is_one() -> None:
    rule = replace(POINTS, indicators=(RISK, TIME, DUTIES, OTHER))
    workers = [
        worker("ab", scores={"duties": Fraction(20)}),
        worker("cd", scores={"duties": Fraction(21), "other": Fraction(-1)}),
        worker("ef"),
    ]
    result = calculate(scheme(rule), team(workers, []))

    assert [each.load for each in result.workers] == [20, 0, 0]
    assert [(each.sentence, each.worker_ids) for each in result.missing] == [
        ("“Duties” is scored outside 0 to 20, so the score is not counted.", ("cd",)),
        ("“Other” has points below 0, which are not counted.", ("cd",)),
        ("“Duties” has no score, so it is not counted.", ("ef",)),
    ]


def test_a_points_scheme_scores_referrals_only_when_it_says_so() -> None:
    snapshot = team([worker()], [scored("a", 5, 10, None), scored("b", 1, 1)])

    silent = calculate(scheme(POINTS), snapshot).unallocated
    scoring = calculate(scheme(replace(POINTS, scores_referrals=True)), snapshot).unallocated

    assert (silent.cases, silent.load) == (1, None)
    assert told(scoring.cases, scoring.load, scoring.is_complete) == (1, 15, True)


def test_cases_weigh_what_their_kind_does() -> None:
    cases = [case("a"), case("b", kind="long"), case("c", kind="long"), case("d", None, "long")]
    result = calculate(scheme(WEIGHTED), team([worker()], cases))

    assert result.of["ab"].load == Fraction(7, 2)
    assert result.unallocated.load == Fraction(3, 2)


def test_a_kind_without_a_weight_is_named_and_lights_that_promise_room_go_out() -> None:
    cases = [case("a", kind="lnog"), case("b", kind=""), case("c", None, "lnog")]
    result = calculate(scheme(WEIGHTED), team([worker()], cases))

    assert [(each.sentence, each.case_ids, each.unallocated) for each in result.missing] == [
        (
            "“lnog” has no weight in this scheme, so such a case is not counted.",
            ("a", "c"),
            1,
        ),
        ("A case without a kind has no weight, so it is not counted.", ("b",), 0),
    ]
    found = result.of["ab"]
    assert told(found.load, found.light, found.spare) == (0, None, None)
    assert told(result.team.light, result.team.spare, result.team.is_complete) == (None, 0, False)
    assert not result.unallocated.is_complete


def test_a_light_that_asks_for_a_decision_stays_though_something_is_not_counted() -> None:
    cases = [*(case(f"c{each}", kind="long") for each in range(8)), case("x", kind="other")]
    result = calculate(scheme(WEIGHTED), team([worker()], cases))

    found = result.of["ab"]
    assert told(found.load, found.spare, light_of(result)) == (12, -2, "red")
    assert result.team.over == 2
    assert result.needing_a_decision == (found,)


def test_hours_found_for_a_case_come_before_those_of_its_kind() -> None:
    cases = [
        case("a", hours=Fraction(15, 2)),
        case("b", kind="other", hours=Fraction(1, 3)),
        case("c", kind="long"),
        case("d", kind="other"),
        case("e", kind=""),
    ]
    result = calculate(scheme(HOURS), team([worker()], cases))

    assert result.of["ab"].load == Fraction(15, 2) + Fraction(1, 3) + 20
    assert [each.sentence for each in result.missing] == [
        "“other” has no hours in this scheme and the case has none of its own.",
        "A case without a kind and without hours of its own is not counted.",
    ]


def test_a_count_has_no_capacity_and_stands_beside_its_lines() -> None:
    cases = [case(f"c{each}") for each in range(12)]
    result = calculate(scheme(COUNT), team([worker()], cases))

    found = result.of["ab"]
    assert told(found.load, found.capacity, found.percentage, found.light) == (12, None, None, None)
    assert (result.team.capacity, result.team.percentage, result.used) == (None, None, ())
    twelve, some = COUNT.lines
    assert [twelve.compared(count) for count in (11, 12, 13)] == ["below", "at", "above"]
    assert [some.compared(count) for count in (19, 20, 25, 26)] == [
        "below", "within", "within", "above"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "more", "available"),
    [
        (37, {}, Fraction(100)),
        (0, {}, Fraction(0)),
        (Fraction(37, 2), {}, Fraction(50)),
        (37, {"newly_qualified": True}, Fraction(90)),
        (37, {"reductions": (Reduction(Fraction("3.7"), "hours", "Study"),)}, Fraction(90)),
        # 100 × 30/37 × (30 − 3)/30
        (30, {"reductions": (Reduction(Fraction(3), "hours", "Study"),)}, Fraction(2700, 37)),
        (37, {"reductions": (Reduction(Fraction(15), "points", "Students"),)}, Fraction(85)),
        (37, {"reductions": (Reduction(Fraction(40), "hours", "Ill"),)}, Fraction(0)),
        (37, {"reductions": (Reduction(Fraction(101), "points", "Ill"),)}, Fraction(0)),
        (36, {"full_time_hours": Fraction(36)}, Fraction(100)),
        (40, {}, Fraction(4000, 37)),
    ],
)
def test_capacity_follows_the_formula(
    hours: Fraction | int, more: dict[str, object], available: Fraction
) -> None:
    result = calculate(scheme(AVAILABLE), team([worker("ab", hours, **more)], []))

    assert result.of["ab"].capacity == available


@pytest.mark.parametrize(
    ("starts", "ends", "available"),
    [
        (DAY, DAY, 90),
        (DAY + timedelta(1), None, 100),
        (None, DAY - timedelta(1), 100),
        (None, None, 90),
    ],
)
def test_protected_time_counts_from_its_first_day_to_its_last(
    starts: date | None, ends: date | None, available: int
) -> None:
    off = Reduction(Fraction("3.7"), "hours", "Study", starts, ends)
    result = calculate(scheme(AVAILABLE), team([worker(reductions=(off,))], []))

    assert result.of["ab"].capacity == available


def test_protected_points_count_only_where_points_are_counted() -> None:
    off = Reduction(Fraction(10), "points", "Students")
    result = calculate(scheme(HOURS), team([worker(reductions=(off,))], []))

    assert result.of["ab"].capacity == 140
    assert result.of["ab"].is_complete
    assert result.missing == (
        Missing(
            "Protected time in points is not counted: this scheme counts hours a month.", ("ab",)
        ),
    )


def test_without_a_capacity_rule_everybody_has_the_same_target() -> None:
    workers = [worker("ab", 10, newly_qualified=True), worker("cd", None)]
    result = calculate(scheme(AVAILABLE, capacity=None), team(workers, []))

    assert [each.capacity for each in result.workers] == [100, 100]


def test_a_rule_without_an_allowance_treats_newly_qualified_workers_like_the_others() -> None:
    rule = replace(CAPACITY, newly_qualified=None)
    new = team([worker(newly_qualified=True)], [])

    assert calculate(scheme(AVAILABLE, capacity=rule), new).of["ab"].capacity == 100


def test_unknown_hours_leave_worker_and_team_without_a_capacity() -> None:
    result = calculate(
        scheme(HOURS), team([worker(), worker("cd", None)], [case("a", "cd", "long")])
    )

    found = result.of["cd"]
    assert told(found.load, found.capacity, found.percentage, found.light) == (20, None, None, None)
    assert found.is_complete
    assert told(result.team.capacity, result.team.light, result.team.spare) == (None, None, 140)
    assert [each.sentence for each in result.missing] == [
        "Contracted hours are not given, so there is no capacity."
    ]


def test_work_without_any_capacity_has_the_highest_light_and_none_has_none() -> None:
    workers = [worker("ab", 0), worker("cd", 0)]
    result = calculate(scheme(HOURS), team(workers, [case("a")]))

    assert light_of(result, "ab") == "red"
    assert light_of(result, "cd") is None
    assert result.of["ab"].percentage is None


def test_spare_and_too_much_are_never_set_off() -> None:
    cases = [case("a", hours=Fraction(160)), case("b", "cd", hours=Fraction(100))]
    team_load = calculate(scheme(HOURS), team([worker(), worker("cd")], cases)).team

    assert told(team_load.spare, team_load.over) == (40, 20)
    assert team_load.percentage == Fraction(260 * 100, 280)


def test_an_empty_team_has_no_capacity() -> None:
    result = calculate(scheme(HOURS), team([], [case("a", None)]))

    assert (result.team.capacity, result.workers) == (None, ())


def test_the_longest_wait_is_told_in_days() -> None:
    cases = [
        case("a", None, waiting_since=DAY - timedelta(31)),
        case("b", None, waiting_since=DAY),
        case("c", None),
    ]
    waiting = calculate(scheme(COUNT), team([], cases)).unallocated

    assert (waiting.cases, waiting.longest_wait) == (3, 31)
    assert calculate(scheme(COUNT), team([], cases[2:])).unallocated.longest_wait is None


def test_the_figures_that_were_used_are_told_with_their_rows() -> None:
    result = calculate(scheme(WEIGHTED), team([worker()], []))

    assert [each.name for each in result.used] == [
        "ceiling", "weight for short", "weight for long", "full-time week", "share"
    ]  # fmt: skip
    assert result.used[0] == Used("ceiling", Row(Fraction(10), SINCE, Standing.PUBLISHED))


def test_every_scheme_knows_its_unit() -> None:
    assert [scheme(rule).unit for rule in (POINTS, WEIGHTED, HOURS, AVAILABLE, COUNT)] == [
        "points", "weighted cases", "hours a month", "points", "cases"
    ]  # fmt: skip
    assert rate(1).name == "figure"
    assert set(w.UNITS) == set(w.Rule.__args__)

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.in_short import (
    figure_in_short,
    load_in_short,
    missing_in_short,
    room_in_short,
    unallocated_in_short,
)
from healthcheck.core.workload.rates import Row, Standing
from healthcheck.core.workload.results import Used
from healthcheck.core.workload.snapshots import Reduction
from healthcheck.core.workload.working import CaseLoad, case_loads, working

from .caseloads import (
    AVAILABLE,
    COUNT,
    DAY,
    HOURS,
    POINTS,
    PRIORITY,
    WEIGHTED,
    case,
    scheme,
    scored,
    team,
    told,
    worker,
)

HOUR = Fraction(1)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "0"),
        ("0.5", "0.5"),
        ("1000.10", "1,000.1"),
        ("2/3", "0.67"),
        ("0.995", "1"),
        ("12.005", "12.01"),
    ],
)
def test_numbers_are_shown_to_two_places_at_most(number: str, words: str) -> None:
    assert amount(Fraction(number)) == words


def test_things_are_counted_in_words() -> None:
    assert [times(1, "case"), times(0, "case"), times(1200, "case")] == [
        "1 case", "0 cases", "1,200 cases"
    ]  # fmt: skip


def test_the_papers_example_of_140_and_160_hours_is_red_at_114_percent() -> None:
    result = calculate(scheme(HOURS), team([worker()], [case("a", hours=160 * HOUR)]))

    assert load_in_short(result, result.of["ab"]) == (
        "r Red, 114%: 160 of 140 hours a month, 1 case"
    )
    assert working(result, "ab") == (
        "1 case: 160 hours a month in all.",
        "Capacity: 140 hours a month × 37 of 37 hours = 140 hours a month.",
        "160 ÷ 140 = 114%: red. 20 too much.",
    )
    assert room_in_short(result) == "Room for 0 hours a month; 20 hours a month above capacity."


def test_the_working_of_capacity_names_every_part_and_reason() -> None:
    off = (
        Reduction(Fraction(3), "hours", "study", ends=date(2027, 3, 31)),
        Reduction(Fraction(10), "points", "students"),
    )
    snapshot = team([worker("ab", 30, newly_qualified=True, reductions=off)], [case("a")])

    assert working(calculate(scheme(AVAILABLE), snapshot), "ab") == (
        "1 case: 4 points in all.",
        (
            "Capacity: 100 points × 30 of 37 hours × 27 of 30 hours left × 90% as newly qualified"
            " − 10 points = 55.68 points."
        ),
        "Protected: 3 hours a week, for study, until 31 March 2027.",
        "Protected: 10 points, for students.",
        "4 ÷ 55.68 = 7%: blue. 51.68 to spare.",
    )
    assert "Protected: 10 points (not counted here), for students." in working(
        calculate(scheme(HOURS), snapshot), "ab"
    )


def test_points_are_told_indicator_by_indicator() -> None:
    cases = [scored("a", 3, 10), scored("b", 6, 1), case("c", scores={"time": HOUR})]
    result = calculate(scheme(POINTS), team([worker(scores={"other": 2 * HOUR})], cases))

    assert [told(each.case.id, each.load, each.words) for each in case_loads(result, "ab")] == [
        ("a", 13, "Risk 3 + Time 10 = 13"),
        ("b", 1, "Risk (outside its scale) + Time 1 = 1"),
        ("c", 1, "Risk (no score) + Time 1 = 1"),
    ]
    assert [each.is_complete for each in case_loads(result, "ab")] == [True, False, False]
    assert working(result, "ab") == (
        "3 cases: at least 17 points in all.",
        "Beside the cases: Other 2.",
        "3 cases with scores that supervisor and worker have not both agreed.",
        "Capacity: 100 points × 37 of 37 hours = 100 points.",
        "17 ÷ 100 = at least 17%. Not everything is counted, so nobody can say what is to spare.",
    )
    assert load_in_short(result, result.team) == "at least 17%: at least 17 of 100 points, 3 cases"


def test_what_nobody_entered_for_the_worker_is_told() -> None:
    result = calculate(scheme(POINTS), team([worker()], []))

    assert working(result, "ab")[1] == "Beside the cases: Other (no points)."


def test_kinds_and_hours_are_told_case_by_case() -> None:
    cases = [case("a"), case("b", kind="odd"), case("c", hours=Fraction(15, 2))]
    snapshot = team([worker()], cases)

    weighted = case_loads(calculate(scheme(WEIGHTED), snapshot), "ab")
    hours = case_loads(calculate(scheme(HOURS), snapshot), "ab")

    assert [each.words for each in weighted] == [
        "Short: 0.5",
        "“odd” has no weight in this scheme, so such a case is not counted.",
        "Short: 0.5",
    ]
    assert [each.words for each in hours] == [
        "Short: 5",
        "“odd” has no hours in this scheme and the case has none of its own.",
        "7.5 hours, found for this case",
    ]


def test_a_count_is_told_beside_its_lines() -> None:
    result = calculate(scheme(COUNT), team([worker()], [case("a"), case("b", None)]))

    assert working(result, "ab") == (
        "1 case.",
        "Twelve, 12: below this line.",
        "Range, 20 to 25: below this line.",
        "This scheme has no capacity to hold the load against.",
    )
    assert load_in_short(result, result.of["ab"]) == "1 case"
    assert unallocated_in_short(result) == "1 case."
    assert room_in_short(result) == ""
    assert case_loads(result, None) == (
        CaseLoad(case("b", None), HOUR, "1 case", is_complete=True),
    )


def test_a_worker_without_known_capacity_is_told_why() -> None:
    workers = [worker("ab", None), worker("cd", 0), worker("ef", 0)]
    result = calculate(scheme(HOURS), team(workers, [case("a"), case("b", "cd")]))

    assert working(result, "ab")[1:] == (
        "Contracted hours are not given, so there is no capacity.",
    )
    assert working(result, "cd")[2:] == (
        "There is no capacity, and work is held without any capacity for it: red.",
    )
    assert working(result, "ef")[2:] == ("There is no capacity, and nothing is held.",)
    assert load_in_short(result, result.of["cd"]) == "r Red: 5 of 0 hours a month, 1 case"
    assert load_in_short(result, result.of["ab"]) == "5 hours a month, 1 case"


def test_one_target_for_all_and_no_lights_are_told_as_they_are() -> None:
    chosen = scheme(HOURS, capacity=None, lights=None)
    result = calculate(chosen, team([worker()], [case("a")]))

    assert working(result, "ab") == (
        "1 case: 5 hours a month in all.",
        "Capacity: 140 hours a month, the same for every worker whatever their hours.",
        "5 ÷ 140 = 4%. 135 to spare.",
    )
    assert load_in_short(result, result.of["ab"]) == "4%: 5 of 140 hours a month, 1 case"


def test_unallocated_cases_are_told_with_their_load_and_wait() -> None:
    waiting = [
        case("a", None, waiting_since=date(2026, 10, 1)),
        case("b", None, kind="odd"),
    ]
    snapshot = team([worker()], waiting)

    assert unallocated_in_short(calculate(scheme(HOURS), snapshot)) == (
        "2 cases, at least 5 hours a month. The longest wait is 31 days."
    )
    assert unallocated_in_short(calculate(scheme(POINTS), snapshot)) == (
        "2 cases, which this scheme does not score. The longest wait is 31 days."
    )
    assert unallocated_in_short(calculate(scheme(PRIORITY), snapshot)) == (
        "2 cases. The longest wait is 31 days."
    )
    assert unallocated_in_short(calculate(scheme(HOURS), team([], []))) == "No case is unallocated."
    assert case_loads(calculate(scheme(POINTS), snapshot), None) == ()


def test_what_is_missing_is_told_with_whose_it_is() -> None:
    cases = [case("a", kind="odd"), case("b", "cd", "odd"), case("c", None, "odd")]
    result = calculate(scheme(WEIGHTED), team([worker(), worker("cd", None)], cases))

    assert [missing_in_short(result, each) for each in result.missing] == [
        (
            "“odd” has no weight in this scheme, so such a case is not counted."
            " (3 cases, AB; CD; unallocated)"
        ),
        "Contracted hours are not given, so there is no capacity. (CD)",
    ]


def test_a_figure_is_told_with_its_day_and_what_it_rests_on() -> None:
    row = Row(Fraction(1, 2), DAY, Standing.AGREED, source="Team meeting")

    assert figure_in_short(Used("ceiling", row)) == (
        "ceiling: 0.5, from 1 November 2026, agreed locally (Team meeting)"
    )

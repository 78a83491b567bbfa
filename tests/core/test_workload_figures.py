from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.figures import (
    FEW_REPORTS,
    NAMES,
    Figure,
    Reports,
    as_typed,
    figures,
    year_to,
)
from healthcheck.core.workload.safe_levels import Counted
from tests.core.caseloads import (
    CAPACITY,
    COUNT,
    DAY,
    HOURS,
    PRIORITY,
    WEIGHTED,
    case,
    scheme,
    worker,
)
from tests.core.caseloads import team as snapshot

if TYPE_CHECKING:
    from healthcheck.core.workload.figures import Found
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Case, Worker

REPORTS = Reports(5, 3, date(2025, 11, 2), DAY)
LIMIT = scheme(WEIGHTED)
"""Ten weighted cases; a short one weighs a half, a long one one and a half."""


def counted(
    workers: list[Worker], cases: list[Case], *schemes: Scheme, name: str = "Duty", day: date = DAY
) -> Counted:
    taken = replace(snapshot(workers, cases), taken_on=day)
    return Counted(name, taken, schemes or (LIMIT,))


def held(number: int, by: str = "ab", kind: str = "long") -> list[Case]:
    return [case(f"{by}{each}", by, kind) for each in range(number)]


def of(*teams: Counted, day: date = DAY, reports: Reports = REPORTS) -> dict[str, Found]:
    return {each.value: found for each, found in figures(teams, day, reports).items()}


DUTY = counted(
    [worker("ab"), worker("cd", Fraction(37, 2)), worker("ef", None)],
    [*held(7), *held(3, "cd"), case("w", None, waiting_since=date(2026, 10, 2)), case("v", None,
     waiting_since=date(2026, 10, 30))],
)  # fmt: skip
"""AB carries 10.5 of 10 and CD 4.5 of 5; EF holds nothing, so EF's hours are not missed."""
COURT = counted([worker("gh")], held(6, "gh"), name="Court", day=date(2026, 10, 30))


def test_one_team_has_every_figure_with_its_date_and_source() -> None:
    found = of(DUTY)
    # 10 cases; 37/37 + 18.5/37 = 1.5 workers; 10 / 1.5 = 6 2/3; one of two above capacity.
    assert {name: each.value for name, each in found.items()} == {
        "counted-on": DAY,
        "source": "Caseload snapshots: 1 team, counted on 1 November 2026",
        "cases-held": 10,
        "case-holders": Fraction(3, 2),
        "average-caseload": Fraction(20, 3),
        "unallocated": 2,
        "longest-wait": 30,
        "safe-level-cases": None,
        "share-over-safe-level": 50,
        "share-often-over-safe-level": None,
        "reports-made": 5,
        "reports-resolved": 3,
    }
    assert {name for name, each in found.items() if each.missing} == {
        "safe-level-cases",
        "share-often-over-safe-level",
    }
    assert found["cases-held"].source == "1 team, counted on 1 November 2026"
    assert found["share-over-safe-level"].source == (
        "1 team, counted on 1 November 2026, against Scheme"
    )
    added_up = "Contracted hours ÷ a full-time week, added up over 2 workers holding cases"
    assert {name: each.working for name, each in found.items() if each.working} == {
        "case-holders": added_up,
        "average-caseload": "10 cases ÷ 1.5 full-time workers",
        "share-over-safe-level": "Over their own safe level: 1 of 2 workers holding cases",
    }
    assert found["reports-made"].source == (
        "Reports made here from 2 November 2025 to 1 November 2026"
    )
    assert list(found) == [each.value for each in NAMES] == [each.value for each in Figure]


def test_teams_are_added_up_and_days_that_differ_are_said() -> None:
    found = of(DUTY, COURT)
    # 16 cases, 2.5 workers; one of three case holders above capacity.
    assert found["cases-held"].value == 16
    assert found["case-holders"].value == Fraction(5, 2)
    assert found["share-over-safe-level"].value == Fraction(100, 3)
    assert found["cases-held"].source == (
        "2 teams, counted from 30 October 2026 to 1 November 2026"
    )
    assert found["counted-on"].missing == ("The teams were counted on 2 different days.",)


@pytest.mark.parametrize(
    ("teams", "sentence"),
    [
        ((), "No team of this service is set up."),
        ((DUTY, Counted("Court", None)), "Court has no snapshot of 1 November 2026 or before."),
        (
            (DUTY, counted([], [], name="Court", day=date(2026, 9, 30))),
            "Court was last counted on 30 September 2026, 32 days before 1 November 2026.",
        ),
    ],
)
def test_a_team_that_is_not_counted_leaves_no_figure_but_those_of_reports(
    teams: tuple[Counted, ...], sentence: str
) -> None:
    found = of(*teams)
    about = {name: each for name, each in found.items() if not name.startswith("reports")}
    assert {each.value for each in about.values()} == {None}
    assert {each.missing for each in about.values()} == {(sentence,)}
    assert found["reports-made"].value == 5


def test_a_day_at_the_edge_still_counts() -> None:
    edge = counted([worker()], held(1), day=date(2026, 10, 1))
    assert of(edge)["cases-held"].value == 1


def missing(*teams: Counted) -> dict[str, tuple[str, ...]]:
    return {name: each.missing for name, each in of(*teams).items() if each.missing}


def test_hours_that_are_not_known_are_named_and_the_rest_is_offered() -> None:
    unknown = counted([worker("ab", None), worker("cd", None)], [*held(1), *held(1, "cd")])
    hours = ("Contracted hours are not given for 2 workers in Duty.",)
    found = missing(unknown)
    assert found["case-holders"] == found["average-caseload"] == hours
    assert found["longest-wait"] == ("No case is without a social worker, so none waits.",)
    assert found["share-over-safe-level"] == (
        "Scheme cannot judge 2 workers in Duty: see the team.",
    )
    assert not {"cases-held", "unallocated"} & {*found}


def test_a_full_time_week_is_the_workers_own_or_the_first_schemes_that_has_one() -> None:
    none = scheme(WEIGHTED, capacity=None)
    whole = ("No scheme of Duty says how many hours a full-time week has.",)
    assert missing(counted([worker()], held(1), none))["case-holders"] == whole
    own = worker("ab", 20, full_time_hours=Fraction(40))
    assert of(counted([own], held(1), none))["case-holders"].value == Fraction(1, 2)
    later = replace(CAPACITY.full_time_hours.rows[0], starts=date(2027, 1, 1))
    not_yet = replace(CAPACITY, full_time_hours=replace(CAPACITY.full_time_hours, rows=(later,)))
    found = of(counted([worker()], held(1), scheme(HOURS, capacity=not_yet), LIMIT))
    assert found["case-holders"].value == 1
    assert (
        found["share-over-safe-level"]
        .missing[0]
        .startswith("Duty: This scheme has no full-time week for 1 November 2026")
    )


def test_what_could_not_be_counted_says_too_much_but_never_enough() -> None:
    unweighed = [case("x", "ab", "other")]
    over = of(counted([worker()], [*held(7), *unweighed]))["share-over-safe-level"]
    assert over.value == 100
    under = of(counted([worker()], [*held(1), *unweighed]))["share-over-safe-level"]
    assert under.missing == ("Scheme cannot judge 1 worker in Duty: see the team.",)
    exact = of(counted([worker()], held(20, kind="short")))["share-over-safe-level"]
    assert exact.value == 0  # ten of ten is not above ten


def test_the_first_scheme_with_a_target_is_the_safe_level() -> None:
    both = counted([worker()], held(7), scheme(COUNT), scheme(PRIORITY), scheme(HOURS), LIMIT)
    assert of(both)["share-over-safe-level"].value == 0  # 7 × 20 hours are 140 of 140
    none = counted([worker()], held(7), scheme(COUNT))
    assert missing(none)["share-over-safe-level"] == (
        "No scheme of Duty says what its safe level is.",
    )
    idle = counted([worker("zz")], [], scheme(COUNT), name="Idle")
    assert of(DUTY, idle)["share-over-safe-level"].value == 50


def test_without_cases_nobody_is_over_and_there_is_no_average() -> None:
    found = of(counted([worker()], []))
    assert [found[name].value for name in ("cases-held", "case-holders")] == [0, 0]
    for name in ("average-caseload", "share-over-safe-level"):
        assert found[name].missing == ("No worker holds a case.",)


def test_a_wait_that_nobody_knows_leaves_no_longest_one() -> None:
    waits = [case("w", None, waiting_since=date(2026, 10, 2)), case("v", None)]
    found = of(counted([worker()], [*held(1), *waits]))
    assert found["unallocated"].value == 2
    assert found["longest-wait"].missing == (
        "1 case in Duty without a worker: nobody says since when.",
    )


def test_reports_are_of_a_year_and_resolved_ones_need_one_made() -> None:
    none = of(DUTY, reports=replace(REPORTS, made=0, resolved=0))
    assert none["reports-made"].value == 0
    assert none["reports-resolved"].missing == (
        "No report was made in the year, so none was resolved.",
    )
    few = of(DUTY, reports=replace(REPORTS, made=4, resolved=4))
    assert {few[name].value for name in ("reports-made", "reports-resolved")} == {None}
    assert few["reports-made"].missing == few["reports-resolved"].missing == (FEW_REPORTS,)
    assert year_to(date(2026, 9, 30)) == date(2025, 10, 1)
    assert year_to(date(2025, 2, 28)) == date(2024, 2, 29)
    assert year_to(date(2024, 2, 29)) == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("value", "decimals", "typed"),
    [
        (Fraction(20, 3), 1, "6.7"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1234), 1, "1234"),
        (date(2026, 9, 30), 0, "2026-09-30"),
        ("Words.", 0, "Words."),
    ],
)
def test_a_figure_is_typed_as_its_question_takes_it(
    value: Fraction | date | str, decimals: int, typed: str
) -> None:
    assert as_typed(value, decimals) == typed

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.safe_levels import (
    NOBODY,
    Counted,
    level_in_cases,
    share_often_over,
    share_over,
)
from healthcheck.core.workload.schemes import WeightedCases
from tests.core.caseloads import (
    COUNT,
    HOURS,
    WEIGHTED,
    case,
    kind,
    rate,
    scheme,
    team,
    told,
    worker,
)

if TYPE_CHECKING:
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot

TEN = scheme(WeightedCases((kind("short", 1), kind("long", 1)), rate(10, "ceiling")))
"""Ten cases of whatever kind, since January 2026; eleven are over."""
OVER, UNDER = 11, 10
ALL = range(12, 0, -1)


def taken(month: int, on: int = 28, **held: int) -> Snapshot:
    """Return a snapshot of a day in 2026 with so many cases by worker."""
    cases = [case(f"{who}{each}", who) for who, many in held.items() for each in range(many)]
    made = team([worker(who) for who in held], cases)
    return replace(made, taken_on=date(2026, month, on))


def counted(*snapshots: Snapshot, by: Scheme = TEN, name: str = "Duty") -> Counted:
    """Return a team with these snapshots, newest first."""
    months = tuple(calculate(by, each) for each in snapshots)
    return Counted(name, snapshots[0], (by,), months)


def year(ab: str, cd: str) -> Counted:
    """Return a team in each month to December: o is over, u is not, x not there, - not counted."""
    found = []
    for month, marks in enumerate(zip(ab, cd, strict=True), start=1):
        pairs = zip(("ab", "cd"), marks, strict=True)
        held = {who: OVER if mark == "o" else UNDER for who, mark in pairs if mark in "ou"}
        if "-" not in marks:
            found.append(taken(month, **held))
    return counted(*reversed(found))


@pytest.mark.parametrize(
    ("ab", "cd", "share"),
    [
        # AB is over at 3 of 12 month ends, CD at 2: one of two.
        ("ouuuuuuuuuoo", "uuuuuuuuuuoo", 50),
        # The three months need not follow each other, nor be the last ones.
        ("oououuuuuuuu", "uuuuuuuuuuuu", 50),
        # CD came in November: not there is not over.
        ("uuuuuuuuuooo", "xxxxxxxxxxoo", 50),
        # August was not counted. CD has 1 and could have had 2, AB has 3 without it.
        ("ooouuuu-uuuu", "uuuuuuu-uuuo", 50),
        # Nobody was over in ten months, so two that are missing cannot make three.
        ("uu--uuuuuuuu", "uu--uuuuuuuu", 0),
        # All of them, all year.
        ("oooooooooooo", "oooooooooooo", 100),
    ],
)
def test_often_over_is_three_month_ends_of_twelve(ab: str, cd: str, share: int) -> None:
    found = share_often_over([year(ab, cd)])
    assert told(found.value, found.missing, found.by) == told(share, (), "against Scheme")


def test_the_working_and_teams_are_of_people_not_of_teams() -> None:
    court = counted(*(taken(month, gh=OVER, kl=1, mn=1) for month in ALL), name="Court")
    found = share_often_over([year("ooouuuuuuuuu", "uuuuuuuuuuuu"), court])
    assert found.value == Fraction(200, 5)  # AB and GH, of five who hold a case
    assert found.working == (
        "Over their own safe level at 3 or more of 12 month ends: 2 of 5 workers holding cases"
    )


def test_a_month_that_could_make_three_is_named() -> None:
    found = share_often_over([year("oouuu-uuuuuu", "uuuuu-uuuuuu")])
    assert found.value is None
    assert found.missing == (
        (
            "Duty has snapshots that can be judged for 11 of the 12 months to 28 December 2026."
            " That leaves open whether 1 worker had 3 month ends over the safe level."
        ),
    )


def test_only_the_last_snapshot_of_each_of_the_twelve_months_counts() -> None:
    over_in_the_middle = [taken(month, 14, ab=OVER) for month in ALL]
    ends = [taken(month, ab=UNDER) for month in ALL]
    assert share_often_over([counted(*ends, *over_in_the_middle)]).value == 0
    # By November, December is still to come and three of the months are over.
    to_november = counted(*(taken(month, ab=OVER if month < 4 else UNDER) for month in ALL[1:]))
    december = calculate(TEN, taken(12, ab=UNDER))
    assert share_often_over([replace(to_november, months=(december,))]).value is None
    assert share_often_over([to_november]).value == 100


def test_those_who_hold_cases_now_are_counted_and_a_month_without_any_is_not_over() -> None:
    left = [taken(month, ab=UNDER, cd=OVER) for month in range(11, 0, -1)]
    assert share_often_over([counted(taken(12, ab=UNDER, cd=0), *left)]).value == 0
    # Without hours there is no safe level: an empty month is not over all the same.
    unknown = replace(taken(12), workers=(worker("ab", None),))
    empty = [replace(unknown, taken_on=date(2026, month, 28)) for month in range(1, 12)]
    found = share_often_over([counted(taken(12, ab=UNDER), *empty)])
    assert found.value == 0
    open_now = replace(unknown, cases=(case("x", "ab"),))
    three = [replace(open_now, taken_on=each.taken_on) for each in empty[:3]]
    found = share_often_over([counted(taken(12, ab=UNDER), *empty[3:], *three)])
    assert "whether 1 worker had" in found.missing[0]


def test_without_holders_or_a_safe_level_there_is_no_share() -> None:
    nobody = counted(taken(12, ab=0))
    for ask in (share_often_over, share_over, level_in_cases):
        assert ask([nobody]).missing == ask([Counted("Court", None)]).missing == (NOBODY,)
        assert ask([Counted("Duty", taken(12, ab=1), (scheme(COUNT),))]).missing == (
            "No scheme of Duty says what its safe level is.",
        )


def test_a_safe_level_in_cases_is_the_ceiling_averaged_over_those_who_hold_cases() -> None:
    one = level_in_cases([counted(taken(12, ab=3, cd=1))])
    assert told(one.value, one.working) == told(10, "Each full-time worker: 10 cases")
    assert one.by == "by the ceiling of Scheme, as published, from 1 January 2026"
    of_court = WeightedCases((kind("short", 1),), rate(16, "ceiling"))
    court = counted(taken(12, gh=1), by=scheme(of_court), name="Court")
    both = level_in_cases([counted(taken(12, ab=3, cd=1, ef=0)), court])
    # AB and CD at 10, GH at 16; EF holds nothing: 36 / 3.
    assert both.value == 12
    assert both.working == "(2 × 10 + 1 × 16) ÷ 3 workers holding cases = 12 cases"


def test_a_level_in_weighted_cases_or_hours_is_no_number_of_cases() -> None:
    for rule in (WEIGHTED, HOURS):
        found = level_in_cases([counted(taken(12, ab=1), by=scheme(rule))])
        assert found.value is None
        assert found.missing == ("The safe level of Duty is not in cases: Scheme.",)
    early = replace(taken(12, ab=1), taken_on=date(2025, 12, 31))
    (sentence,) = level_in_cases([Counted("Duty", early, (TEN,))]).missing
    assert sentence.startswith("Duty: This scheme has no ceiling for 31 December 2025")

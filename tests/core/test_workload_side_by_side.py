"""Schemes of one team: what two of them call by one id must be the same thing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from healthcheck.core.workload import team_rules
from healthcheck.core.workload.schemes import Rule, Scale, Scheme
from healthcheck.core.workload.side_by_side import problem
from tests.core.caseloads import (
    COUNT,
    ELIGIBILITY,
    HOURS,
    POINTS,
    PRIORITY,
    URGENCY,
    WEIGHTED,
    scheme,
)  # fmt: skip


def named(rule: Rule, title: str) -> Scheme:
    return replace(scheme(rule), id=title.casefold(), title=title)


WIDER = replace(POINTS.indicators[0], scale=Scale(Fraction(0), Fraction(9)))
RENAMED = replace(HOURS.kinds[0], title="Another")
FACTOR = replace(PRIORITY.factors[0], title="Another")

FEWER = replace(URGENCY, grades=URGENCY.grades[:1])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (POINTS, replace(POINTS, indicators=(WIDER,))),
        (WEIGHTED, replace(HOURS, kinds=(replace(RENAMED, id=WEIGHTED.kinds[0].id),))),
        (PRIORITY, replace(PRIORITY, factors=(FACTOR,))),
        (ELIGIBILITY, replace(ELIGIBILITY, criteria=(FEWER,))),
    ],
)
def test_one_id_with_two_titles_or_scales_is_refused(first: Rule, second: Rule) -> None:
    told = problem([named(first, "Ours"), named(second, "Theirs")])
    assert told.startswith("“Ours” and “Theirs” cannot be used together: both ask for “")
    assert told == problem([named(first, "Ours"), named(COUNT, "C"), named(second, "Theirs")])


def test_what_is_the_same_or_of_something_else_is_no_trouble() -> None:
    of_worker = replace(WIDER, of="worker")
    heavier = replace(HOURS.kinds[0], weight=WEIGHTED.ceiling)
    rules: tuple[Rule, ...] = (
        POINTS,
        replace(POINTS, indicators=(of_worker,)),
        HOURS,
        PRIORITY,
        COUNT,
    )
    assert problem(named(each, str(n)) for n, each in enumerate(rules)) == ""
    assert problem([named(HOURS, "a"), named(replace(HOURS, kinds=(heavier,)), "b")]) == ""


def test_a_team_cannot_be_set_up_with_both() -> None:
    known = {"a": named(POINTS, "Ours"), "b": named(replace(POINTS, indicators=(WIDER,)), "Theirs")}
    offered = team_rules.Offered([], ["adults"], known, [])
    found = team_rules.problems(team_rules.Details("Duty", "adults", ("b", "a")), offered)
    assert found["schemes"].startswith("“Ours” and “Theirs” cannot be used together")
    assert team_rules.problems(team_rules.Details("Duty", "adults", ("b",)), offered) == {}

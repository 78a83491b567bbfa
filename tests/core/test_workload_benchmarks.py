from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.workload.benchmarks import (
    CAUTIONS,
    OF_EXAMPLES,
    OF_LINES,
    Benchmark,
    Level,
    accepted_note,
    services,
)
from healthcheck.core.workload.rates import Standing
from healthcheck.core.workload.schemes import WeightedCases
from tests.core.caseloads import (
    AVAILABLE,
    CAPACITY,
    COUNT,
    DAY,
    HOURS,
    POINTS,
    PRIORITY,
    SINCE,
    WEIGHTED,
    scheme,
)  # fmt: skip


def test_each_kind_of_scheme_has_its_level_with_its_source_and_day() -> None:
    weighted = scheme(WEIGHTED, capacity=None)
    agreed = replace(WEIGHTED.ceiling.rows[0], source="Team meeting")
    local = WeightedCases(WEIGHTED.kinds, replace(WEIGHTED.ceiling, rows=(agreed,)))
    only_hours = scheme(HOURS, capacity=replace(CAPACITY, newly_qualified=None))
    of = [scheme(POINTS), scheme(AVAILABLE), only_hours, weighted, scheme(local)]
    found = services({"adults": [replace(each, id=str(n)) for n, each in enumerate(of)]}, DAY)[0]
    lowered = "Lower for part-time hours and protected time."
    newly = f"{lowered} Newly qualified workers: 90% of it."
    assert [(each.level, each.adjusted) for each in found.own] == [
        ("100 points", newly),
        ("100 points", newly),
        ("140 hours a month", lowered),
        ("10 weighted cases", "The same for every worker, whatever their hours."),
        ("10 weighted cases", newly),
    ]
    assert {each.since for each in found.own} == {SINCE}
    assert [each.source for each in found.own][-2:] == ["A test (2026)", "Team meeting"]
    assert found.lines == ()
    assert found.cautions == CAUTIONS


def test_what_readers_are_to_keep_in_mind_is_short_and_said_to_them() -> None:
    example = replace(WEIGHTED.ceiling.rows[0], standing=Standing.EXAMPLE)
    drafted = WeightedCases(WEIGHTED.kinds, replace(WEIGHTED.ceiling, rows=(example,)))
    used = {"adults": [scheme(drafted)], "duty": [scheme(COUNT)]}
    both, counted = services(used, DAY)
    assert both.cautions == (*CAUTIONS, OF_EXAMPLES)
    assert counted.cautions == (OF_LINES,)
    page = Benchmark("employer", "address", (both, counted), "", datetime(2026, 11, 1, tzinfo=UTC))
    assert page.cautions == (*CAUTIONS, OF_EXAMPLES, OF_LINES)


def test_lines_are_comparisons_and_an_order_is_no_level() -> None:
    found = services({"adults": [scheme(COUNT), scheme(COUNT)], "court": [scheme(PRIORITY)]}, DAY)
    assert [each.service for each in found] == ["adults"]
    assert found[0].own == ()
    assert found[0].lines == (
        Level("Twelve", "12 cases", "as published", "A test"),
        Level("Range", "20 to 25 cases", "as published", "A test"),
    )


def test_a_scheme_without_a_level_on_the_day_is_named() -> None:
    (found,) = services({"adults": [scheme(WEIGHTED)]}, date(2025, 1, 1))
    assert (found.levels, found.cautions) == ((), ())
    assert found.missing[0].startswith("Scheme: This scheme has no ceiling for 1 January 2025")


def test_a_benchmark_stands_until_it_is_taken_down() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    one = Benchmark("employer", "address", (), "", now)
    assert (one.stands, replace(one, removed_at=now).stands) == (True, False)


def test_what_is_said_beside_the_levels_has_a_length() -> None:
    assert accepted_note("  Agreed.  ") == "Agreed."
    with pytest.raises(UnacceptableDetailsError, match="can be up to 1,000 characters; this has"):
        accepted_note("x" * 1001)

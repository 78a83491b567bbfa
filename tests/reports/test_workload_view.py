"""A result as pages show it: every word decided, a light never without its word."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.what_if import add_worker, change_hours, close, move
from healthcheck.reports.trend_chart import trend_chart
from healthcheck.reports.what_if_view import compared
from healthcheck.reports.workload_view import CRUDE, line, scheme_view
from tests.core.caseloads import (
    AVAILABLE,
    COUNT,
    LIGHTS,
    POINTS,
    PRIORITY,
    case,
    scheme,
    scored,
    team,
    worker,
)
from tests.web.markup import parsed

SCHEME = scheme(AVAILABLE)
TEAM = team(
    [worker(), worker("cd")],
    [*(case(f"c{each}", "ab", "long") for each in range(11)), case("d", "cd"), case("e", None)],
)


def test_every_load_has_its_share_its_light_in_words_and_its_room() -> None:
    view = scheme_view(calculate(SCHEME, TEAM))
    ab, cd = view.lines

    assert (ab.name, ab.cases, ab.load, ab.capacity, ab.share) == ("AB", 11, "110", "100", "110%")
    assert ab.lamp is not None
    assert (ab.lamp.symbol, ab.lamp.word, ab.lamp.pattern, ab.lamp.asks) == (
        "r",
        "Red",
        "red",
        True,
    )
    assert (ab.spare, cd.spare) == ("10 too much", "96 to spare")
    assert view.team.spare == "96 to spare, 10 too much"
    assert view.unallocated == "1 case, 4 points."
    assert [name for name, _ in view.workings] == ["AB", "CD"]
    assert (view.cautions, view.crude, view.has_loads, view.has_lights) == (
        ("Care.",), "", True, True
    )  # fmt: skip
    assert scheme_view(calculate(SCHEME, TEAM), with_workings=False).workings == ()


def test_what_is_not_known_is_said_in_words() -> None:
    lacks = calculate(scheme(POINTS), team([worker("ab", None)], [scored("a", 1, 1)]))
    row = scheme_view(lacks).lines[0]
    assert (row.capacity, row.share, row.lamp, row.spare) == (
        "Not known", "No capacity known", None, ""
    )  # fmt: skip
    assert row.unagreed == "1 case not agreed by both"
    part = calculate(scheme(POINTS), team([worker()], [case("a")]))
    none_of_it = scheme_view(part).lines[0]
    assert (none_of_it.share, none_of_it.load) == ("Nothing counted yet", "Not known")
    assert (none_of_it.spare, scheme_view(part).team.spare) == ("", "")
    idle = calculate(scheme(POINTS), team([worker("ab", None)], []))
    assert scheme_view(idle).team.spare == ""


def test_a_count_says_that_it_is_crude_and_who_is_above_each_line() -> None:
    cases = [case(f"c{each}") for each in range(13)]
    view = scheme_view(calculate(scheme(COUNT, lights=None), team([worker()], cases)))
    assert view.crude == CRUDE
    assert view.against == (
        "Twelve: 12. 1 worker of 1 above it. A test.",
        "Range: 20 to 25. 0 workers of 1 above it. A test.",
    )
    assert not view.has_lights


def test_an_order_has_places_levels_and_reasons() -> None:
    cases = [case("a", factors=frozenset({"harm"})), case("b")]
    view = scheme_view(calculate(scheme(PRIORITY), team([worker()], cases)))
    assert not view.has_loads
    rows = {each.title: each.rows for each in view.orders}
    first, second = rows["Allocated cases, most pressing first"]
    assert first[:3] == ("1", "b", "Yet to be judged")
    assert second[:3] == ("2", "a", "High")


def test_lights_of_another_name_have_a_pattern_too() -> None:
    purple = replace(LIGHTS.bands[-1], id="purple", word="Purple")
    lights = replace(LIGHTS, bands=(*LIGHTS.bands[:-1], purple))
    view = scheme_view(calculate(scheme(AVAILABLE, lights=lights), TEAM))
    assert view.lines[0].lamp is not None
    assert (view.lines[0].lamp.word, view.lines[0].lamp.pattern) == ("Purple", "other")


def test_before_and_after_stand_side_by_side_with_a_word_for_each_change() -> None:
    after = move(close(TEAM, "c0"), "c1", "cd")
    after = add_worker(change_hours(after, "cd", Fraction(37)), worker("new", 37))
    made = compared(calculate(SCHEME, TEAM), calculate(SCHEME, after))

    assert made is not None
    assert [(each.name, each.change) for each in made.pairs] == [
        ("AB", "Red becomes blue"),
        ("CD", "More"),
        ("NEW", "New"),
    ]
    assert made.pairs[2].before is None
    assert made.unallocated == ("1 case, 4 points.",) * 2
    assert made.team.change == "Less"


@pytest.mark.parametrize(("hours", "change"), [(30, "Capacity changed"), (37, "")])
def test_other_hours_alone_are_told_too(hours: int, change: str) -> None:
    after = change_hours(TEAM, "cd", Fraction(hours))
    made = compared(calculate(SCHEME, TEAM), calculate(SCHEME, after))
    assert made is not None
    assert made.pairs[1].change == change


def test_an_order_of_cases_is_not_compared() -> None:
    result = calculate(scheme(PRIORITY), TEAM)
    assert compared(result, result) is None


def test_a_trend_has_a_bar_a_day_and_says_it_in_words() -> None:
    days = [("1 May 2026", Fraction(120), "120% Red"), ("1 June 2026", None, "No <capacity>")]
    chart = trend_chart("Share", days)
    tree = parsed(chart).tree
    assert [each.text for each in tree.iter() if str(each.tag).endswith("title")] == [
        "Share. 1 May 2026: 120% Red; 1 June 2026: No <capacity>."
    ]
    boxes = [each.get("width") for each in tree.iter() if str(each.tag).endswith("rect")]
    assert boxes == ["370", "355.2", "370"]


def test_a_load_without_any_capacity_rule_is_the_same_for_all() -> None:
    result = calculate(scheme(AVAILABLE, capacity=None), TEAM)
    assert line(result.scheme, result.workers[0]).capacity == "100"

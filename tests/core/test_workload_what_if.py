from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.snapshot_faults import faults
from healthcheck.core.workload.snapshots import Case, Fault, Reduction, Snapshot, Worker
from healthcheck.core.workload.what_if import add, add_worker, change_hours, close, move

from .caseloads import AVAILABLE, COUNT, DAY, HOURS, POINTS, WEIGHTED, case, scheme, team, worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.workload.results import WorkerLoad
    from healthcheck.core.workload.schemes import Rule

TEAM = team([worker(), worker("cd", 20)], [case("a"), case("b", "cd", "long"), case("c", None)])
RULES: list[Rule] = [POINTS, WEIGHTED, HOURS, AVAILABLE, COUNT]
HOLDERS = st.sampled_from(["w0", "w1"])
quick = settings(deadline=None, max_examples=20)
"""Each example is tried by every rule, so this is a hundred."""
amounts = st.sampled_from([Fraction(each, 4) for each in (0, 1, 2, 5, 30, 74, 111, 148, 160)])


def test_a_case_moves_to_another_worker_and_to_nobody() -> None:
    moved = move(TEAM, "a", "cd")

    assert [each.id for each in moved.held["cd"]] == ["a", "b"]
    assert [each.id for each in move(moved, "b", None).unallocated] == ["b", "c"]
    assert [each.id for each in TEAM.held["ab"]] == ["a"]


def test_a_case_closes_and_another_comes() -> None:
    assert [each.id for each in close(TEAM, "b").cases] == ["a", "c"]
    assert [each.id for each in add(TEAM, case("d", "cd")).held["cd"]] == ["b", "d"]


def test_hours_change_and_a_worker_comes() -> None:
    assert change_hours(TEAM, "cd", Fraction(30)).worker_of["cd"].contracted_hours == 30
    assert list(add_worker(TEAM, worker("ef")).held) == ["ab", "cd", "ef"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: move(TEAM, "z", "ab"),
        lambda: move(TEAM, "a", "zz"),
        lambda: close(TEAM, "z"),
        lambda: add(TEAM, case("d", "zz")),
        lambda: change_hours(TEAM, "zz", Fraction(1)),
    ],
)
def test_what_is_not_there_cannot_change(change: Callable[[], Snapshot]) -> None:
    with pytest.raises(NotFoundError, match="no such"):
        change()


@pytest.mark.parametrize(
    "change",
    [
        lambda: add(TEAM, case("a")),
        lambda: add_worker(TEAM, worker("ab")),
        lambda: change_hours(TEAM, "ab", Fraction(-1)),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(change: Callable[[], Snapshot]) -> None:
    with pytest.raises(UnacceptableDetailsError):
        change()


def off(amount: int | str, unit: Literal["hours", "points"] = "hours") -> Reduction:
    return Reduction(Fraction(amount), unit, "A reason")


# Few draws a case, from values at and around the limits: drawing more of them only takes longer.
workers = st.builds(
    Worker,
    id=st.just(""),
    name=st.just("W"),
    contracted_hours=amounts,
    newly_qualified=st.booleans(),
    reductions=st.sampled_from([(), (off("15/2"),), (off(15, "points"), off(4)), (off(50),)]),
    scores=st.sampled_from([{}, {"other": Fraction(15, 2)}]),
)
cases = st.builds(
    Case,
    id=st.just(""),
    worker_id=st.sampled_from(["w0", "w1", None]),
    kind=st.sampled_from(["short", "long", "odd", ""]),
    scores=st.sampled_from(
        [
            {},
            {"risk": Fraction(0), "time": Fraction(1)},
            {"risk": Fraction(5), "time": Fraction(10)},
            {"risk": Fraction(9, 4), "time": Fraction(11, 2)},
            {"risk": Fraction(6), "time": Fraction(1, 2)},
            {"time": Fraction(3)},
        ]
    ),
    hours=st.none() | amounts,
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    held = draw(st.lists(cases, min_size=1, max_size=6))
    return Snapshot(
        "Team",
        DAY,
        tuple(replace(draw(workers), id=f"w{number}") for number in range(2)),
        tuple(replace(each, id=f"c{number}") for number, each in enumerate(held)),
    )


def share(found: WorkerLoad) -> Fraction | float:
    """Return a percentage that compares: work without capacity is beyond every number."""
    if found.percentage is None:
        return float("inf") if found.load else Fraction(0)
    return found.percentage


@quick
@given(snapshots(), st.data())
def test_moving_a_case_never_changes_the_teams_total(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    held = [each for each in snapshot.cases if each.worker_id is not None]
    assume(held)
    moved = move(snapshot, data.draw(st.sampled_from(held)).id, data.draw(HOLDERS))
    for rule in RULES:
        before = calculate(scheme(rule), snapshot).team
        after = calculate(scheme(rule), moved).team
        assert (after.load, after.capacity, after.cases) == (
            before.load, before.capacity, before.cases
        )  # fmt: skip


@quick
@given(snapshots(), amounts)
def test_more_hours_never_raise_a_percentage(snapshot: Snapshot, more: Fraction) -> None:
    hours = snapshot.workers[0].contracted_hours or Fraction(0)
    longer = change_hours(snapshot, "w0", hours + more)
    for rule in RULES:
        before = calculate(scheme(rule), snapshot).of["w0"]
        after = calculate(scheme(rule), longer).of["w0"]
        assert share(after) <= share(before)


@quick
@given(snapshots(), st.data())
def test_a_closed_case_never_adds_load(snapshot: Snapshot, data: st.DataObject) -> None:
    closed = close(snapshot, data.draw(st.sampled_from(snapshot.cases)).id)
    assert len(closed.cases) == len(snapshot.cases) - 1
    for rule in RULES:
        before, after = calculate(scheme(rule), snapshot), calculate(scheme(rule), closed)
        for one, other in zip(before.workers, after.workers, strict=True):
            assert other.load <= one.load
            assert other.capacity == one.capacity
        assert (after.unallocated.load or 0) <= (before.unallocated.load or 0)
        assert after.team.load <= before.team.load


@quick
@given(snapshots())
def test_loads_capacities_and_totals_are_never_below_0(snapshot: Snapshot) -> None:
    for rule in RULES:
        result = calculate(scheme(rule), snapshot)
        for each in result.workers:
            assert each.load >= 0
            assert each.capacity is None or each.capacity >= 0
            assert each.percentage is None or each.percentage >= 0
        assert result.team.load == sum(each.load for each in result.workers)
        assert min(result.team.spare, result.team.over) >= 0


def test_a_sound_snapshot_has_no_fault() -> None:
    assert faults(TEAM) == ()


def test_everything_that_makes_a_snapshot_unusable_is_named() -> None:
    wrong_time = (
        Reduction(Fraction(-1), "hours", " "),
        Reduction(Fraction(1), "points", "A reason", DAY, DAY.replace(day=1, month=1)),
    )
    wrong = team(
        [
            worker(),
            worker(),
            worker("cd", 169, full_time_hours=Fraction(0), reductions=wrong_time),
            worker("ef", None, scores={"other": Fraction(-1)}),
        ],
        [
            case("a"),
            case("a", "zz"),
            case("b", None, hours=Fraction(-1), waiting_since=DAY.replace(month=12)),
            case("c", None, scores={"risk": Fraction(-1)}),
        ],
    )

    assert faults(wrong) == (
        Fault("There are 2 workers “ab”: give each its own.", "ab"),
        Fault("There are 2 cases “a”: give each its own.", None, "a"),
        Fault("Contracted hours must be from 0 to 168 a week.", "cd"),
        Fault("Full-time hours must be more than 0 and at most 168 a week.", "cd"),
        Fault("Protected hours must be 0 or more.", "cd"),
        Fault("Protected hours need a reason.", "cd"),
        Fault("Protected points end before they begin.", "cd"),
        Fault("The score “other” must be 0 or more.", "ef"),
        Fault("There is no worker “zz” in this team.", None, "a"),
        Fault("The hours of a case must be 0 or more.", None, "b"),
        Fault("A case cannot wait since a day after the snapshot.", None, "b"),
        Fault("The score “risk” must be 0 or more.", None, "c"),
    )

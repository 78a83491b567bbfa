"""One scheme over one snapshot: every worker's load, capacity and light, and the team's."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from healthcheck.core.scoring import total
from healthcheck.core.workload import priority
from healthcheck.core.workload.capacity import Capacity
from healthcheck.core.workload.counts import ByCount
from healthcheck.core.workload.gaps import Gaps
from healthcheck.core.workload.kinds import ByHours, ByKind
from healthcheck.core.workload.points import ByPoints
from healthcheck.core.workload.results import Result, TeamLoad, Unallocated, WorkerLoad
from healthcheck.core.workload.schemes import (
    AvailablePoints,
    Count,
    Hours,
    Points,
    Priority,
    WeightedCases,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.lights import Light
    from healthcheck.core.workload.measures import Measure
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Case, Snapshot, Worker

ZERO = Fraction(0)
LoadRule = Points | WeightedCases | Hours | AvailablePoints | Count


def calculate(scheme: Scheme, snapshot: Snapshot) -> Result:
    """Return what a scheme makes of a snapshot on the day it was taken.

    Raises NoRateError when the scheme has no figure for that day.
    """
    rule = scheme.rule
    if isinstance(rule, Priority):
        return _ordered(scheme, rule, snapshot)
    measure = measure_of(rule, snapshot.taken_on)
    capacity = Capacity(scheme, measure.target, snapshot.taken_on)
    gaps = Gaps()
    workers = tuple(
        _worker_load(scheme, measure, capacity, worker, snapshot.held[worker.id], gaps)
        for worker in snapshot.workers
    )
    team = together(scheme, workers)
    unallocated = _unallocated(measure, snapshot, gaps)
    used = (*measure.used, *capacity.used)
    return Result(scheme, snapshot, workers, team, unallocated, gaps.missing(), used)


def measure_of(rule: LoadRule, day: date) -> Measure:
    """Return the calculator of a rule on a day. Raises NoRateError for a day without a figure."""
    match rule:
        case Points():
            return ByPoints(rule, day)
        case WeightedCases():
            return ByKind(rule.kinds, rule.ceiling, day)
        case Hours():
            return ByHours(rule.kinds, rule.month, day)
        case AvailablePoints():
            return ByKind(rule.kinds, rule.target, day)
        case Count():
            return ByCount()
        case _:
            assert_never(rule)


def _worker_load(  # noqa: PLR0913, PLR0917 - all that a load is made of
    scheme: Scheme,
    measure: Measure,
    capacity: Capacity,
    worker: Worker,
    cases: Sequence[Case],
    gaps: Gaps,
) -> WorkerLoad:
    before = gaps.noted
    load = measure.load(cases, gaps) + measure.own_load(worker, gaps)
    is_complete = gaps.noted == before
    can_carry = capacity.of(worker, gaps)
    return WorkerLoad(
        worker=worker,
        cases=len(cases),
        load=load,
        capacity=can_carry,
        light=_light(scheme, load, can_carry, is_complete=is_complete),
        is_complete=is_complete,
        unagreed=sum(not case.is_agreed for case in cases) if measure.agrees else 0,
    )


def together(scheme: Scheme, workers: Sequence[WorkerLoad]) -> TeamLoad:
    """Return what the workers of a team carry together, all under one scheme."""
    spares = [spare for each in workers if (spare := each.spare) is not None]
    spare = total(spare for spare in spares if spare.numerator > 0)
    over = total(-spare for spare in spares if spare.numerator < 0)
    return _added(scheme, workers, spare, over)


def of_teams(scheme: Scheme, teams: Sequence[TeamLoad]) -> TeamLoad:
    """Return what teams carry together, as if their workers were one team's.

    Leave out teams without workers: they have no capacity, known or not.
    """
    spare, over = total(each.spare for each in teams), total(each.over for each in teams)
    return _added(scheme, teams, spare, over)


def _added(
    scheme: Scheme, loads: Sequence[WorkerLoad | TeamLoad], spare: Fraction, over: Fraction
) -> TeamLoad:
    load = total(each.load for each in loads)
    capacities = [each.capacity for each in loads if each.capacity is not None]
    known = len(capacities) == len(loads) and len(loads) > 0
    capacity = total(capacities) if known else None
    is_complete = all(each.is_complete for each in loads)
    return TeamLoad(
        cases=sum(each.cases for each in loads),
        load=load,
        capacity=capacity,
        light=_light(scheme, load, capacity, is_complete=is_complete),
        spare=spare,
        over=over,
        is_complete=is_complete,
    )


def _light(
    scheme: Scheme, load: Fraction, capacity: Fraction | None, *, is_complete: bool
) -> Light | None:
    """Return the light of a load; of what is only a part, none but one that asks for a decision."""
    light = None if scheme.lights is None else scheme.lights.of(load, capacity)
    return light if is_complete or (light is not None and light.needs_decision) else None


def _unallocated(measure: Measure, snapshot: Snapshot, gaps: Gaps) -> Unallocated:
    cases = snapshot.unallocated
    before = gaps.noted
    load = measure.load(cases, gaps) if measure.scores_referrals else None
    return Unallocated(len(cases), load, gaps.noted == before, longest_wait(snapshot))


def longest_wait(snapshot: Snapshot) -> int | None:
    """Return for how many days the case that waits longest has waited; None when none says."""
    since = [case.waiting_since for case in snapshot.unallocated if case.waiting_since is not None]
    return max((snapshot.taken_on - min(since)).days, 0) if since else None


def _ordered(scheme: Scheme, rule: Priority, snapshot: Snapshot) -> Result:
    """Return the orders of a prioritisation, which has no loads and no capacity."""
    gaps = Gaps()
    made = priority.ByPriority(rule, snapshot.taken_on)
    orders = made.orders(snapshot, gaps)
    allocated = len(snapshot.cases) - len(snapshot.unallocated)
    missing = gaps.missing()
    team = TeamLoad(allocated, ZERO, None, None, ZERO, ZERO, not missing)
    waiting = Unallocated(len(snapshot.unallocated), None, not missing, longest_wait(snapshot))
    return Result(scheme, snapshot, (), team, waiting, missing, made.used, orders)

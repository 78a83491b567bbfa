"""A service's case holders against their own safe level: on one day, over a year, and in cases.

A worker's safe level is their capacity under the team's first scheme that has one. Whoever holds no
case is not over it. An answer is exact or it is not given, with what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.cycles import day as written
from healthcheck.core.errors import NoRateError
from healthcheck.core.scoring import total
from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.schemes import AvailablePoints, Hours, Points, WeightedCases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from healthcheck.core.workload.rates import Row
    from healthcheck.core.workload.results import Result, WorkerLoad
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot, Worker

HUNDRED = 100
MONTHS = 12
OFTEN = 3
"""Month ends, of twelve, from which on somebody is often over; the questionnaire's own cut-off."""
ONE_CASE = Fraction(1)
NOBODY = "No worker holds a case."
Judged: TypeAlias = "tuple[Scheme, Sequence[bool | None]]"
"""A team's scheme, and of each who holds a case there whether they are over; None is open."""


@dataclass(frozen=True)
class Counted:
    """One team: its newest snapshot by the chosen day, None without one, and its schemes.

    The first of them that holds a load against a target says what its safe level is. `months` are
    what that scheme makes of the last snapshot of each month, in any order; a month is missing
    that has no snapshot, or for which the scheme has no figures.
    """

    name: str
    snapshot: Snapshot | None
    schemes: tuple[Scheme, ...] = ()
    months: tuple[Result, ...] = ()

    @cached_property
    def scheme(self) -> Scheme | None:
        """The scheme whose target is the team's safe level; None when it has no such scheme."""
        return safe_level_of(self.schemes)

    @cached_property
    def holders(self) -> tuple[Worker, ...]:
        """The workers that hold a case; nobody without a snapshot."""
        snapshot = self.snapshot
        if snapshot is None:
            return ()
        return tuple(each for each in snapshot.workers if snapshot.held[each.id])


@dataclass(frozen=True, slots=True)
class Answer:
    """A number, by which schemes and how it comes about; or None and what is missing."""

    value: Fraction | None
    by: str = ""
    working: str = ""
    missing: tuple[str, ...] = ()


def safe_level_of(schemes: Iterable[Scheme]) -> Scheme | None:
    """Return the first scheme that holds a load against a target; None when there is none."""
    rules = (Points, WeightedCases, Hours, AvailablePoints)
    return next((each for each in schemes if isinstance(each.rule, rules)), None)


def share_over(teams: Sequence[Counted]) -> Answer:
    """Return the share, in %, of those who hold a case whose load is above their safe level."""
    found: list[Judged] = []
    missing: list[str] = []
    for each, scheme, snapshot in _with_holders(teams, missing):
        try:
            loads = calculate(scheme, snapshot).workers
        except NoRateError as error:
            missing.append(f"{each.name}: {error}")
            continue
        verdicts = [_is_over(load) for load in loads if load.cases]
        found.append((scheme, verdicts))
        if unknown := verdicts.count(None):
            workers = times(unknown, "worker")
            missing.append(f"{scheme.title} cannot judge {workers} in {each.name}: see the team.")
    return _share(found, missing, "Over their own safe level")


def share_often_over(teams: Sequence[Counted]) -> Answer:
    """Return the share, in %, of those who hold a case that were often over in twelve months.

    The months are calendar months, the last that of the team's newest snapshot; the last snapshot
    of a month stands for its end. A worker is followed within the team. A month end that nobody
    can judge is open: it matters only for those whom it could bring to three.
    """
    found: list[Judged] = []
    missing: list[str] = []
    for each, scheme, snapshot in _with_holders(teams, missing):
        months = _last_months(each.months, snapshot.taken_on)
        verdicts = [_is_often_over(worker, months) for worker in each.holders]
        found.append((scheme, verdicts))
        if unknown := verdicts.count(None):
            missing.append(
                f"{each.name} has snapshots that can be judged for {len(months)} of the {MONTHS}"
                f" months to {written(snapshot.taken_on)}. That leaves open whether"
                f" {times(unknown, 'worker')} had {OFTEN} month ends over the safe level."
            )
    over = f"Over their own safe level at {OFTEN} or more of {MONTHS} month ends"
    return _share(found, missing, over)


def level_in_cases(teams: Sequence[Counted]) -> Answer:
    """Return a full-time worker's safe level in cases, on average over all who hold cases.

    Only a ceiling on cases of which each kind weighs exactly 1 is a number of cases.
    """
    missing: list[str] = []
    by: dict[str, None] = {}
    holders: dict[Fraction, int] = {}
    for each, scheme, snapshot in _with_holders(teams, missing):
        try:
            row = _ceiling_in_cases(scheme, snapshot.taken_on)
        except NoRateError as error:
            missing.append(f"{each.name}: {error}")
            continue
        if row is None:
            missing.append(f"The safe level of {each.name} is not in cases: {scheme.title}.")
            continue
        by[f"{scheme.title}, {row.standing.value}, from {written(row.starts)}"] = None
        holders[row.value] = holders.get(row.value, 0) + len(each.holders)
    people = sum(holders.values())
    if missing or not people:
        return Answer(None, missing=tuple(missing) or (NOBODY,))
    terms = " + ".join(f"{many} × {amount(level)}" for level, many in holders.items())
    value = total(level * many for level, many in holders.items()) / people
    working = f"Each full-time worker: {amount(value)} cases"
    if len(holders) > 1:
        working = f"({terms}) ÷ {people} workers holding cases = {amount(value)} cases"
    return Answer(value, f"by the ceiling of {' and '.join(by)}", working)


def _with_holders(
    teams: Sequence[Counted], missing: list[str]
) -> Iterable[tuple[Counted, Scheme, Snapshot]]:
    """Yield the teams where somebody holds a case; one without a safe level is missing."""
    for each in teams:
        if each.snapshot is None or not each.holders:
            continue
        if each.scheme is None:
            missing.append(f"No scheme of {each.name} says what its safe level is.")
            continue
        yield each, each.scheme, each.snapshot


def _is_over(load: WorkerLoad) -> bool | None:
    """Say whether a load is above its capacity; None when nobody can say.

    What was counted of a load is enough to say that it is too much, never that it is not.
    """
    if not load.cases:
        return False
    if load.capacity is not None and load.load > load.capacity:
        return True
    return False if load.capacity is not None and load.is_complete else None


def _is_often_over(worker: Worker, months: Sequence[Mapping[str, WorkerLoad]]) -> bool | None:
    """Say whether a worker was over at three month ends or more; None when it is open."""
    verdicts = [_is_over(each[worker.id]) for each in months if worker.id in each]
    over = verdicts.count(True)
    if over >= OFTEN:
        return True
    unknown = verdicts.count(None) + MONTHS - len(months)
    return None if over + unknown >= OFTEN else False


def _last_months(results: Sequence[Result], until: date) -> list[Mapping[str, WorkerLoad]]:
    """Return the loads, by worker, of each of the twelve months to a day that was judged."""
    newest = {_month(each.snapshot.taken_on): each for each in _oldest_first(results)}
    last = _month(until)
    return [newest[each].of for each in range(last - MONTHS + 1, last + 1) if each in newest]


def _oldest_first(results: Sequence[Result]) -> list[Result]:
    return sorted(results, key=lambda each: each.snapshot.taken_on)


def _month(day: date) -> int:
    return day.year * MONTHS + day.month


def _ceiling_in_cases(scheme: Scheme, day: date) -> Row | None:
    """Return the ceiling when it is a number of cases; None otherwise. Raises NoRateError."""
    rule = scheme.rule
    if not isinstance(rule, WeightedCases):
        return None
    now = [each.weight.on(day).value for each in rule.kinds if each.weight.has(day)]
    if any(each != ONE_CASE for each in now):
        return None
    return rule.ceiling.on(day)


def _share(found: Sequence[Judged], missing: Sequence[str], over: str) -> Answer:
    verdicts = [each for _, of_team in found for each in of_team]
    if missing or not verdicts:
        return Answer(None, missing=tuple(missing) or (NOBODY,))
    many = verdicts.count(True)
    by = " and ".join(dict.fromkeys(scheme.title for scheme, _ in found))
    working = f"{over}: {many} of {times(len(verdicts), 'worker')} holding cases"
    return Answer(Fraction(HUNDRED * many, len(verdicts)), f"against {by}", working)

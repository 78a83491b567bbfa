"""What a worker can carry: a full-time target less part-time hours, protected time and allowance.

Available = target × (contracted ÷ full time) × ((contracted − reductions) ÷ contracted), as in the
open-source Workload Measurement Tool of the probation service; a newly qualified worker's share
multiplies it, and points of protected time are taken off at the end. It is never below 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.results import Used

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Reduction, Worker

ZERO = Fraction(0)
ONE = Fraction(1)
Terms: TypeAlias = "tuple[Fraction | None, Fraction | None, bool, tuple[Reduction, ...]]"
"""All of a worker that capacity depends on; many workers have the same."""


@dataclass(frozen=True, slots=True)
class Available:
    """A worker's capacity with all that it was worked out from.

    `share` is the newly qualified worker's share of the target, 1 for the others. `off` are the
    reductions that hold on the day; `points_off` is what they take off in points.
    """

    target: Fraction
    contracted: Fraction
    full_time: Fraction
    hours_off: Fraction
    points_off: Fraction
    share: Fraction
    off: tuple[Reduction, ...]
    amount: Fraction


class Capacity:
    """A scheme's capacity on one day. Raises NoRateError for a day without a figure.

    `used` are the dated figures it takes.
    """

    def __init__(self, scheme: Scheme, target: Fraction | None, day: date) -> None:
        self._target, self._day = target, day
        self._unit = scheme.unit
        self._rule = rule = scheme.capacity
        self._full_time, self._share = ZERO, ONE
        used: list[Used] = []
        if rule is not None and target is not None:
            row = rule.full_time_hours.on(day)
            self._full_time = row.value
            used.append(Used(rule.full_time_hours.name, row))
            if rule.newly_qualified is not None:
                row = rule.newly_qualified.on(day)
                self._share = row.value
                used.append(Used(rule.newly_qualified.name, row))
        self.used = tuple(used)
        self._known: dict[Terms, Available | None] = {}

    def of(self, worker: Worker, gaps: Gaps) -> Fraction | None:
        """Return what a worker can carry; None without a target, and when hours are not known."""
        if self._target is None or self._rule is None:
            return self._target
        available = self.available(worker)
        if available is None:
            gaps.note("Contracted hours are not given, so there is no capacity.", worker.id)
            return None
        if self._unit != "points" and any(each.unit == "points" for each in available.off):
            gaps.note(
                f"Protected time in points is not counted: this scheme counts {self._unit}.",
                worker.id,
            )
        return available.amount

    def available(self, worker: Worker) -> Available | None:
        """Return a worker's capacity with its parts.

        None without a target or a rule, and when hours are not known.
        """
        key = (
            worker.contracted_hours,
            worker.full_time_hours,
            worker.newly_qualified,
            worker.reductions,
        )
        if key not in self._known:
            self._known[key] = self._available(worker)
        return self._known[key]

    def _available(self, worker: Worker) -> Available | None:
        contracted = worker.contracted_hours
        if self._target is None or self._rule is None or contracted is None:
            return None
        off = tuple(each for each in worker.reductions if each.holds_on(self._day))
        hours_off = sum((each.amount for each in off if each.unit == "hours"), ZERO)
        points_off = ZERO
        if self._unit == "points":
            points_off = sum((each.amount for each in off if each.unit == "points"), ZERO)
        full_time = worker.full_time_hours or self._full_time
        share = self._share if worker.newly_qualified else ONE
        left = max(contracted - hours_off, ZERO)
        made = max(self._target * share * left / full_time - points_off, ZERO)
        return Available(
            self._target, contracted, full_time, hours_off, points_off, share, off, made
        )

    def words(self, worker: Worker) -> tuple[str, ...]:
        """Return how a worker's capacity comes about, a sentence each."""
        if self._target is None:
            return ("This scheme has no capacity to hold the load against.",)
        whole = f"{amount(self._target)} {self._unit}"
        if self._rule is None:
            return (f"Capacity: {whole}, the same for every worker whatever their hours.",)
        made = self.available(worker)
        if made is None:
            return ("Contracted hours are not given, so there is no capacity.",)
        return (_formula(made, self._unit), *(_reason(each, self._unit) for each in made.off))


def _formula(made: Available, unit: str) -> str:
    parts = [
        f"{amount(made.target)} {unit}",
        f"{amount(made.contracted)} of {amount(made.full_time)} hours",
    ]
    if made.hours_off:
        left = amount(max(made.contracted - made.hours_off, ZERO))
        parts.append(f"{left} of {amount(made.contracted)} hours left")
    if made.share != ONE:
        parts.append(f"{amount(100 * made.share)}% as newly qualified")
    less = f" − {amount(made.points_off)} points" if made.points_off else ""
    return f"Capacity: {' × '.join(parts)}{less} = {amount(made.amount)} {unit}."


def _reason(reduction: Reduction, unit: str) -> str:
    week = " a week" if reduction.unit == "hours" else ""
    counted = "" if reduction.unit == "hours" or unit == "points" else " (not counted here)"
    until = f", until {reduction.ends.day} {reduction.ends:%B %Y}" if reduction.ends else ""
    return (
        f"Protected: {amount(reduction.amount)} {reduction.unit}{week}{counted}, for"
        f" {reduction.reason}{until}."
    )

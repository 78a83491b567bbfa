"""Cases weighed by their kind: the weighted case limit, hours a month, and points by kind."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.measures import Measure
from healthcheck.core.workload.results import Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.rates import Rate
    from healthcheck.core.workload.schemes import Kind
    from healthcheck.core.workload.snapshots import Case


class ByKind(Measure):
    """Cases by the weight of their kind. Raises NoRateError for a day without a figure.

    A kind may come later or be ended: that stops only the days on which there is such a case.
    """

    def __init__(self, kinds: Sequence[Kind], target: Rate, day: date) -> None:
        rows = [(kind, kind.weight.on(day)) for kind in kinds if kind.weight.has(day)]
        self._day = day
        self._not_now = {kind.id: kind.weight for kind in kinds if not kind.weight.has(day)}
        held_against = target.on(day)
        self.target = held_against.value
        self.used = (
            Used(target.name, held_against),
            *(Used(kind.weight.name, row) for kind, row in rows),
        )
        self._titles = {kind.id: kind.title for kind in kinds}
        self._weights = {kind.id: row.value for kind, row in rows}
        self._unit = lcm(*(weight.denominator for weight in self._weights.values()))
        self._parts = {
            kind: weight.numerator * (self._unit // weight.denominator)
            for kind, weight in self._weights.items()
        }

    def load(self, cases: Sequence[Case], gaps: Gaps) -> Fraction:
        """Return the weights of the cases added up; raises NoRateError for a kind without one."""
        parts = 0
        known = self._parts
        for case in cases:
            part = known.get(case.kind)
            if part is None:
                if case.kind in self._not_now:
                    self._not_now[case.kind].on(self._day)
                gaps.note(self._lacking(case.kind), case.worker_id, case.id)
            else:
                parts += part
        return Fraction(parts, self._unit)

    def words(self, case: Case) -> str:
        """Return such as "Active carer: 1.5"."""
        weight = self._weights.get(case.kind)
        if weight is None:
            return self._lacking(case.kind)
        return f"{self._titles[case.kind]}: {amount(weight)}"

    def _lacking(self, kind: str) -> str:
        if kind:
            return f"“{kind}” has no weight in this scheme, so such a case is not counted."
        return "A case without a kind has no weight, so it is not counted."


class ByHours(ByKind):
    """Hours a month: those found for the case itself, else those of its kind."""

    def load(self, cases: Sequence[Case], gaps: Gaps) -> Fraction:
        """Return the hours of the cases added up."""
        by_denominator: dict[int, int] = {}
        others: list[Case] = []
        for case in cases:
            if case.hours is None:
                others.append(case)
            else:
                below = case.hours.denominator
                by_denominator[below] = by_denominator.get(below, 0) + case.hours.numerator
        own = (Fraction(above, below) for below, above in by_denominator.items())
        return sum(own, super().load(others, gaps))

    def words(self, case: Case) -> str:
        """Return such as "12 hours, found for this case"."""
        if case.hours is not None:
            return f"{amount(case.hours)} hours, found for this case"
        return super().words(case)

    def _lacking(self, kind: str) -> str:
        if kind:
            return f"“{kind}” has no hours in this scheme and the case has none of its own."
        return "A case without a kind and without hours of its own is not counted."

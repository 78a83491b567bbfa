"""Cases in order of need, with the reason for every place: factors, and criteria with grades.

A case that nobody has looked at stands first where the most pressing do, and last where cases are
sought that could be closed: not knowing is never a reason to wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.workload.results import Order, Place, Used
from healthcheck.core.workload.schemes import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.schemes import Factor, Level, Priority
    from healthcheck.core.workload.snapshots import Case, Snapshot

ZERO = Fraction(0)
LONGEST_WAIT = 10_000_000
"""More days than anything can have waited: a wait only decides where all else is the same."""
NOT_JUDGED = "Not fully judged yet."


@dataclass(frozen=True, slots=True)
class Judged:
    """What the factors and grades of a case come to.

    `level` is None when something has yet to be judged. `pressing` is a number to sort by: what has
    yet to be judged first, then by level and points. `gaps` say what could not be counted.
    """

    points: Fraction
    level: Level | None
    pressing: int
    reason: str
    gaps: tuple[str, ...]


Row: TypeAlias = tuple[int, "Case", Judged, int | None]
"""What a case is sorted by, the case, what it comes to, and for how many days it has waited."""


class ByPriority:
    """A prioritisation on one day. Raises NoRateError for a day without a figure.

    A factor may come later or be ended: that stops only the days on which a case has it.
    """

    def __init__(self, rule: Priority, day: date) -> None:
        self._rule, self._day = rule, day
        factors = [*rule.factors, *(grade for each in rule.criteria for grade in each.grades)]
        now = [factor for factor in factors if factor.points.has(day)] or factors
        rows = [(factor.points, factor.points.on(day)) for factor in now]
        self.used = tuple(Used(rate.name, row) for rate, row in rows)
        self._unit = lcm(*(row.value.denominator for _, row in rows))
        self._beyond = int(sum((row.value for _, row in rows), ZERO) * self._unit) + 1
        self._factors = {each.id: each for each in rule.factors}
        self._grades = {each.id: {one.id: one for one in each.grades} for each in rule.criteria}
        self._ranks = {level.id: rank for rank, level in enumerate(rule.levels)}
        self._known: dict[tuple[frozenset[str] | None, tuple[str | None, ...]], Judged] = {}

    def orders(self, snapshot: Snapshot, gaps: Gaps) -> tuple[Order, ...]:
        """Return the cases in the order of each use; what could not be counted is noted.

        A case that no use is about need not be judged.
        """
        waiting_too = Use.REFERRALS in self._rule.uses
        allocated_too = bool({Use.ALLOCATED, Use.DISCHARGE}.intersection(self._rule.uses))
        allocated: list[Row] = []
        waiting: list[Row] = []
        for case in snapshot.cases:
            if not (waiting_too if case.worker_id is None else allocated_too):
                continue
            judged, days = self.judged(case), _waiting(case, self._day)
            row = (judged.pressing * LONGEST_WAIT + (days or 0), case, judged, days)
            (waiting if case.worker_id is None else allocated).append(row)
            for sentence in judged.gaps:
                gaps.note(sentence, case.worker_id, case.id)
        chosen = {Use.ALLOCATED: allocated, Use.REFERRALS: waiting, Use.DISCHARGE: allocated}
        return tuple(_order(use, chosen[use]) for use in self._rule.uses)

    def judged(self, case: Case) -> Judged:
        """Return what the factors and grades of a case come to."""
        key = (case.factors, tuple(map(case.judged.get, self._grades)))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(*key)
        return known

    def _judge(self, factors: frozenset[str] | None, grades: Sequence[str | None]) -> Judged:
        unjudged: list[str] = []
        found = [
            (each, _lowered(each.title))
            for name, each in self._factors.items()
            if factors and name in factors
        ]
        if factors is None and self._factors:
            unjudged.append("The priority factors are not recorded.")
        for criterion, chosen in zip(self._rule.criteria, grades, strict=True):
            grade = self._grades[criterion.id].get(chosen or "")
            if grade is not None:
                found.append((grade, f"{_lowered(criterion.title)}: {_lowered(grade.title)}"))
            elif chosen is None:
                unjudged.append(f"{criterion.title} is not judged.")
            else:
                unjudged.append(f"{criterion.title} cannot be “{chosen}” in this scheme.")
        return self._levelled(found, unjudged, self._unknown(factors))

    def _unknown(self, factors: frozenset[str] | None) -> list[str]:
        return [
            f"“{name}” is not a factor of this scheme, so it is not counted."
            for name in sorted((factors or frozenset()) - set(self._factors))
            if self._factors
        ]

    def _levelled(
        self, found: Sequence[tuple[Factor, str]], unjudged: list[str], unknown: list[str]
    ) -> Judged:
        points = sum((each.points.on(self._day).value for each, _ in found), ZERO)
        said = "; ".join(words for _, words in found)
        if unjudged:
            so_far = f" So far: {said}." if said else ""
            reason = f"{NOT_JUDGED} {' '.join(unjudged)}{so_far}"
            return self._made(points, -1, reason, (*unjudged, *unknown))
        rank = max(rank for rank, level in enumerate(self._rule.levels) if level.starts <= points)
        raised = ""
        for each, words in found:
            least = rank if each.raises_to is None else self._ranks[each.raises_to]
            if least > rank:
                rank = least
                raised = f" That it has “{words}” is enough for this level."
        level = self._rule.levels[rank]
        why = said or "none of the factors is there"
        reason = f"{level.word}: {why}.{raised}{_entitled(level)}"
        return self._made(points, rank, reason, tuple(unknown))

    def _made(self, points: Fraction, rank: int, reason: str, gaps: tuple[str, ...]) -> Judged:
        step = len(self._rule.levels) if rank < 0 else rank
        pressing = step * self._beyond + int(points * self._unit)
        level = None if rank < 0 else self._rule.levels[rank]
        return Judged(points, level, pressing, reason, gaps)


def _order(use: Use, rows: Iterable[Row]) -> Order:
    most_first = use is not Use.DISCHARGE
    places = tuple(
        Place(place, case, judged.points, judged.level, _reason(judged, days), days)
        for place, (_, case, judged, days) in enumerate(
            sorted(rows, key=itemgetter(0), reverse=most_first), 1
        )
    )
    return Order(use, places)


def _waiting(case: Case, day: date) -> int | None:
    return None if case.waiting_since is None else max((day - case.waiting_since).days, 0)


def _reason(judged: Judged, waiting: int | None) -> str:
    if waiting is None:
        return judged.reason
    return f"{judged.reason} Waiting {waiting:,} {'day' if waiting == 1 else 'days'}."


def _entitled(level: Level) -> str:
    if level.eligible is None:
        return ""
    return " Eligible." if level.eligible else " Not eligible at the agreed threshold."


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]

"""A made-up team counted on one day: as many cases as fill each worker as far as they should be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker
from healthcheck.services.demonstration.texts import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from healthcheck.services.demonstration.workload_given import Group, Member

FULL_TIME = 37
FIRST_YEARS_SHARE = Fraction(9, 10)
MOST_CASES = 40
"""How many cases a worker is thought to have had over the months, those that ended included."""

INDIRECT = 12
"""Points of a senior worker for what belongs to no case."""
FOUR = 4
"""The highest score of the shortest scale."""
HOURS_A_POINT = Fraction(27, 20)
"""Hours a month that a case takes for each of its points."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of case: its points, what it scores by indicator, and how urgent it is.

    `factors` are those that put it in order, `judged` its urgency and the risk of inaction.
    """

    points: float
    scores: Mapping[str, int]
    factors: tuple[str, ...] = ()
    judged: tuple[str, str] = ("later", "low")


def _child(points: int, risk: int, co_ordination: int, time: int) -> Sort:
    return Sort(points, {"risk": risk, "co-ordination": co_ordination, "time": time})


def _adult(points: int, scores: tuple[int, ...], factors: str, judged: tuple[str, str]) -> Sort:
    named = dict(zip(("harm", "support", "health", "relationships", "living"), scores, strict=True))
    return Sort(points, named, tuple(factors.split()), judged)


SORTS: Mapping[str, Sort] = {
    "care-leaver": _child(4, 1, 3, 5),
    "child-in-need": _child(5, 2, 3, 6),
    "child-looked-after": _child(6, 3, 4, 7),
    "child-protection": _child(8, 4, 4, 9),
    "court-proceedings": _child(10, 5, 5, 10),
    "adult-review": _adult(4, (1, 2, 2, 1, 2), "", ("later", "low")),
    "adult-assessment": _adult(
        6, (2, 3, 3, 2, 2), "lack-of-support life-events", ("this-month", "moderate")
    ),
    "adult-safeguarding": _adult(
        8, (4, 3, 3, 3, 3), "abuse crisis lack-of-support", ("this-week", "substantial")
    ),
    "inactive-carer": Sort(0.5, {}),
    "active-carer": Sort(1, {}),
    "active-carer-three-placements": Sort(1.5, {}),
}
"""Kinds of case by the ids that schemes give them, with points that fit those of the schemes."""


def counted(group: Group, month: int, day: date) -> Snapshot:
    """Return a team as it is counted for the so manieth time, on a day."""
    there = [(at, each) for at, each in enumerate(group.members) if each.loads[month]]
    workers = tuple(_worker(each, day) for _, each in there)
    held = [case for at, each in there for case in _held(group, at, each, month)]
    return Snapshot(group.name, day, workers, (*held, *_waiting(group, month, day)))


def _worker(member: Member, day: date) -> Worker:
    reductions: tuple[Reduction, ...] = ()
    if member.protected is not None:
        hours, reason = member.protected
        starts = day.replace(month=1, day=1)
        reductions = (Reduction(Fraction(hours), "hours", reason, starts),)
    return Worker(
        id=member.name,
        name=member.name,
        grade=member.grade,
        contracted_hours=Fraction(member.hours),
        newly_qualified=member.newly_qualified,
        reductions=reductions,
        scores={"indirect": Fraction(INDIRECT)} if "Senior" in member.grade else {},
    )


def _held(group: Group, at: int, member: Member, month: int) -> Iterator[Case]:
    """Yield the cases of a worker: those of the month before but the oldest, and newer ones."""
    room = _capacity(group, member) * member.loads[month] / 100
    for number in range(month, MOST_CASES):
        seed = f"{group.house} {group.name} {member.name} {number}"
        kind = group.mix[drawn(0, len(group.mix) - 1, seed)]
        points = Fraction(SORTS[kind].points)
        if points <= room:
            room -= points
            yield _case(f"{group.name[0]}-{1000 + 60 * at + number}", kind, seed, member.name)


def _waiting(group: Group, month: int, day: date) -> Iterator[Case]:
    """Yield the cases that nobody has yet."""
    for number in range(group.waiting[month]):
        seed = f"{group.house} {group.name} waiting {month + number}"
        kind = group.mix[drawn(0, len(group.mix) - 1, seed)]
        since = day - timedelta(days=3 + 6 * number + drawn(0, 4, seed))
        yield _case(f"{group.name[0]}-{1900 + 10 * month + number}", kind, seed, None, since)


def _case(
    reference: str, kind: str, seed: str, worker_id: str | None, since: date | None = None
) -> Case:
    sort, is_agreed = SORTS[kind], drawn(0, 9, seed, "agreed") > 0
    was_looked_at = drawn(0, 11, seed, "looked at") > 0
    return Case(
        id=reference,
        reference=reference,
        worker_id=worker_id,
        kind=kind,
        scores={name: Fraction(_scored(score, seed, name)) for name, score in sort.scores.items()},
        hours=Fraction(sort.points) * HOURS_A_POINT if sort.scores else None,
        agreed_by_supervisor=worker_id is not None,
        agreed_by_worker=worker_id is not None and is_agreed,
        waiting_since=since,
        factors=frozenset(sort.factors) if was_looked_at else None,
        judged=dict(zip(("urgency", "risk-of-inaction"), sort.judged, strict=True))
        if was_looked_at
        else {},
    )


def _scored(usual: int, *seed: object) -> int:
    """Return a case's own score, which lies beside the usual one where the scale has room."""
    return usual + drawn(-1, 1, *seed) if 1 < usual < FOUR else usual


def _capacity(group: Group, member: Member) -> Fraction:
    hours = Fraction(member.hours)
    protected = Fraction(member.protected[0] if member.protected else 0)
    share = FIRST_YEARS_SHARE if member.newly_qualified else 1
    return group.capacity * share * (hours - protected) / FULL_TIME

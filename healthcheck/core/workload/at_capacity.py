"""Capacity reached: whose light asks for a decision, in which schemes, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.workload.in_short import load_in_short

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from healthcheck.core.workload.results import Result, TeamLoad, WorkerLoad

Day: TypeAlias = "tuple[date, Collection[str | None]]"
"""The day of a snapshot, and who was at or above capacity on it (None: the team)."""
THE_TEAM = "The team as a whole"


@dataclass(frozen=True, slots=True)
class Above:
    """A worker (None: the team) whose light asks for a decision, in one scheme."""

    worker_id: str | None
    name: str
    said: str
    starts: Fraction


@dataclass(frozen=True, slots=True)
class AtCapacity:
    """A worker (None: the team) at or above capacity in the newest snapshot, `taken_on` a day.

    `said` is what each scheme says that asks for a decision, and `starts` where the highest of
    those lights begins, in per cent. `since` is the day of the first of the snapshots in a row that
    show it.
    """

    worker_id: str | None
    name: str
    said: tuple[str, ...]
    starts: Fraction
    taken_on: date
    since: date


def above(results: Iterable[Result]) -> dict[str | None, tuple[Above, ...]]:
    """Return everybody whose light asks for a decision, in any scheme: the team (None) first."""
    found: dict[str | None, tuple[Above, ...]] = {}
    for result in results:
        for worker_id, name, load in _asking(result):
            if load.light is not None and load.light.needs_decision:
                said = f"{result.scheme.title}: {load_in_short(result, load)}"
                each = Above(worker_id, name, said, load.light.starts)
                found[worker_id] = (*found.get(worker_id, ()), each)
    return dict(sorted(found.items(), key=lambda each: each[0] is not None))


def who_is_above(result: Result) -> tuple[str | None, ...]:
    """Return only the ids of those whose light asks for a decision: the team (None) first."""
    return tuple(
        worker_id
        for worker_id, _, load in _asking(result)
        if load.light is not None and load.light.needs_decision
    )


def at_capacity(results: Sequence[Result], earlier: Sequence[Day]) -> tuple[AtCapacity, ...]:
    """Return who is at or above capacity, the team first, then as the snapshot has them.

    `results` are those of the newest snapshot under every scheme. `earlier` says who was above on
    the day of each snapshot, newest first, the newest included.
    """
    return tuple(
        AtCapacity(
            worker_id,
            lights[0].name,
            tuple(each.said for each in lights),
            max(each.starts for each in lights),
            results[0].snapshot.taken_on,
            _since(worker_id, results[0].snapshot.taken_on, earlier),
        )
        for worker_id, lights in above(results).items()
    )


def _asking(result: Result) -> Iterator[tuple[str | None, str, WorkerLoad | TeamLoad]]:
    yield None, THE_TEAM, result.team
    for each in result.workers:
        yield each.worker.id, each.worker.name, each


def _since(worker_id: str | None, taken_on: date, earlier: Iterable[Day]) -> date:
    """Return the day of the first of the snapshots in a row that have somebody above capacity."""
    since = taken_on
    for day_of_it, those_above in earlier:
        if worker_id not in those_above:
            break
        since = day_of_it
    return since

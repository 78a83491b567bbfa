"""Two results of one scheme side by side: before and after what somebody is only trying out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.workload.in_short import unallocated_in_short
from healthcheck.core.workload.schemes import Priority
from healthcheck.reports.workload_view import line

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Result, TeamLoad, WorkerLoad
    from healthcheck.reports.workload_view import LoadLine


@dataclass(frozen=True, slots=True)
class Pair:
    """One worker, or the team, before and after; `before` is None for somebody new.

    `change` is a word, or blank when nothing is different.
    """

    name: str
    before: LoadLine | None
    after: LoadLine
    change: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One scheme before and after."""

    title: str
    unit: str
    pairs: tuple[Pair, ...]
    team: Pair
    unallocated: tuple[str, str]


def compared(before: Result, after: Result) -> Compared | None:
    """Return both side by side; None for an order of cases, which has no loads."""
    if isinstance(after.scheme.rule, Priority):
        return None
    old = before.of
    return Compared(
        after.scheme.title,
        after.scheme.unit,
        tuple(
            _pair(before, old.get(each.worker.id), after, each, each.worker.name)
            for each in after.workers
        ),
        _pair(before, before.team, after, after.team, "The team"),
        (unallocated_in_short(before), unallocated_in_short(after)),
    )


def _pair(
    before: Result,
    old: WorkerLoad | TeamLoad | None,
    after: Result,
    new: WorkerLoad | TeamLoad,
    name: str,
) -> Pair:
    then = None if old is None else line(before.scheme, old)
    return Pair(name, then, line(after.scheme, new), _change(old, new))


def _change(old: WorkerLoad | TeamLoad | None, new: WorkerLoad | TeamLoad) -> str:
    if old is None:
        return "New"
    if old.light is not new.light and old.light is not None and new.light is not None:
        return f"{old.light.word} becomes {new.light.word.lower()}"
    if (old.load, old.capacity, old.cases) == (new.load, new.capacity, new.cases):
        return ""
    more = new.load - old.load
    if not more:
        return "Capacity changed"
    return "More" if more > 0 else "Less"

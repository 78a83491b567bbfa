"""What a snapshot must be before it is kept, besides what makes it unusable for calculating."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.workload import references
from healthcheck.core.workload.amounts import times
from healthcheck.core.workload.snapshot_faults import faults
from healthcheck.core.workload.snapshots import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.core.workload.snapshots import Snapshot

MOST_WORKERS = 1_000
MOST_CASES = 20_000
EARLIEST = date(2010, 1, 1)
"""Before it no scheme has a figure."""


def problems(snapshot: Snapshot, today: date) -> tuple[Fault, ...]:
    """Return everything for which a snapshot cannot be kept; nothing when it can."""
    return (*_whole(snapshot, today), *faults(snapshot), *_references(snapshot))


def day_problem(day: date, today: date) -> str:
    """Return what is wrong with the day of a snapshot, nothing when it can be taken."""
    if day > today:
        return "A snapshot cannot be of a day that is still to come."
    if day < EARLIEST:
        return f"A snapshot cannot be of a day before {EARLIEST.year}."
    return ""


def size_problem(workers: int, cases: int) -> str:
    """Return what is wrong with the size of a team, nothing when it can be taken."""
    if not workers:
        return "There is nobody in this team yet. Put in at least one worker."
    if workers > MOST_WORKERS:
        return f"A team can have up to {MOST_WORKERS:,} workers. This has {workers:,}."
    if cases > MOST_CASES:
        return f"A team can have up to {MOST_CASES:,} cases. This has {times(cases, 'case')}."
    return ""


def _whole(snapshot: Snapshot, today: date) -> Iterator[Fault]:
    for sentence in (
        day_problem(snapshot.taken_on, today),
        size_problem(len(snapshot.workers), len(snapshot.cases)),
    ):
        if sentence:
            yield Fault(sentence)


def _references(snapshot: Snapshot) -> Iterator[Fault]:
    for case in snapshot.cases:
        sentence = references.problem(case.reference)
        if sentence:
            yield Fault(sentence, case.worker_id, case.id)

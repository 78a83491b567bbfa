"""A snapshot with one thing changed, to see what would become of the lights before deciding.

Each returns a new snapshot and raises NotFoundError for a worker or case that is not in the old.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.workload.snapshots import Case, Snapshot, Worker


def move(snapshot: Snapshot, case_id: str, worker_id: str | None) -> Snapshot:
    """Return the snapshot with a case at another worker, or at nobody (None)."""
    moved = replace(_case(snapshot, case_id), worker_id=worker_id)
    _require_worker(snapshot, worker_id)
    cases = tuple(moved if case.id == case_id else case for case in snapshot.cases)
    return replace(snapshot, cases=cases)


def close(snapshot: Snapshot, case_id: str) -> Snapshot:
    """Return the snapshot without a case."""
    closed = _case(snapshot, case_id)
    return replace(snapshot, cases=tuple(each for each in snapshot.cases if each is not closed))


def add(snapshot: Snapshot, case: Case) -> Snapshot:
    """Return the snapshot with one more case; raises UnacceptableDetailsError for an id twice."""
    _require_worker(snapshot, case.worker_id)
    if any(each.id == case.id for each in snapshot.cases):
        raise UnacceptableDetailsError(f"There is a case {case.id} in this snapshot already.")
    return replace(snapshot, cases=(*snapshot.cases, case))


def change_hours(snapshot: Snapshot, worker_id: str, contracted_hours: Fraction) -> Snapshot:
    """Return the snapshot with other contracted hours, a week, for a worker.

    Raises UnacceptableDetailsError for hours below 0.
    """
    _require_worker(snapshot, worker_id)
    if contracted_hours < 0:
        raise UnacceptableDetailsError("Contracted hours must be 0 or more.")
    workers = tuple(
        replace(each, contracted_hours=contracted_hours) if each.id == worker_id else each
        for each in snapshot.workers
    )
    return replace(snapshot, workers=workers)


def add_worker(snapshot: Snapshot, worker: Worker) -> Snapshot:
    """Return the snapshot with one more worker; raises UnacceptableDetailsError for an id twice."""
    if worker.id in snapshot.worker_of:
        raise UnacceptableDetailsError(f"There is a worker {worker.id} in this snapshot already.")
    return replace(snapshot, workers=(*snapshot.workers, worker))


def _case(snapshot: Snapshot, case_id: str) -> Case:
    for case in snapshot.cases:
        if case.id == case_id:
            return case
    raise NotFoundError("There is no such case in this snapshot.")


def _require_worker(snapshot: Snapshot, worker_id: str | None) -> None:
    if worker_id is not None and worker_id not in snapshot.worker_of:
        raise NotFoundError("There is no such worker in this snapshot.")

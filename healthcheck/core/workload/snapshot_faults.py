"""What makes a snapshot unusable: one rule and one wording for a file, a paste and a form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from healthcheck.core.workload.snapshots import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker

MOST_HOURS = 168
"""The hours a week has."""


def faults(snapshot: Snapshot) -> tuple[Fault, ...]:
    """Return everything that makes a snapshot unusable; nothing when it can be calculated with."""
    return (*_repeated(snapshot), *_workers(snapshot), *_cases(snapshot))


def _repeated(snapshot: Snapshot) -> Iterator[Fault]:
    workers = Counter(worker.id for worker in snapshot.workers)
    for worker_id, count in workers.items():
        if count > 1:
            yield Fault(f"There are {count} workers “{worker_id}”: give each its own.", worker_id)
    for case_id, count in Counter(case.id for case in snapshot.cases).items():
        if count > 1:
            sentence = f"There are {count} cases “{case_id}”: give each its own."
            yield Fault(sentence, case_id=case_id)


def _workers(snapshot: Snapshot) -> Iterator[Fault]:
    for worker in snapshot.workers:
        for sentence in (*_hours(worker), *_reductions(worker.reductions), *_scores(worker.scores)):
            yield Fault(sentence, worker.id)


def _hours(worker: Worker) -> Iterator[str]:
    contracted, full_time = worker.contracted_hours, worker.full_time_hours
    if contracted is not None and not 0 <= contracted <= MOST_HOURS:
        yield f"Contracted hours must be from 0 to {MOST_HOURS} a week."
    if full_time is not None and not 0 < full_time <= MOST_HOURS:
        yield f"Full-time hours must be more than 0 and at most {MOST_HOURS} a week."


def _reductions(reductions: tuple[Reduction, ...]) -> Iterator[str]:
    for each in reductions:
        if each.amount < 0:
            yield f"Protected {each.unit} must be 0 or more."
        if not each.reason.strip():
            yield f"Protected {each.unit} need a reason."
        if each.starts is not None and each.ends is not None and each.ends < each.starts:
            yield f"Protected {each.unit} end before they begin."


def _scores(scores: Mapping[str, Fraction]) -> Iterator[str]:
    for name, score in scores.items():
        if score < 0:
            yield f"The score “{name}” must be 0 or more."


def _cases(snapshot: Snapshot) -> Iterator[Fault]:
    for case in snapshot.cases:
        for sentence in _case(snapshot, case):
            yield Fault(sentence, case_id=case.id)


def _case(snapshot: Snapshot, case: Case) -> Iterator[str]:
    if case.worker_id is not None and case.worker_id not in snapshot.worker_of:
        yield f"There is no worker “{case.worker_id}” in this team."
    if case.hours is not None and case.hours < 0:
        yield "The hours of a case must be 0 or more."
    if case.waiting_since is not None and case.waiting_since > snapshot.taken_on:
        yield "A case cannot wait since a day after the snapshot."
    yield from _scores(case.scores)

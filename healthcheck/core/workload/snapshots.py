"""A team on one day: its workers, their cases, and the cases that nobody has yet.

A case reference is optional and is never a client's name. A closed case is not in a snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

ReductionUnit = Literal["hours", "points"]


@dataclass(frozen=True, slots=True)
class Reduction:
    """Protected time: hours a week, or points of a scheme that counts points, with the reason.

    It holds from `starts` to `ends`, both included; None is no limit on that side.
    """

    amount: Fraction
    unit: ReductionUnit
    reason: str
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One worker; hours are hours a week, and `full_time_hours` is what full time means here.

    Without `full_time_hours` the scheme's own figure counts. `contracted_hours` is None when it
    is not known: then a scheme that needs it says so. `scores` are those of indicators about the
    worker, not about a case, by indicator id.
    """

    id: str
    name: str
    grade: str = ""
    contracted_hours: Fraction | None = None
    full_time_hours: Fraction | None = None
    newly_qualified: bool = False
    reductions: tuple[Reduction, ...] = ()
    scores: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One open case; `worker_id` is None while nobody has it, since `waiting_since`.

    `scores` are by indicator id; `hours` are hours a month as found with the worker. `factors` are
    the priority factors that are there, None when nobody has looked yet; `judged` is the level by
    criterion id, such as urgency: this-week.
    """

    id: str
    worker_id: str | None
    kind: str = ""
    reference: str = ""
    scores: Mapping[str, Fraction] = field(default_factory=dict)
    hours: Fraction | None = None
    agreed_by_supervisor: bool = False
    agreed_by_worker: bool = False
    waiting_since: date | None = None
    factors: frozenset[str] | None = None
    judged: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_agreed(self) -> bool:
        """Whether supervisor and worker have both agreed its scores."""
        return self.agreed_by_supervisor and self.agreed_by_worker

    @property
    def called(self) -> str:
        """What people call it: its reference; without one its number, or else its id."""
        number = self.id.removeprefix("c")
        return self.reference or (f"Case {number}" if number.isdecimal() else self.id)


@dataclass(frozen=True)
class Snapshot:
    """A team's caseload as it was on one day."""

    team: str
    taken_on: date
    workers: tuple[Worker, ...]
    cases: tuple[Case, ...]

    @cached_property
    def held(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases of every worker, by the worker's id, in the order of the snapshot."""
        found: dict[str, list[Case]] = {worker.id: [] for worker in self.workers}
        for case in self.cases:
            if case.worker_id is not None:
                found[case.worker_id].append(case)
        return {worker_id: tuple(cases) for worker_id, cases in found.items()}

    @cached_property
    def unallocated(self) -> tuple[Case, ...]:
        """The cases that nobody has."""
        return tuple(case for case in self.cases if case.worker_id is None)

    @cached_property
    def worker_of(self) -> Mapping[str, Worker]:
        """The workers by id."""
        return {worker.id: worker for worker in self.workers}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a snapshot, and the id of the worker or case it is wrong with."""

    sentence: str
    worker_id: str | None = None
    case_id: str | None = None

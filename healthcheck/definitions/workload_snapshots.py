"""A team's caseload in a file, as people write it: the core's snapshot, or every problem in it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field, model_validator

from healthcheck.core.workload import snapshots as core
from healthcheck.core.workload.snapshot_faults import faults
from healthcheck.definitions import reading
from healthcheck.definitions.problems import in_order
from healthcheck.definitions.scalars import Day, Flag, Id, Points, Slug, Text, Whole, listed
from healthcheck.definitions.schema_parts import Part, only_one, refuse
from healthcheck.definitions.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Document, Place

MOST_ALIKE = 1_000


class Protected(Part):
    """Protected time of a worker, with its reason."""

    noun: ClassVar[str] = "protected time"
    hours: Points | None = Field(None, description="Hours a week.")
    points: Points | None = Field(
        None, description="Instead of hours: points, for schemes that count points."
    )
    reason: Text = Field(description="What the time is for.")
    from_: Day | None = Field(None, alias="from", description="The first day it holds.")
    until: Day | None = Field(None, description="The last day it holds.")

    @model_validator(mode="after")
    def _has_one_amount(self) -> Self:
        only_one(self, ("hours", "points"))
        return self

    def build(self) -> core.Reduction:
        """Return the core's reduction."""
        if self.hours is not None:
            return core.Reduction(self.hours, "hours", self.reason, self.from_, self.until)
        points = self.points or Fraction(0)
        return core.Reduction(points, "points", self.reason, self.from_, self.until)


class TeamWorker(Part):
    """One worker of a team."""

    noun: ClassVar[str] = "worker"
    id: Slug = Field(description="A short id, such as initials, by which cases name the worker.")
    name: Text = Field(description="The name or initials.")
    grade: Text = Field("", description="The grade.")
    contracted_hours: Points | None = Field(None, description="Contracted hours a week.")
    full_time_hours: Points | None = Field(
        None, description="What full time is for this worker; without it, the scheme's figure."
    )
    newly_qualified: Flag = Field(
        default=False, description="`true` in the first year after qualifying."
    )
    protected: tuple[Protected, ...] = Field((), description="Protected time, with reasons.")
    scores: dict[Id, Points] = Field(
        {}, description="Points of indicators that are about the worker, by the indicator's id."
    )

    def build(self) -> core.Worker:
        """Return the core's worker."""
        return core.Worker(
            id=self.id,
            name=self.name,
            grade=self.grade,
            contracted_hours=self.contracted_hours,
            full_time_hours=self.full_time_hours,
            newly_qualified=self.newly_qualified,
            reductions=tuple(each.build() for each in self.protected),
            scores=self.scores,
        )


class TeamCase(Part):
    """One open case of a team, or several alike."""

    noun: ClassVar[str] = "case"
    reference: Text = Field("", description="Your own reference, never a client's name.")
    worker: Slug | None = Field(None, description="The worker's id; without it, nobody has it.")
    kind: Id | None = Field(None, description="The id of its kind, for schemes that use kinds.")
    number: Whole = Field(1, description="How many cases alike this row stands for.")
    scores: dict[Id, Points] = Field({}, description="Its score on each indicator, by id.")
    hours: Points | None = Field(None, description="The hours a month it takes.")
    agreed_by: tuple[Annotated[str, *listed(("supervisor", "worker"))], ...] = Field(
        (), description="Who has agreed the scores."
    )
    waiting_since: Day | None = Field(None, description="The day from which nobody has had it.")
    factors: tuple[Id, ...] | None = Field(
        None, description="The ids of the priority factors it has; [] says it has none."
    )
    judged: dict[Id, Id] = Field({}, description="The grade by criterion, such as urgency: today.")

    @model_validator(mode="after")
    def _stands_for_some(self) -> Self:
        if not 1 <= self.number <= MOST_ALIKE:
            refuse(f"“number” must be from 1 to {MOST_ALIKE:,}, not {self.number}.")
        return self

    def build(self, row: int) -> Iterator[core.Case]:
        """Yield the core's cases; their ids say the row, counted from 1."""
        for each in range(1, self.number + 1):
            yield core.Case(
                id=f"case-{row}" if self.number == 1 else f"case-{row}-{each}",
                worker_id=self.worker,
                kind=self.kind or "",
                reference=self.reference,
                scores=self.scores,
                hours=self.hours,
                agreed_by_supervisor="supervisor" in self.agreed_by,
                agreed_by_worker="worker" in self.agreed_by,
                waiting_since=self.waiting_since,
                factors=None if self.factors is None else frozenset(self.factors),
                judged=self.judged,
            )


class Team(Part):
    """A team's caseload on one day: the whole file."""

    noun: ClassVar[str] = "team"
    team: Text = Field(description="The team's name.")
    taken_on: Day = Field(description="The day it describes.")
    workers: tuple[TeamWorker, ...] = Field(description="Its workers.")
    cases: tuple[TeamCase, ...] = Field(description="Its cases, those of nobody too.")

    def build(self) -> core.Snapshot:
        """Return the core's snapshot."""
        workers = tuple(worker.build() for worker in self.workers)
        rows = enumerate(self.cases, 1)
        cases = tuple(each for row, case in rows for each in case.build(row))
        return core.Snapshot(self.team, self.taken_on, workers, cases)


def read_snapshot(path: Path) -> tuple[core.Snapshot | None, tuple[Problem, ...]]:
    """Return the team in a file, None when it has any problem, and the problems."""
    document, problems = reading.read(path)
    if document is None:
        return None, problems
    part, more = validate(Team, document.data, document)
    found = in_order([*problems, *more])
    if part is None or found:
        return None, found
    snapshot = part.build()
    found = in_order(_faults(snapshot, part, document))
    return (None if found else snapshot), found


def _faults(snapshot: core.Snapshot, team: Team, document: Document) -> Iterator[Problem]:
    workers = {worker.id: index for index, worker in enumerate(team.workers)}
    for fault in faults(snapshot):
        place: Place
        if fault.case_id is None:
            place = ("workers", workers[str(fault.worker_id)])
        else:
            place = ("cases", int(fault.case_id.split("-")[1]) - 1)
        yield document.problem(place, fault.sentence)

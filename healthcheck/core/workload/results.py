"""What a scheme makes of a snapshot: exact numbers, and what could not be counted by name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthcheck.core.workload.lights import percentage_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.workload.lights import Light
    from healthcheck.core.workload.rates import Row
    from healthcheck.core.workload.schemes import Level, Scheme, Use
    from healthcheck.core.workload.snapshots import Case, Snapshot, Worker

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """One worker's load and capacity in the scheme's unit.

    `capacity` is None where the scheme has none, or where the worker's hours are not known. When
    `is_complete` is false something could not be counted, so the load is at least this much, and
    there is a light only if it asks for a decision: a milder one might be wrong. `unagreed` counts
    the cases whose scores supervisor and worker have not both agreed.
    """

    worker: Worker
    cases: int
    load: Fraction
    capacity: Fraction | None
    light: Light | None
    is_complete: bool = True
    unagreed: int = 0

    @property
    def percentage(self) -> Fraction | None:
        """Load as an exact percentage of capacity; None without a capacity above 0."""
        return percentage_of(self.load, self.capacity)

    @property
    def spare(self) -> Fraction | None:
        """Capacity that is left; below 0 it is what is too much.

        None without a capacity, and when something that was not counted might fill it.
        """
        if self.capacity is None or (self.load < self.capacity and not self.is_complete):
            return None
        return self.capacity - self.load


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """The loads and capacities of all workers added up.

    `capacity` is None as soon as one worker's is unknown. `spare` is what those with room could
    take, `over` is what the others carry above their capacity: the two are never set off.
    """

    cases: int
    load: Fraction
    capacity: Fraction | None
    light: Light | None
    spare: Fraction
    over: Fraction
    is_complete: bool

    @property
    def percentage(self) -> Fraction | None:
        """Load as an exact percentage of capacity; None without a capacity above 0."""
        return percentage_of(self.load, self.capacity)


@dataclass(frozen=True, slots=True)
class Unallocated:
    """The cases that nobody has; `load` is None where the scheme scores allocated cases only.

    `longest_wait` is in days, None when no case says since when it waits.
    """

    cases: int
    load: Fraction | None
    is_complete: bool
    longest_wait: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that could not be counted: a sentence, and whom and which cases it is about.

    `unallocated` says how many of the cases nobody has.
    """

    sentence: str
    worker_ids: tuple[str, ...] = ()
    case_ids: tuple[str, ...] = ()
    unallocated: int = 0


@dataclass(frozen=True, slots=True)
class Used:
    """A dated figure that was used, by its name, with the row that held on the day."""

    name: str
    row: Row


class Place(NamedTuple):
    """A case's place in an order, from 1, with its level and the reason, always.

    `level` is None when something has yet to be judged. `waiting` is in days. (A tuple, because
    there is one for every case in every order, and making one is three times faster.)
    """

    place: int
    case: Case
    points: Fraction
    level: Level | None
    reason: str
    waiting: int | None


@dataclass(frozen=True, slots=True)
class Order:
    """Cases in one order."""

    use: Use
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Result:
    """One scheme over one snapshot; `workers` are in the snapshot's order.

    A prioritisation has `orders` and no workers' loads; every other scheme has no orders.
    """

    scheme: Scheme
    snapshot: Snapshot
    workers: tuple[WorkerLoad, ...]
    team: TeamLoad
    unallocated: Unallocated
    missing: tuple[Missing, ...]
    used: tuple[Used, ...]
    orders: tuple[Order, ...] = ()

    @cached_property
    def of(self) -> Mapping[str, WorkerLoad]:
        """The workers' loads by worker id."""
        return {each.worker.id: each for each in self.workers}

    @property
    def needing_a_decision(self) -> tuple[WorkerLoad, ...]:
        """The workers whose light asks for a recorded decision."""
        return tuple(each for each in self.workers if each.light and each.light.needs_decision)

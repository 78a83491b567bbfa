"""A team as it is set up, and the snapshots of it that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot

FEWEST_SCHEMES, MOST_SCHEMES = 1, 6
LONGEST_NAME = 80


class Way(Enum):
    """How a snapshot came in; the value completes "It was ..."."""

    PASTED = "pasted"
    UPLOADED = "uploaded"
    TYPED = "typed"
    COPIED = "copied from the one before"


@dataclass(frozen=True, slots=True)
class TeamWorker:
    """Somebody who works in a team; `person` is their account, None while none is linked.

    The id is that of the worker in every snapshot of the team.
    """

    id: str
    name: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team of an employer's service, with the schemes by which its workload is judged.

    `managers` are those who have that role at the employer now. `workers` are all that any
    snapshot of the team ever named, by name.
    """

    id: str
    employer: Employer
    name: str
    service: str
    scheme_ids: tuple[str, ...]
    managers: tuple[Person, ...] = ()
    workers: tuple[TeamWorker, ...] = ()
    closed_at: datetime | None = None

    def chosen(self, known: Mapping[str, Scheme]) -> tuple[Scheme, ...]:
        """Return its schemes among those known by id; one whose file is gone is left out."""
        return tuple(known[each] for each in self.scheme_ids if each in known)


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot that is kept; `saved_by` is a name. `revision` counts its changes from 1."""

    id: str
    team_id: str
    snapshot: Snapshot
    taken_on: date
    way: Way
    revision: int
    saved_by: str
    saved_at: datetime


class Taken(NamedTuple):
    """Which snapshot there is of a day, and no more of it."""

    id: str
    taken_on: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot as a list shows it: how much there is in it; `saved_by` is a name."""

    id: str
    taken_on: date
    workers: int
    cases: int
    unallocated: int
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """What is left to read of a snapshot that was deleted; what it said may be wiped as well."""

    id: str
    taken_on: date
    deleted_by: str
    deleted_at: datetime
    reason: str
    is_wiped: bool

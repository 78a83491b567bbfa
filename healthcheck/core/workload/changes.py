"""What-if: changes one after another, as a page carries them along and as people read them.

Nothing is saved. A change is a line of text while it travels; what comes back is hostile until it
was read here, and a change that no longer fits the snapshot is refused by a sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.typed import RefusedError, number
from healthcheck.core.workload import what_if
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.snapshots import Case, Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.workload.snapshots import Snapshot

MOST_CHANGES = 50
LONGEST = 1_000
LONGEST_NAME = 60
UNREADABLE = "A change in this what-if cannot be read, so it was left out. Make it again."


@dataclass(frozen=True, slots=True)
class Move:
    """A case goes to a worker, or to nobody (blank)."""

    case: str
    to: str


@dataclass(frozen=True, slots=True)
class Close:
    """A case is closed."""

    case: str


@dataclass(frozen=True, slots=True)
class Add:
    """A case comes, to a worker or to nobody (blank); hours and scores as typed.

    `number` tells new cases apart, so that a later change still means the same one when an earlier
    change is taken out.
    """

    to: str
    kind: str
    hours: str
    scores: tuple[tuple[str, str], ...] = ()
    number: str = "1"


@dataclass(frozen=True, slots=True)
class Hours:
    """A worker has other contracted hours a week, as typed."""

    worker: str
    hours: str


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody joins the team, with contracted hours a week as typed; `number` as in `Add`."""

    name: str
    hours: str
    newly_qualified: bool = False
    number: str = "1"


Change = Move | Close | Add | Hours | Join
NAMED: Mapping[str, type[Change]] = {
    "move": Move,
    "close": Close,
    "add": Add,
    "hours": Hours,
    "join": Join,
}


def written(change: Change) -> str:
    """Return a change as the line a page carries along."""
    name = next(name for name, kind in NAMED.items() if isinstance(change, kind))
    parts = [getattr(change, each.name) for each in fields(change)]
    return json.dumps([name, *parts], ensure_ascii=False, separators=(",", ":"))


def read(line: str) -> Change:
    """Return the change of a line; raises UnacceptableDetailsError for any other text."""
    try:
        name, *parts = json.loads(line[:LONGEST])
        kind: Any = NAMED[name]
        made = kind(*(_scores(each) if isinstance(each, list) else each for each in parts))
        written(made).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UnacceptableDetailsError(UNREADABLE) from None
    if not all(_fits(each.name, getattr(made, each.name)) for each in fields(kind)):
        raise UnacceptableDetailsError(UNREADABLE)
    change: Change = made
    return change


def _scores(pairs: list[Any]) -> tuple[tuple[str, str], ...]:
    if not all(isinstance(each, list) for each in pairs):
        raise ValueError(UNREADABLE)
    return tuple((str(name), str(score)) for name, score in pairs)


def _fits(name: str, value: object) -> bool:
    wanted = {"scores": tuple, "newly_qualified": bool}.get(name, str)
    return type(value) is wanted


def applied(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """Return the snapshot after all changes, in order.

    Raises NotFoundError for a worker or case that is not there, and UnacceptableDetailsError for
    what cannot be.
    """
    for place, change in enumerate(changes, start=1):
        if place > MOST_CHANGES:
            raise UnacceptableDetailsError(
                f"A what-if holds {MOST_CHANGES} changes. Take one out first."
            )
        snapshot = _applied(snapshot, change)
    return snapshot


def _applied(snapshot: Snapshot, change: Change) -> Snapshot:
    if isinstance(change, Move):
        return what_if.move(snapshot, change.case, change.to or None)
    if isinstance(change, Close):
        return what_if.close(snapshot, change.case)
    if isinstance(change, Hours):
        return what_if.change_hours(snapshot, change.worker, hours(change.hours))
    if isinstance(change, Join):
        return what_if.add_worker(snapshot, _new_worker(change))
    return what_if.add(snapshot, _new_case(change))


def next_number(changes: Iterable[Change]) -> str:
    """Return the number of the next case or worker that comes new."""
    taken = [each.number for each in changes if isinstance(each, Add | Join)]
    return str(1 + max((int(each) for each in taken if each.isdecimal()), default=0))


def hours(raw: str) -> Fraction:
    """Return hours a week as typed; raises UnacceptableDetailsError."""
    return _number(raw, "hours", 168)


def in_words(snapshot: Snapshot, change: Change) -> str:
    """Return what a change does, in a sentence; `snapshot` is the one before it."""
    if isinstance(change, Move):
        whose = f"to {_who(snapshot, change.to)}" if change.to else "to nobody: unallocated"
        return f"{_case(snapshot, change.case)} moves {whose}."
    if isinstance(change, Close):
        return f"{_case(snapshot, change.case)} is closed."
    if isinstance(change, Hours):
        return f"{_who(snapshot, change.worker)} has {_said(change.hours)} hours a week."
    if isinstance(change, Join):
        newly = ", newly qualified" if change.newly_qualified else ""
        return f"{change.name} joins the team with {_said(change.hours)} hours a week{newly}."
    whose = f"for {_who(snapshot, change.to)}" if change.to else "that nobody has"
    kind = f" ({change.kind})" if change.kind else ""
    return f"A new case{kind} comes, {whose}."


def _new_worker(change: Join) -> Worker:
    name = " ".join(change.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UnacceptableDetailsError(
            f"Give a name or initials of {LONGEST_NAME} characters or fewer."
        )
    return Worker(
        id=f"new-{change.number}",
        name=name,
        contracted_hours=hours(change.hours),
        newly_qualified=change.newly_qualified,
    )


def _new_case(change: Add) -> Case:
    scores = {name: _number(raw, "score", 1_000) for name, raw in change.scores if raw.strip()}
    return Case(
        id=f"new-{change.number}",
        worker_id=change.to or None,
        kind=change.kind,
        reference=f"New case {change.number}",
        scores=scores,
        hours=_number(change.hours, "hours", 744) if change.hours.strip() else None,
        agreed_by_supervisor=True,
        agreed_by_worker=True,
    )


def _number(raw: str, what: str, highest: int) -> Fraction:
    try:
        return Fraction(number(raw, Decimal(0), Decimal(highest), 2))
    except RefusedError:
        raise UnacceptableDetailsError(
            f"Give the {what} as a number from 0 to {highest:,}, such as 18.5."
        ) from None


def _said(raw: str) -> str:
    try:
        return amount(hours(raw))
    except UnacceptableDetailsError:
        return raw


def _who(snapshot: Snapshot, worker_id: str) -> str:
    worker = snapshot.worker_of.get(worker_id)
    return "somebody who is not in the team" if worker is None else worker.name


def _case(snapshot: Snapshot, case_id: str) -> str:
    for case in snapshot.cases:
        if case.id == case_id:
            held = _who(snapshot, case.worker_id) if case.worker_id else "unallocated"
            return f"{case.called} ({held})"
    return "A case that is not in the snapshot"

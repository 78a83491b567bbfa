"""Capacity reached: who needs a decision, what one must say, and how long it has been waiting.

A decision answers for a worker, or for the team as a whole, from the snapshot it was taken on until
its review date, and only while the light has not become worse. So nobody closes one by hand: it is
over when the load is, and it comes back when it was not enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.cycles import day
from healthcheck.core.plan_rules import LONGEST_LINE, LONGEST_TEXT, Problems, trimmed
from healthcheck.core.plans import Details, Owner, Priority
from healthcheck.core.workload.amounts import times
from healthcheck.core.workload.in_short import load_in_short

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from healthcheck.core.workload.results import Result, TeamLoad, WorkerLoad

Day: TypeAlias = "tuple[date, Collection[str | None]]"
"""The day of a snapshot, and who was at or above capacity on it (None: the team)."""
LONG = 14
"""After how many days a need counts as waiting for long."""
DAYS_SAID, WEEKS_SAID, WEEK, MONTH = 13, 12 * 7, 7, 30


class Kind(Enum):
    """What is decided; the value is what pages show."""

    REALLOCATE = "Re-allocate cases"
    CLOSE = "Close or step down cases"
    STAFF = "Add staff"
    DUTIES = "Reduce other duties"
    ACCEPT = "Accept it until a date"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A decision as somebody takes it; `until` and `reason` belong to accepting."""

    kind: Kind | None
    what: str = ""
    reason: str = ""
    until: date | None = None
    owner: Owner = field(default_factory=Owner)
    review: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recorded decision about a worker (None: the team) as a snapshot of `taken_on` had them.

    `said` is the load it was taken on, in words. `starts` is where the light began, in per cent.
    `action_id` is the action of the plan of `assessment_id` it became, if there was a plan.
    """

    id: str
    team_id: str
    worker_id: str | None
    name: str
    taken_on: date
    said: tuple[str, ...]
    starts: Fraction
    proposed: Proposed
    decided_by: str
    decided_at: datetime
    assessment_id: str | None = None
    action_id: str | None = None


class Standing(Enum):
    """Where a need for a decision stands; the value is what pages show."""

    UNDECIDED = "Needs a decision"
    WORSE = "Has become worse since it was decided"
    REVIEW_DUE = "The review is overdue"
    TIME_OVER = "The time it was accepted for is over"
    DECIDED = "Decided"


@dataclass(frozen=True, slots=True)
class Above:
    """A worker (None: the team) whose light asks for a decision, in one scheme."""

    worker_id: str | None
    name: str
    said: str
    starts: Fraction


@dataclass(frozen=True, slots=True)
class Need:
    """A worker (None: the team) at or above capacity now, `since` a snapshot's day.

    `said` is what each scheme says that asks for a decision. `decision` is the newest one of this
    time above capacity. `waits_since` is the day from which somebody has had to decide.
    """

    worker_id: str | None
    name: str
    said: tuple[str, ...]
    starts: Fraction
    taken_on: date
    since: date
    standing: Standing
    waits_since: date
    decision: Decision | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to decide now."""
        return self.standing is not Standing.DECIDED

    def waits(self, today: date) -> str:
        """Return how long it has been waiting, such as "12 days"."""
        return age(self.waits_since, today)

    def is_long(self, today: date) -> bool:
        """Say whether it has been waiting for long."""
        return self.is_waiting and (today - self.waits_since).days >= LONG


def tidy(proposed: Proposed) -> Proposed:
    """Return a decision as stored: trimmed, without what its kind has no use for."""
    accepts = proposed.kind is Kind.ACCEPT
    return replace(
        proposed,
        what=trimmed(proposed.what),
        reason=trimmed(proposed.reason) if accepts else "",
        until=proposed.until if accepts else None,
        owner=replace(proposed.owner, name=" ".join(proposed.owner.name.split())),
    )


def problems(proposed: Proposed, today: date) -> Problems:
    """Return what is not right with a decision, by field: kind, what, reason, until and so on."""
    given = tidy(proposed)
    found: Problems = {}
    if given.kind is None:
        found["kind"] = "Choose what is decided."
    for name, what, text in (("what", "What", given.what), ("reason", "The reason", given.reason)):
        if len(text) > LONGEST_TEXT // 2:
            found[name] = f"{what} must be {LONGEST_TEXT // 2:,} characters or fewer."
    if given.kind is Kind.ACCEPT:
        found |= _of_accepting(given, today)
    if not (given.owner.name or given.owner.person_id):
        found["owner"] = "Say who sees to it."
    elif len(given.owner.name) > LONGEST_LINE:
        found["owner_name"] = f"The owner’s name must be {LONGEST_LINE} characters or fewer."
    if given.review is None:
        found["review"] = "Give the day on which somebody looks at it again."
    elif given.review < today:
        found["review"] = f"The review must be today, {day(today)}, or later."
    elif given.until is not None and given.review > given.until:
        found["review"] = f"Review it on or before {day(given.until)}, when the time is over."
    return found


def _of_accepting(given: Proposed, today: date) -> Problems:
    found: Problems = {}
    if not given.reason:
        found["reason"] = "Say why it is accepted for that time."
    if given.until is None:
        found["until"] = "Give the day until which it is accepted."
    elif given.until < today:
        found["until"] = f"The day must be today, {day(today)}, or later."
    return found


def as_action(decision: Decision, team: str) -> Details:
    """Return the action that a decision becomes. Plans are read by many, so no worker is named."""
    taken = decision.proposed
    kind = "" if taken.kind is None else taken.kind.value
    if taken.until is not None:
        kind = f"Accept the load until {day(taken.until)}"
    whose = "the team as a whole" if decision.worker_id is None else "one worker"
    more = " ".join(filter(None, [taken.what, taken.reason and f"Why: {taken.reason}"]))
    return Details(
        action=f"Workload in {team}, {whose}: {kind}." + (f"\n{more}" if more else ""),
        finding="\n".join(f"On {day(decision.taken_on)}, {each}." for each in decision.said),
        outcome="The load is within capacity.",
        owner=taken.owner,
        due=taken.until or taken.review,
        review=taken.review,
        priority=Priority.HIGH,
    )


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


def _asking(result: Result) -> Iterator[tuple[str | None, str, WorkerLoad | TeamLoad]]:
    yield None, "The team as a whole", result.team
    for each in result.workers:
        yield each.worker.id, each.worker.name, each


def needs(
    results: Sequence[Result], earlier: Sequence[Day], decisions: Iterable[Decision], today: date
) -> tuple[Need, ...]:
    """Return who is at or above capacity now, those that wait first, the longest first.

    `results` are those of the newest snapshot under every scheme. `earlier` says who was above on
    the day of each snapshot, newest first, the newest included.
    """
    newest = newest_decisions(decisions)
    found = []
    for worker_id, lights in above(results).items():
        taken_on = results[0].snapshot.taken_on
        since = _since(worker_id, taken_on, earlier)
        decision = newest.get(worker_id)
        if decision is not None and decision.taken_on < since:
            decision = None
        found.append(_need(lights, since, taken_on, decision, today))
    return tuple(sorted(found, key=lambda each: (not each.is_waiting, each.waits_since)))


def newest_decisions(decisions: Iterable[Decision]) -> Mapping[str | None, Decision]:
    """Return the newest decision about each worker, and about the team (None)."""
    return {each.worker_id: each for each in sorted(decisions, key=lambda each: each.decided_at)}


def age(since: date, today: date) -> str:
    """Return how long ago a day was: "since today", "12 days", "3 weeks" or "4 months"."""
    days = (today - since).days
    if days <= 0:
        return "since today"
    if days <= DAYS_SAID:
        return times(days, "day")
    if days <= WEEKS_SAID:
        return times(days // WEEK, "week")
    return times(days // MONTH, "month")


def _since(worker_id: str | None, taken_on: date, earlier: Iterable[Day]) -> date:
    """Return the day of the first of the snapshots in a row that have somebody above capacity."""
    since = taken_on
    for day_of_it, those_above in earlier:
        if worker_id not in those_above:
            break
        since = day_of_it
    return since


def _need(
    lights: Sequence[Above], since: date, taken_on: date, decision: Decision | None, today: date
) -> Need:
    starts = max(each.starts for each in lights)
    standing, waits_since = Standing.UNDECIDED, since
    if decision is not None:
        standing, waits_since = _standing(decision, starts, taken_on, today)
    said = tuple(each.said for each in lights)
    first = lights[0]
    return Need(
        first.worker_id, first.name, said, starts, taken_on, since, standing, waits_since, decision
    )


def _standing(
    decision: Decision, starts: Fraction, taken_on: date, today: date
) -> tuple[Standing, date]:
    until, review = decision.proposed.until, decision.proposed.review
    if starts > decision.starts:
        return Standing.WORSE, taken_on
    if until is not None and until < today:
        return Standing.TIME_OVER, until
    if review is not None and review < today:
        return Standing.REVIEW_DUE, review
    return Standing.DECIDED, decision.taken_on

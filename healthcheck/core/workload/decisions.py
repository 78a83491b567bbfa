"""Capacity reached: who needs a decision, what one must say, and how long it has been waiting.

A decision answers for a worker, or for the team as a whole, from the snapshot it was taken on until
its review date, and only while the light has not become worse. So nobody closes one by hand: it is
over when the load is, and it comes back when it was not enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.cycles import day
from healthcheck.core.plan_rules import LONGEST_LINE, Problems, trimmed
from healthcheck.core.plans import Details, Owner, Priority
from healthcheck.core.workload import clients
from healthcheck.core.workload.amounts import amount, times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from fractions import Fraction

    from healthcheck.core.workload.at_capacity import AtCapacity

LONGEST_WORDS = 1_800
"""Characters of what is done and of the reason: both go into one text of an action."""
NAMES_SOMEBODY = (
    "What exactly is done names somebody, so it stands with the team’s decisions alone."
)
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
        told = _of_words(what, text)
        if told:
            found[name] = told
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


def _of_words(what: str, text: str) -> str:
    if len(text) > LONGEST_WORDS:
        return f"{what} must be {LONGEST_WORDS:,} characters or fewer."
    return clients.refused(text, "a decision")


def _of_accepting(given: Proposed, today: date) -> Problems:
    found: Problems = {}
    if not given.reason:
        found["reason"] = "Say why it is accepted for that time."
    if given.until is None:
        found["until"] = "Give the day until which it is accepted."
    elif given.until < today:
        found["until"] = f"The day must be today, {day(today)}, or later."
    return found


def as_action(decision: Decision, team: str, names: Iterable[str]) -> Details:
    """Return the action that a decision becomes; `names` are those of the team's workers.

    Plans are read by many, and parts of them by everybody: no worker is named there, what one of
    them carries is not told, and words that name one are left out.
    """
    taken = decision.proposed
    kind = "" if taken.kind is None else taken.kind.value
    if taken.until is not None:
        kind = f"Accept the load until {day(taken.until)}"
    whose = "the team as a whole" if decision.worker_id is None else "one worker"
    more = " ".join(filter(None, [taken.what, taken.reason and f"Why: {taken.reason}"]))
    if _names_one_of(more, names):
        more = NAMES_SOMEBODY
    return Details(
        action=f"Workload in {team}, {whose}: {kind}." + (f"\n{more}" if more else ""),
        finding=_finding(decision),
        outcome="The load is within capacity.",
        owner=taken.owner,
        due=taken.until or taken.review,
        review=taken.review,
        priority=Priority.HIGH,
    )


def _finding(decision: Decision) -> str:
    on = f"On {day(decision.taken_on)}"
    if decision.worker_id is not None:
        return f"{on}, one worker was at {amount(decision.starts)}% of capacity or more."
    return "\n".join(f"{on}, {each}." for each in decision.said)


def _names_one_of(text: str, names: Iterable[str]) -> bool:
    """Say whether a text has a worker's name in it, or a part of one of two letters or more."""
    for name in names:
        parts = [each for each in name.split() if len(each.strip(".,")) > 1]
        for each in {name, *parts}:
            letter_case = re.IGNORECASE if " " in each else re.NOFLAG
            if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, letter_case):
                return True
    return False


def needs(
    those: Iterable[AtCapacity], decisions: Iterable[Decision], today: date
) -> tuple[Need, ...]:
    """Return what those at or above capacity need: who waits first, the longest waiting first."""
    newest = newest_decisions(decisions)
    found = (_need(each, newest.get(each.worker_id), today) for each in those)
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


def _need(of: AtCapacity, decision: Decision | None, today: date) -> Need:
    """Return what somebody needs; a decision of an earlier time above capacity is over."""
    standing, waits_since = Standing.UNDECIDED, of.since
    if decision is not None and decision.taken_on < of.since:
        decision = None
    if decision is not None:
        standing, waits_since = _standing(decision, of.starts, of.taken_on, today)
    return Need(
        of.worker_id,
        of.name,
        of.said,
        of.starts,
        of.taken_on,
        of.since,
        standing,
        waits_since,
        decision,
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

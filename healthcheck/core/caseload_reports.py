"""A report of an excessive caseload: where it stands, who must act on it, and who may see it.

Employers should have systems by which social workers can report excessive caseloads (the position
paper, sections 9 and 11, point 6). Whoever made a report without a name must not be found by its
time: only its day is kept, and the employer gets to see it from the day after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from healthcheck.core.accounts import Employer, Person

USUAL_DAYS = 10
"""Days to answer where the employer set none. No standard gives a number: this one is our own."""
SOURCE_OF_USUAL_DAYS = (
    "We know of no law or standard that gives a number of days. Ten is this service’s own, chosen"
    " so that an answer comes before the next monthly supervision."
)
FEWEST_DAYS, MOST_DAYS = 3, 28


class State(Enum):
    """Where a report stands; the value is the word that pages show."""

    WAITING = "Waiting for an answer"
    AGAIN = "Open again"
    LATE = "Late"
    ANSWERED = "Answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the employer said will change; `by` is the name of who said it."""

    text: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `raised_by` is None when it was made without a name, `team` is blank for none.

    `days` are those the employer had stated when it was made. `answers` are in order: a second one
    only when the report was opened again because the first did not help. `told` and `escalated`
    say for which round those who must act were told, and the accountable officer. `shown_to` has
    the ids of those who were told of one with a name; of one without, nobody is kept.
    """

    id: str
    reference: str
    employer: Employer
    service: str
    team_id: str | None
    team: str
    raised_by: Person | None
    problem: str
    wish: str
    days: int
    made_on: date
    reopened_on: date | None = None
    still_wrong: str = ""
    told: int = 0
    escalated: int = 0
    answers: tuple[Answer, ...] = ()
    shown_to: frozenset[str] = frozenset()

    @property
    def round(self) -> int:
        """Which answer it waits for, or had last: the first, or the second."""
        return 1 if self.reopened_on is None else 2

    @property
    def is_open(self) -> bool:
        """Say whether it waits for an answer."""
        return len(self.answers) < self.round

    @property
    def may_reopen(self) -> bool:
        """Say whether its maker may say that the answer did not help, which is once."""
        return not self.is_open and self.reopened_on is None

    @property
    def acted_on(self) -> date:
        """The day of its maker's last step."""
        return self.reopened_on or self.made_on

    @property
    def due(self) -> date:
        """The last day on which an answer is in time."""
        return self.acted_on + timedelta(days=self.days)

    def state(self, today: date) -> State:
        """Return where it stands on a day."""
        if not self.is_open:
            return State.ANSWERED
        if today > self.due:
            return State.LATE
        return State.WAITING if self.reopened_on is None else State.AGAIN


@dataclass(frozen=True, slots=True)
class Staff:
    """Who could have to act on a report: its team's managers, the leads, the officers."""

    managers: tuple[Person, ...] = ()
    leads: tuple[Person, ...] = ()
    officers: tuple[Person, ...] = ()


def responsible(staff: Staff, report: Report) -> tuple[Person, ...]:
    """Return who must answer: the managers, else the leads, else the officers.

    Nobody answers a report of their own while there is somebody else. One with a name stays with
    those who were told of it and still have one of these parts: a lead who takes a manager's role
    away, or becomes the manager, does not come to see who made it. When none of them is left, the
    accountable officers answer, and the leads only where there is no officer.
    """
    if report.shown_to:
        every = dict.fromkeys((*staff.managers, *staff.leads, *staff.officers))
        still = tuple(each for each in every if each.id in report.shown_to)
        return still or escalated_to(staff, report) or staff.leads
    return _first((staff.managers, staff.leads, staff.officers), report) or staff.leads


def not_told(staff: Staff, report: Report) -> tuple[Person, ...]:
    """Return who came to answer a report with a name after others were told, and does not know."""
    if not report.shown_to or not report.is_open:
        return ()
    known = escalated_to(staff, report) if report.escalated else ()
    return tuple(
        each
        for each in responsible(staff, report)
        if each.id not in report.shown_to and each not in known
    )


def escalated_to(staff: Staff, report: Report) -> tuple[Person, ...]:
    """Return who is told when it is late: the accountable officers, else the leads."""
    return _first((staff.officers, staff.leads), report)


def must_act(staff: Staff, report: Report, today: date) -> tuple[Person, ...]:
    """Return everybody who may see and answer it on a day; officers once it was ever late."""
    found = responsible(staff, report)
    if report.escalated or report.state(today) is State.LATE:
        found = (*found, *(each for each in escalated_to(staff, report) if each not in found))
    return found


def passed_on(report: Report, today: date) -> Report | None:
    """Return a report as the employer may see it on a day, None when it may not see it yet.

    One without a name shows a step of its maker's from the day after, for its time would tell.
    """
    if report.raised_by is not None or report.acted_on < today:
        return report
    return None if report.reopened_on is None else replace(report, reopened_on=None, still_wrong="")


def needs_telling(report: Report, today: date) -> bool:
    """Say whether those who must act are to be told on a day, and were not yet."""
    seen = passed_on(report, today)
    return seen is not None and seen.is_open and seen.told < seen.round


def needs_escalating(report: Report, today: date) -> bool:
    """Say whether it is to be passed to the accountable officer on a day, and was not yet."""
    return report.state(today) is State.LATE and report.escalated < report.round


def _first(groups: Iterable[Sequence[Person]], report: Report) -> tuple[Person, ...]:
    for group in groups:
        others = tuple(each for each in group if each != report.raised_by)
        if others:
            return others
    return ()

"""Which reminder is due on a day, and who gets it.

A reminder is due 28, 7 and 1 days before the deadline, and every week from the day after it. Each
has a key, so that nobody is reminded twice for one reason. A run that was missed is made up for
while the reminder is still fresh, and only the latest one is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.cycles import Stage, is_overdue, stage
from healthcheck.core.steps import HAS_SUBMITTED, OPEN_TO_ANSWERS, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from healthcheck.core.accounts import Person
    from healthcheck.core.cycles import Cycle

DAYS_BEFORE = (1, 7, 28)
DAYS_FRESH = 6
"""How many days late a reminder before the deadline may still be sent."""
DAYS_BETWEEN = 7
"""How many days apart the reminders after the deadline are."""

EXPECTED = frozenset(State) - HAS_SUBMITTED - {State.WITHDRAWN}
"""Where the employer still has to submit."""


class Duty(Enum):
    """What a person is reminded of; the value is the word that messages read."""

    SIGN = "sign"
    LEAD = "lead"
    WAIT = "wait"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is due: its name, and the days left, negative when the deadline passed."""

    name: str
    days_left: int

    @property
    def when(self) -> str:
        """Return how far the deadline is, in words."""
        if self.days_left < 0:
            days = -self.days_left
            return f"{days} {'day' if days == 1 else 'days'} ago"
        return {0: "today", 1: "tomorrow"}.get(self.days_left, f"in {self.days_left} days")

    def key(self, due: date, assessment_id: str, person_id: str) -> str:
        """Return the reason why one person is reminded; a deadline that moved is another reason."""
        return f"{self.name} {due.isoformat()} {assessment_id} {person_id}"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A person to remind, of what, and the titles of their unfinished topics."""

    person: Person
    duty: Duty
    topics: tuple[str, ...] = ()


def due_today(state: State, due: date, cycle: Cycle, today: date) -> Reminder | None:
    """Return the reminder of a health check that is due on a day.

    None when there is none: it was submitted or withdrawn, or its cycle is not open.
    """
    if state not in EXPECTED or stage(cycle, today) is not Stage.OPEN:
        return None
    left = (due - today).days
    if is_overdue(state, due, today):
        return Reminder(f"overdue-{(-left - 1) // DAYS_BETWEEN + 1}", left)
    for days in DAYS_BEFORE:
        if left <= days:
            return Reminder(f"due-{days}", left) if days - left <= DAYS_FRESH else None
    return None


def to_remind(
    state: State,
    leads: Iterable[Person],
    officers: Iterable[Person],
    unfinished: Mapping[Person, tuple[str, ...]],
) -> tuple[Reminded, ...]:
    """Return whom to remind, each person once, of the duty that weighs most.

    `unfinished` has the titles of the topics that are a person's to answer and are not done.
    """
    found: dict[str, Reminded] = {}
    if state in OPEN_TO_ANSWERS:
        found |= {
            person.id: Reminded(person, Duty.TOPICS, topics)
            for person, topics in unfinished.items()
        }
    own = Duty.LEAD if state in OPEN_TO_ANSWERS else Duty.WAIT
    found |= {person.id: Reminded(person, own) for person in leads}
    if state is State.READY:
        found |= {person.id: Reminded(person, Duty.SIGN) for person in officers}
    return tuple(found.values())

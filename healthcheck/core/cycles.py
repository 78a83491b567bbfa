"""A cycle: one year's round of a questionnaire, its three dates, and what they mean for a save.

Days are days in the United Kingdom. The day of a date still counts: what is due on the 30th is
overdue on the 1st, and a cycle that closes on the 30th is open all of that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from healthcheck.core.steps import STILL_TO_COME, State
from healthcheck.core.typed import MONTHS

NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
LONGEST_NAME = 20
FARTHEST_YEAR = 2199
USUAL_TIME_TO_CLOSE = timedelta(days=90)
"""How long after its deadline a cycle closes when nobody says otherwise."""


class Stage(Enum):
    """Where a cycle is on a day; the value is the word pages show."""

    NOT_OPEN = "Not open yet"
    OPEN = "Open"
    CLOSED = "Closed"


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round: its name is the year, `edition` what everybody in it answers."""

    id: str
    questionnaire: str
    name: str
    edition: str
    opens: date
    due: date
    closes: date


@dataclass(frozen=True, slots=True)
class Problem:
    """Something given for a cycle that cannot be taken: which part, and a sentence."""

    part: str
    message: str


GOES_ON_AFTER_CLOSING = frozenset(
    {
        State.DECLINED,
        State.CHANGES_REQUESTED,
        State.READY_AGAIN,
        State.RESUBMITTED,
        State.REOPENED,
    }
)
"""Where the employer was asked for more, by its officer or by BASW: the closing date waits."""


def beginning_now(questionnaire: str, name: str, edition: str, due: date, today: date) -> Cycle:
    """Return a new cycle, without an id, that is open from today or, at the latest, on its due day.

    It closes 90 days after that.
    """
    closes = due + USUAL_TIME_TO_CLOSE if due.year <= FARTHEST_YEAR else due
    return Cycle("", questionnaire, name, edition, min(today, due), due, closes)


def stage(cycle: Cycle, today: date) -> Stage:
    """Return where a cycle is on a day."""
    if today < cycle.opens:
        return Stage.NOT_OPEN
    return Stage.CLOSED if today > cycle.closes else Stage.OPEN


def is_overdue(state: State, due: date, today: date) -> bool:
    """Say whether a health check is late: its deadline has passed and it was never submitted."""
    return today > due and state in STILL_TO_COME


def name_problem(name: str) -> str:
    """Return what is wrong with a cycle's name, or nothing."""
    if len(name) <= LONGEST_NAME and NAME.fullmatch(name):
        return ""
    return (
        "Enter the year, such as 2027 or 2027-28: letters, figures and hyphens,"
        f" up to {LONGEST_NAME} in all."
    )


def date_problems(opens: date, due: date, closes: date) -> tuple[Problem, ...]:
    """Return what is wrong with the order of a cycle's dates."""
    found = []
    if due < opens:
        found.append(Problem("due", f"The deadline must be on or after {day(opens)}, the opening."))
    if closes < due:
        found.append(
            Problem("closes", f"The cycle must close on or after {day(due)}, its due day.")
        )
    if closes.year > FARTHEST_YEAR:
        found.append(Problem("closes", f"The year must be {FARTHEST_YEAR} or earlier."))
    return tuple(found)


def refusal(cycle: Cycle, state: State, today: date) -> str:
    """Return why nothing can be saved or sent on a day, or nothing when it can.

    Before a cycle opens, nobody can. After it closes, only those can who were asked for more.
    """
    now = stage(cycle, today)
    if now is Stage.NOT_OPEN:
        return (
            f"The {cycle.name} cycle opens on {day(cycle.opens)}."
            " Until then you can read the questions, but not save or send answers."
        )
    if now is Stage.CLOSED and state not in GOES_ON_AFTER_CLOSING:
        return (
            f"The {cycle.name} cycle closed on {day(cycle.closes)}, so answers can no longer be"
            " changed or sent. What was saved is kept. Ask BASW to reopen this health check or to"
            " move the closing date."
        )
    return ""


def day(when: date) -> str:
    """Return a date such as "30 September 2027"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"

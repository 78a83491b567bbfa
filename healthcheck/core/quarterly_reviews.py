"""The quarterly review of a plan: its open actions one by one, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.plan_filters import in_order
from healthcheck.core.typed import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from healthcheck.core.plans import Action

MONTHS_IN_A_QUARTER = 3
BETWEEN_REVIEWS = timedelta(weeks=13)


class Outcome(Enum):
    """What became of one action in a review; the value is the word pages show."""

    CHANGED = "Progress reported"
    SAME = "Nothing changed"
    LATER = "Left for later"


@dataclass(frozen=True, slots=True)
class Review:
    """One quarter's review of one plan; `outcomes` by action, in the order they were taken."""

    id: str
    assessment_id: str
    quarter: str
    started_at: datetime
    started_by: str
    finished_at: datetime | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review has come: the action to look at now, and how many are done of how many."""

    now: Action | None
    done: int
    of: int
    later: int

    @property
    def number(self) -> int:
        """Which step this is, counted from 1."""
        return min(self.done + 1, self.of)


def quarter(today: date) -> str:
    """Return the name of the calendar quarter of a day, such as "2026-Q4"."""
    return f"{today.year}-Q{(today.month - 1) // MONTHS_IN_A_QUARTER + 1}"


def in_words(name: str) -> str:
    """Return a quarter's name in words, such as "October to December 2026"."""
    year, _, number = name.partition("-Q")
    last = MONTHS_IN_A_QUARTER * int(number)
    return f"{MONTHS[last - MONTHS_IN_A_QUARTER]} to {MONTHS[last - 1]} {year}"


def next_review(today: date) -> date:
    """Return when an action that is reviewed today comes up again."""
    return today + BETWEEN_REVIEWS


def standing(actions: Iterable[Action], review: Review) -> Standing:
    """Return where a review stands: every open action once, what was left for later at the end.

    An action that ended during the review was done; one added meanwhile comes up too.
    """
    listed = in_order(actions)
    settled = {
        action_id for action_id, each in review.outcomes.items() if each is not Outcome.LATER
    }
    here = [each for each in listed if each.is_open or each.id in settled]
    left = [each for each in here if each.id not in settled]
    left.sort(key=lambda each: each.id in review.outcomes)
    later = sum(each.id in review.outcomes for each in left)
    return Standing(left[0] if left else None, len(here) - len(left), len(here), later)

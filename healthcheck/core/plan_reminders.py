"""Which actions' owners are reminded on a day, and for which reason.

An owner is reminded 14 days and 1 day before an action is due, every week from the day after, and
on the day the action is to be reviewed. Each reason has a key, so that nobody is reminded twice for
it. A run that was missed is made up for while the reminder is still fresh, as with deadlines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.plan_board import when
from healthcheck.core.plans import days_overdue
from healthcheck.core.reminders import DAYS_BETWEEN, DAYS_FRESH

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.plans import Action

DAYS_BEFORE = (1, 14)
LONGEST_ACTION = 120
"""The most characters of an action's words in a message."""


@dataclass(frozen=True, slots=True)
class Due:
    """An action whose owner is to be reminded, and the names of the reasons, each with its date."""

    action: Action
    reasons: tuple[str, ...]

    def keys(self, to: str) -> tuple[str, ...]:
        """Return why somebody is reminded; a date or a person that changed is another reason."""
        return tuple(f"{reason} {self.action.id} {to}" for reason in self.reasons)

    def words(self, today: date) -> str:
        """Return the action on one line of a message."""
        text = " ".join(self.action.details.action.split())
        if len(text) > LONGEST_ACTION:
            text = f"{text[:LONGEST_ACTION].rstrip()}…"
        far = when(self.action, today)
        review = "to be reviewed" if any(each.startswith("review") for each in self.reasons) else ""
        return f"{self.action.reference} {text} ({', '.join(filter(None, (far, review)))})"


def due_today(action: Action, today: date) -> Due | None:
    """Return the reminder of an action that is due on a day; None when there is none."""
    if not action.is_open:
        return None
    reasons = tuple(filter(None, (_of_due_date(action, today), _of_review(action, today))))
    return Due(action, reasons) if reasons else None


def _of_due_date(action: Action, today: date) -> str:
    due = action.details.due
    if due is None:
        return ""
    if late := days_overdue(action, today):
        return f"overdue-{(late - 1) // DAYS_BETWEEN + 1} {due.isoformat()}"
    left = (due - today).days
    for days in DAYS_BEFORE:
        if left <= days:
            return f"due-{days} {due.isoformat()}" if days - left <= DAYS_FRESH else ""
    return ""


def _of_review(action: Action, today: date) -> str:
    review = action.details.review
    if review is None or not 0 <= (today - review).days <= DAYS_FRESH:
        return ""
    return f"review {review.isoformat()}"

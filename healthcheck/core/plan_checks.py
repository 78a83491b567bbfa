"""What a reader of a plan should look at twice before it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.cycles import day
from healthcheck.core.plans import is_overdue

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.plans import Action, Plan


@dataclass(frozen=True, slots=True)
class Late:
    """An open action that was due before the day of submission, and what to say of it."""

    action: Action
    text: str


def due_before(plan: Plan, submitted: date) -> tuple[Late, ...]:
    """Return the open actions that were due before a plan is submitted."""
    return tuple(
        Late(
            each,
            f"Action {each.reference} was due on {day(each.details.due)}, before the day of"
            " submission, and is still open. Is the date right?",
        )
        for each in plan.actions
        if each.details.due is not None and is_overdue(each, submitted)
    )

"""The history of an action: each change with who made it, and what it changed from and to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.cycles import day

if TYPE_CHECKING:
    from datetime import date, datetime

    from healthcheck.core.plans import Details, Owner, Progress

NOTHING = "nothing"
"""What stands in place of a part that was empty, or became so."""


@dataclass(frozen=True, slots=True)
class By:
    """Who changes an action: a person with an account, or only the name of one without."""

    name: str
    person_id: str | None = None

    @property
    def stored_name(self) -> str:
        """The name to keep: none where the account has it, so that it goes with the account."""
        return "" if self.person_id else self.name


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an action: what it was afterwards, by whom, when, why and which way.

    The first is how the action was added. `way` is page, link or workbook.
    """

    revision: int
    details: Details
    progress: Progress
    reason: str
    way: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of an action that changed: its name on pages, and what it says before and after."""

    part: str
    was: str
    now: str


def differences(before: Change, after: Change) -> tuple[Difference, ...]:
    """Return what differs between two states of an action, in the order of the page."""
    was = said(before.details, before.progress)
    now = said(after.details, after.progress)
    return tuple(
        Difference(part, text or NOTHING, now[part] or NOTHING)
        for part, text in was.items()
        if text != now[part]
    )


def said(details: Details, progress: Progress) -> dict[str, str]:
    """Return every part of an action in words, by the part's name on pages; empty when not given.

    Levels are bare numbers here: what they are called is the questionnaire's.
    """
    target = details.target_level
    return {
        "Action": details.action,
        "Finding": details.finding,
        "Outcome": details.outcome,
        "Success measure": details.measure,
        "Baseline": details.baseline,
        "Target": details.target,
        "Owner": owner_in_words(details.owner),
        "Resources": details.resources,
        "Start": _day(details.start),
        "Due": _day(details.due),
        "Reason for no date": details.no_date_reason,
        "Priority": details.priority.value,
        "Review date": _day(details.review),
        "Target rating": "" if target is None else str(target),
        "Delivery status": progress.delivery.word,
        "Reason for the status": progress.reason,
        "Recovery step": progress.recovery,
        "Evidence of completion": progress.evidence,
        "Completed on": _day(progress.completed),
    }


def owner_in_words(owner: Owner) -> str:
    """Return an owner on one line, such as "Dee Dale, team manager, Adults"; empty without one."""
    return ", ".join(filter(None, (owner.name, owner.role, owner.team)))


def _day(given: date | None) -> str:
    return "" if given is None else day(given)

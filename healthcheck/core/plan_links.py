"""A link that lets an owner without an account post progress on one action, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from healthcheck.core.plans import Action, Owner

DAYS_TO_CHOOSE = (14, 30, 90)
USUAL_DAYS = 30
"""How many days a link works when nobody says otherwise, as those of reminders do."""


class Standing(Enum):
    """Whether a link works; the value is the word pages show."""

    WORKS = "Works"
    EXPIRED = "Run out"
    REVOKED = "Ended"


@dataclass(frozen=True, slots=True)
class Link:
    """One link to one action: to whom it was sent, by whom, and what became of it.

    `sent_by` is blank when a reminder carried it. `used_at` is when progress last came by it.
    """

    id: str
    action_id: str
    name: str
    email: str
    sent_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """Return whether it works at a moment; it runs out at the very moment it says."""
        if self.revoked_at is not None:
            return Standing.REVOKED
        return Standing.EXPIRED if self.expires_at <= now else Standing.WORKS


def works(link: Link, action: Action, now: datetime) -> bool:
    """Say whether a link's holder can post progress: it stands, and the action is still theirs."""
    return link.standing(now) is Standing.WORKS and _same(link.email, action.details.owner.email)


def needs_link(owner: Owner) -> bool:
    """Say whether an owner can report progress only by a link: an address, and no account."""
    return owner.person_id is None and bool(owner.email)


def may_be_sent_again(links: Iterable[Link], owner: Owner) -> bool:
    """Say whether a reminder may carry a new link: the lead has not ended the newest one.

    `links` are those of one action, newest first; those to earlier owners do not count.
    """
    newest = next((each for each in links if _same(each.email, owner.email)), None)
    return newest is None or newest.revoked_at is None


def runs_out(now: datetime, days: int = USUAL_DAYS) -> datetime:
    """Return when a link that begins now runs out."""
    return now + timedelta(days=days)


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()

"""An invitation: a link, sent by e-mail, that gives one person one role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.accounts import Employer
    from healthcheck.core.permissions import Role

TIME_TO_JOIN = timedelta(days=14)
TIME_FOR_A_NEW_PASSWORD = timedelta(hours=1)


class Standing(Enum):
    """How far an invitation has come; the value is the word pages show."""

    WAITING = "Waiting"
    ACCEPTED = "Accepted"
    EXPIRED = "Run out"
    CANCELLED = "Cancelled"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited to be what, where (None: at BASW), by whom, and what became of it."""

    id: str
    email: str
    employer: Employer | None
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def place(self) -> str:
        """Where the role is, in words."""
        return self.employer.name if self.employer else "BASW"

    def standing(self, now: datetime) -> Standing:
        """Return how far it has come at a moment; it runs out at the very moment it says."""
        if self.used_at is not None:
            return Standing.ACCEPTED
        if self.cancelled_at is not None:
            return Standing.CANCELLED
        return Standing.EXPIRED if self.expires_at <= now else Standing.WAITING

"""An assessment: one employer's health check of one service in one cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.facts import Facts
from healthcheck.core.steps import State

if TYPE_CHECKING:
    from datetime import date, datetime

    from healthcheck.core.accounts import Employer


@dataclass(frozen=True, slots=True)
class Assessment:
    """One health check: whose, of what, on which edition, and how far it has been changed.

    `cycle` is the year's round it belongs to, `due` its deadline, `digest` the fingerprint of the
    definition it was started on, and `revision` grows by one with every saved change. `state` is
    where it stands in the cycle.
    """

    id: str
    reference: str
    employer: Employer
    service: str
    cycle: str
    due: date
    questionnaire: str
    edition: str
    digest: str
    revision: int
    changed_at: datetime
    state: State = State.NOT_STARTED

    @property
    def facts(self) -> Facts:
        """What conditions and wording read."""
        return Facts(self.service, self.employer.nation, self.employer.employer_type)


def days_left(due: date, today: date) -> int:
    """Return the days until the deadline: 0 on the day, negative when it has passed."""
    return (due - today).days

"""What anybody may see of a cycle: each employer's services with a status in one word each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.facts import SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.accounts import Employer

WORDS = ("Accepted", "Submitted", "In progress", "Not started", "Overdue", "Withdrawn")
"""Every status there is, in the order of counts and charts."""


@dataclass(frozen=True, slots=True)
class Status:
    """The status of one service; `address` is that of its published report, if there is one."""

    word: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One employer with the status of each service that has a health check in the cycle.

    `benchmark` is the address of its published safe levels, None without.
    """

    employer: Employer
    region: str
    statuses: Mapping[str, Status]
    benchmark: str | None = None

    @property
    def others(self) -> tuple[str, ...]:
        """The services besides children's and adults' that have one."""
        return tuple(sorted(self.statuses.keys() - SERVICES.keys()))


def counts(lines: Iterable[Line]) -> tuple[tuple[str, int], ...]:
    """Return how many health checks have each status; a status nobody has is counted as 0."""
    found = Counter(each.word for line in lines for each in line.statuses.values())
    return tuple((word, found[word]) for word in WORDS)


def missing(lines: Iterable[Line]) -> tuple[tuple[str, int], ...]:
    """Return how many employers in the cycle have no health check of each usual service."""
    there = tuple(lines)
    return tuple((each, sum(each not in line.statuses for line in there)) for each in SERVICES)

"""Pages that an employer makes public: each at an address, until it is taken down with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from healthcheck.core.employers import service_id
from healthcheck.core.errors import UnacceptableDetailsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST_REASON = 2000
LONGEST_IN_ADDRESS = 60


class Page(Protocol):
    """One time that something was made public."""

    @property
    def address(self) -> str:
        """Where it is, or was."""

    @property
    def removed_at(self) -> datetime | None:
        """When it was taken down; None while it stands."""

    @property
    def stands(self) -> bool:
        """Say whether it is public."""


P = TypeVar("P", bound=Page)


class Kind(Enum):
    """What a page is of; the value is how it is named in a list."""

    REPORT = "Health check report"
    STAFF_PAGE = "You said, we did"
    BENCHMARK = "Safe levels of work for social workers"


@dataclass(frozen=True, slots=True)
class Link:
    """A public page among others of its employer; service and cycle are blank where of none."""

    kind: Kind
    address: str
    service: str = ""
    cycle: str = ""


def address(letters: str, employer: str, *more: str) -> str:
    """Return an address that can be read aloud, ending in letters that nobody guesses."""
    named = service_id(employer)[:LONGEST_IN_ADDRESS].strip("-")
    return "-".join(filter(None, (named, *more, letters)))


def standing(pages: Sequence[P]) -> P | None:
    """Return the one page that stands."""
    return next((each for each in pages if each.stands), None)


def earlier(pages: Sequence[P]) -> tuple[P, ...]:
    """Return those that were taken down, in the order given."""
    return tuple(each for each in pages if not each.stands)


def accepted_reason(text: str, what: str = "page") -> str:
    """Return a reason for taking something down. Raises UnacceptableDetailsError."""
    reason = text.strip()
    if not reason:
        raise UnacceptableDetailsError(f"Give a reason to take the {what} down.")
    if len(reason) > LONGEST_REASON:
        raise UnacceptableDetailsError(
            f"The reason can be up to {LONGEST_REASON:,} characters; this one has {len(reason):,}."
        )
    return reason

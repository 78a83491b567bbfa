"""What all public pages have in common: put at an address, open to anybody, taken down again.

What is on a page, and who may publish it, is for the service of that kind of page. Each kind is
kept by a module of storage of its own.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Protocol, TypeVar

from healthcheck.core.errors import (
    NotFoundError,
    PageTakenDownError,
    StepRefusedError,
    TakenDownError,
)
from healthcheck.core.public_pages import Kind, Page
from healthcheck.reports import words
from healthcheck.services.beginning import LETTERS
from healthcheck.services.open_now import UK
from healthcheck.storage import public_pages as stored

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.public_pages import Link
    from healthcheck.services.context import Context
    from healthcheck.storage.store import Store

LETTERS_OF_AN_ADDRESS = 8
NOTHING_HERE = "There is no page at this address."
NOTHING_PUBLIC = "Nothing is public here, so nothing was done."
P = TypeVar("P", bound=Page)


class Kept(Protocol):
    """The module of storage that keeps one kind of page."""

    def remove(
        self, store: Store, address: str, reason: str, person_id: str, now: datetime
    ) -> None:
        """Write that a page was taken down."""


def letters(many: int = LETTERS_OF_AN_ADDRESS) -> str:
    """Return letters that nobody guesses, for the end of an address."""
    return "".join(secrets.choice(LETTERS.lower()) for _ in range(many))


def open_to_anybody(found: P | None, kind: Kind) -> P:
    """Return what was found at an address when it is public.

    Raises NotFoundError, and PageTakenDownError, for a report TakenDownError.
    """
    if found is None:
        raise NotFoundError(NOTHING_HERE)
    if found.removed_at is not None:
        day = words.day(found.removed_at.astimezone(UK).date())
        if kind is Kind.REPORT:
            raise TakenDownError(f"The employer took this report down on {day}.")
        raise PageTakenDownError(f"The employer took this page down on {day}.")
    return found


def remove(ctx: Context, kept: Kept, standing: P | None, reason: str) -> P:
    """Take what stands down, inside the caller's transaction, for a reason that was accepted.

    Returns it as it was. Raises StepRefusedError when nothing stands.
    """
    if standing is None:
        raise StepRefusedError(NOTHING_PUBLIC)
    kept.remove(ctx.store, standing.address, reason, ctx.someone().id, ctx.now)
    return standing


def others(ctx: Context, employer_id: str, address: str) -> tuple[Link, ...]:
    """Return the employer's other public pages, the newest cycle first, for anybody."""
    links = stored.of_employer(ctx.store, employer_id)
    return tuple(each for each in links if each.address != address)

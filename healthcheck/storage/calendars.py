"""Private addresses of calendars, one a person; of the secret in them, only the fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.storage.store import moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.storage.store import Store


def add(store: Store, token_hash: str, person_id: str, now: datetime) -> None:
    """Write a person's address; the caller has ended the one before."""
    store.run(
        "INSERT INTO calendars (token_hash, person_id, made_at) VALUES (?, ?, ?)",
        token_hash,
        person_id,
        stamp(now),
    )


def end(store: Store, person_id: str, now: datetime) -> bool:
    """End a person's address; say whether there was one."""
    ended = store.run(
        "UPDATE calendars SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL",
        stamp(now),
        person_id,
    )
    return ended > 0


def made_at(store: Store, person_id: str) -> datetime | None:
    """Return when a person's address was made, None when they have none."""
    row = store.row(
        "SELECT made_at FROM calendars WHERE person_id = ? AND ended_at IS NULL", person_id
    )
    return moment(row[0]) if row else None


def whose(store: Store, token_hash: str) -> Person | None:
    """Return whose address carries the token with this fingerprint, unless it was ended."""
    row = store.row(
        "SELECT p.id, p.name, p.email FROM calendars c JOIN people p ON p.id = c.person_id"
        " WHERE c.token_hash = ? AND c.ended_at IS NULL",
        token_hash,
    )
    return Person(*row) if row else None

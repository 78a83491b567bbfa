"""Who somebody is at a provider of single sign-on, and which of its answers were used before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime


def find(store: Store, issuer: str, subject: str) -> Person | None:
    """Return the person whom a provider knows by this subject."""
    row = store.row(
        "SELECT people.id, name, email FROM identities JOIN people ON people.id = person_id"
        " WHERE issuer = ? AND subject = ?",
        issuer,
        subject,
    )
    return Person(*row) if row else None


def add(store: Store, issuer: str, subject: str, person_id: str, now: datetime) -> None:
    """Write by which subject a provider knows a person."""
    store.run(
        "INSERT INTO identities (issuer, subject, person_id, added_at) VALUES (?, ?, ?, ?)",
        issuer,
        subject,
        person_id,
        stamp(now),
    )


def since(store: Store, issuer: str, person_id: str) -> datetime | None:
    """Return since when a person can be known by a provider, None when they cannot."""
    row = store.row(
        "SELECT min(added_at) FROM identities WHERE person_id = ? AND issuer = ?",
        person_id,
        issuer,
    )
    return moment(row[0]) if row and row[0] else None


def remove(store: Store, issuer: str, person_id: str) -> bool:
    """Forget by which subject a provider knows a person; say whether it did."""
    return bool(
        store.run("DELETE FROM identities WHERE person_id = ? AND issuer = ?", person_id, issuer)
    )


def is_invited(store: Store, email: str, now: datetime) -> bool:
    """Say whether an invitation to this address waits to be accepted."""
    row = store.row(
        "SELECT 1 FROM invitations WHERE email = ? AND used_at IS NULL AND cancelled_at IS NULL"
        " AND expires_at > ?",
        email,
        stamp(now),
    )
    return row is not None


def use_state(store: Store, state_hash: str, now: datetime, forget_before: datetime) -> bool:
    """Note that an answer was used, and forget those of long ago; say whether it was new."""
    store.run("DELETE FROM used_states WHERE used_at < ?", stamp(forget_before))
    return bool(
        store.run(
            "INSERT OR IGNORE INTO used_states (state_hash, used_at) VALUES (?, ?)",
            state_hash,
            stamp(now),
        )
    )

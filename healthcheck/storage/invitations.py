"""Invitations, and links to choose a new password; of both, only the fingerprint of the secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.invitations import Invitation
from healthcheck.core.permissions import Role
from healthcheck.storage.store import moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.storage.store import Row, Store

INVITATION = """
SELECT i.id, i.email, e.id, e.name, e.nation, e.employer_type, i.role, coalesce(p.name, ''),
    i.created_at, i.expires_at, i.used_at, i.cancelled_at
FROM invitations i LEFT JOIN employers e ON e.id = i.employer_id
LEFT JOIN people p ON p.id = i.invited_by
"""
OPEN = "used_at IS NULL AND cancelled_at IS NULL"


def add(store: Store, invitation: Invitation, token_hash: str, invited_by: str | None) -> None:
    """Write an invitation; `invited_by` is the id of a person."""
    store.run(
        "INSERT INTO invitations (id, token_hash, email, employer_id, role, invited_by,"
        " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        invitation.id,
        token_hash,
        invitation.email,
        invitation.employer.id if invitation.employer else None,
        invitation.role.name,
        invited_by,
        stamp(invitation.created_at),
        stamp(invitation.expires_at),
    )


def find(store: Store, token_hash: str) -> Invitation | None:
    """Return the invitation whose link carries the token with this fingerprint."""
    row = store.row(f"{INVITATION} WHERE i.token_hash = ?", token_hash)
    return _invitation(row) if row else None


def find_by_id(store: Store, invitation_id: str, employer_id: str | None) -> Invitation | None:
    """Return an invitation to this employer or, without one, to BASW."""
    row = store.row(
        f"{INVITATION} WHERE i.id = ? AND i.employer_id IS ?", invitation_id, employer_id
    )
    return _invitation(row) if row else None


def open_at(store: Store, employer_id: str | None) -> tuple[Invitation, ...]:
    """Return what was neither accepted nor cancelled, run out or not, newest first."""
    rows = store.rows(
        f"{INVITATION} WHERE i.employer_id IS ? AND {OPEN} ORDER BY i.created_at DESC, i.id",
        employer_id,
    )
    return tuple(_invitation(row) for row in rows)


def cancel(store: Store, invitation_id: str, now: datetime) -> bool:
    """Cancel an invitation; False when it was accepted or cancelled before."""
    changed = store.run(
        f"UPDATE invitations SET cancelled_at = ? WHERE id = ? AND {OPEN}",  # noqa: S608 - ours
        stamp(now),
        invitation_id,
    )
    return changed == 1


def cancel_same(
    store: Store, email: str, employer_id: str | None, role: Role, now: datetime
) -> None:
    """Cancel the open invitations of an address to be the same in the same place."""
    store.run(
        "UPDATE invitations SET cancelled_at = ?"  # noqa: S608 - our own words
        f" WHERE email = ? AND employer_id IS ? AND role = ? AND {OPEN}",
        stamp(now),
        email,
        employer_id,
        role.name,
    )


def use(store: Store, invitation_id: str, person_id: str, now: datetime) -> None:
    """Note who accepted an invitation."""
    store.run(
        "UPDATE invitations SET used_at = ?, used_by = ? WHERE id = ?",
        stamp(now),
        person_id,
        invitation_id,
    )


def add_password_link(
    store: Store, token_hash: str, person_id: str, now: datetime, expires_at: datetime
) -> None:
    """Write a link to choose a new password."""
    store.run(
        "INSERT INTO password_links (token_hash, person_id, created_at, expires_at)"
        " VALUES (?, ?, ?, ?)",
        token_hash,
        person_id,
        stamp(now),
        stamp(expires_at),
    )


def find_password_link(store: Store, token_hash: str, now: datetime) -> Person | None:
    """Return whose link it is, None when it was used or has run out."""
    row = store.row(
        "SELECT people.id, name, email FROM password_links JOIN people ON people.id = person_id"
        " WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?",
        token_hash,
        stamp(now),
    )
    return Person(*row) if row else None


def use_password_links(store: Store, person_id: str, now: datetime) -> None:
    """End every link of a person: one was used."""
    store.run(
        "UPDATE password_links SET used_at = ? WHERE person_id = ? AND used_at IS NULL",
        stamp(now),
        person_id,
    )


def password_links_since(store: Store, person_id: str, after: datetime) -> int:
    """Return how many links a person was sent after a moment."""
    (count,) = store.rows(
        "SELECT count(*) FROM password_links WHERE person_id = ? AND created_at > ?",
        person_id,
        stamp(after),
    )[0]
    return int(count)


def _invitation(row: Row) -> Invitation:
    return Invitation(
        id=row[0],
        email=row[1],
        employer=Employer(*row[2:6]) if row[2] else None,
        role=Role[row[6]],
        invited_by=row[7],
        created_at=moment(row[8]),
        expires_at=moment(row[9]),
        used_at=moment(row[10]) if row[10] else None,
        cancelled_at=moment(row[11]) if row[11] else None,
    )

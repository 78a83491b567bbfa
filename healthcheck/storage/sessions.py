"""Where people are signed in. A token is known by its fingerprint alone; a session's id is random.

A session that still needs a code is nobody's yet, and no list shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.core.sessions import Session, Way
from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

COLUMNS = (
    "sessions.id, sessions.device, sessions.address, sessions.way, sessions.created_at,"
    " sessions.seen_at"
)
FIND = f"""
SELECT people.id, people.name, people.email, {COLUMNS}, needs_code,
    EXISTS (SELECT 1 FROM second_factors f
            WHERE f.person_id = people.id AND confirmed_at IS NOT NULL),
    EXISTS (SELECT 1 FROM basw_roles r WHERE r.person_id = people.id)
FROM sessions JOIN people ON people.id = sessions.person_id
WHERE token_hash = ? AND sessions.created_at > ? AND seen_at > ?
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Found:
    """A session, whose it is, and what decides whether they may work in it."""

    person: Person
    session: Session
    needs_code: bool
    has_second_factor: bool
    is_at_basw: bool


def add(  # noqa: PLR0913 - what a session is
    store: Store,
    token_hash: str,
    person_id: str,
    now: datetime,
    *,
    device: str = "",
    address: str = "",
    way: Way = Way.PASSWORD,
    needs_code: bool = False,
) -> None:
    """Write a session that begins now, with an id that says nothing about its token."""
    store.run(
        "INSERT INTO sessions (token_hash, id, person_id, created_at, seen_at, device, address,"
        " way, needs_code) VALUES (?1, lower(hex(randomblob(9))), ?2, ?3, ?3, ?4, ?5, ?6, ?7)",
        token_hash,
        person_id,
        stamp(now),
        device,
        address,
        way.value,
        int(needs_code),
    )


def find(
    store: Store, token_hash: str, begun_after: datetime, seen_after: datetime
) -> Found | None:
    """Return the session of a token, None when it has run out or never was."""
    row = store.row(FIND, token_hash, stamp(begun_after), stamp(seen_after))
    if row is None:
        return None
    return Found(Person(*row[:3]), _session(row[3:9]), *(bool(each) for each in row[9:]))


def of(
    store: Store, person_id: str, begun_after: datetime, seen_after: datetime
) -> tuple[Session, ...]:
    """Return where a person is signed in, the most recently used first."""
    rows = store.rows(
        f"SELECT {COLUMNS} FROM sessions WHERE person_id = ? AND needs_code = 0"  # noqa: S608 - ours
        " AND created_at > ? AND seen_at > ? ORDER BY seen_at DESC, created_at DESC, id",
        person_id,
        stamp(begun_after),
        stamp(seen_after),
    )
    return tuple(_session(row) for row in rows)


def _session(row: tuple[str, ...]) -> Session:
    session_id, device, address, way, since, seen_at = row
    return Session(session_id, device, address, Way(way), moment(since), moment(seen_at))


def touch(store: Store, token_hash: str, now: datetime) -> None:
    """Note that a session is in use."""
    store.run("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", stamp(now), token_hash)


def end(store: Store, token_hash: str) -> None:
    """Forget a session."""
    store.run("DELETE FROM sessions WHERE token_hash = ?", token_hash)


def end_one(store: Store, person_id: str, session_id: str) -> bool:
    """Forget one session of a person; say whether there was one."""
    return bool(
        store.run("DELETE FROM sessions WHERE person_id = ? AND id = ?", person_id, session_id)
    )


def end_of(store: Store, person_id: str, *, but: str = "") -> int:
    """Forget every session of a person, but for the one with this id; return how many."""
    return store.run("DELETE FROM sessions WHERE person_id = ? AND id <> ?", person_id, but)


def end_old(store: Store, begun_before: datetime, seen_before: datetime) -> None:
    """Forget every session that has run out."""
    store.run(
        "DELETE FROM sessions WHERE created_at <= ? OR seen_at <= ?",
        stamp(begun_before),
        stamp(seen_before),
    )

"""Messages: queued with the change that they tell of, and what became of each.

`next_try_at` is set while a message waits, and empty once it was sent or given up. The words of a
message that is a key to something are masked once it was delivered, so that neither the database
nor a copy of it holds keys for longer than needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.messages import Kind
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

LINE = (
    "SELECT number, id, kind, recipient, subject, created_at, sent_at, way, tries, next_try_at,"
    " problem FROM messages"
)
COUNT = "SELECT count(*) FROM messages WHERE kind NOT IN (SELECT value FROM json_each(?))"
OF_OTHER_KINDS = f"{LINE} WHERE kind NOT IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
WHOLE = LINE.replace(" FROM", ", text, html FROM")
DUE = WHOLE + " WHERE next_try_at <= ? ORDER BY number"
FORGET = """
DELETE FROM messages WHERE created_at < ?1 AND next_try_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM assessments a
    JOIN cycles c ON c.questionnaire = a.questionnaire AND c.name = a.cycle
    WHERE c.closes >= ?2 AND instr(messages.reason, a.id))
"""

MAIL_SERVER = "mail server"
OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Line:
    """A message as a list shows it, and how far it has got; `way` is how it was delivered."""

    number: int
    id: str
    kind: Kind
    recipient: str
    subject: str
    created_at: datetime
    sent_at: datetime | None
    way: str
    tries: int
    next_try_at: datetime | None
    problem: str

    @property
    def state(self) -> str:
        """Return where it stands, in words."""
        if self.sent_at is not None:
            return "Written to the outbox" if self.way == OUTBOX else "Sent"
        if self.next_try_at is None:
            return "Not delivered"
        return "Waiting to try again" if self.tries else "Waiting"


@dataclass(frozen=True, slots=True)
class Message(Line):
    """A whole message."""

    text: str
    html: str


def add(  # noqa: PLR0913 - a message is these things
    store: Store,
    id_: str,
    kind: Kind,
    *,
    reason: str | None,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
) -> None:
    """Queue a message."""
    store.run(
        "INSERT INTO messages (id, kind, reason, recipient, subject, text, html, created_at,"
        " next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?8, ?8)",
        id_,
        kind.name,
        reason,
        recipient,
        subject,
        text,
        html,
        stamp(now),
    )


def drop_waiting(store: Store, then: datetime) -> int:
    """Take out messages queued before a moment that were never sent; return how many they were."""
    return store.run("DELETE FROM messages WHERE sent_at IS NULL AND created_at < ?", stamp(then))


def is_used(store: Store, reason: str) -> bool:
    """Say whether a message was queued for this reason before."""
    return store.row("SELECT 1 FROM messages WHERE reason = ?", reason) is not None


def count(store: Store, but: Collection[Kind] = ()) -> int:
    """Return how many messages there are, but for those of some kinds."""
    row = store.row(COUNT, _names(but))
    return int(row[0]) if row else 0


def count_not_delivered(store: Store, but: Collection[Kind] = ()) -> int:
    """Return how many messages met a problem and are not delivered, but for those of some kinds."""
    row = store.row(COUNT + " AND sent_at IS NULL AND problem <> ''", _names(but))
    return int(row[0]) if row else 0


def page(store: Store, skip: int, most: int, but: Collection[Kind] = ()) -> tuple[Line, ...]:
    """Return so many messages, newest first, after skipping some, but for those of some kinds."""
    rows = store.rows(
        OF_OTHER_KINDS + " ORDER BY number DESC LIMIT ? OFFSET ?",
        _names(but),
        most,
        skip,
    )
    return tuple(Line(*_told(row)) for row in rows)


def find(store: Store, id_: str) -> Message | None:
    """Return the whole message of that id."""
    row = store.row(WHOLE + " WHERE id = ?", id_)
    return _message(row) if row else None


def ids(store: Store) -> frozenset[str]:
    """Return the id of every message."""
    return frozenset(id_ for (id_,) in store.rows("SELECT id FROM messages"))


def is_any_due(store: Store, now: datetime) -> bool:
    """Say whether a message is to be sent now."""
    row = store.row("SELECT 1 FROM messages WHERE next_try_at <= ? LIMIT 1", stamp(now))
    return row is not None


def due(store: Store, now: datetime) -> tuple[Message, ...]:
    """Return the messages to be sent now, the one that waits longest first."""
    return tuple(map(_message, store.rows(DUE, stamp(now))))


def sent(  # noqa: PLR0913, PLR0917 - which message went how, when, and what is kept of it
    store: Store, id_: str, way: str, now: datetime, text: str, html: str
) -> None:
    """Note that a message was delivered, and keep these words of it."""
    store.run(
        "UPDATE messages SET sent_at = ?, way = ?, tries = tries + 1, next_try_at = NULL,"
        " problem = '', text = ?, html = ? WHERE id = ?",
        stamp(now),
        way,
        text,
        html,
        id_,
    )


def failed(store: Store, id_: str, problem: str, next_try_at: datetime | None) -> None:
    """Note that a try failed, why, and when the next one is, if any."""
    store.run(
        "UPDATE messages SET tries = tries + 1, next_try_at = ?, problem = ? WHERE id = ?",
        stamp(next_try_at) if next_try_at else None,
        problem,
        id_,
    )


def try_again(store: Store, id_: str, now: datetime) -> bool:
    """Have a message that was not delivered sent now; False when there is nothing to send."""
    changed = store.run(
        "UPDATE messages SET tries = 0, next_try_at = ? WHERE id = ? AND sent_at IS NULL",
        stamp(now),
        id_,
    )
    return changed > 0


def forget_before(store: Store, then: datetime, today: date) -> int:
    """Take out messages queued before a moment that do not wait; return how many they were.

    One that was queued once for a health check whose cycle has not closed yet stays, or it would be
    queued again.
    """
    return store.run(FORGET, stamp(then), today.isoformat())


def _message(row: Row) -> Message:
    return Message(*_told(row[:-2]), *row[-2:])


def _names(kinds: Collection[Kind]) -> str:
    return json.dumps([each.name for each in kinds])


def _told(row: Row) -> Row:
    number, id_, kind, recipient, subject, created, sent_at, way, tries, next_try_at, problem = row
    return (
        number,
        id_,
        Kind[kind],
        recipient,
        subject,
        moment(created),
        moment(sent_at) if sent_at else None,
        way,
        tries,
        moment(next_try_at) if next_try_at else None,
        problem,
    )

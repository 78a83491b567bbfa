"""What happened, when, and who did it: rows that are only ever added."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.storage.chain import FIRST_LINK, link
from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Detail = str | int | list[str]
TO_JSON = json.JSONEncoder(ensure_ascii=False)


def add(  # noqa: PLR0913 - an event is these six things
    store: Store,
    kind: str,
    now: datetime,
    *,
    person_id: str | None = None,
    assessment_id: str | None = None,
    employer_id: str | None = None,
    detail: Mapping[str, Detail] | None = None,
) -> None:
    """Write one event, linked to the one before; `kind` is past tense, such as `topic saved`."""
    last = store.row("SELECT number, hash FROM events ORDER BY number DESC LIMIT 1")
    number, before = last or (0, FIRST_LINK)
    row = (
        number + 1,
        stamp(now),
        person_id,
        assessment_id,
        employer_id,
        kind,
        TO_JSON.encode(detail or {}),
    )
    store.run(
        "INSERT INTO events (number, happened_at, person_id, assessment_id, employer_id, kind,"
        " detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *row,
        link(before, row),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `person` is the name of who did it, empty when the program did."""

    number: int
    happened_at: datetime
    person: str
    kind: str
    detail: Mapping[str, Detail]


def timeline(store: Store, assessment_id: str, *kinds: str) -> tuple[Event, ...]:
    """Return an assessment's events of these kinds, newest first."""
    rows = store.rows(
        "SELECT number, happened_at, coalesce(name, ''), kind, detail FROM events"
        " LEFT JOIN people ON people.id = person_id"
        " WHERE assessment_id = ? AND kind IN (SELECT value FROM json_each(?))"
        " ORDER BY number DESC",
        assessment_id,
        json.dumps(kinds),
    )
    return tuple(
        Event(number, moment(at), person, kind, json.loads(detail))
        for number, at, person, kind, detail in rows
    )


def first_break(store: Store) -> tuple[int, int | None]:
    """Return how many events there are, and the number of the first that does not fit the chain.

    An event that was changed does not fit; where one was taken out, the next one does not.
    """
    before, expected, count = FIRST_LINK, 1, 0
    rows = store.rows(
        "SELECT number, happened_at, person_id, assessment_id, employer_id, kind, detail, hash"
        " FROM events ORDER BY number"
    )
    for *row, written in rows:
        before = link(before, row)
        if row[0] != expected or written != before:
            return len(rows), row[0]
        expected, count = expected + 1, count + 1
    return count, None


def last_hash(store: Store) -> str:
    """Return the hash of the newest event, which stands for all of them."""
    row = store.row("SELECT hash FROM events ORDER BY number DESC LIMIT 1")
    return str(row[0]) if row else FIRST_LINK


def every(store: Store, kind: str) -> list[tuple[str, dict[str, Detail]]]:
    """Return the assessment's id and the detail of every event of a kind, oldest first."""
    rows = store.rows(
        "SELECT assessment_id, detail FROM events WHERE kind = ? ORDER BY number", kind
    )
    return [(assessment_id, json.loads(detail)) for assessment_id, detail in rows]


def of(store: Store, assessment_id: str) -> list[tuple[str, str | None, dict[str, Detail]]]:
    """Return an assessment's events, oldest first: kind, the person's id and the detail."""
    rows = store.rows(
        "SELECT kind, person_id, detail FROM events WHERE assessment_id = ? ORDER BY number",
        assessment_id,
    )
    return [(kind, person_id, json.loads(detail)) for kind, person_id, detail in rows]

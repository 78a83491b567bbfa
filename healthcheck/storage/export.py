"""What is held of one employer that no page shows as a whole: all health checks, files and PDFs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.storage.store import Row, Store, moment

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

FILES = """
SELECT f.id, f.question_id, f.name, f.media_type, f.size, f.sha256, adder.name, f.added_at,
    coalesce(remover.name, ''), f.removed_at
FROM attachments f JOIN people adder ON adder.id = f.added_by
LEFT JOIN people remover ON remover.id = f.removed_by
WHERE f.assessment_id = ? ORDER BY f.added_at, f.rowid
"""
HISTORY = """
SELECT question_id, revision, entry, name, saved_at FROM entry_history
JOIN people ON people.id = saved_by WHERE assessment_id = ? ORDER BY question_id, revision
"""
EVENTS = """
SELECT e.number, e.happened_at, coalesce(p.name, ''), coalesce(a.reference, ''), e.kind, e.detail
FROM events e LEFT JOIN people p ON p.id = e.person_id
LEFT JOIN assessments a ON a.id = e.assessment_id
WHERE (e.employer_id = ?1 OR a.employer_id = ?1)
    AND e.kind IN (SELECT value FROM json_each(?2))
ORDER BY e.number
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was attached to an answer, also one that was taken out of it later."""

    id: str
    question_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime
    removed_by: str
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer as it was saved once; `entry` is the stored text."""

    question_id: str
    revision: int
    entry: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an export tells it; `reference` is empty when it is of the employer itself."""

    number: int
    at: datetime
    by: str
    reference: str
    what: str
    detail: dict[str, str | int | list[str]]


def assessments_of(store: Store, employer_id: str) -> tuple[str, ...]:
    """Return the ids of an employer's health checks, by deadline and service."""
    rows = store.rows(
        "SELECT id FROM assessments WHERE employer_id = ? ORDER BY due, service, reference",
        employer_id,
    )
    return tuple(id_ for (id_,) in rows)


def files_of(store: Store, assessment_id: str) -> tuple[File, ...]:
    """Return every file there ever was in a health check, in the order added."""
    return tuple(map(_file, store.rows(FILES, assessment_id)))


def history_of(store: Store, assessment_id: str) -> tuple[Earlier, ...]:
    """Return every answer ever saved in a health check, by question and the oldest first."""
    return tuple(
        Earlier(question_id, revision, entry, name, moment(at))
        for question_id, revision, entry, name, at in store.rows(HISTORY, assessment_id)
    )


def finished_reports(store: Store, assessment_id: str, prefix: str) -> tuple[str, ...]:
    """Return the keys of the finished reports whose keys begin so, the oldest first."""
    rows = store.rows(
        "SELECT key FROM report_jobs WHERE assessment_id = ? AND state = 'ready'"
        " AND substr(key, 1, ?) = ? ORDER BY number",
        assessment_id,
        len(prefix),
        prefix,
    )
    return tuple(key for (key,) in rows)


def events_of(store: Store, employer_id: str, kinds: Collection[str]) -> tuple[Told, ...]:
    """Return the events of these kinds about an employer or its health checks, oldest first."""
    rows = store.rows(EVENTS, employer_id, json.dumps(sorted(kinds)))
    return tuple(
        Told(number, moment(at), by, reference, kind, json.loads(detail))
        for number, at, by, reference, kind, detail in rows
    )


def _file(row: Row) -> File:
    *parts, by, at, remover, removed_at = row
    id_, question_id, name, media_type, size, sha256 = parts
    return File(
        id=id_,
        question_id=question_id,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        added_by=by,
        added_at=moment(at),
        removed_by=remover,
        removed_at=moment(removed_at) if removed_at else None,
    )

"""Files given as evidence. A content is stored once, whoever attaches it; removing only marks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthcheck.core.answers import Attachment
from healthcheck.storage.store import Store, stamp

if TYPE_CHECKING:
    from datetime import datetime

Attached = dict[str, tuple[Attachment, ...]]


def add(  # noqa: PLR0913 - who attached what, to which question, when
    store: Store,
    assessment_id: str,
    question_id: str,
    attachment: Attachment,
    content: bytes,
    *,
    person_id: str,
    now: datetime,
) -> None:
    """Write an attachment, and its content unless the same was stored before."""
    store.run("INSERT OR IGNORE INTO contents VALUES (?, ?)", attachment.sha256, content)
    store.run(
        "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        attachment.id,
        assessment_id,
        question_id,
        attachment.name,
        attachment.media_type,
        attachment.size,
        attachment.sha256,
        person_id,
        stamp(now),
    )


def of(store: Store, *assessment_ids: str) -> dict[str, Attached]:
    """Return the attachments of each of these assessments by question, in the order added."""
    found: dict[str, Attached] = {each: {} for each in assessment_ids}
    for assessment_id, question_id, *parts in store.rows(
        "SELECT assessment_id, question_id, id, name, media_type, size, sha256 FROM attachments"
        " WHERE assessment_id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL"
        " ORDER BY added_at, rowid",
        json.dumps(assessment_ids),
    ):
        kept = found[assessment_id].get(question_id, ())
        found[assessment_id][question_id] = (*kept, Attachment(*parts))
    return found


def removed_from(store: Store, assessment_id: str, attachment_id: str) -> str | None:
    """Return the question of this assessment that a file was removed from, None if it was not."""
    rows = store.rows(
        "SELECT question_id FROM attachments"
        " WHERE id = ? AND assessment_id = ? AND removed_at IS NOT NULL",
        attachment_id,
        assessment_id,
    )
    return str(rows[0][0]) if rows else None


def content(store: Store, sha256: str) -> bytes:
    """Return the bytes with that fingerprint; they are there as long as an attachment is."""
    (row,) = store.rows("SELECT content FROM contents WHERE sha256 = ?", sha256)
    return bytes(row[0])


def fingerprints(store: Store) -> list[str]:
    """Return the fingerprint of every content there is."""
    return [row[0] for row in store.rows("SELECT sha256 FROM contents ORDER BY sha256")]


def remove(store: Store, attachment_id: str, person_id: str, now: datetime) -> None:
    """Mark an attachment as removed."""
    store.run(
        "UPDATE attachments SET removed_by = ?, removed_at = ? WHERE id = ? AND removed_at IS NULL",
        person_id,
        stamp(now),
        attachment_id,
    )

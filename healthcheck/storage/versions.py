"""Versions: what was submitted, frozen; nothing in them changes and none goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.storage.store import Row

JOB = "version-"
"""How the key of a report job begins that makes a version's PDF; `storage.reports` spares these."""

FROZEN = """
SELECT assessment_id, number, fingerprint, content, name,
    json_extract(content, '$.signed.role'), signed_at, pdf_sha256, recalled_at
FROM versions JOIN people ON people.id = signed_by
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One submission of an assessment; `content` is its JSON, `fingerprint` that text's SHA-256.

    `signed_by` is the name of who signed and `signed_role` the role they gave. `pdf_sha256` is
    None until the PDF is made. A version that was recalled was never reviewed.
    """

    assessment_id: str
    number: int
    fingerprint: str
    content: str
    signed_by: str
    signed_role: str
    signed_at: datetime
    pdf_sha256: str | None = None
    recalled_at: datetime | None = None


def add(  # noqa: PLR0913 - who signed which text as which version, when
    store: Store,
    assessment_id: str,
    number: int,
    content: str,
    *,
    fingerprint: str,
    person_id: str,
    now: datetime,
) -> None:
    """Freeze a version."""
    store.run(
        "INSERT INTO versions (assessment_id, number, fingerprint, content, signed_by, signed_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        assessment_id,
        number,
        fingerprint,
        content,
        person_id,
        stamp(now),
    )


def next_number(store: Store, assessment_id: str) -> int:
    """Return the number that the assessment's next version gets, from 1."""
    row = store.row(
        "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE assessment_id = ?", assessment_id
    )
    return int(row[0]) if row else 1


def of(store: Store, assessment_id: str) -> tuple[Version, ...]:
    """Return every version of an assessment, the newest first, recalled ones among them."""
    rows = store.rows(FROZEN + " WHERE assessment_id = ? ORDER BY number DESC", assessment_id)
    return tuple(_version(row) for row in rows)


def find(store: Store, assessment_id: str, number: int) -> Version | None:
    """Return one version."""
    row = store.row(FROZEN + " WHERE assessment_id = ? AND number = ?", assessment_id, number)
    return _version(row) if row else None


def get(store: Store, assessment_id: str, number: int) -> Version:
    """Return one version that is there. Raises NotFoundError when it is not."""
    version = find(store, assessment_id, number)
    if version is None:
        raise NotFoundError("There is no such version of this health check.")
    return version


def latest(store: Store, assessment_id: str) -> Version | None:
    """Return the newest version that was not recalled, None when there is none."""
    row = store.row(
        FROZEN + " WHERE assessment_id = ? AND recalled_at IS NULL ORDER BY number DESC LIMIT 1",
        assessment_id,
    )
    return _version(row) if row else None


def standing_at(store: Store, assessment_id: str, at: datetime) -> Version | None:
    """Return the newest version signed by a moment that was not recalled, None without one."""
    row = store.row(
        FROZEN + " WHERE assessment_id = ? AND recalled_at IS NULL AND signed_at <= ?"
        " ORDER BY number DESC LIMIT 1",
        assessment_id,
        stamp(at),
    )
    return _version(row) if row else None


def find_by_fingerprint(store: Store, fingerprint: str) -> Version | None:
    """Return the version with that fingerprint."""
    row = store.row(FROZEN + " WHERE fingerprint = ?", fingerprint)
    return _version(row) if row else None


def find_by_pdf(store: Store, pdf_sha256: str) -> Version | None:
    """Return the version whose PDF has that SHA-256."""
    row = store.row(FROZEN + " WHERE pdf_sha256 = ?", pdf_sha256)
    return _version(row) if row else None


def keys(store: Store) -> list[tuple[str, int]]:
    """Return the assessment's id and the number of every version there is, in the order signed."""
    rows = store.rows("SELECT assessment_id, number FROM versions ORDER BY rowid")
    return [(assessment_id, number) for assessment_id, number in rows]


def recall(store: Store, assessment_id: str, number: int, now: datetime) -> None:
    """Mark a version as recalled by its employer before anybody reviewed it."""
    store.run(
        "UPDATE versions SET recalled_at = ? WHERE assessment_id = ? AND number = ?",
        stamp(now),
        assessment_id,
        number,
    )


def keep_pdf(store: Store, assessment_id: str, number: int, pdf: bytes) -> None:
    """Store a version's PDF, with its SHA-256; the first one stays."""
    store.run(
        "UPDATE versions SET pdf = ?, pdf_sha256 = ?"
        " WHERE assessment_id = ? AND number = ? AND pdf IS NULL",
        pdf,
        hashlib.sha256(pdf).hexdigest(),
        assessment_id,
        number,
    )


def pdf(store: Store, assessment_id: str, number: int) -> bytes | None:
    """Return a version's PDF, None while it is not made."""
    row = store.row(
        "SELECT pdf FROM versions WHERE assessment_id = ? AND number = ? AND pdf IS NOT NULL",
        assessment_id,
        number,
    )
    return bytes(row[0]) if row else None


def job_key(assessment_id: str, number: int) -> str:
    """Return the key of the report job that makes a version's PDF."""
    return f"{JOB}{number}-{assessment_id}"


def find_by_job(store: Store, key: str) -> Version | None:
    """Return the version whose PDF a report job makes, None when it makes another document."""
    if not key.startswith(JOB):
        return None
    number, _, assessment_id = key.removeprefix(JOB).partition("-")
    return find(store, assessment_id, int(number))


def _version(row: Row) -> Version:
    return Version(
        assessment_id=row[0],
        number=row[1],
        fingerprint=row[2],
        content=row[3],
        signed_by=row[4],
        signed_role=row[5],
        signed_at=moment(row[6]),
        pdf_sha256=row[7],
        recalled_at=moment(row[8]) if row[8] is not None else None,
    )

"""Publications: which version is public at which address, and when it was taken down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from healthcheck.core.publishing import Publication
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

JOB = "published-"
"""How the key of a report job begins that makes a published PDF; its address follows."""

PUBLICATION = """
SELECT assessment_id, version, address, own_words, published_at, removed_at, reason
FROM publications
"""


def add(store: Store, publication: Publication, person_id: str) -> None:
    """Write that a version is public."""
    store.run(
        "INSERT INTO publications"
        " (assessment_id, version, address, own_words, published_by, published_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        publication.assessment_id,
        publication.version,
        publication.address,
        int(publication.own_words),
        person_id,
        stamp(publication.published_at),
    )


def remove(store: Store, address: str, reason: str, person_id: str, now: datetime) -> None:
    """Write that what was public at an address was taken down, and why."""
    store.run(
        "UPDATE publications SET removed_by = ?, removed_at = ?, reason = ?"
        " WHERE address = ? AND removed_at IS NULL",
        person_id,
        stamp(now),
        reason,
        address,
    )


def find(store: Store, address: str) -> Publication | None:
    """Return what is, or was, public at an address."""
    row = store.row(PUBLICATION + " WHERE address = ?", address)
    return _publication(row) if row else None


def standing(store: Store, assessment_id: str) -> Publication | None:
    """Return the publication of an assessment that stands."""
    row = store.row(PUBLICATION + " WHERE assessment_id = ? AND removed_at IS NULL", assessment_id)
    return _publication(row) if row else None


def keep_fingerprint(store: Store, key: str, pdf: bytes) -> None:
    """Note the SHA-256 of a PDF just made, when its report job made a published one."""
    store.run(
        "UPDATE publications SET pdf_sha256 = ? WHERE ? || address = ?",
        hashlib.sha256(pdf).hexdigest(),
        JOB,
        key,
    )


def find_by_pdf(store: Store, sha256: str) -> Publication | None:
    """Return the publication whose PDF has that SHA-256, also one that was taken down."""
    row = store.row(PUBLICATION + " WHERE pdf_sha256 = ?", sha256)
    return _publication(row) if row else None


def of(store: Store, assessment_id: str) -> tuple[Publication, ...]:
    """Return every publication of an assessment, the newest first."""
    rows = store.rows(PUBLICATION + " WHERE assessment_id = ? ORDER BY number DESC", assessment_id)
    return tuple(map(_publication, rows))


def _publication(row: Row) -> Publication:
    assessment_id, version, address, own_words, published_at, removed_at, reason = row
    return Publication(
        assessment_id,
        version,
        address,
        bool(own_words),
        moment(published_at),
        moment(removed_at) if removed_at else None,
        reason,
    )

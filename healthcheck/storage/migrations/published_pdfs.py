"""The fingerprints of published PDFs, so that the verify page knows them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SQL = """
ALTER TABLE publications ADD COLUMN pdf_sha256 TEXT;
CREATE INDEX publications_by_pdf ON publications (pdf_sha256);
"""

MADE = """
SELECT p.number, j.pdf FROM publications p
JOIN report_jobs j ON j.key = 'published-' || p.address WHERE j.pdf IS NOT NULL
"""


def fill(db: Database) -> None:
    """Note the fingerprints of the PDFs there are already."""
    for number, pdf in db.execute(MADE).fetchall():
        sha256 = hashlib.sha256(pdf).hexdigest()
        db.execute("UPDATE publications SET pdf_sha256 = ? WHERE number = ?", [sha256, number])

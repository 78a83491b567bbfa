"""The fingerprints of accepted reports, so that the verify page knows them too."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SQL = """
ALTER TABLE report_jobs ADD COLUMN pdf_sha256 TEXT;
CREATE INDEX report_jobs_by_pdf ON report_jobs (pdf_sha256);
"""


def fill(db: Database) -> None:
    """Note the fingerprints of the PDFs there are already."""
    for key, pdf in db.execute("SELECT key, pdf FROM report_jobs WHERE pdf IS NOT NULL").fetchall():
        sha256 = hashlib.sha256(pdf).hexdigest()
        db.execute("UPDATE report_jobs SET pdf_sha256 = ? WHERE key = ?", [sha256, key])

"""Safe levels that employers published, as they were on the day."""

from __future__ import annotations

SQL = """
CREATE TABLE benchmarks (
    number INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    employer_id TEXT NOT NULL REFERENCES employers,
    services TEXT NOT NULL,
    note TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES people,
    published_at TEXT NOT NULL,
    removed_by TEXT REFERENCES people,
    removed_at TEXT,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX benchmarks_by_employer ON benchmarks (employer_id, number);
CREATE UNIQUE INDEX benchmarks_that_stand ON benchmarks (employer_id) WHERE removed_at IS NULL;
"""

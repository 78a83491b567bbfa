"""Indexes in such an order that a save changes few pages of the database.

The answers of one page are saved together, mostly for about the same number of times: so their
history stands together when it is ordered by revision before question. A save is an event of an
assessment, and needs no place among those of employers.
"""

from __future__ import annotations

SQL = """
CREATE TABLE entry_history_anew (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    entry TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES people,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, revision, question_id)
) STRICT;
INSERT INTO entry_history_anew
    SELECT assessment_id, question_id, revision, entry, saved_by, saved_at
    FROM entry_history ORDER BY rowid;
DROP TABLE entry_history;
ALTER TABLE entry_history_anew RENAME TO entry_history;
DROP INDEX events_by_employer;
CREATE INDEX events_by_employer ON events (employer_id, number) WHERE employer_id IS NOT NULL;
"""

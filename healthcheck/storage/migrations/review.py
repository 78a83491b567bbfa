"""What BASW's review writes beside a submission, and what an employer publishes of it."""

from __future__ import annotations

SQL = """
CREATE TABLE comments (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    version INTEGER NOT NULL,
    question_id TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'good practice', 'private note')),
    text TEXT NOT NULL,
    written_by TEXT NOT NULL REFERENCES people,
    written_at TEXT NOT NULL,
    sent_at TEXT,
    CHECK (sent_at IS NULL OR kind <> 'private note')
) STRICT;
CREATE INDEX comments_by_assessment ON comments (assessment_id, number);

CREATE TABLE moderations (
    number INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    version INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    level INTEGER,
    reason TEXT NOT NULL,
    moderated_by TEXT NOT NULL REFERENCES people,
    moderated_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE INDEX moderations_by_assessment ON moderations (assessment_id, question_id, number);

CREATE TABLE change_requests (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES people,
    asked_at TEXT NOT NULL,
    sent_at TEXT,
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT REFERENCES people,
    answered_at TEXT,
    outcome TEXT CHECK (outcome IN ('met', 'partly met', 'withdrawn')),
    outcome_note TEXT NOT NULL DEFAULT '',
    ended_by TEXT REFERENCES people,
    ended_at TEXT,
    UNIQUE (assessment_id, number)
) STRICT;

CREATE TABLE publications (
    number INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    version INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE,
    own_words INTEGER NOT NULL,
    published_by TEXT NOT NULL REFERENCES people,
    published_at TEXT NOT NULL,
    removed_by TEXT REFERENCES people,
    removed_at TEXT,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX publications_in_force ON publications (assessment_id)
    WHERE removed_at IS NULL;
"""

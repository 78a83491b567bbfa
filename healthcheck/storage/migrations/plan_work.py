"""Working the plan: links to one action, reminders sent, reviews, calendars, the page for staff."""

from __future__ import annotations

SQL = """
CREATE TABLE progress_links (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    action_id TEXT NOT NULL REFERENCES actions,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    sent_by TEXT REFERENCES people,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    used_at TEXT
) STRICT;
CREATE INDEX progress_links_by_action ON progress_links (action_id, created_at);

CREATE TABLE action_reminders (
    reason TEXT PRIMARY KEY,
    queued_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarterly_reviews (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    quarter TEXT NOT NULL,
    started_by TEXT NOT NULL REFERENCES people,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    UNIQUE (assessment_id, quarter)
) STRICT;

CREATE TABLE quarterly_review_steps (
    review_id TEXT NOT NULL REFERENCES quarterly_reviews,
    action_id TEXT NOT NULL REFERENCES actions,
    outcome TEXT NOT NULL,
    stepped_by TEXT NOT NULL REFERENCES people,
    stepped_at TEXT NOT NULL,
    PRIMARY KEY (review_id, action_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendars (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people,
    made_at TEXT NOT NULL,
    ended_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX calendars_by_person ON calendars (person_id);

CREATE TABLE staff_lines (
    action_id TEXT PRIMARY KEY REFERENCES actions,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    said TEXT NOT NULL,
    did TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_lines_by_assessment ON staff_lines (assessment_id);

CREATE TABLE staff_pages (
    number INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    lines TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES people,
    published_at TEXT NOT NULL,
    removed_by TEXT REFERENCES people,
    removed_at TEXT,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX staff_pages_by_assessment ON staff_pages (assessment_id, number);
CREATE UNIQUE INDEX staff_pages_that_stand ON staff_pages (assessment_id) WHERE removed_at IS NULL;
"""

"""The tables that answer, score and report one health check."""

from __future__ import annotations

SQL = """
CREATE TABLE employers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    nation TEXT NOT NULL,
    employer_type TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE memberships (
    person_id TEXT NOT NULL REFERENCES people,
    employer_id TEXT NOT NULL REFERENCES employers,
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, employer_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_failures (
    number INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_account ON sign_in_failures (account, failed_at);
CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, failed_at);

CREATE TABLE assessments (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    employer_id TEXT NOT NULL REFERENCES employers,
    service TEXT NOT NULL,
    cycle TEXT NOT NULL,
    due TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    edition TEXT NOT NULL,
    digest TEXT NOT NULL,
    revision INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (employer_id, questionnaire, cycle, service)
) STRICT;

CREATE TABLE entries (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    entry TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES people,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, question_id)
) STRICT;

CREATE TABLE entry_history (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    entry TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES people,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, question_id, revision)
) STRICT;

CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES contents,
    added_by TEXT NOT NULL REFERENCES people,
    added_at TEXT NOT NULL,
    removed_by TEXT REFERENCES people,
    removed_at TEXT
) STRICT;
CREATE INDEX attachments_by_assessment ON attachments (assessment_id, added_at);

CREATE TABLE places (
    person_id TEXT NOT NULL REFERENCES people,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    topic_id TEXT NOT NULL,
    PRIMARY KEY (person_id, assessment_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_jobs (
    key TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'rendering', 'ready', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    html TEXT,
    pdf BLOB,
    problem TEXT NOT NULL DEFAULT '',
    asked_by TEXT NOT NULL REFERENCES people,
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX report_jobs_by_state ON report_jobs (state, number);
CREATE INDEX report_jobs_by_assessment ON report_jobs (assessment_id, number);

CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    happened_at TEXT NOT NULL,
    person_id TEXT REFERENCES people,
    assessment_id TEXT REFERENCES assessments,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_assessment ON events (assessment_id, number);
"""

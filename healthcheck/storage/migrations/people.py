"""What many employers and many people need: details, roles at BASW, joining, signing in, messages.

The sessions of an earlier version are forgotten, so everybody signs in once more.
"""

from __future__ import annotations

SQL = """
ALTER TABLE employers ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE employers ADD COLUMN code TEXT;
ALTER TABLE employers ADD COLUMN logo TEXT REFERENCES contents;
ALTER TABLE employers ADD COLUMN logo_type TEXT;
CREATE UNIQUE INDEX employers_by_code ON employers (code) WHERE code IS NOT NULL;

CREATE TABLE employer_services (
    employer_id TEXT NOT NULL REFERENCES employers,
    service TEXT NOT NULL,
    PRIMARY KEY (employer_id, service)
) STRICT, WITHOUT ROWID;
INSERT INTO employer_services SELECT DISTINCT employer_id, service FROM assessments;

ALTER TABLE people ADD COLUMN removed_at TEXT;

CREATE TABLE basw_roles (
    person_id TEXT NOT NULL REFERENCES people,
    role TEXT NOT NULL,
    PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    employer_id TEXT REFERENCES employers,
    role TEXT NOT NULL,
    invited_by TEXT REFERENCES people,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    used_by TEXT REFERENCES people,
    cancelled_at TEXT
) STRICT;
CREATE INDEX invitations_by_employer ON invitations (employer_id, created_at);

CREATE TABLE password_links (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE second_factors (
    person_id TEXT PRIMARY KEY REFERENCES people,
    secret TEXT NOT NULL,
    added_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_counter INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
    person_id TEXT NOT NULL REFERENCES people,
    code_hash TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (person_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people,
    added_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

DROP TABLE sessions;
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES people,
    needs_code INTEGER NOT NULL DEFAULT 0,
    address TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE topic_assignments (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    topic_id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people,
    assigned_by TEXT NOT NULL REFERENCES people,
    assigned_at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, topic_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    reason TEXT UNIQUE,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at TEXT NOT NULL,
    sent_at TEXT,
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'mail server', 'outbox')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,
    problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX messages_waiting ON messages (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX messages_by_recipient ON messages (recipient);
"""

"""Decisions where capacity is reached, kept sums of workload, and papers of no health check."""

from __future__ import annotations

SQL = """
CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams,
    worker_id TEXT REFERENCES workers,
    taken_on TEXT NOT NULL,
    said TEXT NOT NULL,
    starts TEXT NOT NULL,
    proposed TEXT NOT NULL,
    decided_by TEXT NOT NULL REFERENCES people,
    decided_at TEXT NOT NULL,
    assessment_id TEXT REFERENCES assessments,
    action_id TEXT REFERENCES actions,
    owner_id TEXT GENERATED ALWAYS AS (json_extract(proposed, '$.owner.person_id')) VIRTUAL
) STRICT;
CREATE INDEX decisions_by_team ON decisions (team_id, decided_at);
CREATE INDEX decisions_by_owner ON decisions (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE workload_sums (
    snapshot_id TEXT NOT NULL REFERENCES snapshots,
    scheme_id TEXT NOT NULL,
    made_from TEXT NOT NULL,
    above TEXT NOT NULL,
    sums TEXT,
    PRIMARY KEY (snapshot_id, scheme_id)
) STRICT;

CREATE TABLE jobs_made_anew (
    key TEXT PRIMARY KEY,
    assessment_id TEXT REFERENCES assessments,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'rendering', 'ready', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    html TEXT,
    pdf BLOB,
    problem TEXT NOT NULL DEFAULT '',
    asked_by TEXT NOT NULL REFERENCES people,
    asked_at TEXT NOT NULL,
    pdf_sha256 TEXT
) STRICT;
INSERT INTO jobs_made_anew SELECT key, assessment_id, number, state, tries, html, pdf, problem,
    asked_by, asked_at, pdf_sha256 FROM report_jobs;
DROP TABLE report_jobs;
ALTER TABLE jobs_made_anew RENAME TO report_jobs;
CREATE INDEX report_jobs_by_state ON report_jobs (state, number);
CREATE INDEX report_jobs_by_assessment ON report_jobs (assessment_id, number);
CREATE INDEX report_jobs_by_pdf ON report_jobs (pdf_sha256);
"""
"""A paper of a team's workload belongs to no health check, so a report job may have none."""

TRIGGERS = (
    """
CREATE TRIGGER snapshots_change_what_was_made AFTER UPDATE ON snapshots
BEGIN
DELETE FROM workload_sums WHERE snapshot_id = OLD.id;
DELETE FROM report_jobs WHERE substr(key, 1, length('supervision-' || OLD.team_id || '.'))
    = 'supervision-' || OLD.team_id || '.';
END
""",
    """
CREATE TRIGGER workers_change_their_sheets AFTER UPDATE OF name ON workers
BEGIN
DELETE FROM report_jobs WHERE substr(key, 1, length('supervision-' || OLD.team_id || '.'))
    = 'supervision-' || OLD.team_id || '.';
END
""",
)
"""What was worked out from a snapshot goes when it changes or is deleted, its papers too; and
papers with a name go when the name does."""

"""The yearly cycle: cycles, where each health check stands, versions, and last year's answers."""

from __future__ import annotations

SQL = """
CREATE TABLE cycles (
    id TEXT PRIMARY KEY,
    questionnaire TEXT NOT NULL,
    name TEXT NOT NULL,
    edition TEXT NOT NULL,
    opens TEXT NOT NULL,
    due TEXT NOT NULL,
    closes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (questionnaire, name)
) STRICT;
INSERT INTO cycles SELECT lower(hex(randomblob(9))), questionnaire, cycle, max(edition),
    substr(min(created_at), 1, 10), max(due), date(max(due), '+90 days'), min(created_at)
    FROM assessments GROUP BY questionnaire, cycle;

ALTER TABLE assessments ADD COLUMN state TEXT NOT NULL DEFAULT 'NOT_STARTED';
ALTER TABLE assessments ADD COLUMN state_since TEXT NOT NULL DEFAULT '';
ALTER TABLE assessments ADD COLUMN reviewer_id TEXT REFERENCES people;
UPDATE assessments SET state_since = changed_at,
    state = CASE WHEN revision > 0 THEN 'IN_PROGRESS' ELSE 'NOT_STARTED' END;
CREATE INDEX assessments_by_cycle ON assessments (questionnaire, cycle);

CREATE TABLE consultations (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments,
    practitioners INTEGER,
    how TEXT NOT NULL,
    unions TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES people,
    saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    number INTEGER NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    signed_by TEXT NOT NULL REFERENCES people,
    signed_at TEXT NOT NULL,
    pdf BLOB,
    pdf_sha256 TEXT,
    recalled_at TEXT,
    PRIMARY KEY (assessment_id, number)
) STRICT;
CREATE INDEX versions_by_pdf ON versions (pdf_sha256);

CREATE TABLE carried (
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    from_assessment_id TEXT NOT NULL REFERENCES assessments,
    from_question_id TEXT NOT NULL,
    entry TEXT NOT NULL,
    files TEXT NOT NULL,
    change TEXT NOT NULL,
    settled_at TEXT,
    settled_by TEXT REFERENCES people,
    PRIMARY KEY (assessment_id, question_id)
) STRICT, WITHOUT ROWID;
"""

TRIGGERS = (
    """
CREATE TRIGGER versions_refuses_change BEFORE UPDATE
OF assessment_id, number, fingerprint, content, signed_by, signed_at ON versions
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END
""",
    """
CREATE TRIGGER versions_refuses_another_pdf BEFORE UPDATE OF pdf, pdf_sha256 ON versions
WHEN OLD.pdf IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END
""",
    """
CREATE TRIGGER versions_refuses_delete BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'a version never goes'); END
""",
)

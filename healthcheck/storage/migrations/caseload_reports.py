"""Reports of an excessive caseload, what was answered, and how each employer takes them.

Of a report without a name nothing says who made it or at what time: only the day is kept, its id
is random, and the table has no order of its own, so that it cannot be laid beside the times at
which people signed in. Every employer has an address for such reports from the beginning, so that
nobody's leave is needed to make one.
"""

from __future__ import annotations

SQL = """
CREATE TABLE caseload_settings (
    employer_id TEXT PRIMARY KEY REFERENCES employers,
    address TEXT NOT NULL UNIQUE,
    answer_days INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO caseload_settings (employer_id, address)
    SELECT id, lower(hex(randomblob(6))) FROM employers;

CREATE TABLE caseload_reports (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    employer_id TEXT NOT NULL REFERENCES employers,
    service TEXT NOT NULL,
    team_id TEXT REFERENCES teams,
    raised_by TEXT REFERENCES people,
    code_hash TEXT UNIQUE,
    problem TEXT NOT NULL,
    wish TEXT NOT NULL,
    days INTEGER NOT NULL,
    made_on TEXT NOT NULL,
    reopened_on TEXT,
    still_wrong TEXT NOT NULL DEFAULT '',
    told_round INTEGER NOT NULL DEFAULT 0,
    escalated_round INTEGER NOT NULL DEFAULT 0,
    CHECK ((raised_by IS NULL) <> (code_hash IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX caseload_reports_by_employer ON caseload_reports (employer_id, made_on);
CREATE INDEX caseload_reports_by_person ON caseload_reports (raised_by);

CREATE TABLE caseload_answers (
    report_id TEXT NOT NULL REFERENCES caseload_reports,
    round INTEGER NOT NULL,
    text TEXT NOT NULL,
    answered_by TEXT NOT NULL REFERENCES people,
    answered_on TEXT NOT NULL,
    PRIMARY KEY (report_id, round)
) STRICT, WITHOUT ROWID;
"""

EVERY_EMPLOYER_HAS_AN_ADDRESS = """
CREATE TRIGGER employers_have_an_address AFTER INSERT ON employers
BEGIN
    INSERT INTO caseload_settings (employer_id, address)
        VALUES (new.id, lower(hex(randomblob(6))));
END;
"""

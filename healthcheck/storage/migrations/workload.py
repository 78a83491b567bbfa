"""Teams, who manages them, their workers, and a team's caseload on one day.

What a snapshot says names workers by their ids alone, so that a name can be taken out of all of
them at once. A snapshot that was deleted stays as a row that says who did it and why.
"""

from __future__ import annotations

SQL = """
CREATE TABLE teams (
    id TEXT PRIMARY KEY,
    employer_id TEXT NOT NULL REFERENCES employers,
    name TEXT NOT NULL,
    service TEXT NOT NULL,
    schemes TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES people,
    created_at TEXT NOT NULL,
    closed_by TEXT REFERENCES people,
    closed_at TEXT,
    close_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX teams_by_employer ON teams (employer_id, service);

CREATE TABLE team_managers (
    team_id TEXT NOT NULL REFERENCES teams,
    person_id TEXT NOT NULL REFERENCES people,
    PRIMARY KEY (team_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_managers_by_person ON team_managers (person_id);

CREATE TABLE workers (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams,
    name TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX workers_by_team ON workers (team_id);

CREATE TABLE worker_links (
    worker_id TEXT PRIMARY KEY REFERENCES workers,
    person_id TEXT NOT NULL REFERENCES people
) STRICT, WITHOUT ROWID;
CREATE INDEX worker_links_by_person ON worker_links (person_id);

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams,
    taken_on TEXT NOT NULL,
    way TEXT NOT NULL,
    content TEXT NOT NULL,
    revision INTEGER NOT NULL,
    saved_by TEXT NOT NULL REFERENCES people,
    saved_at TEXT NOT NULL,
    deleted_by TEXT REFERENCES people,
    deleted_at TEXT,
    delete_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX snapshots_by_day ON snapshots (team_id, taken_on) WHERE deleted_at IS NULL;
CREATE INDEX snapshots_by_team ON snapshots (team_id, taken_on);
"""

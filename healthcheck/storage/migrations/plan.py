"""The improvement plan: actions, their history and notes, what was declined, and new ratings."""

from __future__ import annotations

SQL = """
CREATE TABLE actions (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    number INTEGER NOT NULL,
    origin TEXT NOT NULL,
    question_id TEXT,
    area_id TEXT,
    request_id TEXT REFERENCES change_requests,
    carried_from TEXT REFERENCES actions,
    details TEXT NOT NULL,
    progress TEXT NOT NULL,
    revision INTEGER NOT NULL,
    changed_by TEXT REFERENCES people,
    changer TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    owner_id TEXT GENERATED ALWAYS AS (json_extract(details, '$.owner.person_id')) VIRTUAL,
    UNIQUE (assessment_id, number)
) STRICT;
CREATE INDEX actions_by_owner ON actions (owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX actions_by_origin ON actions (carried_from, assessment_id)
    WHERE carried_from IS NOT NULL;

CREATE TABLE action_history (
    action_id TEXT NOT NULL REFERENCES actions,
    revision INTEGER NOT NULL,
    details TEXT NOT NULL,
    progress TEXT NOT NULL,
    reason TEXT NOT NULL,
    way TEXT NOT NULL,
    changed_by TEXT REFERENCES people,
    changer TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (action_id, revision)
) STRICT;

CREATE TABLE action_notes (
    number INTEGER PRIMARY KEY,
    action_id TEXT NOT NULL REFERENCES actions,
    text TEXT NOT NULL,
    way TEXT NOT NULL,
    written_by TEXT REFERENCES people,
    writer TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX action_notes_by_action ON action_notes (action_id, number);

CREATE TABLE declined_proposals (
    number INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    level INTEGER NOT NULL,
    reason TEXT,
    declined_by TEXT NOT NULL REFERENCES people,
    declined_at TEXT NOT NULL
) STRICT;
CREATE INDEX declined_proposals_by_assessment ON declined_proposals (assessment_id, number);

CREATE TABLE level_updates (
    number INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments,
    question_id TEXT NOT NULL,
    action_id TEXT NOT NULL REFERENCES actions,
    before INTEGER,
    after INTEGER NOT NULL,
    note TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES people,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX level_updates_by_assessment ON level_updates (assessment_id, number);
"""

GROW = ("action_history", "action_notes", "declined_proposals", "level_updates")
"""The tables of the plan that only grow; an action itself changes and never goes."""

NEVER_GOES = """
CREATE TRIGGER actions_refuses_DELETE BEFORE DELETE ON actions
BEGIN SELECT RAISE(ABORT, 'an action never goes, so its number is never used again'); END
"""

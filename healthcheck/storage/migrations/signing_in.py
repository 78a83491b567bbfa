"""Sessions whose id says nothing of their token; how they began; sign-in answers used before."""

from __future__ import annotations

SQL = """
ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'password';
UPDATE sessions SET id = lower(hex(randomblob(9)));

CREATE TABLE used_states (
    state_hash TEXT PRIMARY KEY,
    used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX identities_by_person ON identities (person_id, issuer);
"""

"""Events linked into a chain: each carries a hash of itself and of the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.storage.chain import FIRST_LINK, link

if TYPE_CHECKING:
    from sqlite_utils import Database

SQL = """
DROP TRIGGER events_refuses_UPDATE;
ALTER TABLE events ADD COLUMN employer_id TEXT REFERENCES employers;
ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE INDEX events_by_employer ON events (employer_id, number);
"""

EVENTS = """
SELECT number, happened_at, person_id, assessment_id, employer_id, kind, detail
FROM events ORDER BY number
"""


def fill(db: Database) -> None:
    """Link the events there are already."""
    before = FIRST_LINK
    for row in db.execute(EVENTS).fetchall():
        before = link(before, row)
        db.execute("UPDATE events SET hash = ? WHERE number = ?", [before, row[0]])

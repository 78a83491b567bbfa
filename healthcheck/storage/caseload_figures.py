"""The snapshots that figures of a service come from, read without the names of workers."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.storage import snapshot_texts as texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.storage.store import Store

DAYS = """
SELECT DISTINCT taken_on FROM snapshots
WHERE deleted_at IS NULL AND team_id IN (SELECT value FROM json_each(?)) ORDER BY taken_on DESC
"""
AS_OF = """
SELECT s.team_id, t.name, s.taken_on, s.content FROM snapshots s JOIN teams t ON t.id = s.team_id
WHERE s.deleted_at IS NULL AND s.team_id IN (SELECT value FROM json_each(?1))
AND s.taken_on = (SELECT max(o.taken_on) FROM snapshots o
    WHERE o.team_id = s.team_id AND o.deleted_at IS NULL AND o.taken_on <= ?2)
"""


def has_teams(store: Store, employer_id: str, service: str) -> bool:
    """Say whether an employer has set up any team of a service."""
    sql = "SELECT 1 FROM teams WHERE employer_id = ? AND service = ? AND closed_at IS NULL LIMIT 1"
    return store.row(sql, employer_id, service) is not None


def days(store: Store, team_ids: Collection[str]) -> tuple[date, ...]:
    """Return the days on which any of these teams was counted, newest first."""
    rows = store.rows(DAYS, json.dumps([*team_ids]))
    return tuple(date.fromisoformat(day) for (day,) in rows)


def as_of(store: Store, team_ids: Collection[str], day: date) -> Mapping[str, Snapshot]:
    """Return the newest snapshot, by a day, of each team that has one, by the team's id.

    Its workers have no names: no figure needs them.
    """
    nameless: Mapping[str, str] = defaultdict(str)
    return {
        team_id: texts.snapshot(content, name, date.fromisoformat(taken_on), nameless)
        for team_id, name, taken_on, content in store.rows(
            AS_OF, json.dumps([*team_ids]), day.isoformat()
        )
    }

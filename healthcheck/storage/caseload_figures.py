"""The snapshots that figures of a service come from, read without the names of workers."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from healthcheck.storage import snapshot_texts as texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.workload.kept_results import Packed
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
MONTHS = """
SELECT s.team_id, max(s.taken_on), m.sums FROM snapshots s
JOIN json_each(?1) w ON w.key = s.team_id
LEFT JOIN workload_sums m ON m.snapshot_id = s.id AND m.scheme_id = w.value
WHERE s.deleted_at IS NULL AND s.taken_on BETWEEN ?2 AND ?3
GROUP BY s.team_id, substr(s.taken_on, 1, 7)
"""
"""Beside a maximum, SQLite takes the other columns from the row that has it."""


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


class Month(NamedTuple):
    """What a scheme makes of a team's last snapshot of a month, as it is kept."""

    team_id: str
    taken_on: date
    packed: Packed


def months(
    store: Store, scheme_of: Mapping[str, str], since: date, until: date
) -> tuple[Month, ...]:
    """Return a line for each month and team, by team and under its scheme, in one query.

    A month is left out whose last snapshot was not worked out, or has no figures in the scheme.
    """
    rows = store.rows(MONTHS, json.dumps(scheme_of), since.isoformat(), until.isoformat())
    return tuple(
        Month(team_id, date.fromisoformat(day), json.loads(sums))
        for team_id, day, sums in rows
        if sums is not None
    )

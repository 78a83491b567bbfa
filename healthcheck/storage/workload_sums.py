"""What schemes make of snapshots, kept so that a page of a whole service need not work it out.

There is a sum for each snapshot and scheme, and one row for each team with what its pages show of
the newest snapshot. Both are only ever copies. A sum goes with every change of its snapshot, a
team's row with every snapshot that comes, changes or goes; both are made again when a scheme or the
program is another, and the row when the team has other schemes.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from healthcheck.core.workload.kept_results import Packed
    from healthcheck.storage.store import Row, Store

LACKING = """
SELECT s.team_id, s.id, t.value FROM snapshots s JOIN json_each(?1) w ON w.key = s.team_id
JOIN json_each(w.value) t
WHERE s.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM workload_sums m
    WHERE m.snapshot_id = s.id AND m.scheme_id = t.value AND m.made_from = ?2)
"""
EVERY = """
SELECT s.taken_on, m.scheme_id, m.above, m.sums FROM snapshots s
JOIN workload_sums m ON m.snapshot_id = s.id
WHERE s.deleted_at IS NULL AND s.team_id = ? AND m.made_from = ?
    AND m.scheme_id IN (SELECT value FROM json_each(?)) ORDER BY s.taken_on DESC
"""
OF_SNAPSHOT = """
SELECT s.taken_on, m.scheme_id, m.above, m.sums FROM snapshots s
JOIN workload_sums m ON m.snapshot_id = s.id WHERE s.id = ? AND m.made_from = ?
"""
OF_TEAMS = """
SELECT k.team_id, k.kept FROM team_sums k JOIN json_each(?1) w ON w.key = k.team_id
WHERE k.made_from = ?2 AND k.schemes = w.value
"""
TEAMS_LACKING = """
SELECT w.key FROM json_each(?1) w WHERE NOT EXISTS (SELECT 1 FROM team_sums k
    WHERE k.team_id = w.key AND k.made_from = ?2 AND k.schemes = w.value)
"""
Wanted: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""The ids of the schemes wanted, by the team's id."""


class Sum(NamedTuple):
    """What one scheme makes of one snapshot, as it is kept; `text` is None without figures.

    `above` are the ids of those at or above capacity, None for the team.
    """

    taken_on: date
    scheme_id: str
    above: frozenset[str | None]
    text: str | None

    @property
    def packed(self) -> Packed:
        """What is kept, read. Raises TypeError where there are no figures."""
        found: Packed = json.loads(self.text)  # type: ignore[arg-type]
        return found


def lacking(store: Store, wanted: Wanted, made_from: str) -> dict[tuple[str, str], set[str]]:
    """Return the schemes not worked out yet, by the ids of team and snapshot."""
    found: dict[tuple[str, str], set[str]] = {}
    for team_id, snapshot_id, scheme_id in store.rows(LACKING, json.dumps(wanted), made_from):
        found.setdefault((team_id, snapshot_id), set()).add(scheme_id)
    return found


def put(  # noqa: PLR0913 - what came of which, and who is above
    store: Store,
    snapshot_id: str,
    scheme_id: str,
    made_from: str,
    *,
    above: Iterable[str | None],
    packed: Packed | None,
) -> None:
    """Keep what a scheme makes of a snapshot."""
    store.run(
        "INSERT OR REPLACE INTO workload_sums VALUES (?, ?, ?, ?, ?)",
        snapshot_id,
        scheme_id,
        made_from,
        json.dumps([*above]),
        None if packed is None else _written(packed),
    )


def put_team(
    store: Store, team_id: str, scheme_ids: Sequence[str], made_from: str, kept: Packed | None
) -> None:
    """Keep what pages show of a team's newest snapshot; None when there is nothing to show."""
    store.run(
        "INSERT OR REPLACE INTO team_sums VALUES (?, ?, ?, ?)",
        team_id,
        made_from,
        _written(scheme_ids),
        _written(kept),
    )


def of_teams(store: Store, wanted: Wanted, made_from: str) -> dict[str, Packed | None]:
    """Return what is kept of these teams and still right, by the team's id, in one query."""
    rows = store.rows(OF_TEAMS, _written(wanted), made_from)
    return {team_id: json.loads(kept) for team_id, kept in rows}


def teams_lacking(store: Store, wanted: Wanted, made_from: str) -> tuple[str, ...]:
    """Return the ids of those of these teams of which nothing is kept that is still right."""
    rows = store.rows(TEAMS_LACKING, _written(wanted), made_from)
    return tuple(team_id for (team_id,) in rows)


def every(store: Store, team_id: str, scheme_ids: Sequence[str], made_from: str) -> list[Sum]:
    """Return what is kept of all snapshots of a team, newest first."""
    return _sums(store.rows(EVERY, team_id, made_from, _written(scheme_ids)))


def of_snapshot(store: Store, snapshot_id: str, made_from: str) -> dict[str, Sum]:
    """Return what is kept of one snapshot, by the scheme's id."""
    found = _sums(store.rows(OF_SNAPSHOT, snapshot_id, made_from))
    return {each.scheme_id: each for each in found}


def _sums(rows: Iterable[Row]) -> list[Sum]:
    return [
        Sum(date.fromisoformat(day), scheme_id, frozenset(json.loads(above)), text)
        for day, scheme_id, above, text in rows
    ]


def _written(value: object) -> str:
    """Return a value as SQLite writes it too, without blanks, so that texts can be compared."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""Snapshots of teams: a team has one a day, and the row of one that was deleted stays."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.workload.teams import Deleted, Kept, Listed, Taken, Way
from healthcheck.storage import snapshot_texts as texts
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

KEPT = """
SELECT s.id, s.team_id, s.taken_on, s.way, s.revision, p.name, s.saved_at, t.name, s.content
FROM snapshots s JOIN teams t ON t.id = s.team_id JOIN people p ON p.id = s.saved_by
WHERE s.deleted_at IS NULL
"""
LISTED = """
SELECT s.team_id, s.id, s.taken_on, json_array_length(s.content, '$.workers'),
    json_array_length(s.content, '$.cases'),
    (SELECT count(*) FROM json_each(s.content, '$.cases') c
        WHERE json_extract(c.value, '$[1]') IS NULL), p.name, s.saved_at
FROM snapshots s JOIN people p ON p.id = s.saved_by WHERE s.deleted_at IS NULL
"""
"""Counted by the database: reading every case of every team would take ten times longer."""
NAMES = """
SELECT id, name FROM workers WHERE team_id IN (SELECT value FROM json_each(?))
"""
LATEST = """
AND s.team_id IN (SELECT value FROM json_each(?))
AND s.taken_on = (SELECT max(o.taken_on) FROM snapshots o
    WHERE o.team_id = s.team_id AND o.deleted_at IS NULL)
"""


def add(store: Store, kept: Kept, saved_by: str) -> None:
    """Write a new snapshot; `saved_by` is a person's id, and its workers are written before."""
    store.run(
        "INSERT INTO snapshots (id, team_id, taken_on, way, content, revision, saved_by, saved_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        kept.id,
        kept.team_id,
        kept.taken_on.isoformat(),
        kept.way.name,
        texts.of_snapshot(kept.snapshot),
        kept.revision,
        saved_by,
        stamp(kept.saved_at),
    )


def save(store: Store, kept: Kept, saved_by: str) -> bool:
    """Replace what a snapshot says when it is at the revision before; say whether it was."""
    return (
        store.run(
            "UPDATE snapshots SET taken_on = ?, way = ?, content = ?, revision = ?, saved_by = ?,"
            " saved_at = ? WHERE id = ? AND revision = ? AND deleted_at IS NULL",
            kept.taken_on.isoformat(),
            kept.way.name,
            texts.of_snapshot(kept.snapshot),
            kept.revision,
            saved_by,
            stamp(kept.saved_at),
            kept.id,
            kept.revision - 1,
        )
        == 1
    )


def delete(  # noqa: PLR0913 - all that is told of a deletion
    store: Store, kept_id: str, deleted_by: str, reason: str, now: datetime, *, wipes: bool
) -> None:
    """Take a snapshot out of every page; the row stays, what it said only if it is not wiped."""
    store.run(
        "UPDATE snapshots SET deleted_by = ?1, deleted_at = ?2, delete_reason = ?3,"
        " content = CASE WHEN ?4 THEN '' ELSE content END WHERE id = ?5 AND deleted_at IS NULL",
        deleted_by,
        stamp(now),
        reason,
        int(wipes),
        kept_id,
    )


def wipe(store: Store, team_id: str, kept_id: str) -> bool:
    """Let what a deleted snapshot of a team said go; say whether there was anything."""
    changed = store.run(
        "UPDATE snapshots SET content = '' WHERE id = ? AND team_id = ?"
        " AND deleted_at IS NOT NULL AND content <> ''",
        kept_id,
        team_id,
    )
    return changed == 1


def find(store: Store, team_id: str, kept_id: str) -> Kept | None:
    """Return one snapshot of a team, unless it was deleted."""
    rows = store.rows(f"{KEPT} AND s.team_id = ? AND s.id = ?", team_id, kept_id)
    return _read(store, rows)[0] if rows else None


def of_team(store: Store, team_id: str) -> tuple[Kept, ...]:
    """Return a team's snapshots, newest first, in two queries."""
    return _read(store, store.rows(f"{KEPT} AND s.team_id = ? ORDER BY s.taken_on DESC", team_id))


def days(store: Store, team_id: str) -> tuple[Taken, ...]:
    """Return the days of a team's snapshots, newest first, without reading what they say."""
    rows = store.rows(
        "SELECT id, taken_on FROM snapshots WHERE team_id = ? AND deleted_at IS NULL"
        " ORDER BY taken_on DESC",
        team_id,
    )
    return tuple(Taken(kept_id, date.fromisoformat(day)) for kept_id, day in rows)


def listed(store: Store, team_id: str) -> tuple[Listed, ...]:
    """Return a team's snapshots as a list shows them, newest first."""
    rows = store.rows(f"{LISTED} AND s.team_id = ? ORDER BY s.taken_on DESC", team_id)
    return tuple(map(_listed, rows))


def latest_listed(store: Store, team_ids: Collection[str]) -> dict[str, Listed]:
    """Return the newest snapshot of each team that has any, by the team's id, in one query."""
    return {row[0]: _listed(row) for row in store.rows(LISTED + LATEST, _ids(team_ids))}


def latest(store: Store, team_ids: Collection[str]) -> Mapping[str, Kept]:
    """Return the newest snapshot of each team that has any, by the team's id, in two queries."""
    return {each.team_id: each for each in _read(store, store.rows(KEPT + LATEST, _ids(team_ids)))}


def on(store: Store, team_id: str, day: date) -> str | None:
    """Return the id of a team's snapshot of one day."""
    row = store.row(
        "SELECT id FROM snapshots WHERE team_id = ? AND taken_on = ? AND deleted_at IS NULL",
        team_id,
        day.isoformat(),
    )
    return str(row[0]) if row else None


def deleted(store: Store, team_id: str) -> tuple[Deleted, ...]:
    """Return what is left of a team's snapshots that were deleted, newest first."""
    rows = store.rows(
        "SELECT s.id, taken_on, p.name, deleted_at, delete_reason, content = '' FROM snapshots s"
        " JOIN people p ON p.id = deleted_by WHERE team_id = ? ORDER BY deleted_at DESC",
        team_id,
    )
    return tuple(
        Deleted(kept_id, date.fromisoformat(day), by, moment(at), reason, is_wiped=bool(gone))
        for kept_id, day, by, at, reason, gone in rows
    )


def _listed(row: Row) -> Listed:
    _, kept_id, day, workers, cases, unallocated, saved_by, saved_at = row
    taken_on = date.fromisoformat(day)
    return Listed(kept_id, taken_on, workers, cases, unallocated, saved_by, moment(saved_at))


def _read(store: Store, rows: list[Row]) -> tuple[Kept, ...]:
    names: dict[str, str] = dict(store.rows(NAMES, _ids({row[1] for row in rows}))) if rows else {}
    return tuple(_kept(row, names) for row in rows)


def _kept(row: Row, names: Mapping[str, str]) -> Kept:
    kept_id, team_id, taken_on, way, revision, saved_by, saved_at, team, content = row
    day = date.fromisoformat(taken_on)
    snapshot = texts.snapshot(content, team, day, names)
    return Kept(kept_id, team_id, snapshot, day, Way[way], revision, saved_by, moment(saved_at))


def _ids(ids: Collection[str]) -> str:
    return json.dumps(sorted(ids))

"""What schemes make of snapshots, kept so that a page of a whole service need not work it out.

It is only ever a copy: it goes with every change of its snapshot, and is made again when a scheme
or the program is another.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.workload.kept_results import Packed
    from healthcheck.storage.store import Store

LACKING = """
SELECT s.team_id, s.id, t.value FROM snapshots s JOIN json_each(?1) w ON w.key = s.team_id
JOIN json_each(w.value) t
WHERE s.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM workload_sums m
    WHERE m.snapshot_id = s.id AND m.scheme_id = t.value AND m.made_from = ?2)
"""
ABOVE = """
SELECT s.team_id, s.taken_on, m.above FROM snapshots s
JOIN workload_sums m ON m.snapshot_id = s.id
JOIN json_each(?1) w ON w.key = s.team_id
WHERE s.deleted_at IS NULL AND m.scheme_id IN (SELECT value FROM json_each(w.value))
ORDER BY s.taken_on DESC
"""
SUMS = """
SELECT s.team_id, s.id, s.taken_on, m.scheme_id, m.sums FROM snapshots s
JOIN workload_sums m ON m.snapshot_id = s.id
JOIN json_each(?1) w ON w.key = s.team_id
WHERE s.deleted_at IS NULL AND m.scheme_id IN (SELECT value FROM json_each(w.value))
"""
NEWEST = """
AND s.taken_on = (SELECT max(o.taken_on) FROM snapshots o
    WHERE o.team_id = s.team_id AND o.deleted_at IS NULL)
"""
Wanted: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""The ids of the schemes wanted, by the team's id."""


class Sum(NamedTuple):
    """What one scheme makes of one snapshot, as it is kept; None where it had no figures."""

    team_id: str
    snapshot_id: str
    taken_on: date
    scheme_id: str
    packed: Packed | None


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
        None if packed is None else json.dumps(packed, separators=(",", ":")),
    )


def newest(store: Store, wanted: Wanted) -> tuple[Sum, ...]:
    """Return what is kept of the newest snapshot of each team, in one query."""
    return _sums(store, SUMS + NEWEST, wanted)


def every(store: Store, wanted: Wanted) -> tuple[Sum, ...]:
    """Return what is kept of all snapshots of each team, newest first, in one query."""
    return _sums(store, SUMS + "ORDER BY s.taken_on DESC", wanted)


def above(
    store: Store, wanted: Wanted
) -> dict[str, tuple[tuple[date, frozenset[str | None]], ...]]:
    """Return who was above capacity (None: the team), by team: a line a day, newest first."""
    found: dict[str, dict[str, set[str | None]]] = {}
    for team_id, day, those in store.rows(ABOVE, json.dumps(wanted)):
        found.setdefault(team_id, {}).setdefault(day, set()).update(json.loads(those))
    return {
        team_id: tuple((date.fromisoformat(day), frozenset(those)) for day, those in days.items())
        for team_id, days in found.items()
    }


def _sums(store: Store, query: str, wanted: Wanted) -> tuple[Sum, ...]:
    return tuple(
        Sum(team_id, kept_id, date.fromisoformat(day), scheme_id, sums and json.loads(sums))
        for team_id, kept_id, day, scheme_id, sums in store.rows(query, json.dumps(wanted))
    )

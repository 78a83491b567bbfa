"""Teams, who manages them, and their workers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.workload.teams import Team, TeamWorker
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

TEAM = """
SELECT t.id, e.id, e.name, e.nation, e.employer_type, t.name, t.service, t.schemes, t.closed_at
FROM teams t JOIN employers e ON e.id = t.employer_id
"""
MANAGERS = """
SELECT m.team_id, p.id, p.name, p.email FROM team_managers m
JOIN teams t ON t.id = m.team_id
JOIN memberships h ON h.person_id = m.person_id AND h.employer_id = t.employer_id
    AND h.role = 'MANAGER'
JOIN people p ON p.id = m.person_id
WHERE m.team_id IN (SELECT value FROM json_each(?)) ORDER BY p.name, p.email
"""
WORKERS = """
SELECT w.team_id, w.id, w.name, p.id, p.name, p.email FROM workers w
LEFT JOIN worker_links l ON l.worker_id = w.id LEFT JOIN people p ON p.id = l.person_id
WHERE w.team_id IN (SELECT value FROM json_each(?)) ORDER BY w.name, w.id
"""
OF_THESE = " WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY e.name, t.name, t.id"
OF_EMPLOYERS = (
    " WHERE t.employer_id IN (SELECT value FROM json_each(?)) AND t.closed_at IS NULL"
    " ORDER BY e.name, e.id, t.name, t.id"
)
OF_A_PERSON = """
SELECT w.team_id, w.id FROM worker_links l
JOIN workers w ON w.id = l.worker_id JOIN teams t ON t.id = w.team_id
WHERE l.person_id = ?1 AND t.closed_at IS NULL AND EXISTS (SELECT 1 FROM memberships m
    WHERE m.person_id = ?1 AND m.employer_id = t.employer_id
    AND m.role IN ('MANAGER', 'PRACTITIONER'))
"""


def add(store: Store, team: Team, created_by: str, now: datetime) -> None:
    """Write a new team with its managers; `created_by` is a person's id."""
    store.run(
        "INSERT INTO teams (id, employer_id, name, service, schemes, created_by, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        team.id,
        team.employer.id,
        team.name,
        team.service,
        json.dumps(team.scheme_ids),
        created_by,
        stamp(now),
    )
    _set_managers(store, team)


def save(store: Store, team: Team) -> None:
    """Replace a team's name, service, schemes and managers."""
    store.run(
        "UPDATE teams SET name = ?, service = ?, schemes = ? WHERE id = ?",
        team.name,
        team.service,
        json.dumps(team.scheme_ids),
        team.id,
    )
    store.run("DELETE FROM team_managers WHERE team_id = ?", team.id)
    _set_managers(store, team)


def close(store: Store, team_id: str, closed_by: str, reason: str, now: datetime) -> None:
    """Note that a team is no more; what was kept of it stays."""
    store.run(
        "UPDATE teams SET closed_by = ?, closed_at = ?, close_reason = ? WHERE id = ?",
        closed_by,
        stamp(now),
        reason,
        team_id,
    )


def find(store: Store, team_id: str) -> Team | None:
    """Return the team of that id, also one that was closed."""
    row = store.row(f"{TEAM} WHERE t.id = ?", team_id)
    return _teams(store, [row])[0] if row else None


def of_employer(store: Store, employer_id: str, *, closed: bool = False) -> tuple[Team, ...]:
    """Return an employer's teams by name, closed ones only when asked for, in three queries."""
    rows = store.rows(
        f"{TEAM} WHERE t.employer_id = ?1 AND (?2 OR t.closed_at IS NULL) ORDER BY t.name, t.id",
        employer_id,
        int(closed),
    )
    return _teams(store, rows)


def of_employers(store: Store, employer_ids: Collection[str]) -> tuple[Team, ...]:
    """Return the open teams of these employers, by employer and name, in three queries."""
    rows = store.rows(TEAM + OF_EMPLOYERS, json.dumps([*employer_ids]))
    return _teams(store, rows)


def schemes(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the ids of every open team's schemes, by the team's id."""
    rows = store.rows("SELECT id, schemes FROM teams WHERE closed_at IS NULL")
    return {team_id: tuple(json.loads(ids)) for team_id, ids in rows}


def of_person(store: Store, person_id: str) -> tuple[tuple[Team, str], ...]:
    """Return the teams in which a person is a worker, with the worker's id.

    Only where they have a role now that lets them see their own load.
    """
    linked: dict[str, str] = dict(store.rows(OF_A_PERSON, person_id))
    rows = store.rows(TEAM + OF_THESE, json.dumps([*linked]))
    return tuple((team, linked[team.id]) for team in _teams(store, rows))


def add_workers(
    store: Store, team_id: str, workers: Iterable[tuple[str, str]], now: datetime
) -> None:
    """Write workers of a team, an id and a name each."""
    for worker_id, name in workers:
        store.run(
            "INSERT INTO workers (id, team_id, name, added_at) VALUES (?, ?, ?, ?)",
            worker_id,
            team_id,
            name,
            stamp(now),
        )


def rename_worker(store: Store, worker_id: str, name: str) -> None:
    """Give a worker another name, in every snapshot."""
    store.run("UPDATE workers SET name = ? WHERE id = ?", name, worker_id)


def link(store: Store, worker_id: str, person_id: str | None) -> None:
    """Say whose account belongs to a worker; None for nobody's."""
    store.run("DELETE FROM worker_links WHERE worker_id = ?", worker_id)
    if person_id is not None:
        store.run("INSERT INTO worker_links VALUES (?, ?)", worker_id, person_id)


def take_all(store: Store, person_id: str, employer_id: str) -> None:
    """Take every team of an employer from who managed it."""
    store.run(
        "DELETE FROM team_managers WHERE person_id = ? AND team_id IN"
        " (SELECT id FROM teams WHERE employer_id = ?)",
        person_id,
        employer_id,
    )


def unlink_all(store: Store, person_id: str, employer_id: str) -> None:
    """Say of every worker at an employer whose account this is that it is nobody's."""
    store.run(
        "DELETE FROM worker_links WHERE person_id = ? AND worker_id IN (SELECT w.id FROM workers w"
        " JOIN teams t ON t.id = w.team_id WHERE t.employer_id = ?)",
        person_id,
        employer_id,
    )


def _set_managers(store: Store, team: Team) -> None:
    for person in team.managers:
        store.run("INSERT INTO team_managers VALUES (?, ?)", team.id, person.id)


def _teams(store: Store, rows: list[Row]) -> tuple[Team, ...]:
    ids = json.dumps([row[0] for row in rows])
    managers: dict[str, list[Person]] = {row[0]: [] for row in rows}
    workers: dict[str, list[TeamWorker]] = {row[0]: [] for row in rows}
    if rows:
        for team_id, *person in store.rows(MANAGERS, ids):
            managers[team_id].append(Person(*person))
        for team_id, worker_id, name, *person in store.rows(WORKERS, ids):
            linked = Person(*person) if person[0] is not None else None
            workers[team_id].append(TeamWorker(worker_id, name, linked))
    return tuple(
        Team(
            row[0],
            Employer(*row[1:5]),
            row[5],
            row[6],
            tuple(json.loads(row[7])),
            tuple(managers[row[0]]),
            tuple(workers[row[0]]),
            moment(row[8]) if row[8] else None,
        )
        for row in rows
    )

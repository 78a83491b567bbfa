"""Cycles: one year's round of a questionnaire each, and the health checks that belong to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.cycles import Cycle
from healthcheck.core.steps import State
from healthcheck.storage.store import Row, Store, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

CYCLE = "SELECT id, questionnaire, name, edition, opens, due, closes FROM cycles"
OF_ASSESSMENT = """
SELECT c.id, c.questionnaire, c.name, c.edition, c.opens, c.due, c.closes, a.state
FROM assessments a JOIN cycles c ON c.questionnaire = a.questionnaire AND c.name = a.cycle
WHERE a.id = ?
"""
STANDINGS = """
SELECT a.id, a.reference, e.id, e.name, e.nation, e.employer_type, e.region, a.service, a.state,
    a.due, p.address, b.address
FROM assessments a JOIN employers e ON e.id = a.employer_id
LEFT JOIN publications p ON p.assessment_id = a.id AND p.removed_at IS NULL
LEFT JOIN benchmarks b ON b.employer_id = e.id AND b.removed_at IS NULL
WHERE a.questionnaire = ? AND a.cycle = ? ORDER BY e.name COLLATE NOCASE, e.name, a.service
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one health check of a cycle stands; `address` is that of its published report.

    `benchmark` is the address of the employer's published safe levels.
    """

    assessment_id: str
    reference: str
    employer_id: str
    employer: str
    nation: str
    employer_type: str
    region: str
    service: str
    state: State
    due: date
    address: str | None
    benchmark: str | None


def add(store: Store, cycle: Cycle, now: datetime) -> None:
    """Write a new cycle."""
    store.run(
        "INSERT INTO cycles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        cycle.id,
        cycle.questionnaire,
        cycle.name,
        cycle.edition,
        cycle.opens.isoformat(),
        cycle.due.isoformat(),
        cycle.closes.isoformat(),
        stamp(now),
    )


def find(store: Store, questionnaire: str, name: str) -> Cycle | None:
    """Return the cycle of a questionnaire by its name."""
    row = store.row(CYCLE + " WHERE questionnaire = ? AND name = ?", questionnaire, name)
    return _cycle(row) if row else None


def find_by_id(store: Store, cycle_id: str) -> Cycle | None:
    """Return the cycle of that id."""
    row = store.row(CYCLE + " WHERE id = ?", cycle_id)
    return _cycle(row) if row else None


def of_all(store: Store) -> tuple[Cycle, ...]:
    """Return every cycle, the latest deadline first."""
    rows = store.rows(CYCLE + " ORDER BY due DESC, name DESC, questionnaire")
    return tuple(map(_cycle, rows))


def of_assessment(store: Store, assessment_id: str) -> tuple[Cycle, State] | None:
    """Return the cycle that an assessment belongs to, and where the assessment stands."""
    row = store.row(OF_ASSESSMENT, assessment_id)
    return (_cycle(row), State[row[7]]) if row else None


def change_dates(store: Store, cycle: Cycle) -> None:
    """Write a cycle's dates anew."""
    store.run(
        "UPDATE cycles SET opens = ?, due = ?, closes = ? WHERE id = ?",
        cycle.opens.isoformat(),
        cycle.due.isoformat(),
        cycle.closes.isoformat(),
        cycle.id,
    )


def move_deadlines(store: Store, cycle: Cycle, due: date) -> tuple[tuple[str, str], ...]:
    """Move the deadline of every health check that had the cycle's own; one with another keeps it.

    Returns the ids of those assessments and of their employers.
    """
    chosen = (cycle.questionnaire, cycle.name, cycle.due.isoformat())
    moved = store.rows(
        "SELECT id, employer_id FROM assessments WHERE questionnaire = ? AND cycle = ? AND due = ?",
        *chosen,
    )
    store.run(
        "UPDATE assessments SET due = ? WHERE questionnaire = ? AND cycle = ? AND due = ?",
        due.isoformat(),
        *chosen,
    )
    return tuple((assessment_id, employer_id) for assessment_id, employer_id in moved)


def invited(store: Store, cycle: Cycle) -> frozenset[tuple[str, str]]:
    """Return the employers' ids and services that have a health check in a cycle."""
    rows = store.rows(
        "SELECT employer_id, service FROM assessments WHERE questionnaire = ? AND cycle = ?",
        cycle.questionnaire,
        cycle.name,
    )
    return frozenset((employer_id, service) for employer_id, service in rows)


def counts(store: Store) -> dict[tuple[str, str], int]:
    """Return how many health checks each cycle has, by questionnaire and name."""
    rows = store.rows(
        "SELECT questionnaire, cycle, count(*) FROM assessments GROUP BY questionnaire, cycle"
    )
    return {(questionnaire, name): count for questionnaire, name, count in rows}


def references(store: Store, name: str) -> set[str]:
    """Return every reference given in cycles of that name."""
    return {row[0] for row in store.rows("SELECT reference FROM assessments WHERE cycle = ?", name)}


def standings(store: Store, cycle: Cycle) -> tuple[Standing, ...]:
    """Return where every health check of a cycle stands, by employer and service."""
    rows = store.rows(STANDINGS, cycle.questionnaire, cycle.name)
    return tuple(
        Standing(*(*row[:8], State[row[8]], date.fromisoformat(row[9]), *row[10:])) for row in rows
    )


def leads(store: Store, employer_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the e-mail addresses of the leads of each of these employers."""
    found: dict[str, tuple[str, ...]] = {}
    for employer_id, email in store.rows(
        "SELECT employer_id, email FROM memberships JOIN people ON people.id = person_id"
        " WHERE role = 'LEAD' AND removed_at IS NULL"
        " AND employer_id IN (SELECT value FROM json_each(?)) ORDER BY email",
        json.dumps(sorted(set(employer_ids))),
    ):
        found[employer_id] = (*found.get(employer_id, ()), email)
    return found


def _cycle(row: Row) -> Cycle:
    return Cycle(*row[:4], *(date.fromisoformat(each) for each in row[4:7]))

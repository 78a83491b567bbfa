"""What people are: their roles at employers, and at BASW."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthcheck.storage.store import Store


def give(store: Store, person_id: str, role: Role, employer_id: str | None) -> None:
    """Give a person a role, at an employer or, without one, at BASW; twice changes nothing."""
    if employer_id is None:
        store.run("INSERT OR IGNORE INTO basw_roles VALUES (?, ?)", person_id, role.name)
    else:
        store.run(
            "INSERT OR IGNORE INTO memberships VALUES (?, ?, ?)", person_id, employer_id, role.name
        )


def take(store: Store, person_id: str, role: Role, employer_id: str | None) -> bool:
    """Take a role away; say whether the person had it."""
    if employer_id is None:
        taken = store.run(
            "DELETE FROM basw_roles WHERE person_id = ? AND role = ?", person_id, role.name
        )
    else:
        taken = store.run(
            "DELETE FROM memberships WHERE person_id = ? AND employer_id = ? AND role = ?",
            person_id,
            employer_id,
            role.name,
        )
    return taken > 0


def at_basw(store: Store, person_id: str) -> frozenset[Role]:
    """Return a person's roles at BASW."""
    rows = store.rows("SELECT role FROM basw_roles WHERE person_id = ?", person_id)
    return frozenset(Role[name] for (name,) in rows)


def at_employer(store: Store, person_id: str, employer_id: str) -> frozenset[Role]:
    """Return a person's roles at one employer."""
    rows = store.rows(
        "SELECT role FROM memberships WHERE person_id = ? AND employer_id = ?",
        person_id,
        employer_id,
    )
    return frozenset(Role[name] for (name,) in rows)


def employers_of(store: Store, person_id: str) -> tuple[tuple[Employer, frozenset[Role]], ...]:
    """Return every employer a person belongs to with their roles there, by name."""
    rows = store.rows(
        "SELECT e.id, e.name, nation, employer_type, group_concat(role) FROM memberships"
        " JOIN employers e ON e.id = employer_id WHERE person_id = ? GROUP BY e.id ORDER BY e.name",
        person_id,
    )
    return tuple(
        (Employer(*row[:4]), frozenset(Role[name] for name in row[4].split(","))) for row in rows
    )


def holders_at(
    store: Store, employer_ids: Collection[str], role: Role
) -> dict[str, tuple[Person, ...]]:
    """Return everybody who has a role at each of these employers, by name."""
    found: dict[str, tuple[Person, ...]] = dict.fromkeys(employer_ids, ())
    for employer_id, *person in store.rows(
        "SELECT employer_id, p.id, p.name, p.email FROM memberships JOIN people p"
        " ON p.id = person_id WHERE employer_id IN (SELECT value FROM json_each(?)) AND role = ?"
        " ORDER BY p.name",
        json.dumps([*employer_ids]),
        role.name,
    ):
        found[employer_id] = (*found[employer_id], Person(*person))
    return found


def holders(store: Store, employer_id: str, role: Role) -> tuple[Person, ...]:
    """Return everybody who has a role at an employer, by name."""
    return holders_at(store, [employer_id], role)[employer_id]


def holders_at_basw(store: Store, role: Role) -> tuple[Person, ...]:
    """Return everybody who has a role at BASW, by name."""
    rows = store.rows(
        "SELECT p.id, p.name, p.email FROM basw_roles JOIN people p ON p.id = person_id"
        " WHERE role = ? ORDER BY p.name",
        role.name,
    )
    return tuple(Person(*row) for row in rows)


def reviewer_of(store: Store, assessment_id: str) -> Person | None:
    """Return who reviews an assessment, None while nobody does."""
    row = store.row(
        "SELECT p.id, p.name, p.email FROM assessments a JOIN people p ON p.id = reviewer_id"
        " WHERE a.id = ?",
        assessment_id,
    )
    return Person(*row) if row else None

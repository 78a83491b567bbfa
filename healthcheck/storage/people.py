"""People at an employer or at BASW, and what is taken out when one of them is removed."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.core.people import Member, in_order
from healthcheck.core.permissions import Role
from healthcheck.storage.store import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from healthcheck.storage.store import Store

AT_AN_EMPLOYER = """
SELECT people.id, people.name, email, group_concat(role)
FROM memberships JOIN people ON people.id = person_id WHERE employer_id = ?
GROUP BY people.id ORDER BY people.name, email
"""
AT_BASW = """
SELECT people.id, people.name, email, group_concat(role)
FROM basw_roles JOIN people ON people.id = person_id GROUP BY people.id
ORDER BY people.name, email
"""
NOWHERE = """
SELECT id, name, email FROM people WHERE removed_at IS NULL
AND NOT EXISTS (SELECT 1 FROM memberships WHERE person_id = people.id)
AND NOT EXISTS (SELECT 1 FROM basw_roles WHERE person_id = people.id)
ORDER BY name, email
"""
TAKEN = """
SELECT detail FROM events WHERE kind = 'role taken' AND json_extract(detail, '$.person') = ?
ORDER BY number DESC LIMIT 1
"""
OF_A_PERSON = (
    "sessions",
    "second_factors",
    "recovery_codes",
    "identities",
    "password_links",
    "places",
    "topic_assignments",
    "calendars",
    "team_managers",
    "worker_links",
    "memberships",
    "basw_roles",
)
"""The tables whose rows of a person go with them."""


def of(store: Store, employer_id: str | None) -> tuple[Member, ...]:
    """Return everybody with a role at an employer or, without one, at BASW, by name."""
    rows = store.rows(AT_BASW) if employer_id is None else store.rows(AT_AN_EMPLOYER, employer_id)
    return tuple(
        Member(Person(*row[:3]), in_order({Role[name] for name in row[3].split(",")}))
        for row in rows
    )


def nowhere(store: Store) -> tuple[Person, ...]:
    """Return everybody who has an account and no role anywhere, by name."""
    return tuple(Person(*row) for row in store.rows(NOWHERE))


def find(store: Store, person_id: str) -> Person | None:
    """Return the person of that id, unless they were removed."""
    row = store.row(
        "SELECT id, name, email FROM people WHERE id = ? AND removed_at IS NULL", person_id
    )
    return Person(*row) if row else None


def roles_anywhere(store: Store, person_id: str) -> frozenset[Role]:
    """Return every role a person holds at any employer and at BASW."""
    rows = store.rows(
        "SELECT role FROM memberships WHERE person_id = ?1"
        " UNION SELECT role FROM basw_roles WHERE person_id = ?1",
        person_id,
    )
    return frozenset(Role[name] for (name,) in rows)


def employers_led_alone(store: Store, person_id: str) -> tuple[str, ...]:
    """Return the names of the employers whose only lead this person is."""
    rows = store.rows(
        "SELECT name FROM memberships m JOIN employers e ON e.id = m.employer_id"
        " WHERE person_id = ?1 AND role = 'LEAD' AND NOT EXISTS (SELECT 1 FROM memberships o"
        " WHERE o.employer_id = m.employer_id AND o.role = 'LEAD' AND o.person_id <> ?1)"
        " ORDER BY name",
        person_id,
    )
    return tuple(name for (name,) in rows)


def role_taken_last(store: Store, person_id: str) -> Role | None:
    """Return the role that was last taken from a person."""
    row = store.row(TAKEN, person_id)
    return Role[json.loads(row[0])["role"]] if row else None


def forget(store: Store, person: Person, name: str, password_hash: str, now: datetime) -> None:
    """Take a person's data out of every table, and leave their id with the name given.

    Whatever they wrote or did stays, under that name. Health checks with answers of theirs count
    one more change, so that every process reads the names in them again.
    """
    store.run(
        "UPDATE workers SET name = ? || ' ' || substr(id, 1, 4)"
        " WHERE id IN (SELECT worker_id FROM worker_links WHERE person_id = ?)",
        name,
        person.id,
    )
    for table in OF_A_PERSON:
        store.run(f"DELETE FROM {table} WHERE person_id = ?", person.id)  # noqa: S608 - our names
    store.run(
        "UPDATE people SET name = ?, email = ?, password_hash = ?, removed_at = ? WHERE id = ?",
        name,
        _no_address(person),
        password_hash,
        stamp(now),
        person.id,
    )
    store.run(
        "UPDATE invitations SET email = ?1, cancelled_at = CASE WHEN used_at IS NULL"
        " THEN coalesce(cancelled_at, ?2) ELSE cancelled_at END WHERE email = ?3 OR used_by = ?4",
        _no_address(person),
        stamp(now),
        person.email,
        person.id,
    )
    store.run(
        "UPDATE assessments SET revision = revision + 1"
        " WHERE id IN (SELECT assessment_id FROM entries WHERE saved_by = ?)",
        person.id,
    )
    store.run("DELETE FROM messages WHERE recipient = ?", person.email)
    _rename_in_messages(store, person, name)


def _no_address(person: Person) -> str:
    """Return what stands where an e-mail address was: no address at all, so nobody enters it."""
    return f"removed-{person.id}"


def _rename_in_messages(store: Store, person: Person, name: str) -> None:
    """Take a person's name and address out of messages to others, whole words only."""
    rows = store.rows(
        "SELECT number, subject, text, html FROM messages"
        " WHERE instr(subject || text || html, ?1) OR instr(subject || text || html, ?2)"
        " OR instr(html, ?3)",
        person.name,
        person.email,
        escape(person.name),
    )
    for number, *parts in rows:
        told = (person.email, escape(person.name), person.name)
        subject, text, html = _renamed(parts, told, name)
        store.run(
            "UPDATE messages SET subject = ?, text = ?, html = ? WHERE number = ?",
            subject,
            text,
            html,
            number,
        )


def _renamed(parts: Iterable[str], told: Iterable[str], name: str) -> list[str]:
    words = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in told if each))
    return [words.sub(lambda _: name, part) for part in parts]

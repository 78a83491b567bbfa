"""People, employers and roles; failed sign-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.permissions import Role


def add_employer(store: Store, employer: Employer, now: datetime) -> None:
    """Write a new employer."""
    store.run(
        "INSERT INTO employers (id, name, nation, employer_type, created_at)"
        " VALUES (?, ?, ?, ?, ?)",
        employer.id,
        employer.name,
        employer.nation,
        employer.employer_type,
        stamp(now),
    )


def find_employer(store: Store, name: str) -> Employer | None:
    """Return the employer of exactly that name."""
    row = store.row("SELECT id, name, nation, employer_type FROM employers WHERE name = ?", name)
    return Employer(*row) if row else None


def add_person(store: Store, person: Person, password_hash: str, now: datetime) -> None:
    """Write a new person; the e-mail address is stored as given, so normalise it first."""
    store.run(
        "INSERT INTO people (id, name, email, password_hash, created_at) VALUES (?, ?, ?, ?, ?)",
        person.id,
        person.name,
        person.email,
        password_hash,
        stamp(now),
    )


def find_person(store: Store, email: str) -> tuple[Person, str] | None:
    """Return the person with that e-mail address, and the hash of their password."""
    row = store.row("SELECT id, name, email, password_hash FROM people WHERE email = ?", email)
    return (Person(*row[:3]), row[3]) if row else None


def set_password_hash(store: Store, person_id: str, password_hash: str) -> None:
    """Replace a person's password hash."""
    store.run("UPDATE people SET password_hash = ? WHERE id = ?", password_hash, person_id)


def add_role(store: Store, person_id: str, employer_id: str, role: Role) -> None:
    """Give a person a role at an employer; giving it twice changes nothing."""
    store.run(
        "INSERT OR IGNORE INTO memberships VALUES (?, ?, ?)", person_id, employer_id, role.name
    )


def add_failure(store: Store, account: str, address: str, now: datetime) -> None:
    """Note a failed sign-in to an account, from an address."""
    store.run(
        "INSERT INTO sign_in_failures (account, address, failed_at) VALUES (?, ?, ?)",
        account,
        address,
        stamp(now),
    )


def failures_to(store: Store, account: str, after: datetime) -> list[datetime]:
    """Return when sign-in to an account failed, newest first."""
    rows = store.rows(
        "SELECT failed_at FROM sign_in_failures WHERE account = ? AND failed_at > ?"
        " ORDER BY failed_at DESC",
        account,
        stamp(after),
    )
    return [moment(failed_at) for (failed_at,) in rows]


def failures_from(store: Store, address: str, after: datetime) -> list[datetime]:
    """Return when sign-in from an address failed, newest first."""
    rows = store.rows(
        "SELECT failed_at FROM sign_in_failures WHERE address = ? AND failed_at > ?"
        " ORDER BY failed_at DESC",
        address,
        stamp(after),
    )
    return [moment(failed_at) for (failed_at,) in rows]


def forget_failures(store: Store, account: str) -> None:
    """Forget an account's failures: somebody knew the password."""
    store.run("DELETE FROM sign_in_failures WHERE account = ?", account)


def forget_failures_before(store: Store, before: datetime) -> None:
    """Forget the failures too old to count."""
    store.run("DELETE FROM sign_in_failures WHERE failed_at <= ?", stamp(before))


def find_employer_by_id(store: Store, employer_id: str) -> Employer | None:
    """Return the employer of that id."""
    row = store.row(
        "SELECT id, name, nation, employer_type FROM employers WHERE id = ?", employer_id
    )
    return Employer(*row) if row else None

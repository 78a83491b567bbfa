"""Employers with all their details: what they assess, their official code and their logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer
from healthcheck.core.employers import Details, Known
from healthcheck.storage.store import Row, Store, stamp

if TYPE_CHECKING:
    from datetime import datetime

KNOWN = """
SELECT id, name, nation, employer_type, region, coalesce(code, ''), logo,
    (SELECT group_concat(service) FROM
        (SELECT service FROM employer_services WHERE employer_id = e.id
        ORDER BY CASE service WHEN 'childrens' THEN 1 WHEN 'adults' THEN 2 ELSE 3 END, service))
FROM employers e
"""


def of_all(store: Store) -> tuple[Known, ...]:
    """Return every employer, by name."""
    return tuple(map(_known, store.rows(KNOWN + " ORDER BY name COLLATE NOCASE, name")))


def find(store: Store, employer_id: str) -> Known | None:
    """Return the employer of that id."""
    row = store.row(KNOWN + " WHERE id = ?", employer_id)
    return _known(row) if row else None


def add(store: Store, employer_id: str, details: Details, now: datetime) -> None:
    """Write a new employer."""
    store.run(
        "INSERT INTO employers (id, name, nation, employer_type, region, code, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        employer_id,
        details.name,
        details.nation,
        details.employer_type,
        details.region,
        details.code or None,
        stamp(now),
    )
    _set_services(store, employer_id, details.services)


def change(store: Store, employer_id: str, details: Details) -> None:
    """Replace an employer's details."""
    store.run(
        "UPDATE employers SET name = ?, nation = ?, employer_type = ?, region = ?, code = ?"
        " WHERE id = ?",
        details.name,
        details.nation,
        details.employer_type,
        details.region,
        details.code or None,
        employer_id,
    )
    store.run("DELETE FROM employer_services WHERE employer_id = ?", employer_id)
    _set_services(store, employer_id, details.services)


def assesses(store: Store, employer_id: str, service: str) -> None:
    """Note that an employer assesses a service; twice changes nothing."""
    store.run("INSERT OR IGNORE INTO employer_services VALUES (?, ?)", employer_id, service)


def set_logo(store: Store, employer_id: str, sha256: str, content: bytes, media_type: str) -> None:
    """Give an employer a logo in place of the one it had."""
    store.run("INSERT OR IGNORE INTO contents VALUES (?, ?)", sha256, content)
    store.run(
        "UPDATE employers SET logo = ?, logo_type = ? WHERE id = ?",
        sha256,
        media_type,
        employer_id,
    )


def remove_logo(store: Store, employer_id: str) -> None:
    """Leave an employer without a logo."""
    store.run("UPDATE employers SET logo = NULL, logo_type = NULL WHERE id = ?", employer_id)


def logo(store: Store, employer_id: str) -> tuple[bytes, str] | None:
    """Return an employer's logo and its media type."""
    row = store.row(
        "SELECT content, logo_type FROM employers JOIN contents ON sha256 = logo WHERE id = ?",
        employer_id,
    )
    return (bytes(row[0]), row[1]) if row else None


def logos_of(store: Store, person_id: str) -> dict[str, str]:
    """Return the fingerprints of the logos of the employers a person belongs to, by id."""
    rows = store.rows(
        "SELECT DISTINCT e.id, e.logo FROM memberships JOIN employers e ON e.id = employer_id"
        " WHERE person_id = ? AND e.logo IS NOT NULL",
        person_id,
    )
    return dict(rows)


def _set_services(store: Store, employer_id: str, services: tuple[str, ...]) -> None:
    for service in services:
        assesses(store, employer_id, service)


def _known(row: Row) -> Known:
    services = tuple(row[7].split(",")) if row[7] else ()
    return Known(Employer(*row[:4]), Details(*(*row[1:6], services)), row[6])

"""Who answers which topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.storage.store import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.storage.store import Store


def of(store: Store, assessment_id: str) -> dict[str, tuple[Person, ...]]:
    """Return the people each topic is assigned to, by name; topics for anyone are left out."""
    rows = store.rows(
        "SELECT topic_id, people.id, name, email FROM topic_assignments"
        " JOIN people ON people.id = person_id WHERE assessment_id = ? ORDER BY name, email",
        assessment_id,
    )
    found: dict[str, tuple[Person, ...]] = {}
    for topic_id, *person in rows:
        found[topic_id] = (*found.get(topic_id, ()), Person(*person))
    return found


def of_person(store: Store, person_id: str) -> dict[str, frozenset[str]]:
    """Return the topics assigned to a person, by assessment."""
    rows = store.rows(
        "SELECT assessment_id, topic_id FROM topic_assignments WHERE person_id = ?", person_id
    )
    found: dict[str, frozenset[str]] = {}
    for assessment_id, topic_id in rows:
        found[assessment_id] = found.get(assessment_id, frozenset()) | {topic_id}
    return found


def add(  # noqa: PLR0913, PLR0917 - who gives what to whom, and when
    store: Store, assessment_id: str, topic_id: str, person_id: str, by: str, now: datetime
) -> bool:
    """Assign a topic; False when it was assigned to the person before."""
    added = store.run(
        "INSERT OR IGNORE INTO topic_assignments VALUES (?, ?, ?, ?, ?)",
        assessment_id,
        topic_id,
        person_id,
        by,
        stamp(now),
    )
    return added == 1


def take(store: Store, assessment_id: str, topic_id: str, person_id: str) -> bool:
    """Take a topic from a person; False when it was not theirs."""
    taken = store.run(
        "DELETE FROM topic_assignments WHERE assessment_id = ? AND topic_id = ? AND person_id = ?",
        assessment_id,
        topic_id,
        person_id,
    )
    return taken == 1


def take_all(store: Store, person_id: str, employer_id: str) -> None:
    """Take every topic at an employer from a person."""
    store.run(
        "DELETE FROM topic_assignments WHERE person_id = ?"
        " AND assessment_id IN (SELECT id FROM assessments WHERE employer_id = ?)",
        person_id,
        employer_id,
    )

"""Assessments, the entries in them with their history, and the page each person left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Entry
from healthcheck.core.assessments import Assessment
from healthcheck.core.cycles import Cycle
from healthcheck.core.permissions import Role
from healthcheck.core.saving import Saved
from healthcheck.core.steps import State
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

COLUMNS = """
a.id, a.reference, e.id, e.name, e.nation, e.employer_type, a.service, a.cycle, a.due,
    a.questionnaire, a.edition, a.digest, a.revision, a.changed_at, a.state,
    y.id, y.questionnaire, y.name, y.edition, y.opens, y.due, y.closes,
    EXISTS (SELECT 1 FROM carried c WHERE c.assessment_id = a.id),
    EXISTS (SELECT 1 FROM topic_assignments t WHERE t.assessment_id = a.id)
"""
CYCLE = "LEFT JOIN cycles y ON y.questionnaire = a.questionnaire AND y.name = a.cycle"
FOUND = f"""
SELECT {COLUMNS}, group_concat(m.role),
    (SELECT topic_id FROM places p WHERE p.person_id = m.person_id AND p.assessment_id = a.id)
FROM memberships m
JOIN employers e ON e.id = m.employer_id
JOIN assessments a ON a.employer_id = e.id {CYCLE}
WHERE m.person_id = ?
"""  # noqa: S608 - our own names
FOR_BASW = f"""
SELECT {COLUMNS}, group_concat(b.role), NULL
FROM basw_roles b JOIN assessments a JOIN employers e ON e.id = a.employer_id {CYCLE}
WHERE b.person_id = ?1 AND a.id = ?2 AND NOT EXISTS
    (SELECT 1 FROM memberships m WHERE m.person_id = ?1 AND m.employer_id = a.employer_id)
GROUP BY a.id
"""  # noqa: S608 - our own names
FOR_ANYBODY = f"""
SELECT {COLUMNS}, '', NULL
FROM assessments a JOIN employers e ON e.id = a.employer_id {CYCLE} WHERE a.id = ?
"""  # noqa: S608 - our own names
ONE = FOUND + " AND a.id = ? GROUP BY a.id"
ALL = FOUND + " GROUP BY a.id ORDER BY a.due DESC, e.name, a.service, a.reference"

SAVED = """
SELECT assessment_id, question_id, entry, revision, name, saved_at
FROM entries JOIN people ON people.id = saved_by
WHERE assessment_id IN (SELECT value FROM json_each(?))
"""

WRITE = """
INSERT INTO entries (assessment_id, question_id, revision, entry, saved_by, saved_at)
SELECT ?1, key, 1, value, ?2, ?3 FROM json_each(?4) WHERE true
ON CONFLICT DO UPDATE SET revision = revision + 1, entry = excluded.entry,
    saved_by = excluded.saved_by, saved_at = excluded.saved_at
"""
KEEP = """
INSERT INTO entry_history (assessment_id, question_id, revision, entry, saved_by, saved_at)
SELECT assessment_id, question_id, revision, entry, saved_by, saved_at
FROM entries WHERE assessment_id = ?1 AND question_id IN (SELECT key FROM json_each(?2))
"""

Entries = dict[str, Saved]
TO_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Found:
    """An assessment as one person meets it: their roles there, and the topic they left.

    `cycle` is the one it belongs to. `has_carried` says that it is offered answers of last year,
    `is_assigned` that some of its topics are assigned to people.
    """

    assessment: Assessment
    roles: frozenset[Role]
    place: str | None
    cycle: Cycle | None
    has_carried: bool
    is_assigned: bool


def add(store: Store, assessment: Assessment) -> None:
    """Write a new assessment."""
    store.run(
        "INSERT INTO assessments (id, reference, employer_id, service, cycle, due, questionnaire,"
        " edition, digest, revision, changed_at, created_at, state, state_since)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?11)",
        assessment.id,
        assessment.reference,
        assessment.employer.id,
        assessment.service,
        assessment.cycle,
        assessment.due.isoformat(),
        assessment.questionnaire,
        assessment.edition,
        assessment.digest,
        assessment.revision,
        stamp(assessment.changed_at),
        assessment.state.name,
    )


def is_started(store: Store, assessment: Assessment) -> bool:
    """Say whether the employer has one of the same questionnaire, cycle and service already."""
    row = store.row(
        "SELECT 1 FROM assessments"
        " WHERE employer_id = ? AND questionnaire = ? AND cycle = ? AND service = ?",
        assessment.employer.id,
        assessment.questionnaire,
        assessment.cycle,
        assessment.service,
    )
    return row is not None


def find(store: Store, assessment_id: str, person_id: str) -> Found | None:
    """Return the assessment when the person has any role at its employer."""
    row = store.row(ONE, person_id, assessment_id)
    return _found(row) if row else None


def find_for_basw(store: Store, assessment_id: str, person_id: str) -> Found | None:
    """Return the assessment when the person has a role at BASW and none at its employer."""
    row = store.row(FOR_BASW, person_id, assessment_id)
    return _found(row) if row else None


def find_for_anybody(store: Store, assessment_id: str) -> Found | None:
    """Return the assessment for somebody without a role: for what its employer made public."""
    row = store.row(FOR_ANYBODY, assessment_id)
    return _found(row) if row else None


def move(store: Store, assessment_id: str, old: State, new: State, now: datetime) -> bool:
    """Let an assessment stand elsewhere; False when it does not stand where it is thought to."""
    moved = store.run(
        "UPDATE assessments SET state = ?, state_since = ? WHERE id = ? AND state = ?",
        new.name,
        stamp(now),
        assessment_id,
        old.name,
    )
    return moved == 1


def of_person(store: Store, person_id: str) -> tuple[Found, ...]:
    """Return every assessment of every employer the person belongs to, latest deadline first."""
    return tuple(_found(row) for row in store.rows(ALL, person_id))


def find_id(store: Store, employer_id: str, service: str) -> str | None:
    """Return the id of an employer's first assessment of a service."""
    row = store.row(
        "SELECT id FROM assessments WHERE employer_id = ? AND service = ? ORDER BY created_at",
        employer_id,
        service,
    )
    return row[0] if row else None


def find_id_in_cycle(store: Store, employer_id: str, service: str, cycle: str) -> str | None:
    """Return the id of an employer's assessment of a service in a cycle, the newest if several."""
    row = store.row(
        "SELECT id FROM assessments WHERE employer_id = ? AND service = ? AND cycle = ?"
        " ORDER BY created_at DESC",
        employer_id,
        service,
        cycle,
    )
    return row[0] if row else None


def editions(store: Store) -> list[tuple[str, str]]:
    """Return every questionnaire and edition that an assessment was started on."""
    rows = store.rows("SELECT DISTINCT questionnaire, edition FROM assessments ORDER BY 1, 2")
    return [(questionnaire, edition) for questionnaire, edition in rows]


def change(store: Store, assessment_id: str, now: datetime) -> None:
    """Count one more change to an assessment."""
    store.run(
        "UPDATE assessments SET revision = revision + 1, changed_at = ? WHERE id = ?",
        stamp(now),
        assessment_id,
    )


def entries(store: Store, *assessment_ids: str) -> dict[str, Entries]:
    """Return the current entries of each of these assessments, by question."""
    found: dict[str, Entries] = {each: {} for each in assessment_ids}
    rows = store.rows(SAVED, json.dumps(assessment_ids))
    # One call for all of them takes a third of the time, and this is on every page.
    together = json.loads(f"[{','.join(row[2] for row in rows)}]")
    for (assessment_id, question_id, _, revision, name, saved_at), parts in zip(
        rows, together, strict=True
    ):
        saved = Saved(_entry(parts), revision, name, moment(saved_at))
        found[assessment_id][question_id] = saved
    return found


def entry_at(store: Store, assessment_id: str, question_id: str, revision: int) -> Entry | None:
    """Return the entry a question had at one of its revisions."""
    row = store.row(
        "SELECT entry FROM entry_history"
        " WHERE assessment_id = ? AND question_id = ? AND revision = ?",
        assessment_id,
        question_id,
        revision,
    )
    return decoded(row[0]) if row else None


def save(
    store: Store, assessment_id: str, changes: Mapping[str, Entry], person_id: str, now: datetime
) -> None:
    """Write new entries as the current ones, and each beside its earlier ones in the history.

    All of them go in with one statement a table: between two statements other threads get their
    turn, and a save holds the write lock meanwhile.
    """
    if not changes:
        return
    written = {question_id: encoded(entry) for question_id, entry in changes.items()}
    listed = TO_JSON.encode(written)
    store.run(WRITE, assessment_id, person_id, stamp(now), listed)
    store.run(KEEP, assessment_id, listed)


def remember_place(store: Store, person_id: str, assessment_id: str, topic_id: str) -> None:
    """Write where a person is in an assessment."""
    store.run("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", person_id, assessment_id, topic_id)


def encoded(entry: Entry) -> str:
    """Return an entry as stored: JSON without its blank parts."""
    parts = {
        "value": entry.value,
        "not_applicable": entry.not_applicable,
        "reason": entry.reason,
        "evidence": entry.evidence,
        "links": entry.links,
    }
    return TO_JSON.encode({name: part for name, part in parts.items() if part})


def decoded(stored: str) -> Entry:
    """Return the entry that was stored."""
    return _entry(json.loads(stored))


def _entry(parts: dict[str, Any]) -> Entry:
    return Entry(
        tuple(parts.get("value", ())),
        parts.get("not_applicable", False),
        parts.get("reason", ""),
        parts.get("evidence", ""),
        parts.get("links", ""),
    )


def _found(row: Row) -> Found:
    assessment = Assessment(
        id=row[0],
        reference=row[1],
        employer=Employer(*row[2:6]),
        service=row[6],
        cycle=row[7],
        due=date.fromisoformat(row[8]),
        questionnaire=row[9],
        edition=row[10],
        digest=row[11],
        revision=row[12],
        changed_at=moment(row[13]),
        state=State[row[14]],
    )
    roles = frozenset(Role[name] for name in filter(None, row[24].split(",")))
    dates = [date.fromisoformat(each) for each in row[19:22] if each]
    cycle = Cycle(*row[15:19], *dates) if row[15] else None
    return Found(assessment, roles, row[25], cycle, bool(row[22]), bool(row[23]))

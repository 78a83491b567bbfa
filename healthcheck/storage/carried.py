"""Last year's answers offered to an assessment; confirming one marks its row."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import Attachment
from healthcheck.core.carrying import Carried, Wording
from healthcheck.storage.assessments import decoded, encoded
from healthcheck.storage.store import stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from healthcheck.storage.store import Store

EARLIER = """
SELECT b.id FROM assessments a
JOIN assessments b ON b.employer_id = a.employer_id AND b.questionnaire = a.questionnaire
    AND b.service = a.service AND b.due < a.due
WHERE a.id = ? AND b.state != 'WITHDRAWN' AND (
    EXISTS (SELECT 1 FROM versions v WHERE v.assessment_id = b.id AND v.recalled_at IS NULL)
    OR EXISTS (SELECT 1 FROM entries n WHERE n.assessment_id = b.id))
ORDER BY b.due DESC LIMIT 1
"""
LATER = """
SELECT b.id FROM assessments a
JOIN assessments b ON b.employer_id = a.employer_id AND b.questionnaire = a.questionnaire
    AND b.service = a.service AND b.due > a.due
WHERE a.id = ? ORDER BY b.due LIMIT 1
"""
ADD = """
INSERT INTO carried
    (assessment_id, question_id, from_assessment_id, from_question_id, entry, files, change)
SELECT ?1, json_extract(value, '$[0]'), ?2, json_extract(value, '$[1]'),
    json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]')
FROM json_each(?3)
"""
FOUND = """
SELECT c.assessment_id, c.from_assessment_id, b.cycle, b.edition,
    c.question_id, c.from_question_id, c.change, c.entry, c.files
FROM carried c JOIN assessments b ON b.id = c.from_assessment_id
WHERE c.assessment_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is offered to one assessment, and the health check it comes from."""

    assessment_id: str
    cycle: str
    edition: str
    carried: dict[str, Carried]


def earlier(store: Store, assessment_id: str) -> str | None:
    """Return the last health check before this one that has answers, None when there is none.

    It is of the same employer, questionnaire and service, and was not withdrawn.
    """
    row = store.row(EARLIER, assessment_id)
    return row[0] if row else None


def later(store: Store, assessment_id: str) -> str | None:
    """Return the next health check of the same employer, questionnaire and service."""
    row = store.row(LATER, assessment_id)
    return row[0] if row else None


def add(store: Store, assessment_id: str, from_id: str, found: Iterable[Carried]) -> None:
    """Offer these answers of another assessment, in place of those offered and not confirmed."""
    store.run("DELETE FROM carried WHERE assessment_id = ? AND settled_at IS NULL", assessment_id)
    rows = [
        (
            each.question_id,
            each.from_question_id,
            encoded(each.entry),
            json.dumps([asdict(file) for file in each.files], ensure_ascii=False),
            each.wording.value,
        )
        for each in found
    ]
    store.run(f"{ADD} WHERE true ON CONFLICT DO NOTHING", assessment_id, from_id, json.dumps(rows))


def of(store: Store, *assessment_ids: str) -> dict[str, Rows]:
    """Return what is offered to each of these assessments that is offered anything."""
    found: dict[str, Rows] = {}
    for assessment_id, from_id, cycle, edition, *parts in store.rows(
        FOUND, json.dumps(assessment_ids)
    ):
        rows = found.setdefault(assessment_id, Rows(from_id, cycle, edition, {}))
        rows.carried[parts[0]] = _carried(parts)
    return found


def settle(
    store: Store,
    assessment_id: str,
    question_ids: Collection[str],
    *,
    person_id: str,
    now: datetime,
) -> bool:
    """Mark answers as confirmed to be still true; say whether any was not so before."""
    marked = store.run(
        "UPDATE carried SET settled_at = ?, settled_by = ?"
        " WHERE assessment_id = ? AND settled_at IS NULL"
        " AND question_id IN (SELECT value FROM json_each(?))",
        stamp(now),
        person_id,
        assessment_id,
        json.dumps(list(question_ids)),
    )
    return marked > 0


def settled(store: Store, assessment_id: str) -> frozenset[str]:
    """Return the questions whose answer was confirmed to be still true."""
    rows = store.rows(
        "SELECT question_id FROM carried WHERE assessment_id = ? AND settled_at IS NOT NULL",
        assessment_id,
    )
    return frozenset(question_id for (question_id,) in rows)


def _carried(parts: list[str]) -> Carried:
    question_id, from_question_id, change, entry, files = parts
    attached = tuple(Attachment(**each) for each in json.loads(files))
    return Carried(question_id, from_question_id, Wording(change), decoded(entry), attached)

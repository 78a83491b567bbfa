"""Where every employer and service of a cycle stands, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer
from healthcheck.core.queue import Line
from healthcheck.core.steps import State
from healthcheck.storage.store import Row, Store, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

CYCLES = """
SELECT questionnaire, name, due FROM cycles
UNION ALL
SELECT questionnaire, cycle, max(due) FROM assessments a
WHERE NOT EXISTS (SELECT 1 FROM cycles c
    WHERE c.questionnaire = a.questionnaire AND c.name = a.cycle)
GROUP BY questionnaire, cycle
ORDER BY due DESC, questionnaire, name DESC
"""
LINES = """
SELECT e.id, e.name, e.nation, e.employer_type, s.service,
    coalesce(a.id, ''), coalesce(a.reference, ''), a.state, a.due,
    max(a.changed_at, a.state_since), coalesce(p.id, ''), coalesce(p.name, ''),
    EXISTS (SELECT 1 FROM memberships m WHERE m.employer_id = e.id AND m.person_id = ?3)
FROM (SELECT employer_id, service FROM employer_services
    UNION SELECT employer_id, service FROM assessments WHERE questionnaire = ?1 AND cycle = ?2) s
JOIN employers e ON e.id = s.employer_id
LEFT JOIN assessments a ON a.employer_id = s.employer_id AND a.questionnaire = ?1
    AND a.cycle = ?2 AND a.service = s.service
LEFT JOIN people p ON p.id = a.reviewer_id
"""


@dataclass(frozen=True, slots=True)
class Round:
    """A cycle of one questionnaire, as the queue names it."""

    questionnaire: str
    name: str


def rounds(store: Store) -> tuple[Round, ...]:
    """Return every cycle there is, the newest first."""
    return tuple(Round(*row[:2]) for row in store.rows(CYCLES))


def lines(store: Store, questionnaire: str, cycle: str, person_id: str) -> Iterator[Line]:
    """Yield a line for every employer and service, in no order."""
    return map(_line, store.rows(LINES, questionnaire, cycle, person_id))


def _line(row: Row) -> Line:
    return Line(
        employer=Employer(*row[:4]),
        service=row[4],
        assessment_id=row[5],
        reference=row[6],
        state=None if row[7] is None else State[row[7]],
        due=None if row[8] is None else date.fromisoformat(row[8]),
        active_at=None if row[9] is None else moment(row[9]),
        reviewer_id=row[10],
        reviewer=row[11],
        is_own=bool(row[12]),
    )

"""Decisions about workload at capacity; they are added and never changed."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from healthcheck.core.plans import Owner
from healthcheck.core.workload.decisions import Decision, Kind, Proposed
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Collection

DECISIONS = """
SELECT d.id, d.team_id, d.worker_id, coalesce(w.name, 'The team as a whole'), d.taken_on, d.said,
    d.starts, d.proposed, p.name, d.decided_at, d.assessment_id, d.action_id, o.name
FROM decisions d JOIN people p ON p.id = d.decided_by LEFT JOIN workers w ON w.id = d.worker_id
LEFT JOIN people o ON o.id = d.owner_id
WHERE d.team_id IN (SELECT value FROM json_each(?)) ORDER BY d.decided_at DESC, d.rowid DESC
"""
HEALTH_CHECK_NOW = """
SELECT a.id FROM assessments a JOIN cycles c ON c.questionnaire = a.questionnaire
    AND c.name = a.cycle
WHERE a.employer_id = ?1 AND a.service = ?2 AND a.state <> 'WITHDRAWN' AND c.opens <= ?3
    AND NOT EXISTS (SELECT 1 FROM cycles n WHERE n.questionnaire = c.questionnaire
        AND n.opens <= ?3 AND n.due > c.due)
ORDER BY a.created_at DESC LIMIT 1
"""


def add(store: Store, decision: Decision, decided_by: str) -> None:
    """Write a new decision; `decided_by` is a person's id."""
    store.run(
        "INSERT INTO decisions (id, team_id, worker_id, taken_on, said, starts, proposed,"
        " decided_by, decided_at, assessment_id, action_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        decision.id,
        decision.team_id,
        decision.worker_id,
        decision.taken_on.isoformat(),
        json.dumps(decision.said, ensure_ascii=False),
        str(decision.starts),
        _written(decision.proposed),
        decided_by,
        stamp(decision.decided_at),
        decision.assessment_id,
        decision.action_id,
    )


def of_teams(store: Store, team_ids: Collection[str]) -> dict[str, tuple[Decision, ...]]:
    """Return the decisions about each of these teams, newest first, in one query."""
    found: dict[str, tuple[Decision, ...]] = dict.fromkeys(team_ids, ())
    for row in store.rows(
        DECISIONS,
        json.dumps(sorted(team_ids)),
    ):
        each = _decision(row)
        found[each.team_id] = (*found[each.team_id], each)
    return found


def health_check_now(store: Store, employer_id: str, service: str, today: date) -> str | None:
    """Return the id of the health check that a service has in the newest cycle that has begun."""
    row = store.row(HEALTH_CHECK_NOW, employer_id, service, today.isoformat())
    return str(row[0]) if row else None


def _decision(row: Row) -> Decision:
    return Decision(
        id=row[0],
        team_id=row[1],
        worker_id=row[2],
        name=row[3],
        taken_on=date.fromisoformat(row[4]),
        said=tuple(json.loads(row[5])),
        starts=Fraction(row[6]),
        proposed=_proposed(json.loads(row[7]), row[12]),
        decided_by=row[8],
        decided_at=moment(row[9]),
        assessment_id=row[10],
        action_id=row[11],
    )


def _written(proposed: Proposed) -> str:
    """Return a decision as text; of an owner with an account only the id, for names change."""
    owner = proposed.owner
    whose = {"person_id": owner.person_id} if owner.person_id else {"name": owner.name}
    parts = {
        "kind": proposed.kind and proposed.kind.name,
        "what": proposed.what,
        "reason": proposed.reason,
        "until": proposed.until and proposed.until.isoformat(),
        "review": proposed.review and proposed.review.isoformat(),
        "owner": whose,
    }
    return json.dumps(parts, ensure_ascii=False)


def _proposed(said: dict[str, Any], owner: str | None) -> Proposed:
    whose = said["owner"]
    return Proposed(
        kind=Kind[said["kind"]],
        what=said["what"],
        reason=said["reason"],
        until=_day(said["until"]),
        owner=Owner(name=owner or whose.get("name", ""), person_id=whose.get("person_id")),
        review=_day(said["review"]),
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None

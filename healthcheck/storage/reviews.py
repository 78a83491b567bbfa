"""What a review writes, and who reviews: remarks, moderated ratings, change requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.reviews import (
    ChangeRequest,
    Ledger,
    Moderation,
    Outcome,
    Remark,
    RemarkKind,
)
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

REMARKS = """
SELECT c.id, c.version, c.question_id, c.kind, c.text, p.name, c.written_at, c.sent_at
FROM comments c JOIN people p ON p.id = c.written_by WHERE c.assessment_id = ? ORDER BY c.number
"""
MODERATIONS = """
SELECT m.number, m.version, m.question_id, m.level, m.reason, p.name, m.moderated_at, m.sent_at
FROM moderations m JOIN people p ON p.id = m.moderated_by
WHERE m.assessment_id = ? ORDER BY m.number
"""
REQUESTS = """
SELECT r.id, r.number, r.version, r.question_id, r.reason, asker.name, r.asked_at, r.sent_at,
    r.answer, coalesce(answerer.name, ''), r.answered_at, r.outcome, r.outcome_note,
    coalesce(ender.name, ''), r.ended_at
FROM change_requests r JOIN people asker ON asker.id = r.asked_by
LEFT JOIN people answerer ON answerer.id = r.answered_by
LEFT JOIN people ender ON ender.id = r.ended_by
WHERE r.assessment_id = ? ORDER BY r.number
"""
SUBMITTED_BEFORE = """
SELECT v.assessment_id, v.number FROM assessments a
JOIN assessments b ON b.employer_id = a.employer_id AND b.questionnaire = a.questionnaire
    AND b.service = a.service AND b.due < a.due
JOIN versions v ON v.assessment_id = b.id AND v.recalled_at IS NULL
WHERE a.id = ? ORDER BY b.due DESC, v.number DESC LIMIT 1
"""


def submitted_before(store: Store, assessment_id: str) -> tuple[str, int] | None:
    """Return the assessment and number of the version submitted last in an earlier cycle.

    It is of the same employer, questionnaire and service; None when there is none.
    """
    row = store.row(SUBMITTED_BEFORE, assessment_id)
    return (row[0], row[1]) if row else None


def ledger(store: Store, assessment_id: str) -> Ledger:
    """Return everything written in an assessment's review, private notes among it."""
    return Ledger(
        tuple(_remark(row) for row in store.rows(REMARKS, assessment_id)),
        tuple(_moderation(row) for row in store.rows(MODERATIONS, assessment_id)),
        tuple(_request(row) for row in store.rows(REQUESTS, assessment_id)),
    )


def reviewer(store: Store, assessment_id: str) -> tuple[str, str] | None:
    """Return the id and name of who reviews an assessment, None for nobody."""
    row = store.row(
        "SELECT p.id, p.name FROM assessments a JOIN people p ON p.id = a.reviewer_id"
        " WHERE a.id = ?",
        assessment_id,
    )
    return (row[0], row[1]) if row else None


def claim(store: Store, assessment_id: str, person_id: str) -> bool:
    """Make a person the reviewer, unless there is one; say whether that was done."""
    claimed = store.run(
        "UPDATE assessments SET reviewer_id = ? WHERE id = ? AND reviewer_id IS NULL",
        person_id,
        assessment_id,
    )
    return claimed == 1


def release(store: Store, assessment_id: str) -> None:
    """Let an assessment have no reviewer."""
    store.run("UPDATE assessments SET reviewer_id = NULL WHERE id = ?", assessment_id)


def claimed_by(store: Store, person_id: str, employer_id: str | None = None) -> tuple[str, ...]:
    """Return the assessments that a person reviews, those of one employer when it is given."""
    rows = store.rows(
        "SELECT id FROM assessments WHERE reviewer_id = ?1 AND employer_id = coalesce(?2,"
        " employer_id) ORDER BY id",
        person_id,
        employer_id,
    )
    return tuple(id_ for (id_,) in rows)


def add_remark(  # noqa: PLR0913 - who wrote what of which kind about which question, when
    store: Store,
    assessment_id: str,
    remark_id: str,
    question_id: str,
    *,
    version: int,
    kind: RemarkKind,
    text: str,
    person_id: str,
    now: datetime,
) -> None:
    """Write a remark."""
    store.run(
        "INSERT INTO comments (id, assessment_id, version, question_id, kind, text, written_by,"
        " written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        remark_id,
        assessment_id,
        version,
        question_id,
        kind.value,
        text,
        person_id,
        stamp(now),
    )


def remove_remark(store: Store, assessment_id: str, remark_id: str) -> bool:
    """Take out a remark that was not sent; say whether there was one."""
    removed = store.run(
        "DELETE FROM comments WHERE assessment_id = ? AND id = ? AND sent_at IS NULL",
        assessment_id,
        remark_id,
    )
    return removed == 1


def moderate(  # noqa: PLR0913 - who gave which level to which question, why and when
    store: Store,
    assessment_id: str,
    question_id: str,
    *,
    version: int,
    level: int | None,
    reason: str,
    person_id: str,
    now: datetime,
) -> None:
    """Write a moderated rating, or without a level that the last one was withdrawn."""
    store.run(
        "INSERT INTO moderations (assessment_id, version, question_id, level, reason,"
        " moderated_by, moderated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        assessment_id,
        version,
        question_id,
        level,
        reason,
        person_id,
        stamp(now),
    )


def add_request(  # noqa: PLR0913 - who asks for which change, when
    store: Store,
    assessment_id: str,
    request_id: str,
    question_id: str,
    *,
    version: int,
    reason: str,
    person_id: str,
    now: datetime,
) -> None:
    """Write a change request, with the assessment's next number."""
    store.run(
        "INSERT INTO change_requests (id, assessment_id, number, version, question_id, reason,"
        " asked_by, asked_at) VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1"
        " FROM change_requests WHERE assessment_id = ?2), ?3, ?4, ?5, ?6, ?7)",
        request_id,
        assessment_id,
        version,
        question_id,
        reason,
        person_id,
        stamp(now),
    )


def remove_request(store: Store, assessment_id: str, request_id: str) -> bool:
    """Take out a change request that was not sent; say whether there was one."""
    removed = store.run(
        "DELETE FROM change_requests WHERE assessment_id = ? AND id = ? AND sent_at IS NULL",
        assessment_id,
        request_id,
    )
    return removed == 1


def send(store: Store, assessment_id: str, now: datetime) -> None:
    """Let the employer see everything written so far, but for private notes."""
    for table, but in (
        ("comments", " AND kind <> 'private note'"),
        ("moderations", ""),
        ("change_requests", ""),
    ):
        store.run(
            f"UPDATE {table} SET sent_at = ? WHERE assessment_id = ? AND sent_at IS NULL{but}",  # noqa: S608 - names of our own
            stamp(now),
            assessment_id,
        )


def answer(  # noqa: PLR0913 - who answers which request how, when
    store: Store,
    assessment_id: str,
    request_id: str,
    text: str,
    *,
    person_id: str,
    now: datetime,
) -> bool:
    """Write the employer's answer to a request that was sent and has not ended."""
    answered = store.run(
        "UPDATE change_requests SET answer = ?, answered_by = ?, answered_at = ?"
        " WHERE assessment_id = ? AND id = ? AND sent_at IS NOT NULL AND outcome IS NULL",
        text,
        person_id,
        stamp(now),
        assessment_id,
        request_id,
    )
    return answered == 1


def end(  # noqa: PLR0913 - who ended which request how, when
    store: Store,
    assessment_id: str,
    request_id: str,
    *,
    outcome: Outcome,
    note: str,
    person_id: str,
    now: datetime,
) -> bool:
    """End a request that was sent and has not ended; say whether there was one."""
    ended = store.run(
        "UPDATE change_requests SET outcome = ?, outcome_note = ?, ended_by = ?, ended_at = ?"
        " WHERE assessment_id = ? AND id = ? AND sent_at IS NOT NULL AND outcome IS NULL",
        outcome.value,
        note,
        person_id,
        stamp(now),
        assessment_id,
        request_id,
    )
    return ended == 1


def _remark(row: Row) -> Remark:
    id_, version, question_id, kind, text, by, at, sent_at = row
    return Remark(id_, version, question_id, RemarkKind(kind), text, by, moment(at), _when(sent_at))


def _moderation(row: Row) -> Moderation:
    number, version, question_id, level, reason, by, at, sent_at = row
    return Moderation(number, version, question_id, level, reason, by, moment(at), _when(sent_at))


def _request(row: Row) -> ChangeRequest:
    asked, answered, ended = row[:8], row[8:11], row[11:]
    id_, number, version, question_id, reason, by, at, sent_at = asked
    outcome, note, ended_by, ended_at = ended
    return ChangeRequest(
        id=id_,
        number=number,
        version=version,
        question_id=question_id,
        reason=reason,
        by=by,
        at=moment(at),
        sent_at=_when(sent_at),
        answer=answered[0],
        answered_by=answered[1],
        answered_at=_when(answered[2]),
        outcome=None if outcome is None else Outcome(outcome),
        outcome_note=note,
        ended_by=ended_by,
        ended_at=_when(ended_at),
    )


def _when(stamped: str | None) -> datetime | None:
    return None if stamped is None else moment(stamped)

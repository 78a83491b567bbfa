"""Quarterly reviews of plans, and what became of each action in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.quarterly_reviews import Outcome, Review
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

REVIEW = """
SELECT r.id, r.assessment_id, r.quarter, r.started_at, p.name, r.finished_at
FROM quarterly_reviews r JOIN people p ON p.id = r.started_by WHERE r.assessment_id = ?
"""


def add(store: Store, review: Review, person_id: str) -> None:
    """Write that a review has begun."""
    store.run(
        "INSERT INTO quarterly_reviews (id, assessment_id, quarter, started_by, started_at)"
        " VALUES (?, ?, ?, ?, ?)",
        review.id,
        review.assessment_id,
        review.quarter,
        person_id,
        stamp(review.started_at),
    )


def of(store: Store, assessment_id: str) -> tuple[Review, ...]:
    """Return every review of a plan, newest first."""
    rows = store.rows(REVIEW + " ORDER BY r.quarter DESC", assessment_id)
    return tuple(_review(store, row) for row in rows)


def step(  # noqa: PLR0913, PLR0917 - what became of which action, by whom and when
    store: Store,
    review_id: str,
    action_id: str,
    outcome: Outcome,
    person_id: str,
    now: datetime,
) -> None:
    """Write what became of an action; what was left for later gets another answer."""
    store.run(
        "INSERT OR REPLACE INTO quarterly_review_steps"
        " (review_id, action_id, outcome, stepped_by, stepped_at) VALUES (?, ?, ?, ?, ?)",
        review_id,
        action_id,
        outcome.name,
        person_id,
        stamp(now),
    )


def finish(store: Store, review_id: str, now: datetime) -> bool:
    """Write that a review has ended; False when it had before."""
    ended = store.run(
        "UPDATE quarterly_reviews SET finished_at = ? WHERE id = ? AND finished_at IS NULL",
        stamp(now),
        review_id,
    )
    return ended > 0


def _review(store: Store, row: Row) -> Review:
    id_, assessment_id, quarter, started_at, started_by, finished_at = row
    steps = store.rows(
        "SELECT action_id, outcome FROM quarterly_review_steps WHERE review_id = ?"
        " ORDER BY stepped_at, action_id",
        id_,
    )
    return Review(
        id_,
        assessment_id,
        quarter,
        moment(started_at),
        started_by,
        moment(finished_at) if finished_at else None,
        {action_id: Outcome[outcome] for action_id, outcome in steps},
    )

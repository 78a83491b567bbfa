"""What is decided beside the actions of a plan: reasons for no action, and new ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.storage.store import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.plans import LevelUpdate
    from healthcheck.storage.store import Store


def decline(  # noqa: PLR0913 - who declined what at which level, why and when
    store: Store,
    assessment_id: str,
    question_id: str,
    level: int,
    *,
    reason: str | None,
    person_id: str,
    now: datetime,
) -> None:
    """Write why a weak answer gets no action; without a reason, that this is taken back."""
    store.run(
        "INSERT INTO declined_proposals (assessment_id, question_id, level, reason, declined_by,"
        " declined_at) VALUES (?, ?, ?, ?, ?, ?)",
        assessment_id,
        question_id,
        level,
        reason,
        person_id,
        stamp(now),
    )


def update_level(store: Store, assessment_id: str, update: LevelUpdate, person_id: str) -> None:
    """Write the rating that a question has since an action was completed."""
    store.run(
        "INSERT INTO level_updates (assessment_id, question_id, action_id, before, after, note,"
        " recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        assessment_id,
        update.question_id,
        update.action_id,
        update.before,
        update.after,
        update.note,
        person_id,
        stamp(update.recorded_at),
    )

"""The actions that somebody may have to be reminded of, and why somebody was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.storage.store import stamp

if TYPE_CHECKING:
    from datetime import date, datetime

    from healthcheck.storage.store import Store

CANDIDATES = """
SELECT a.id, a.assessment_id FROM actions a JOIN assessments s ON s.id = a.assessment_id
WHERE s.state <> 'WITHDRAWN'
    AND json_extract(a.progress, '$.delivery') NOT IN ('COMPLETE', 'CANCELLED')
    AND (json_extract(a.details, '$.due') <= ?1 OR json_extract(a.details, '$.review') <= ?2)
    AND NOT EXISTS (
        SELECT 1 FROM actions n JOIN assessments ns ON ns.id = n.assessment_id
        WHERE n.carried_from = a.id AND ns.state <> 'WITHDRAWN'
    )
"""


def candidates(store: Store, latest_due: date, today: date) -> dict[str, str]:
    """Return the open actions due by a day or to be reviewed by now: id to the health check's id.

    What goes on in next year's plan is left to that; so is everything of a withdrawn health check.
    """
    return dict(store.rows(CANDIDATES, latest_due.isoformat(), today.isoformat()))


def is_used(store: Store, reason: str) -> bool:
    """Say whether somebody was reminded for this reason before."""
    return store.row("SELECT 1 FROM action_reminders WHERE reason = ?", reason) is not None


def use(store: Store, reason: str, now: datetime) -> None:
    """Note that somebody is reminded for this reason."""
    store.run("INSERT INTO action_reminders VALUES (?, ?)", reason, stamp(now))

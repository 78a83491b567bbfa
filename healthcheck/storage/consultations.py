"""How practitioners and unions were consulted: one account an assessment, changed until sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.sign_off import Consultation
from healthcheck.storage.store import Store, stamp

if TYPE_CHECKING:
    from datetime import datetime


def find(store: Store, assessment_id: str) -> Consultation | None:
    """Return what was written so far, None when nothing was."""
    row = store.row(
        "SELECT practitioners, how, unions FROM consultations WHERE assessment_id = ?",
        assessment_id,
    )
    return Consultation(*row) if row else None


def save(
    store: Store, assessment_id: str, consultation: Consultation, person_id: str, now: datetime
) -> None:
    """Write it in place of what was written before."""
    store.run(
        "INSERT OR REPLACE INTO consultations VALUES (?, ?, ?, ?, ?, ?)",
        assessment_id,
        consultation.practitioners,
        consultation.how,
        consultation.unions,
        person_id,
        stamp(now),
    )

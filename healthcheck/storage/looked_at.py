"""Who looked at what was submitted, read from the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.storage.store import Store, stamp

if TYPE_CHECKING:
    from datetime import datetime


def was_noted(  # noqa: PLR0913 - who did what to which version, since when
    store: Store, kind: str, assessment_id: str, version: int, *, person_id: str, since: datetime
) -> bool:
    """Say whether a person's reading of a version was noted since a moment."""
    row = store.row(
        "SELECT 1 FROM events WHERE assessment_id = ? AND kind = ? AND person_id = ?"
        " AND happened_at > ? AND json_extract(detail, '$.version') = ? LIMIT 1",
        assessment_id,
        kind,
        person_id,
        stamp(since),
        version,
    )
    return row is not None

"""What happened, when, and who did it: rows that are only ever added."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthcheck.storage.store import Store, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Detail = str | int | list[str]


def add(  # noqa: PLR0913 - an event is these six things
    store: Store,
    kind: str,
    now: datetime,
    *,
    person_id: str | None = None,
    assessment_id: str | None = None,
    detail: Mapping[str, Detail] | None = None,
) -> None:
    """Write one event; `kind` is a past-tense word or two, such as `topic saved`."""
    store.run(
        "INSERT INTO events (happened_at, person_id, assessment_id, kind, detail)"
        " VALUES (?, ?, ?, ?, ?)",
        stamp(now),
        person_id,
        assessment_id,
        kind,
        json.dumps(detail or {}, ensure_ascii=False),
    )


def of(store: Store, assessment_id: str) -> list[tuple[str, str | None, dict[str, Detail]]]:
    """Return an assessment's events, oldest first: kind, the person's id and the detail."""
    rows = store.rows(
        "SELECT kind, person_id, detail FROM events WHERE assessment_id = ? ORDER BY number",
        assessment_id,
    )
    return [(kind, person_id, json.loads(detail)) for kind, person_id, detail in rows]

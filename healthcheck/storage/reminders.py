"""The health checks that somebody may have to be reminded of."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.steps import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthcheck.storage.store import Store


def candidates(
    store: Store, states: Collection[State], latest: date
) -> tuple[tuple[str, State, date], ...]:
    """Return id, state and deadline of what stands in a state and is due by a day, oldest first."""
    rows = store.rows(
        "SELECT id, state, due FROM assessments WHERE due <= ?"
        " AND state IN (SELECT value FROM json_each(?)) ORDER BY due, reference",
        latest.isoformat(),
        json.dumps(sorted(each.name for each in states)),
    )
    return tuple((id_, State[state], date.fromisoformat(due)) for id_, state, due in rows)

"""Which actions go on in a later plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthcheck.storage.store import Store


def carried_on(store: Store, action_ids: Collection[str]) -> frozenset[str]:
    """Return those of the actions that go on in a later plan, where they are worked from now on.

    One whose later plan was withdrawn is worked where it was.
    """
    rows = store.rows(
        "SELECT n.carried_from FROM actions n JOIN assessments s ON s.id = n.assessment_id"
        " WHERE n.carried_from IN (SELECT value FROM json_each(?)) AND s.state <> 'WITHDRAWN'",
        json.dumps([*action_ids]),
    )
    return frozenset(action_id for (action_id,) in rows)

"""How an event's hash is worked out, so that no row can be changed or taken out unseen."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_LINK = "0" * 64
"""What stands before the first event."""
TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def link(before: str, row: Sequence[str | int | None]) -> str:
    """Return the hash of an event: SHA-256 of the hash before it and of its own columns.

    The columns are number, happened_at, person_id, assessment_id, employer_id, kind and detail as
    stored, written as one JSON list without spaces.
    """
    content = TO_JSON.encode(list(row))
    return hashlib.sha256(f"{before}{content}".encode()).hexdigest()

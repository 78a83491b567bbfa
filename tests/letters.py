"""What was sent to whom, read as its receiver reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.people import World


def sent(world: World) -> list[tuple[str, str]]:
    """Return the kind and the receiver of every message, oldest first."""
    rows = world.as_(None).store.rows("SELECT kind, recipient FROM messages ORDER BY number")
    return [(kind, recipient) for kind, recipient in rows]


def last_text(world: World) -> str:
    """Return the plain text of the newest message."""
    text: str = world.as_(None).store.rows("SELECT text FROM messages ORDER BY number")[-1][0]
    return text


def token(world: World, path: str) -> str:
    """Return the secret at the end of the link under this path in the newest message."""
    found = re.search(rf"{path}/([\w-]+)", last_text(world))
    assert found is not None
    return found[1]

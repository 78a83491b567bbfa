"""Making the database ready when the program starts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from healthcheck.core.errors import ConfigurationError
from healthcheck.storage import assessments, migrations
from healthcheck.storage.store import connect

if TYPE_CHECKING:
    from pathlib import Path


def make_ready(database: Path, busy_seconds: int) -> list[tuple[str, str]]:
    """Make the database or bring it up to date; return the editions assessments were started on.

    Only its owner can read the file and its folder. Raises ConfigurationError when it cannot be
    opened.
    """
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        database.touch(mode=0o600)
        with closing(connect(database, busy_seconds)) as store:
            migrations.migrate(store)
            return assessments.editions(store)
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(f"The database “{database}” cannot be opened: {error}.") from error

"""A whole copy of the database while it is in use, and putting such a copy in its place.

The database is one file with everything in it, attachments and finished reports included, so the
copy is complete. Sessions come along; the key that signs cookies does not.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from healthcheck.core.errors import ConfigurationError
from healthcheck.storage.migrations import TABLES

PAGES_AT_ONCE = 1000
"""How much is copied between two chances for others to write."""


def backup(database: Path, target: Path) -> None:
    """Copy the database to a new file, consistent although others go on writing.

    The file appears under its name only when it is complete and was found sound. Raises
    ConfigurationError when there is no database, when the target exists or cannot be written.
    """
    if not database.is_file():
        raise ConfigurationError(f"There is no database at “{database}”.")
    if target.exists():
        raise ConfigurationError(f"“{target}” exists already. Name a new file.")
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.touch(mode=0o600)
        _copy(database, draft)
        _require_sound(draft)
        _settle(draft)
        draft.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(f"The copy could not be made: {error}.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def restore(source: Path, database: Path, *, replace: bool) -> Path | None:
    """Put a copy in the database's place; return where the one it replaced was moved to, if any.

    The program must not be running. Raises ConfigurationError when the copy is not sound or is no
    database of this program, and when there is a database already and `replace` is false; nothing
    has changed then.
    """
    _require_ours(source)
    if database.exists() and not replace:
        raise ConfigurationError(
            f"There is a database at “{database}” already. Say --replace to move it aside."
        )
    draft = database.with_name(f".{database.name}.part")
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        _copy(source, draft)
        _settle(draft)
        kept = _move_aside(database)
        draft.rename(database)
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(f"The copy could not be put in place: {error}.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return kept


def _copy(source: Path, target: Path) -> None:
    with (
        closing(_reading(source)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy, pages=PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode = DELETE")


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def _settle(path: Path) -> None:
    """Have the file's content on the disk before its name is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _require_ours(source: Path) -> None:
    try:
        _require_sound(source)
        with closing(_reading(source)) as copy:
            rows = copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(f"“{source}” is not a sound copy: {error}.") from error
    missing = sorted(set(TABLES) - {name for (name,) in rows})
    if missing:
        raise ConfigurationError(
            f"“{source}” is not a copy of this program’s database: it has no {missing[0]}."
        )


def _require_sound(path: Path) -> None:
    with closing(_reading(path)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        dangling = copy.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != "ok" or dangling is not None:
        raise sqlite3.DatabaseError(f"the check of its integrity says {verdict}")


def _move_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    with closing(sqlite3.connect(database, timeout=5)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = next(
        path
        for number in range(1, 10_000)
        if not (path := Path(f"{database}.before-restore-{number}")).exists()
    )
    database.rename(kept)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{database}{ending}").unlink()
    return kept

"""A connection to the database, with the one way to read and the one way to write.

No table is named here; each feature's module beside this one holds its own SQL.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from healthcheck.core.errors import BusyError, NoRoomError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from healthcheck.core.errors import ProductError

Row = tuple[Any, ...]
Parameter = str | int | bytes | None

PRIMARY = 0xFF
"""The part of an SQLite error code that names its family."""

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SECONDS_TO_WAIT = 5.0


class Store:
    """One connection; used by one thread at a time, and never carried into a forked process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for migrations and backups."""
        return self._connection

    def close(self) -> None:
        """Close the connection; what was not committed is dropped."""
        self._connection.close()

    def rows(self, sql: str, *parameters: Parameter) -> list[Row]:
        """Return every row of a query. Raises BusyError when the database stays locked."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise in_words(error) or error from error

    def row(self, sql: str, *parameters: Parameter) -> Row | None:
        """Return the first row of a query, None when there is none."""
        return next(iter(self.rows(sql, *parameters)), None)

    def run(self, sql: str, *parameters: Parameter) -> int:
        """Change the database inside `writing`; return how many rows changed.

        Raises RuntimeError outside it, so that no write escapes the one transaction.
        """
        if not self._connection.in_transaction:
            raise RuntimeError("A change must be made inside Store.writing.")
        return self._connection.execute(sql, parameters).rowcount

    @contextmanager
    def reading(self) -> Generator[None]:
        """See one unmoving picture of the database through several queries."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold the write lock for one transaction: everything inside is saved, or nothing is.

        Raises BusyError when another save holds the lock too long and NoRoomError when the disk
        is full; nothing is half-written then.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Generator[None]:
        try:
            self._connection.execute(begin)
            yield
            self._connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise in_words(error) or error from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def connect(path: Path | str, seconds_to_wait: float = SECONDS_TO_WAIT) -> Store:
    """Return a store on the database file, made when missing; `:memory:` is a database of its own.

    `seconds_to_wait` is how long a write waits for another to finish. Raises BusyError and
    NoRoomError.
    """
    try:
        connection = sqlite3.connect(
            path, timeout=seconds_to_wait, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise in_words(error) or error from error
    return Store(connection)


def in_words(error: sqlite3.Error | OSError) -> ProductError | None:
    """Return the error as people meet it, None when it is a fault of the program."""
    if isinstance(error, OSError):
        full, busy = error.errno in {errno.ENOSPC, errno.EDQUOT}, False
    else:
        code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
        full, busy = code == sqlite3.SQLITE_FULL, code in BUSY
    if full:
        return NoRoomError(
            "Nothing was saved, because the disk is full. Tell the person who runs this service."
        )
    if busy:
        return BusyError(
            "Nothing was saved, because someone else is saving. Wait a moment and try again."
        )
    return None


def stamp(moment: datetime) -> str:
    """Return an aware moment as stored: ISO 8601 in UTC, to the microsecond, so that text sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stamped: str) -> datetime:
    """Return a stored moment, aware and in UTC."""
    return datetime.fromisoformat(stamped)

"""A connection to the database, with the one way to read and the one way to write.

No table is named here; each feature's module beside this one holds its own SQL.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from healthcheck.core.errors import BusyError, NoRoomError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from healthcheck.core.errors import ProductError

Row = tuple[Any, ...]
Parameter = str | int | bytes | None

PRIMARY = 0xFF
"""The part of an SQLite error code that names its family."""

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SECONDS_TO_WAIT = 5.0
SECONDS_BETWEEN_TRIES = 0.001
PAGES_IN_THE_LOG = 4000
"""How long the log grows, in pages of 4 KB, before a save carries it over into the database.

That waits for the disk twice, and while many save, each of them does it anew until one finds nobody
reading. With SQLite's own 1,000 that was one save in ten; with this it is hardly one in fifty.
"""
MILLISECONDS_FOR_ORDER = 200
"""How long emptying the log waits for readers; others cannot save meanwhile."""
BUSY_WORDS = "Nothing was saved, because someone else is saving. Wait a moment and try again."
TURN = threading.Lock()
"""Held by the thread of this process that writes; other processes are kept out by the database."""


class Store:
    """One connection; used by one thread at a time, and never carried into a forked process."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        seconds_to_wait: float = SECONDS_TO_WAIT,
        log_path: str | None = None,
    ) -> None:
        self._connection = connection
        self._seconds_to_wait = seconds_to_wait
        self._log_path = log_path
        self._log: int | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for migrations and backups."""
        return self._connection

    def close(self) -> None:
        """Close the connection; what was not committed is dropped."""
        self._connection.close()
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def rows(self, sql: str, *parameters: Parameter) -> list[Row]:
        """Return every row of a query. Raises BusyError when the database stays locked."""
        try:
            return self._patiently(sql, parameters).fetchall()
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
        with self._turn(), self._transaction("BEGIN IMMEDIATE"):
            yield
        self._settle()

    def forget_order(self) -> bool:
        """Write the log into the database and empty it; say whether nobody was in the way.

        The log holds every save of late in the order of saving, and what they replaced is still in
        the database: for what must not be found by its time, or not at all.
        """
        self._connection.execute(f"PRAGMA busy_timeout = {MILLISECONDS_FOR_ORDER}")
        try:
            (blocked, *_) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if code_of(error) not in BUSY:
                raise
            return False
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")
        return not blocked

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Wait for this process's turn to write, so that its threads need not try and try again."""
        if not TURN.acquire(timeout=self._seconds_to_wait):
            raise BusyError(BUSY_WORDS)
        try:
            yield
        finally:
            TURN.release()

    def _patiently(self, sql: str, parameters: Sequence[Parameter] = ()) -> sqlite3.Cursor:
        """Run a statement as soon as no other connection keeps it from running.

        SQLite itself would wait in steps of up to 100 ms; a save holds its lock for one or two.
        """
        deadline = time.monotonic() + self._seconds_to_wait
        while True:
            try:
                return self._connection.execute(sql, parameters)
            except sqlite3.OperationalError as error:
                if code_of(error) not in BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(SECONDS_BETWEEN_TRIES)

    def _settle(self) -> None:
        """Have what was just committed on the disk before anybody is told that it is saved.

        SQLite could do so itself (synchronous = FULL), but while holding the write lock: then
        savers would wait for the disk one after another instead of together. Raises NoRoomError.
        """
        try:
            if self._log is None and self._log_path is not None:
                self._log = os.open(self._log_path, os.O_RDONLY)
            if self._log is not None:
                os.fdatasync(self._log)
        except OSError as error:
            raise in_words(error) or error from error

    @contextmanager
    def _transaction(self, begin: str) -> Generator[None]:
        try:
            self._patiently(begin)
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
        connection.execute("PRAGMA synchronous = NORMAL")  # see Store._settle
        connection.execute("PRAGMA busy_timeout = 0")  # see Store._patiently
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_IN_THE_LOG}")
        connection.execute("PRAGMA secure_delete = ON")  # what is taken out leaves no trace
    except sqlite3.Error as error:
        raise in_words(error) or error from error
    log_path = None if path == ":memory:" else f"{path}-wal"
    return Store(connection, seconds_to_wait, log_path)


def in_words(error: sqlite3.Error | OSError) -> ProductError | None:
    """Return the error as people meet it, None when it is a fault of the program."""
    if isinstance(error, OSError):
        full, busy = error.errno in {errno.ENOSPC, errno.EDQUOT}, False
    else:
        code = code_of(error)
        full, busy = code == sqlite3.SQLITE_FULL, code in BUSY
    if full:
        return NoRoomError(
            "Nothing was saved, because the disk is full. Tell the person who runs this service."
        )
    if busy:
        return BusyError(BUSY_WORDS)
    return None


def code_of(error: sqlite3.Error) -> int:
    """Return the family of an SQLite error, 0 when it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & PRIMARY


def stamp(moment: datetime) -> str:
    """Return an aware moment as stored: ISO 8601 in UTC, to the microsecond, so that text sorts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stamped: str) -> datetime:
    """Return a stored moment, aware and in UTC."""
    return datetime.fromisoformat(stamped)

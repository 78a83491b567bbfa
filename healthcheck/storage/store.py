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
    from collections.abc import Callable, Generator
    from pathlib import Path

    from healthcheck.core.errors import ProductError

Row = tuple[Any, ...]
Parameter = str | int | bytes | None

PRIMARY = 0xFF
"""The part of an SQLite error code that names its family."""

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
SECONDS_TO_WAIT = 5.0
SECONDS_BETWEEN_TRIES = 0.001
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
        with self._transaction(self._begin_reading):
            yield

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold the write lock for one transaction: everything inside is saved, or nothing is.

        Raises BusyError when another save holds the lock too long and NoRoomError when the disk
        is full; nothing is half-written then.
        """
        with self._turn(), self._transaction(self._begin_writing):
            yield
        self._settle()

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Wait for this process's turn to write, so that its threads need not try and try again."""
        if not TURN.acquire(timeout=self._seconds_to_wait):
            raise BusyError(BUSY_WORDS)
        try:
            yield
        finally:
            TURN.release()

    def _begin_reading(self) -> None:
        self._connection.execute("BEGIN")

    def _begin_writing(self) -> None:
        """Take the write lock as soon as it is free.

        SQLite itself waits in steps of up to 100 ms; a save holds the lock for one or two.
        """
        deadline = time.monotonic() + self._seconds_to_wait
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if code_of(error) not in BUSY or time.monotonic() > deadline:
                        raise
                    time.sleep(SECONDS_BETWEEN_TRIES)
                else:
                    return
        finally:
            wait = int(1000 * self._seconds_to_wait)
            self._connection.execute(f"PRAGMA busy_timeout = {wait}")

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
    def _transaction(self, begin: Callable[[], None]) -> Generator[None]:
        try:
            begin()
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
        connection.execute("PRAGMA foreign_keys = ON")
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

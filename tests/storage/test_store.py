from __future__ import annotations

import errno
import os
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import BusyError, NoRoomError
from healthcheck.storage.store import Store, connect, in_words, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "notes.sqlite3"
ADD = "INSERT INTO notes VALUES (?)"
ALL = "SELECT words FROM notes ORDER BY words"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = connect(tmp_path / FILE)
    store.connection.execute("CREATE TABLE notes (words TEXT NOT NULL) STRICT")
    yield store
    store.close()


@pytest.fixture
def impatient(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Give a second connection to the same file that hardly waits."""
    del store
    second = connect(tmp_path / FILE, seconds_to_wait=0.01)
    yield second
    second.close()


def save(store: Store, *words: str, fault: Exception | None = None) -> None:
    with store.writing():
        for each in words:
            store.run(ADD, each)
        if fault is not None:
            raise fault


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("wal_autocheckpoint", 4000),
    ],
)
def test_every_connection_is_set_up_to_lose_nothing(
    store: Store, pragma: str, value: str | int
) -> None:
    assert store.row(f"PRAGMA {pragma}") == (value,)


def test_what_is_written_in_a_transaction_is_there_for_others(
    store: Store, impatient: Store
) -> None:
    with store.writing():
        store.run(ADD, "kept")
    assert impatient.rows(ALL) == [("kept",)]


def test_a_save_is_on_the_disk_before_it_is_acknowledged(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    settle = os.fdatasync

    def note(descriptor: int) -> None:
        happened.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        settle(descriptor)

    monkeypatch.setattr(os, "fdatasync", note)
    store.connection.set_trace_callback(happened.append)
    save(store, "kept")
    happened.append("acknowledged")
    log = str(tmp_path / f"{FILE}-wal")
    assert happened[-3:] == ["COMMIT", log, "acknowledged"]


def test_a_disk_that_fails_at_the_last_moment_is_not_called_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left", descriptor)

    monkeypatch.setattr(os, "fdatasync", full)
    with pytest.raises(NoRoomError):
        save(store, "perhaps")


def test_a_fault_inside_a_transaction_takes_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        save(store, "lost", fault=ZeroDivisionError())
    assert store.rows(ALL) == []


def test_a_write_outside_a_transaction_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match=r"inside Store\.writing"):
        store.run(ADD, "escaped")
    assert store.rows(ALL) == []


def test_run_says_how_many_rows_it_changed(store: Store) -> None:
    with store.writing():
        store.run(ADD, "one")
        store.run(ADD, "two")
        assert store.run("DELETE FROM notes") == 2


def test_a_save_beside_another_that_does_not_end_is_busy_and_writes_nothing(
    store: Store, impatient: Store
) -> None:
    with store.writing():
        store.run(ADD, "first")
        with pytest.raises(BusyError, match="someone else is saving"), impatient.writing():
            impatient.run(ADD, "second")
    assert impatient.rows(ALL) == [("first",)]


def test_a_busy_connection_can_save_later(store: Store, impatient: Store) -> None:
    with store.writing(), pytest.raises(BusyError), impatient.writing():
        pass
    with impatient.writing():
        impatient.run(ADD, "later")
    assert store.rows(ALL) == [("later",)]


def test_reading_goes_on_while_another_saves(store: Store, impatient: Store) -> None:
    with store.writing():
        store.run(ADD, "not yet")
        assert impatient.rows(ALL) == []


def test_a_locked_database_is_busy_for_readers_too(store: Store, impatient: Store) -> None:
    impatient.connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    store.close()
    with impatient.writing():
        impatient.run(ADD, "mine alone")
    path = impatient.rows("PRAGMA database_list")[0][2]
    with pytest.raises(BusyError):
        connect(path, seconds_to_wait=0.01)


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(store: Store) -> None:
    (pages,) = store.rows("PRAGMA page_count")[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NoRoomError, match="the disk is full"):
        save(store, "small", "large" * 10_000)
    assert store.rows(ALL) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_the_system_saying_the_disk_is_full_is_the_same(store: Store, number: int) -> None:
    with pytest.raises(NoRoomError):
        save(store, "lost", fault=OSError(number, "No space left on device"))
    assert store.rows(ALL) == []


def test_a_fault_of_the_program_stays_what_it_is(store: Store) -> None:
    assert in_words(OSError(errno.EACCES, "Permission denied")) is None
    with pytest.raises(sqlite3.OperationalError, match="no such table: typo"):
        store.rows("SELECT * FROM typo")
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        store.run(ADD, None)


def test_reading_sees_one_picture_through_several_queries(store: Store, impatient: Store) -> None:
    with impatient.reading():
        before = impatient.rows(ALL)
        with store.writing():
            store.run(ADD, "meanwhile")
        assert impatient.rows(ALL) == before == []
    assert impatient.rows(ALL) == [("meanwhile",)]


def test_row_is_none_when_nothing_fits(store: Store) -> None:
    assert store.row(ALL) is None


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path)


def test_moments_are_stored_in_universal_time_so_that_their_text_sorts() -> None:
    summer = timezone(timedelta(hours=1))
    earlier = datetime(2026, 7, 1, 0, 30, tzinfo=summer)
    later = datetime(2026, 6, 30, 23, 45, tzinfo=UTC)
    assert stamp(earlier) == "2026-06-30T23:30:00.000000+00:00"
    assert stamp(earlier) < stamp(later)
    assert moment(stamp(earlier)) == earlier


def test_what_is_taken_out_leaves_no_trace_and_no_order(
    store: Store, impatient: Store, tmp_path: Path
) -> None:
    private = 2000 * "Private words. "
    save(store, private)
    assert store.forget_order()
    with store.writing():
        store.run("DELETE FROM notes")
        assert not store.forget_order()
    with impatient.reading():
        assert impatient.rows(ALL) == []
        save(store, "Of no use.")
        assert not store.forget_order()
    assert store.forget_order()
    files = [tmp_path / f"{FILE}{ending}" for ending in ("", "-wal")]
    assert not any(b"Private words." in each.read_bytes() for each in files)
    assert files[1].stat().st_size == 0

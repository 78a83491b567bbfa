from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from healthcheck.storage import events
from healthcheck.storage.migrations import TABLES, migrate
from healthcheck.storage.store import Store, connect
from tests.people import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store() -> Iterator[Store]:
    store = connect(":memory:")
    migrate(store)
    yield store
    store.close()


def test_the_tables_are_those_that_are_named(store: Store) -> None:
    made = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ours = {name for (name,) in made if not name.startswith(("sqlite_", "_"))}
    assert ours == set(TABLES)


def test_every_table_refuses_values_of_a_wrong_type(store: Store) -> None:
    strict = store.rows("SELECT name FROM pragma_table_list WHERE strict AND schema = 'main'")
    assert {name for (name,) in strict} == set(TABLES)


def test_migrating_twice_changes_nothing(store: Store) -> None:
    before = store.rows("SELECT * FROM sqlite_schema")
    migrate(store)
    assert store.rows("SELECT * FROM sqlite_schema") == before


def test_two_programs_starting_together_make_the_tables_once(tmp_path: Path) -> None:
    first, second = connect(tmp_path / "one"), connect(tmp_path / "one")
    migrate(first)
    migrate(second)
    applied = second.rows("SELECT name FROM _sqlite_migrations")
    first.close()
    second.close()
    assert applied == [
        ("m001_first_tables",),
        ("m002_people",),
        ("m003_cycle",),
        ("m004_review",),
        ("m005_chain",),
    ]


@pytest.mark.parametrize("change", ["DELETE FROM events", "UPDATE events SET kind = 'forged'"])
def test_what_happened_can_be_neither_changed_nor_removed(store: Store, change: str) -> None:
    with store.writing():
        events.add(store, "employer added", NOW)
    with pytest.raises(sqlite3.IntegrityError, match="events only grows"), store.writing():
        store.run(change)
    assert store.rows("SELECT kind FROM events") == [("employer added",)]

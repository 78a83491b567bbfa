from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from healthcheck.storage import events
from healthcheck.storage.migrations import MIGRATIONS, TABLES, migrate
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
    names = [each.name for each in MIGRATIONS.pending(Database(memory=True))]
    assert applied == [(name,) for name in names]
    assert [name[:5] for name in names] == [f"m{n:03}_" for n in range(1, len(names) + 1)]


def test_pdfs_that_were_published_before_are_known_too() -> None:
    store = connect(":memory:")
    database = Database(store.connection)
    MIGRATIONS.apply(database, stop_before="m009_published_pdfs")
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.writing():
        store.run(
            "INSERT INTO publications (assessment_id, version, address, own_words, published_by,"
            " published_at) VALUES ('a', 1, 'here', 0, 'p', 't'), ('b', 1, 'not-made', 0, 'p', 't')"
        )
        store.run(
            "INSERT INTO report_jobs (key, assessment_id, number, state, pdf, asked_by, asked_at)"
            " VALUES ('published-here', 'a', 1, 'ready', x'25', 'p', 't')"
        )
    migrate(store)
    known = store.rows("SELECT address, pdf_sha256 FROM publications ORDER BY address")
    made = store.rows("SELECT pdf_sha256 FROM report_jobs")
    store.close()
    assert made == [(sha256(b"%").hexdigest(),)]
    assert known == [("here", sha256(b"%").hexdigest()), ("not-made", None)]


def test_history_kept_before_it_was_ordered_anew_is_there_and_only_grows() -> None:
    store = connect(":memory:")
    MIGRATIONS.apply(Database(store.connection), stop_before="m016_writing_less")
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.writing():
        store.run(
            "INSERT INTO entry_history VALUES ('a', 'b', 1, '{}', 'p', 't'),"
            " ('a', 'a', 2, '{}', 'p', 't'), ('a', 'a', 1, '{}', 'p', 't')"
        )
    before = store.rows("SELECT rowid, * FROM entry_history")
    migrate(store)
    assert store.rows("SELECT rowid, * FROM entry_history ORDER BY rowid") == before
    with pytest.raises(sqlite3.IntegrityError, match="only grows"), store.writing():
        store.run("DELETE FROM entry_history")
    store.close()


def test_reports_with_a_name_made_before_stay_with_who_manages_the_team() -> None:
    store = connect(":memory:")
    MIGRATIONS.apply(Database(store.connection), stop_before="m017_caseload_told")
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.writing():
        store.run(
            "INSERT INTO teams (id, employer_id, name, service, schemes, created_by, created_at)"
            " VALUES ('team', 'e', 'Duty', 'adults', '[]', 'p', 't')"
        )
        store.run("INSERT INTO team_managers VALUES ('team', 'mia'), ('team', 'gone')")
        store.run("INSERT INTO memberships VALUES ('mia', 'e', 'MANAGER')")
        for id_, by, code in (("named", "pat", None), ("own", "mia", None), ("not", None, "c")):
            store.run(
                "INSERT INTO caseload_reports (id, reference, employer_id, service, team_id,"
                " raised_by, code_hash, problem, wish, days, made_on)"
                " VALUES (?1, ?1, 'e', 'adults', 'team', ?2, ?3, '', '', 10, '2026-03-02')",
                id_,
                by,
                code,
            )
    migrate(store)
    told = store.rows("SELECT * FROM caseload_told")
    store.close()
    assert told == [("named", "mia")]


@pytest.mark.parametrize("change", ["DELETE FROM events", "UPDATE events SET kind = 'forged'"])
def test_what_happened_can_be_neither_changed_nor_removed(store: Store, change: str) -> None:
    with store.writing():
        events.add(store, "employer added", NOW)
    with pytest.raises(sqlite3.IntegrityError, match="events only grows"), store.writing():
        store.run(change)
    assert store.rows("SELECT kind FROM events") == [("employer added",)]

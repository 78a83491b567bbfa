from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from healthcheck import bootstrap
from healthcheck.core.errors import ConfigurationError
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import Upload, attachment
from healthcheck.storage.backups import backup, restore
from tests.people import ALICE, offer

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.config import Config
    from tests.people import World


@pytest.fixture
def database(config: Config, world: World) -> Path:
    ctx = world.as_(ALICE)
    file = Upload("levels.csv", b"level,cases\n1,12\n")
    entry = {"agreed-scheme": offer("2", evidence="Minutes of May.")}
    save_topic(ctx, world.northmeres.id, "scheme", entry, {"agreed-scheme": [file]})
    return config.database


def level(world: World) -> tuple[str, ...]:
    """Return the level stored now, read through a product of its own."""
    config = world.product.config
    with closing(bootstrap.load(config)) as product, product.context(ALICE) as ctx:
        return opened(ctx, world.northmeres.id).saved["agreed-scheme"].entry.value


def test_a_copy_taken_in_the_middle_of_a_save_has_what_was_saved_before(
    database: Path, world: World, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM entries")
        backup(database, copy)
        other.execute("ROLLBACK")
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT question_id FROM entries").fetchall() == [("agreed-scheme",)]
        assert copied.execute("SELECT count(*) FROM contents").fetchone() == (1,)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert level(world) == ("2",)


def test_a_restored_copy_is_what_was_backed_up_and_the_other_is_kept(
    database: Path, world: World, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(database, copy)
    entry = {"agreed-scheme": offer("3", based_on=1)}
    save_topic(world.as_(ALICE), world.northmeres.id, "scheme", entry, {})
    world.open_until_the_end.close()
    world.product.close()
    kept = restore(copy, database, replace=True)
    assert level(world) == ("2",)
    assert kept == database.with_name("healthcheck.sqlite3.before-restore-1")
    with closing(sqlite3.connect(kept)) as replaced:
        (entry_then,) = replaced.execute("SELECT entry FROM entries").fetchone()
    assert '"3"' in entry_then
    config = world.product.config
    with closing(bootstrap.load(config)) as product, product.context(ALICE) as ctx:
        (file,) = opened(ctx, world.northmeres.id).attachments["agreed-scheme"]
        assert attachment(ctx, world.northmeres.id, file.id)[1] == b"level,cases\n1,12\n"


def test_a_copy_can_be_put_where_there_was_nothing(database: Path, tmp_path: Path) -> None:
    copy, place = tmp_path / "copy.sqlite3", tmp_path / "elsewhere/healthcheck.sqlite3"
    backup(database, copy)
    assert restore(copy, place, replace=False) is None
    with closing(sqlite3.connect(place)) as restored:
        assert restored.execute("SELECT count(*) FROM people").fetchone() == (4,)


def test_a_database_in_place_is_not_replaced_without_being_told_to(
    database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(database, copy)
    before = database.read_bytes()
    with pytest.raises(ConfigurationError, match="Say --replace"):
        restore(copy, database, replace=False)
    assert database.read_bytes() == before


def test_a_torn_copy_is_refused_and_nothing_changes(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(database, copy)
    whole = bytearray(copy.read_bytes())
    whole[8192:12288] = b"\xff" * 4096
    copy.write_bytes(whole)
    before = database.read_bytes()
    with pytest.raises(ConfigurationError, match="not a sound copy"):
        restore(copy, database, replace=True)
    assert database.read_bytes() == before
    assert sorted(path.suffix for path in tmp_path.glob("*.part")) == []


def test_another_programs_database_is_refused(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE recipes (name)")
    with pytest.raises(ConfigurationError, match="it has no action_history"):
        restore(other, database, replace=True)


def test_a_file_that_is_no_database_is_refused(database: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite3"
    text.write_text("not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(ConfigurationError, match="not a sound copy"):
        restore(text, database, replace=True)


def test_a_copy_is_not_written_over_another_file(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("last week's")
    with pytest.raises(ConfigurationError, match="exists already"):
        backup(database, copy)
    assert copy.read_text() == "last week's"


def test_there_must_be_something_to_copy_and_somewhere_to_put_it(
    database: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match="There is no database"):
        backup(tmp_path / "nothing.sqlite3", tmp_path / "copy.sqlite3")
    with pytest.raises(ConfigurationError, match="could not be made"):
        backup(database, tmp_path / "missing" / "copy.sqlite3")


def test_a_place_that_cannot_be_written_to_is_said(database: Path, tmp_path: Path) -> None:
    copy, blocked = tmp_path / "copy.sqlite3", tmp_path / "blocked"
    backup(database, copy)
    blocked.write_text("a file where a folder should be")
    with pytest.raises(ConfigurationError, match="could not be put in place"):
        restore(copy, blocked / "healthcheck.sqlite3", replace=False)

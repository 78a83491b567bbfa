"""The audit, run as a person runs it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from click.testing import CliRunner

from healthcheck.cli import main
from tests import reviewing

if TYPE_CHECKING:
    from click.testing import Result

    from tests.people import World


def audit(world: World) -> Result:
    return CliRunner().invoke(main, ["audit"], env=world.product.config.environment())


def test_a_whole_record_is_said_to_be_whole(world: World) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    done = audit(world)
    (count, last) = world.as_(None).store.rows("SELECT max(number), hash FROM events")[0]
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.output == (
        f"Nothing was changed or taken out. Events: {count}. Versions: 1. Files: 1.\n"
        f"The last event is {count}, with the hash {last}.\n"
    )


def test_the_first_break_is_named_and_the_command_fails(world: World) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    with closing(sqlite3.connect(world.product.config.database)) as connection:
        connection.execute("DROP TRIGGER events_refuses_UPDATE")
        connection.execute("DROP TRIGGER versions_refuses_change")
        connection.execute("UPDATE events SET person_id = NULL WHERE number = 4")
        connection.execute("UPDATE versions SET content = replace(content, '40', '400')")
        connection.commit()
    done = audit(world)
    assert done.exit_code == 1
    assert done.stderr == (
        "The chain of events breaks at event 4: it, or one before it, was changed or taken out.\n"
        f"Version 1 of {world.northmeres.id} does not have its fingerprint: its content was"
        " changed.\n"
    )

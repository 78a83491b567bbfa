from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.versions import fingerprint
from healthcheck.services.audit import audit
from healthcheck.storage import versions
from healthcheck.storage.chain import FIRST_LINK
from tests import reviewing

if TYPE_CHECKING:
    from tests.people import World

PDF = b"%PDF-1.7 the report"


@pytest.fixture(name="submitted")
def northmeres_submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    store = world.as_(None).store
    with store.writing():
        versions.keep_pdf(store, world.northmeres.id, 1, PDF)
    return world


def tamper(world: World, *statements: str) -> None:
    """Change the database as somebody could who has the file, triggers or not."""
    store = world.as_(None).store
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.writing():
        for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.run(f"DROP TRIGGER {name}")
        for each in statements:
            store.run(each)


def faults(world: World) -> tuple[str, ...]:
    found = audit(world.as_(None))
    assert found.first_break is None
    return tuple(each.replace(world.northmeres.id, "N") for each in found.faults)


def test_a_record_that_is_whole_has_no_fault(submitted: World) -> None:
    found = audit(submitted.as_(None))
    assert (found.first_break, found.faults) == (None, ())
    assert (found.versions, found.files) == (1, 1)
    (count, last) = submitted.as_(None).store.rows("SELECT max(number), hash FROM events")[0]
    assert (found.events, found.last_hash) == (count, last)


def test_an_empty_record_is_whole(world: World) -> None:
    tamper(world, "DELETE FROM events")
    found = audit(world.as_(None))
    assert (found.events, found.first_break, found.last_hash) == (0, None, FIRST_LINK)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE events SET detail = '{\"by\": 1}' WHERE number = 3", 3),
        ("UPDATE events SET detail = 'not JSON' WHERE kind = 'signed and submitted'", None),
        ("DELETE FROM events WHERE number = 3", 4),
    ],
)
def test_the_first_event_that_does_not_fit_is_named(
    submitted: World, statement: str, broken: int | None
) -> None:
    signed = submitted.as_(None).store.rows(
        "SELECT number FROM events WHERE kind = 'signed and submitted'"
    )[0][0]
    tamper(submitted, statement)
    found = audit(submitted.as_(None))
    assert found.first_break == (broken or signed)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE versions SET content = replace(content, 'forums', 'dreams')",
            "Version 1 of N does not have its fingerprint: its content was changed.",
        ),
        ("DELETE FROM versions", "Version 1 of N was signed, but it is not there."),
        (
            "UPDATE versions SET number = 2",
            "Version 2 of N stands without the event of its signing.",
        ),
        ("UPDATE versions SET pdf = x'00'", "Version 1 of N has a PDF that was changed or taken"),
        ("UPDATE versions SET pdf = NULL", "Version 1 of N has a PDF that was changed or taken"),
        ("DELETE FROM contents", "Version 1 of N names the file “scheme.txt”, which is not there."),
        ("UPDATE contents SET content = x'00'", "The file with the fingerprint "),
    ],
)
def test_what_does_not_fit_is_named(submitted: World, statement: str, fault: str) -> None:
    tamper(submitted, statement)
    assert [each for each in faults(submitted) if each.startswith(fault)]


def test_a_version_written_anew_with_a_fingerprint_of_its_own_is_found(submitted: World) -> None:
    signed = versions.get(submitted.as_(None).store, submitted.northmeres.id, 1).content
    text = signed.replace("forums", "dreams")
    quoted = text.replace("'", "''")
    forged = f"content = '{quoted}', fingerprint = '{fingerprint(text)}'"
    tamper(submitted, f"UPDATE versions SET {forged}")  # noqa: S608 - what a forger would do
    assert faults(submitted) == (
        "Version 1 of N is not what was signed: its event has another fingerprint.",
    )

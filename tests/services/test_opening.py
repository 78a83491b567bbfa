from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services.assessments import mine, opened, save_topic
from healthcheck.services.attachments import Upload, remove_attachment
from healthcheck.services.shelf import Opened, Shelf
from healthcheck.storage import accounts
from tests.people import ALICE, BOB, NORTHMERE, VERA, offer

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World

FILE = Upload("levels.csv", b"level,cases\n1,12\n")


def afresh(ctx: Context, assessment_id: str) -> Opened:
    """Return the assessment as a process that has just started would open it."""
    return opened(replace(ctx, shelf=Shelf()), assessment_id)


def test_what_is_kept_is_what_would_be_read_after_every_kind_of_change(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2", evidence="May.")}, {})
    assert opened(bob, id_) == afresh(bob, id_)
    save_topic(bob, id_, "scheme", {"agreed-scheme": offer("9", based_on=1)}, {})
    assert opened(alice, id_) == afresh(alice, id_)
    assert "agreed-scheme" in opened(alice, id_).problems
    save_topic(alice, id_, "scheme", {"employs-new": offer("yes")}, {"agreed-scheme": [FILE]})
    assert opened(bob, id_) == afresh(bob, id_)
    (file,) = opened(alice, id_).attachments["agreed-scheme"]
    remove_attachment(alice, id_, file.id)
    assert opened(bob, id_) == afresh(bob, id_)
    save_topic(alice, id_, "allocation", {"who-allocates": offer("panel")}, {}, "scheme")
    assert opened(alice, id_) == afresh(alice, id_)
    assert opened(alice, id_).place == "scheme"


def test_an_unchanged_assessment_is_worked_out_once(world: World) -> None:
    first = opened(world.as_(ALICE), world.northmeres.id)
    assert opened(world.as_(BOB), world.northmeres.id).journey is first.journey


def test_another_process_that_saved_is_noticed(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    opened(ctx, id_)
    elsewhere = replace(world.as_(BOB), shelf=Shelf())
    save_topic(elsewhere, id_, "scheme", {"agreed-scheme": offer("1")}, {})
    assert opened(ctx, id_).saved["agreed-scheme"].entry.value == ("1",)
    assert opened(ctx, id_) == afresh(ctx, id_)


def test_what_a_person_may_do_is_never_kept(world: World) -> None:
    id_ = world.northmeres.id
    assert opened(world.as_(ALICE), id_).may_answer
    vera = world.as_(VERA)
    assert not opened(vera, id_).may_answer
    with vera.store.writing():
        accounts.add_role(vera.store, VERA.id, NORTHMERE.id, Role.CONTRIBUTOR)
    assert opened(vera, id_).may_answer


def test_a_save_that_failed_leaves_nothing_on_the_shelf(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    before = opened(ctx, id_)
    with ctx.store.writing():
        ctx.store.run(
            "CREATE TRIGGER stop BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="no"):
        save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    assert opened(ctx, id_) == before == afresh(ctx, id_)


def test_a_full_shelf_begins_anew(world: World) -> None:
    shelf = Shelf(most=1)
    alice = replace(world.as_(ALICE), shelf=shelf)
    kept = opened(alice, world.northmeres.id)
    assert shelf.get(kept.assessment) is not None
    shelf.put(replace(kept, assessment=world.southmeres))
    assert shelf.get(kept.assessment) is None
    assert [each.assessment.id for each in mine(alice)] == [world.northmeres.id]


def test_the_time_of_a_save_is_kept_as_it_is_stored(world: World) -> None:
    world.clock.forward(timedelta(microseconds=123))
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    kept, read = opened(ctx, id_), afresh(ctx, id_)
    assert kept.saved["agreed-scheme"].saved_at == read.saved["agreed-scheme"].saved_at == ctx.now
    assert kept.assessment.changed_at == read.assessment.changed_at

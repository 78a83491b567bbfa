from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.answers import Entry
from healthcheck.core.saving import Saved
from healthcheck.storage import assessments
from tests.people import ALICE, BOB, NOW, VERA

if TYPE_CHECKING:
    from tests.people import World

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ENTRIES = st.builds(
    Entry, st.lists(WORDS, max_size=3).map(tuple), st.booleans(), WORDS, WORDS, WORDS
)


@given(ENTRIES)
def test_an_entry_comes_back_exactly_as_it_was_typed(entry: Entry) -> None:
    assert assessments.decoded(assessments.encoded(entry)) == entry


def test_a_blank_entry_takes_no_room() -> None:
    assert assessments.encoded(Entry()) == "{}"


def test_the_history_keeps_every_version_beside_the_current_one(world: World) -> None:
    store, id_ = world.as_(None).store, world.northmeres.id
    first, second = Entry(("1",)), Entry(("2",), evidence="Ŵyr 🦉")
    with store.writing():
        assessments.save(store, id_, {"agreed-scheme": first}, ALICE.id, NOW)
        assessments.save(store, id_, {"agreed-scheme": second}, BOB.id, NOW)
    now = assessments.entries(store, id_)
    assert now == {id_: {"agreed-scheme": Saved(second, 2, BOB.name, NOW)}}
    assert assessments.entry_at(store, id_, "agreed-scheme", 1) == first
    assert assessments.entry_at(store, id_, "agreed-scheme", 2) == second
    assert assessments.entry_at(store, id_, "agreed-scheme", 3) is None


@pytest.mark.parametrize(
    "change", ["DELETE FROM entry_history", "UPDATE entry_history SET entry=''"]
)
def test_the_history_can_be_neither_changed_nor_removed(world: World, change: str) -> None:
    store, id_ = world.as_(None).store, world.northmeres.id
    with store.writing():
        assessments.save(store, id_, {"agreed-scheme": Entry(("1",))}, ALICE.id, NOW)
    with pytest.raises(sqlite3.IntegrityError, match="entry_history only grows"), store.writing():
        store.run(change)
    assert assessments.entry_at(store, id_, "agreed-scheme", 1) == Entry(("1",))


def test_entries_of_several_assessments_come_in_one_query_each_under_its_own(world: World) -> None:
    store, ids = world.as_(None).store, (world.northmeres.id, world.southmeres.id)
    with store.writing():
        for id_, level in zip(ids, "12", strict=True):
            assessments.save(store, id_, {"agreed-scheme": Entry((level,))}, ALICE.id, NOW)
    found = assessments.entries(store, *ids)
    assert {id_: found[id_]["agreed-scheme"].entry.value for id_ in ids} == {
        ids[0]: ("1",),
        ids[1]: ("2",),
    }


def test_an_employer_has_one_assessment_of_a_service_in_a_cycle(world: World) -> None:
    store = world.as_(None).store
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        assessments.add(store, world.northmeres)


def test_a_place_is_each_persons_own(world: World) -> None:
    store, id_ = world.as_(None).store, world.northmeres.id
    with store.writing():
        assessments.remember_place(store, ALICE.id, id_, "scheme")
        assessments.remember_place(store, BOB.id, id_, "posts")
        assessments.remember_place(store, ALICE.id, id_, "allocation")
    places = [assessments.find(store, id_, each.id) for each in (ALICE, BOB, VERA)]
    assert [each.place for each in places if each] == ["allocation", "posts", None]


def test_the_editions_in_use_are_each_named_once(world: World) -> None:
    assert assessments.editions(world.as_(None).store) == [("small-check", "2026")]

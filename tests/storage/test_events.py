from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from healthcheck.storage import events
from healthcheck.storage.migrations import migrate
from healthcheck.storage.store import Store, connect
from tests.people import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store() -> Iterator[Store]:
    store = connect(":memory:")
    migrate(store)
    with store.writing():
        for number in range(5):
            events.add(store, f"thing {number} done", NOW, detail={"by": "Siân"})
    yield store
    store.close()


def forge(store: Store, change: str) -> None:
    """Change what can only grow, as somebody could who holds the file."""
    for (trigger,) in store.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
        store.connection.execute(f"DROP TRIGGER {trigger}")
    store.connection.execute(change)


def test_a_chain_left_alone_has_no_break(store: Store) -> None:
    assert events.first_break(store) == (5, None)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE events SET kind = 'nothing' WHERE number = 1", 1),
        ("UPDATE events SET detail = '{}' WHERE number = 3", 3),
        ("UPDATE events SET happened_at = '2020-01-01' WHERE number = 5", 5),
        ("DELETE FROM events WHERE number = 2", 3),
        ("DELETE FROM events WHERE number = 1", 2),
        ("UPDATE events SET number = 9 WHERE number = 5", 9),
        ("UPDATE events SET hash = (SELECT hash FROM events WHERE number = 1) WHERE number = 4", 4),
    ],
)
def test_the_first_break_is_named(store: Store, change: str, number: int) -> None:
    forge(store, change)
    assert events.first_break(store)[1] == number


def test_each_event_carries_a_hash_of_its_own(store: Store) -> None:
    hashes = [value for (value,) in store.rows("SELECT hash FROM events")]
    assert len(set(hashes)) == 5
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes)

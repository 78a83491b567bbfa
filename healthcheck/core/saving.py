"""Saving beside a colleague: what each started from decides what may be written.

An entry goes in when nobody changed it since the page was opened, or when it says the same. Where
both changed it, neither is dropped: the second person is shown the two versions and chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry, clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

BLANK = Entry()


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as stored; `revision` counts this question's saves from 1, and 0 is never saved."""

    entry: Entry = BLANK
    revision: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry as posted, with the revision its page was opened on.

    A negative revision says that a choice between two versions is still to be made.
    """

    entry: Entry
    based_on: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions of one answer: what a colleague saved meanwhile, and what is offered now."""

    question_id: str
    theirs: Saved
    yours: Entry


@dataclass(frozen=True, slots=True)
class Merge:
    """What to write, and what a person has to choose."""

    changes: Mapping[str, Entry]
    clashes: tuple[Clash, ...]


def merge(
    stored: Mapping[str, Saved], started_from: Mapping[str, Entry], offered: Mapping[str, Offered]
) -> Merge:
    """Return the entries to write and the clashes to show.

    `started_from` holds, for each question saved since its page was opened, the entry the page
    was opened on.
    """
    changes: dict[str, Entry] = {}
    clashes: list[Clash] = []
    for question_id, offer in offered.items():
        now = stored.get(question_id, Saved())
        if says_same(offer.entry, now.entry):
            continue
        if offer.based_on == now.revision:
            changes[question_id] = offer.entry
        elif offer.based_on < 0 or not says_same(offer.entry, started_from.get(question_id, BLANK)):
            clashes.append(Clash(question_id, now, offer.entry))
    return Merge(changes, tuple(clashes))


def says_same(one: Entry, other: Entry) -> bool:
    """Say whether two entries are the same but for what a browser changes by itself.

    That is the kind of line end, space around a text, and an empty box sent or not sent.
    """
    return _plain(one) == _plain(other)


def _plain(entry: Entry) -> tuple[object, ...]:
    return (
        [text for each in entry.value if (text := clean(each).strip())],
        entry.not_applicable,
        clean(entry.reason).strip(),
        clean(entry.evidence).strip(),
        clean(entry.links).strip(),
    )

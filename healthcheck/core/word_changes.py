"""What changed between two texts, word by word.

Put back together, the pieces that stayed and those that went are the old text, exactly; those that
stayed and those that came are the new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"\S+\s*|\s+")
"""A word with the space behind it; words are compared without it, so a new line changes none."""
MOST_COMPARED = 2500
"""Words of a text, after what is alike at both ends, that are compared one by one.

A text of more is shown as replaced as a whole: nobody could follow the difference, and one made to
be slow to compare would hold the page up.
"""


class Fate(Enum):
    """What became of a piece of text; the value is the word that pages read out."""

    STAYED = "stayed"
    WENT = "removed"
    CAME = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that share a fate."""

    fate: Fate
    text: str


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in reading order; what went stands before what came."""
    before, after = WORD.findall(old), WORD.findall(new)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    middle_before, middle_after = before[start : len(before) - end], after[start : len(after) - end]
    found = [*_same(before[:start], after[:start])]
    found += _compared(middle_before, middle_after)
    found += _same(before[len(before) - end :], after[len(after) - end :])
    return _joined(found)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two lists begin with alike."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if _bare(mine) != _bare(yours):
            break
        count += 1
    return count


def _bare(word: str) -> str:
    """Return a word without the space behind it; nothing else is left of space alone."""
    return word.rstrip()


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Fate, list[str]]]:
    """Yield words that stayed, and the space behind each where that is another now."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            yield Fate.STAYED, [old]
        else:
            length = len(_bare(old))
            yield Fate.STAYED, [old[:length]]
            yield Fate.WENT, [old[length:]]
            yield Fate.CAME, [new[length:]]


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[Fate, list[str]]]:
    if max(len(before), len(after)) > MOST_COMPARED:
        yield Fate.WENT, before
        yield Fate.CAME, after
        return
    bare = [_bare(each) for each in before], [_bare(each) for each in after]
    for what, start, end, new_start, new_end in SequenceMatcher(None, *bare).get_opcodes():
        if what == "equal":
            yield from _same(before[start:end], after[new_start:new_end])
        else:
            yield Fate.WENT, before[start:end]
            yield Fate.CAME, after[new_start:new_end]


def _joined(found: list[tuple[Fate, list[str]]]) -> tuple[Piece, ...]:
    """Return the pieces without empty ones, neighbours of one fate made one."""
    pieces: list[Piece] = []
    for fate, words in found:
        text = "".join(words)
        if pieces and pieces[-1].fate is fate:
            pieces[-1] = Piece(fate, pieces[-1].text + text)
        elif text:
            pieces.append(Piece(fate, text))
    return tuple(pieces)

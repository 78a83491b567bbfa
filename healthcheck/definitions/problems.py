"""A located problem in a file, and the phrases that every problem is written with.

Nothing here reads a file or knows what a questionnaire is.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from healthcheck.core.errors import ProductError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_LISTED = 12
MOST_COMPARED = 500
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on one line of a file; lines count from 1. As text: `file:line: sentence`."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class FaultyDefinitionsError(ProductError):
    """Raised when definitions cannot be used; its text is every problem, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by line, each once; those of one line in the order they were found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line))


def shown(value: object) -> str:
    """Return a value in quotation marks, cut short when long; a list or mapping is only named."""
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    text = " ".join(str(value).split())
    cut = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"
    return f"“{cut}”"


def either(words: Iterable[object]) -> str:
    """Return words as “a, b or c”; a long list is cut short and says how many are left out."""
    return _joined(words, "or")


def both(words: Iterable[object]) -> str:
    """Return words as “a, b and c”; a long list is cut short and says how many are left out."""
    return _joined(words, "and")


def hint(word: str, known: Iterable[str]) -> str:
    """Return “ Did you mean …?” and “ Allowed: …” for a word that is not among those known."""
    words = list(dict.fromkeys(known))
    close = get_close_matches(word[:LONGEST_SHOWN], words[:MOST_COMPARED], n=1)
    meant = f" Did you mean “{close[0]}”?" if close else ""
    if not words or (close and len(words) > MOST_LISTED):
        return meant
    return f"{meant} Allowed: {either(words)}."


def _joined(words: Iterable[object], last: str) -> str:
    listed = [str(word) for word in words]
    if len(listed) > MOST_LISTED:
        return f"{', '.join(listed[:MOST_LISTED])} and {len(listed) - MOST_LISTED} more"
    return f" {last} ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))

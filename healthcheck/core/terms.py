"""Words that differ by nation, service or employer, written `{id}` in a questionnaire's texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck.core.facts import Audience


@dataclass(frozen=True, slots=True)
class Saying:
    """The words a term takes for one audience."""

    applies_to: Audience
    say: str


@dataclass(frozen=True, slots=True)
class Term:
    """One such word: what it says for each audience, the first that fits, and otherwise."""

    id: str
    otherwise: str
    when: tuple[Saying, ...] = ()

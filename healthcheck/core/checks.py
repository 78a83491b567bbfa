"""What a questionnaire asks a reader to look at twice: answers that may not fit together.

A check never refuses an answer and changes no score. `core.consistency` finds where one applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.conditions import Condition


@dataclass(frozen=True, slots=True)
class NoEvidence:
    """Applies to every rating at this level or above that has no evidence, links or files."""

    level: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Applies to a figure that is above, or below, a limit: a number or another figure's id."""

    side: Literal["above", "below"]
    figure: str
    limit: str | Fraction


@dataclass(frozen=True, slots=True)
class Rose:
    """Applies to every rating that rose this many levels in a year on the same evidence."""

    levels: int


@dataclass(frozen=True, slots=True)
class Fits:
    """Applies to one question when a condition over any answers holds."""

    condition: Condition
    about: str


CheckKind = NoEvidence | Compared | Rose | Fits


@dataclass(frozen=True, slots=True)
class Check:
    """One such check: what it looks for, and what to say to people."""

    id: str
    text: str
    kind: CheckKind

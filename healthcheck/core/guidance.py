"""What stands beside a question to help: evidence, improvements, comparators and standards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from healthcheck.core.facts import Audience


@dataclass(frozen=True, slots=True)
class Standard:
    """An outside standard that questions are cross-referenced to."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class EvidenceGuide:
    """What to give as evidence; `required_from` is the lowest level that needs some."""

    ask: str
    good: tuple[str, ...] = ()
    not_enough: tuple[str, ...] = ()
    required_from: int | None = None


@dataclass(frozen=True, slots=True)
class Improvement:
    """What an employer at one level could do; `days` is the usual time the longer step takes."""

    finding: str
    quick_win: str
    longer_step: str
    owner: str
    days: int
    measure: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """A published figure to read beside the employer's own, with its spread where known."""

    label: str
    applies_to: Audience
    value: Decimal
    date: date
    source: str
    low: Decimal | None = None
    middle: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class RollUp:
    """The shares that make a strength or an area for improvement, and the rule in words."""

    strength_from: Fraction
    improve_to: Fraction
    explanation: str

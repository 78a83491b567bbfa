"""Figures worked out from other figures by a closed set of operations, and the points of figures.

The arithmetic is exact. A missing part, or a division by zero, gives None ("not available"): never
0, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Literal, assert_never

if TYPE_CHECKING:
    from collections.abc import Callable

PERCENT = Fraction(100)


@dataclass(frozen=True, slots=True)
class Calculation:
    """An operation over earlier figures; an operand is a question's id or a fixed number."""

    operation: Literal["sum", "difference", "product", "ratio", "percentage_of"]
    operands: tuple[str | Fraction, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One row of `score_when`: the points of a number that is at least, or at most, a limit."""

    operator: Literal["at_least", "at_most"]
    limit: Fraction
    points: Fraction

    def holds(self, value: Fraction) -> bool:
        """Say whether a number satisfies this row."""
        return value >= self.limit if self.operator == "at_least" else value <= self.limit


def calculate(
    calculation: Calculation, value_of: Callable[[str], Fraction | None]
) -> Fraction | None:
    """Return the result, or None when a part is missing or the divisor is zero."""
    parts: list[Fraction] = []
    for operand in calculation.operands:
        part = value_of(operand) if isinstance(operand, str) else operand
        if part is None:
            return None
        parts.append(part)
    match calculation.operation:
        case "sum":
            return sum(parts, Fraction(0))
        case "difference":
            return parts[0] - sum(parts[1:], Fraction(0))
        case "product":
            return prod(parts, start=Fraction(1))
        case "ratio":
            return parts[0] / parts[1] if parts[1] else None
        case "percentage_of":
            return PERCENT * parts[0] / parts[1] if parts[1] else None
        case _ as unhandled:
            assert_never(unhandled)

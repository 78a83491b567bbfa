"""Exact numbers as people read them. Nothing is calculated with what is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

DECIMALS = 2


def amount(number: Fraction, decimals: int = DECIMALS) -> str:
    """Return a number of 0 or more, rounded half up, without zeros that say nothing."""
    scale = 10**decimals
    whole, part = divmod(
        (2 * number.numerator * scale + number.denominator) // (2 * number.denominator), scale
    )
    decimal = f"{part:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{whole:,}.{decimal}" if decimal else f"{whole:,}"


def times(count: int, noun: str) -> str:
    """Return how many there are of something, such as "1 case" or "3 cases"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

"""A few numbers that stand for all: at, just under and just over the limits that tests name."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


def bounds(question: q.Question) -> tuple[Decimal | int | None, Decimal | int | None]:
    """Return the smallest and the largest number a question accepts, None where there is none."""
    if isinstance(question, q.Number):
        return question.minimum, question.maximum
    return (0, 100) if isinstance(question, q.Percentage) else (None, None)


def samples(question: q.Question, limits: Iterable[Fraction]) -> list[Fraction]:
    """Return numbers a figure can have such that every number it can have tests like one of them.

    A number out of reach of the question's own limits and decimal places is left out.
    """
    if isinstance(question, q.Number | q.Percentage):
        return _on_a_grid(question, limits)
    ordered = sorted(set(limits)) or [Fraction(0)]
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    return sorted([ordered[0] - 1, *ordered, *between, ordered[-1] + 1])


def _on_a_grid(question: q.Number | q.Percentage, limits: Iterable[Fraction]) -> list[Fraction]:
    step = Fraction(1, 10**question.decimals)
    lowest, highest = (None if each is None else Fraction(each) for each in bounds(question))
    named = [each for each in (*limits, lowest, highest) if each is not None]
    turns = {Fraction(0)} | {
        (rounded(each / step) + more) * step
        for each in named
        for rounded, more in ((floor, -1), (floor, 0), (ceil, 0), (ceil, 1))
    }
    return [
        each
        for each in sorted(turns)
        if (lowest is None or each >= lowest) and (highest is None or each <= highest)
    ]

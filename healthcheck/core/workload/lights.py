"""Traffic lights: which range a percentage of capacity falls in, exactly at the boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount

if TYPE_CHECKING:
    from healthcheck.core.workload.rates import Standing

HUNDRED = 100
FINEST = 3


@dataclass(frozen=True, slots=True)
class Light:
    """One range of percentages: `starts` is in it, `ends` is not; None is no end.

    `id` is such as red, `word` and `symbol` stand beside every colour. `needs_decision` means
    that somebody has to decide what happens and write it down.
    """

    id: str
    word: str
    symbol: str
    sentence: str
    starts: Fraction
    ends: Fraction | None = None
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of a scheme, lowest first, from 0 without a gap; `note` is printed beside them."""

    id: str
    title: str
    bands: tuple[Light, ...]
    standing: Standing
    source: str
    note: str = ""

    def at(self, percentage: Fraction) -> Light:
        """Return the light of an exact percentage of 0 or more."""
        return self._at(*percentage.as_integer_ratio())

    def of(self, load: Fraction, capacity: Fraction | None) -> Light | None:
        """Return the light of a load; work without any capacity for it has the highest.

        None when the capacity is unknown, and when there is neither work nor capacity.
        """
        if capacity is None or not (load or capacity):
            return None
        return self._at(*_ratio(load, capacity)) if capacity else self.bands[-1]

    def _at(self, above: int, below: int) -> Light:
        """Return the light of above ÷ below per cent: whole numbers are compared much faster."""
        found = self.bands[0]
        for band in self.bands:
            if band.starts.numerator * below <= above * band.starts.denominator:
                found = band
        return found


def percentage_of(load: Fraction, capacity: Fraction | None) -> Fraction | None:
    """Return a load as an exact percentage of capacity; None without a capacity above 0."""
    if not capacity:
        return None
    return Fraction(*_ratio(load, capacity))


def _ratio(load: Fraction, capacity: Fraction) -> tuple[int, int]:
    """Return a load as a percentage of a capacity above 0: what stands above the line and below."""
    above, below = load.as_integer_ratio()
    whole, parts = capacity.as_integer_ratio()
    return HUNDRED * above * parts, below * whole


def percentage_in_words(percentage: Fraction, lights: Lights | None) -> str:
    """Return such as "114%"; rounding never makes it look as if it were in another light."""
    if lights is None:
        return f"{amount(percentage, 0)}%"
    light = lights.at(percentage)
    for decimals in range(FINEST + 1):
        if lights.at(_rounded(percentage, decimals)) is light:
            return f"{amount(percentage, decimals)}%"
    return f"just under {amount(_rounded(percentage, FINEST))}%"


def _rounded(number: Fraction, decimals: int) -> Fraction:
    scale, below = 10**decimals, number.denominator
    return Fraction((2 * number.numerator * scale + below) // (2 * below), scale)

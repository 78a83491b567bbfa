"""Numbers, dates and lists in words: the only place where a report formats anything.

Rounding is half up; thousands have commas; dates are British.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHARES = {
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
    Fraction(1): "all",
}
TIMES = {Fraction(2): "twice", Fraction(3): "three times", Fraction(1, 2): "half"}
MOST_DECIMALS = 2
WEEK = 7
FORTNIGHT = 14
LONGEST_IN_WEEKS = 56
DAYS_IN_YEAR = 365
FARTHEST_FROM_MONTHS = Fraction(1, 10)
KILO = 1000
LONGEST_OPENING = 280
NOT_AVAILABLE = "Not available"


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Return a number rounded half up to so many decimal places."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if value < 0 else whole, scale)


def number(value: Fraction | Decimal | int, decimals: int) -> str:
    """Return a number with exactly so many decimal places, such as "1,234.5"."""
    near = rounded(Fraction(value), decimals)
    whole, part = divmod(abs(near) * 10**decimals, 10**decimals)
    sign = "\N{MINUS SIGN}" if near < 0 else ""
    fraction = f".{int(part):0{decimals}d}" if decimals else ""
    return f"{sign}{int(whole):,}{fraction}"


def trimmed(value: Fraction | Decimal | int, decimals: int = MOST_DECIMALS) -> str:
    """Return a number with at most so many decimal places and no needless noughts."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_written(value: Decimal) -> str:
    """Return a published figure with the decimal places it was published with."""
    return number(value, max(0, -int(value.as_tuple().exponent)))


def with_unit(amount: str, unit: str) -> str:
    """Return an amount beside its unit; a percent sign stands close, a word stands apart."""
    if not unit:
        return amount
    return f"{amount}%" if unit == "%" else f"{amount} {unit}"


def out_of_100(score: int) -> str:
    """Return a score in words, such as "72 out of 100"."""
    return f"{score} out of 100"


def points(earned: Fraction, maximum: Fraction | None = None) -> str:
    """Return points in words: "1 point", "2.5 points" or "2 of 3 points"."""
    if maximum is not None:
        noun = "point" if maximum == 1 else "points"
        return f"{trimmed(earned)} of {trimmed(maximum)} {noun}"
    return f"{trimmed(earned)} {'point' if earned == 1 else 'points'}"


def count(many: int, one: str, more: str = "") -> str:
    """Return a count with its noun, such as "1 answer" or "1,200 answers"."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def share(value: Fraction) -> str:
    """Return a share from 0 to 1 in words: "two thirds", or a percentage."""
    return SHARES.get(value) or f"{trimmed(100 * value)}%"


def times(weight: Fraction) -> str:
    """Return how often something counts: "twice", "half" or "1.5 times"."""
    return TIMES.get(weight) or f"{trimmed(weight)} times"


def listed(words: Sequence[str], joiner: str = "and") -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    *first, last = words or ("",)
    return f"{', '.join(first)} {joiner} {last}" if first else last


def quoted(words: str) -> str:
    """Return words in quotation marks, without their full stop."""
    return f"“{words.strip().removesuffix('.')}”"


def day(when: date) -> str:
    """Return a date such as "30 September 2026"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def within(days: int) -> str:
    """Return a span of days as people say it, with the days beside: "within 3 months (90 days)"."""
    if days < FORTNIGHT:
        return f"within {count(days, 'day')}"
    if days <= LONGEST_IN_WEEKS and days % WEEK == 0:
        return f"within {count(days // WEEK, 'week')} ({days:,} days)"
    if days % DAYS_IN_YEAR == 0:
        return f"within {count(days // DAYS_IN_YEAR, 'year')} ({days:,} days)"
    months = int(rounded(Fraction(days * 12, DAYS_IN_YEAR), 0))
    if abs(Fraction(months * DAYS_IN_YEAR, 12) - days) > days * FARTHEST_FROM_MONTHS:
        return f"within {count(days, 'day')}"
    return f"within {count(months, 'month')} ({days:,} days)"


def size(octets: int) -> str:
    """Return the size of a file, such as "640 bytes", "12 kB" or "1.4 MB"."""
    if octets < KILO:
        return count(octets, "byte")
    if octets < KILO**2:
        return f"{number(Fraction(octets, KILO), 0)} kB"
    return f"{number(Fraction(octets, KILO**2), 1)} MB"


def paragraphs(text: str) -> tuple[str, ...]:
    """Return text cut at its blank lines; single line ends stay inside a paragraph."""
    return tuple(part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip())


def shortened(text: str, longest: int) -> str:
    """Return text of at most so many letters, ending in "…" where some had to go."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def opening(text: str, longest: int = LONGEST_OPENING) -> str:
    """Return as many first sentences of the first paragraph as are no longer than that, or one."""
    first = next(iter(paragraphs(text)), "")
    sentences = re.split(r"(?<=[.!?])\s+", first)
    while len(sentences) > 1 and len(" ".join(sentences)) > longest:
        sentences.pop()
    return " ".join(sentences)


def capital(text: str) -> str:
    """Return text with a capital letter first."""
    return text[:1].upper() + text[1:]

"""Numbers and dates as people type them, each turned exactly into what it means or refused.

A refusal is a sentence that says which part is wrong, where that is plain, and what is allowed.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

NUMBER = re.compile(
    r"-?(([0-9]{1,12}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})(\.[0-9]{1,6})?|\.[0-9]{1,6})"
)
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORTEST_MONTH = 3
BETWEEN_PARTS = re.compile(r"[\s/.]+")
FOUR_FIGURES = re.compile(r"[1-9][0-9]{3}")
ONE_OR_TWO_FIGURES = re.compile(r"[0-9]{1,2}")
PARTS = ("day", "month", "year")
LAST_DAY = 31
WRONG_PARTS = {
    "day": "The day must be a number from 1 to 31.",
    "month": "The month must be a number from 1 to 12, or its name.",
    "year": "The year must be four figures, such as 2026.",
}
NO_DATE = "Enter a real date, such as 30 9 2026."


class RefusedError(ValueError):
    """Raised when what was typed cannot be accepted; its text is for the person who typed it."""


def number(raw: str, lowest: Decimal | None, highest: Decimal | None, decimals: int) -> Decimal:
    """Return the number typed, with no more decimal places than allowed; raises RefusedError."""
    plain = raw.strip().replace("\N{MINUS SIGN}", "-")
    if not NUMBER.fullmatch(plain):
        raise RefusedError(_no_number(plain, lowest, highest, decimals))
    typed = Decimal(plain.replace(",", "")) or Decimal(0)  # never -0
    places = -int(typed.normalize().as_tuple().exponent)
    if places > decimals:
        raise RefusedError(_too_fine(decimals))
    if lowest is not None and typed < lowest:
        raise RefusedError(f"The number must be {lowest} or more.")
    if highest is not None and typed > highest:
        raise RefusedError(f"The number must be {highest} or less.")
    return typed


def day(raw: str, earliest: date | None, latest: date | None) -> date:
    """Return the date typed, both limits being allowed; raises RefusedError.

    It may be typed as 2026-09-30, which is how the page's three boxes arrive, or as 30 9 2026,
    30/9/2026 or 30 September 2026.
    """
    typed = _real_day(_parts(raw))
    if earliest and latest and not earliest <= typed <= latest:
        limits = f"between {_in_words(earliest)} and {_in_words(latest)}"
        raise RefusedError(f"The date must be {limits}.")
    if earliest and typed < earliest:
        raise RefusedError(f"The date must be on or after {_in_words(earliest)}.")
    if latest and typed > latest:
        raise RefusedError(f"The date must be on or before {_in_words(latest)}.")
    return typed


def _no_number(plain: str, lowest: Decimal | None, highest: Decimal | None, decimals: int) -> str:
    if DECIMAL_COMMA.fullmatch(plain):
        return "Use a full stop for decimals, such as 12.5." if decimals else _too_fine(decimals)
    such_as = _examples(lowest, highest, decimals)
    if decimals == 0:
        return f"Enter a whole number in figures, such as {such_as}."
    return f"Enter a number in figures, such as {such_as}."


def _examples(lowest: Decimal | None, highest: Decimal | None, decimals: int) -> str:
    """Return one number or two that would be taken."""
    usual = [Decimal(12), Decimal("12.5")] if decimals else [Decimal(12)]
    taken = [
        str(each)
        for each in usual
        if (lowest is None or lowest <= each) and (highest is None or each <= highest)
    ]
    return " or ".join(taken) or str(lowest if lowest is not None else highest)


def _too_fine(decimals: int) -> str:
    if decimals == 0:
        return "Enter a whole number, without a decimal point."
    return f"Enter no more than {decimals} decimal place{'s' if decimals > 1 else ''}."


def _parts(raw: str) -> dict[str, str]:
    """Return the words typed for the day, the month and the year, blank where there is none."""
    words = [each.strip() for each in raw.split("-")]
    if len(words) == len(PARTS):
        words.reverse()
    else:
        words = BETWEEN_PARTS.split(raw)
        if len(words) < len(PARTS) and _month(words[0]):
            words.insert(0, "")
        if len(words) < len(PARTS) and _month(words[-1]):
            words.append("")
    if len(words) != len(PARTS):
        raise RefusedError(NO_DATE)
    return dict(zip(PARTS, words, strict=True))


def _real_day(parts: dict[str, str]) -> date:
    missing = [part for part, word in parts.items() if not word]
    if len(missing) == len(parts):
        raise RefusedError(NO_DATE)
    if missing:
        raise RefusedError(f"The date must include a {' and a '.join(missing)}.")
    numbers = {
        "day": _from_one_to(LAST_DAY, parts["day"]),
        "month": _month(parts["month"]) or _from_one_to(len(MONTHS), parts["month"]),
        "year": int(parts["year"]) if FOUR_FIGURES.fullmatch(parts["year"]) else 0,
    }
    wrong = [part for part, found in numbers.items() if not found]
    if wrong:
        raise RefusedError(WRONG_PARTS[wrong[0]] if len(wrong) == 1 else NO_DATE)
    try:
        return date(**numbers)
    except ValueError:
        named = MONTHS[numbers["month"] - 1]
        sentence = f"{numbers['day']} {named} {numbers['year']} is not a real date."
        raise RefusedError(sentence) from None


def _from_one_to(most: int, word: str) -> int:
    """Return the number a word stands for, 0 when it is not a number from 1 to the most."""
    found = int(word) if ONE_OR_TWO_FIGURES.fullmatch(word) else 0
    return found if found <= most else 0


def _month(word: str) -> int:
    """Return the number of the month that a word names in full or in short, 0 when none."""
    if len(word) < SHORTEST_MONTH:
        return 0
    named = (turn for turn, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower()))
    return next(named, 0)


def _in_words(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"

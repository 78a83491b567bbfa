"""One cell of a team's table, turned exactly into what it means, or refused with a sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from healthcheck.core import typed
from healthcheck.core.employers import NOT_SHOWN
from healthcheck.core.typed import RefusedError
from healthcheck.core.workload import clients
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.columns import letters, plain, spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.workload.schemes import Indicator

YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0", "-", "\N{EN DASH}"})
NONE = frozenset({"none", "no", "0", "-", "\N{EN DASH}"})
DECIMALS = 4
TOO_FINE = re.compile(rf"[0-9]{{1,12}}\.[0-9]{{{DECIMALS + 1},}}")
MOST_ALIKE = 1_000
MOST_DAYS = 9_999
LONGEST_TEXT = 200
SHOWN = 40
SHORT_YEAR = re.compile(r"(\d{1,2})([\s/.\-]+)(\w{1,9})([\s/.\-]+)(\d\d)", re.ASCII)
BETWEEN = re.compile(r"[;,/\n|]+")


def shown(text: str) -> str:
    """Return what somebody wrote as a sentence quotes it, shortened when it is long."""
    short = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"“{NOT_SHOWN.sub('?', short)}”"


def text(raw: str, longest: int = LONGEST_TEXT) -> str:
    """Return words as they are. Raises RefusedError.

    They must not be too long, nor hold what cannot be seen or seems to say who a client is.
    """
    if len(raw) > longest:
        raise RefusedError(f"This has {len(raw):,} characters. Up to {longest} are allowed.")
    if NOT_SHOWN.search(raw):
        raise RefusedError(f"{shown(raw)} has a character in it that cannot be seen.")
    told = clients.refused(raw, "a caseload", "this cell")
    if told:
        raise RefusedError(told)
    return raw


def number(raw: str, lowest: Fraction, highest: Fraction | None, what: str) -> Fraction:
    """Return a number within limits, both allowed. Raises RefusedError with what is allowed."""
    limits = (
        f"from {amount(lowest)} to {amount(highest)}" if highest else f"{amount(lowest)} or more"
    )
    try:
        found = Fraction(typed.number(raw, None, None, DECIMALS))
    except RefusedError:
        if TOO_FINE.fullmatch(raw):
            limits += f" with up to {DECIMALS} decimal places"
        raise RefusedError(f"{shown(raw)} is not {what}. Write a number {limits}.") from None
    if found < lowest or (highest is not None and found > highest):
        raise RefusedError(f"{shown(raw)} is not {what}. Write a number {limits}.")
    return found


def whole(raw: str, highest: int, what: str) -> int:
    """Return a whole number from 0 on. Raises RefusedError with what is allowed."""
    found = number(raw, Fraction(0), Fraction(highest), what)
    if found.denominator != 1:
        raise RefusedError(f"{shown(raw)} is not {what}. Write a whole number.")
    return int(found)


def score(raw: str, indicator: Indicator) -> Fraction:
    """Return a score on an indicator. Raises RefusedError with its scale."""
    scale = indicator.scale
    lowest, highest = (scale.lowest, scale.highest) if scale else (Fraction(0), None)
    return number(raw, lowest, highest, f"a score for “{indicator.title}”")


def day(raw: str) -> date:
    """Return a date as people in Britain write it. Raises RefusedError."""
    short = SHORT_YEAR.fullmatch(raw)
    full = f"{short[1]}{short[2]}{short[3]}{short[4]}20{short[5]}" if short else raw
    parts = full.split("-")
    if len(parts) == len(typed.PARTS) and len(parts[-1]) > len(parts[0]):
        full = " ".join(parts)
    try:
        return typed.day(full, None, None)
    except RefusedError:
        raise RefusedError(
            f"{shown(raw)} is not a date. Write the day first, such as 30/9/2026 or 30 September"
            " 2026."
        ) from None


def days_before(raw: str, taken_on: date) -> date:
    """Return the day that lies so many days before another. Raises RefusedError."""
    return taken_on - timedelta(days=whole(raw, MOST_DAYS, "a number of days"))


def yes(raw: str) -> bool:
    """Return whether a cell says yes. Raises RefusedError."""
    said = raw.casefold()
    if said not in YES | NO:
        raise RefusedError(f"{shown(raw)} is neither yes nor no. Write yes or no.")
    return said in YES


def choice(raw: str, choices: Mapping[str, str], what: str) -> str:
    """Return the id of a choice, by its title or a usual spelling. Raises RefusedError."""
    found, close = _matched(plain(raw), tuple(choices.items()))
    if found is not None:
        return found
    guess = f" Did you mean {' or '.join(f'“{choices[each]}”' for each in close)}?" if close else ""
    titles = ", ".join(f"“{each}”" for each in choices.values())
    raise RefusedError(f"{shown(raw)} is not {what}.{guess} Allowed: {titles}.")


@lru_cache(maxsize=4096)
def _matched(said: str, choices: tuple[tuple[str, str], ...]) -> tuple[str | None, tuple[str, ...]]:
    """Return the id of a choice by one of its spellings, or else those that may be meant."""
    known = _spellings(choices)
    if said in known:
        return known[said], ()
    shortened = tuple(name for name, title in choices if letters(title) == said)
    close = get_close_matches(said, known, 1)
    return None, shortened or tuple(known[each] for each in close)


@lru_cache(maxsize=256)
def _spellings(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return spellings(dict(choices))


def several(raw: str, choices: Mapping[str, str], what: str) -> frozenset[str]:
    """Return the ids of some choices, or of none. Raises RefusedError."""
    if raw.casefold() in NONE:
        return frozenset()
    try:
        return frozenset({choice(raw, choices, what)})
    except RefusedError:
        parts = [each.strip() for each in BETWEEN.split(raw)]
        return frozenset(choice(each, choices, what) for each in parts if each)


def agreed(raw: str) -> tuple[bool, bool]:
    """Return whether supervisor and worker have agreed. Raises RefusedError."""
    said = plain(raw)
    if said in YES | {"both"}:
        return True, True
    if said in NO | {"neither", "none"} or raw.strip() in NO:
        return False, False
    parts = set(said.replace(" and ", " ").split())
    if parts and parts <= {"supervisor", "worker", "supervisee"}:
        return "supervisor" in parts, bool(parts & {"worker", "supervisee"})
    raise RefusedError(
        f"{shown(raw)} does not say who has agreed. Write both, supervisor, worker or no."
    )

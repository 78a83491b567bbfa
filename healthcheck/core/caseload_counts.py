"""How many reports of an excessive caseload there were and how long answers took, never whose.

Where anybody may read a count, one under five is not given: few people may have had the reason to
make a report, and a small count would point at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from healthcheck.core.caseload_reports import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.caseload_reports import Report

FEWEST_SHOWN = 5
TOO_FEW = "fewer than 5"
NOT_SHOWN = "not shown, because there are too few"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the reports made in a time: how many there are, and how many of them are what.

    `resolved` have an answer and are not open again, `in_time` had their first answer within the
    days stated, `not_helped` were opened again. `median_days` is how long first answers took.
    """

    made: int
    resolved: int
    in_time: int
    answered: int
    late: int
    not_helped: int
    median_days: Fraction | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts as anybody may read them, in words."""

    made: str
    resolved: str
    median_days: str


def count(reports: Iterable[Report], since: date, until: date, today: date) -> Counts:
    """Return the counts of the reports made from one day until another, both included."""
    found = [each for each in reports if since <= each.made_on <= until]
    answered = [each for each in found if each.answers]
    took = [Fraction((each.answers[0].on - each.made_on).days) for each in answered]
    return Counts(
        made=len(found),
        resolved=sum(not each.is_open for each in found),
        in_time=sum(days <= each.days for days, each in zip(took, answered, strict=True)),
        answered=len(answered),
        late=sum(each.state(today) is State.LATE for each in found),
        not_helped=sum(each.reopened_on is not None for each in found),
        median_days=median(took) if took else None,
    )


def shown(counts: Counts) -> Shown:
    """Return counts as anybody may read them."""
    if counts.median_days is None:
        days = "no answers yet"
    elif counts.answered < FEWEST_SHOWN:
        days = NOT_SHOWN
    else:
        whole, rest = divmod(counts.median_days, 1)
        number = f"{whole}½" if rest else str(whole)
        days = f"{number} {'day' if counts.median_days == 1 else 'days'}"
    return Shown(in_public(counts.made), in_public(counts.resolved), days)


def in_public(number: int) -> str:
    """Return a count as anybody may read it: under five is not told, but none is."""
    if number == 0:
        return "none"
    return str(number) if number >= FEWEST_SHOWN else TOO_FEW


def year_before(today: date) -> tuple[date, date]:
    """Return the first and last day of the twelve whole months before a day.

    Counts that anybody reads end with a month, so that nobody sees them move on the day after.
    """
    last = today.replace(day=1) - timedelta(days=1)
    return today.replace(year=today.year - 1, day=1), last

"""The three cycles of the made-up country, counted from today: over, under review, just opened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from healthcheck.core.cycles import Cycle
from healthcheck.services.demonstration.texts import drawn

QUESTIONNAIRE = "employer-health-check"
TIME_TO_ANSWER = timedelta(days=60)
"""The deadline is the first 30 September at least this far ahead."""

REVIEWED_BY = timedelta(days=54)
"""How long after its deadline, at the most, anything happens in a cycle that is under review."""

OPEN_FOR = timedelta(days=14)
"""How long the newest cycle has been open, at the least."""

MINUTES_A_TOPIC = 6


def next_deadline(today: date) -> date:
    """Return the first 30 September that leaves enough time to answer."""
    this_year = date(today.year, 9, 30)
    is_near = this_year - today < TIME_TO_ANSWER
    return this_year.replace(year=today.year + 1) if is_near else this_year


def latest_count(day: date) -> date:
    """Return the latest 30 September, the day that official workforce figures are for."""
    this_year = date(day.year, 9, 30)
    return this_year if this_year <= day else this_year.replace(year=day.year - 1)


def cycles(today: date, editions: tuple[str, ...]) -> tuple[Cycle, Cycle, Cycle]:
    """Return the cycles, without ids, the oldest first.

    Each has the newest edition that there was in its year, or else the oldest that there is.
    """
    last = next_deadline(today).year
    opens = min(date(last - 1, 11, 1), today - OPEN_FOR)
    return (
        _cycle(last - 2, date(last - 2, 3, 1), editions),
        _cycle(last - 1, date(last - 1, 3, 1), editions),
        _cycle(last, opens, editions),
    )


def counted_from(cycle: Cycle, place: int, today: date) -> date:
    """Return the day that a path's days are counted from in one of the three cycles."""
    if place == 2:  # noqa: PLR2004 - the newest, counted from today
        return today
    return min(cycle.due, today - REVIEWED_BY)


def moment(day: date, minutes: int = 0, *seed: object) -> datetime:
    """Return a moment in office hours: the same for the same seed, some minutes later."""
    nine = datetime.combine(day, time(9), tzinfo=UTC)
    return nine + timedelta(
        minutes=minutes + drawn(0, 300, day, *seed), seconds=drawn(0, 59, *seed)
    )


def _cycle(year: int, opens: date, editions: tuple[str, ...]) -> Cycle:
    edition = max((each for each in editions if each <= str(year)), default=min(editions))
    due = date(year, 9, 30)
    return Cycle("", QUESTIONNAIRE, str(year), edition, opens, due, date(year, 12, 31))

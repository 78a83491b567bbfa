"""The totals of a service's caseload snapshots as a file: no worker, no case, no name of either."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.workload.figures import NAMES, Found, as_typed
from healthcheck.reports import words
from healthcheck.reports.spreadsheets import Sheet, as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthcheck.core.workload.safe_levels import Counted

COLUMNS = (("What", 50), ("Figure", 20), ("Where it comes from", 80))


def totals(
    employer: str, service: str, day: date, found: Iterable[Found], teams: Sequence[Counted]
) -> bytes:
    """Return every figure with its source, and the day each team was counted, as CSV.

    What one team holds is not in it: a small team's total would be somebody's own caseload.
    """
    about = f"Caseload figures of {employer}, {service}, as of {words.day(day)}"
    rows = [(NAMES[each.figure], value_words(each), because(each)) for each in found]
    rows += [(f"Team: {each.name}", _counted(each), _judged(each)) for each in teams]
    return as_csv(Sheet("Caseload figures", COLUMNS, [(about, "", ""), *rows]))


def value_words(found: Found, decimals: int = 2) -> str:
    """Return a figure in words, such as "57.5" or "30 September 2026"."""
    if found.value is None:
        return words.NOT_AVAILABLE
    if isinstance(found.value, date):
        return words.day(found.value)
    return as_typed(found.value, decimals)


def because(found: Found) -> str:
    """Return where a figure comes from and how it comes about, or what is missing."""
    if not found.source:
        return " ".join(found.missing)
    return f"{found.source}. {found.working}" if found.working else found.source


def _counted(team: Counted) -> str:
    return words.day(team.snapshot.taken_on) if team.snapshot else "Not counted"


def _judged(team: Counted) -> str:
    if team.scheme is None:
        return "No safe level is set by its schemes"
    return f"Its safe level is that of: {team.scheme.title}"

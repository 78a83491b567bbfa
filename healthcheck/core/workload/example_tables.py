"""Examples of a team's tables, for the schemes it uses: small, made up, taken as they stand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.workload import columns
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.columns import Of
from healthcheck.core.workload.written_tables import UNALLOCATED, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.columns import Column, Layout
    from healthcheck.core.workload.schemes import Indicator
    from healthcheck.core.workload.written_tables import Table

WORKERS = (("AB", "37", "C-1042"), ("AB", "37", "C-1043"), ("CD", "18.5", "C-1044"))
WAITING = (UNALLOCATED, "", "C-1045")
WAITED = timedelta(days=14)
COUNTS = (("AB", "37", (5, 8, 3)), ("CD", "18.5", (2, 4, 1)), (UNALLOCATED, "", (1, 2, 0)))
MOST_KINDS = 3
LEFT_OUT = frozenset(
    {
        columns.NUMBER.key, columns.DAYS.key, columns.BY_SUPERVISOR.key, columns.BY_WORKER.key,
        columns.REFERENCE.key,
    }
)  # fmt: skip


def by_case(layout: Layout, taken_on: date) -> Table:
    """Return a table with a line for each case, headings first; one case waits for a worker."""
    asked = [
        each
        for each in layout.columns
        if each.of is Of.CASE and each.key not in LEFT_OUT and not each.key.startswith("factor.")
    ]
    first = (columns.WORKER, columns.CONTRACTED, columns.REFERENCE)
    rows = [
        (*told, *(_cell(layout, each, place, told, taken_on) for each in asked))
        for place, told in enumerate((*WORKERS, WAITING))
    ]
    return (tuple(each.title for each in (*first, *asked)), *rows)


def by_worker(layout: Layout) -> Table:
    """Return a table with a line for each worker and counts of cases, headings first."""
    kinds = [each.title for each in layout.kinds.values()][:MOST_KINDS]
    headings = (columns.WORKER.title, columns.CONTRACTED.title, *(kinds or [columns.TOTAL.title]))
    if not kinds:
        return (headings, *((name, hours, str(sum(each))) for name, hours, each in COUNTS))
    return (
        headings,
        *((name, hours, *map(str, each[: len(kinds)])) for name, hours, each in COUNTS),
    )


def _cell(layout: Layout, column: Column, place: int, told: Sequence[str], taken_on: date) -> str:
    """Return what stands in a column of one of the lines."""
    if column is columns.SINCE:
        return day(taken_on - WAITED) if told is WAITING else ""
    if column is columns.AGREED:
        return "" if told is WAITING else "both"
    if column is columns.CASE_HOURS:
        return "12" if place == 0 else ""
    options = _options(layout, column)
    return options[place % len(options)]


def _options(layout: Layout, column: Column) -> Sequence[str]:
    if column is columns.KIND:
        return [each.title for each in layout.kinds.values()]
    if column is columns.FACTORS:
        return [next(each.title for each in layout.factors.values()), "none"]
    if column.about in layout.criteria:
        return [each.title for each in layout.criteria[column.about].grades]
    return _scores(layout.of_case[column.about])


def _scores(indicator: Indicator) -> tuple[str, str]:
    scale = indicator.scale
    return ("3", "2") if scale is None else (amount(scale.highest), amount(scale.lowest))

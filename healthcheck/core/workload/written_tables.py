"""A snapshot as the tables that a paste would make it from again: workers, then cases."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from healthcheck.core.workload import columns
from healthcheck.core.workload.amounts import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from healthcheck.core.workload.columns import Column, Layout
    from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker

DECIMALS = 6
UNALLOCATED = "unallocated"
Row = dict[str, str]
Table = tuple[tuple[str, ...], ...]


def tables(snapshot: Snapshot, layout: Layout, *, by_key: bool = False) -> tuple[Table, Table]:
    """Return the rows of workers and those of cases, headings first; what nobody says is left out.

    Headings are titles or, with `by_key`, the keys of columns. Cases that are alike in everything
    and follow one another are one row.
    """
    workers = [row for each in snapshot.workers for row in _worker_rows(each)]
    names = {each.id: each.name for each in snapshot.workers}
    cases = [_case_row(case, number, names, layout) for case, number in _alike(snapshot.cases)]
    first = {columns.WORKER.key}
    return (
        _table(workers, layout, first, by_key=by_key),
        _table(cases, layout, {*first, columns.REFERENCE.key}, by_key=by_key),
    )


def text(snapshot: Snapshot, layout: Layout) -> str:
    """Return both tables as text that `pasting.read` makes the same snapshot of."""
    workers, cases = tables(snapshot, layout, by_key=True)
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), delimiter="\t", lineterminator="\n")
    writer.writerows([*workers, *([[], *cases] if len(cases) > 1 else [])])
    return "".join(lines)


def headings(layout: Layout) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the headings of a table of workers, of one with counts, and of one of cases."""
    of = {part: [one for one in layout.columns if one.of is part] for part in columns.Of}
    workers = [
        each.title
        for each in of[columns.Of.WORKER]
        if each not in {columns.FTE, columns.FULL_TIME, columns.OFF_FROM, columns.OFF_POINTS}
    ]
    counts = [each.title for each in of[columns.Of.COUNT] if each is not columns.TOTAL]
    left_out = {columns.NUMBER, columns.DAYS, columns.BY_SUPERVISOR, columns.BY_WORKER}
    cases = [
        each.title
        for each in of[columns.Of.CASE]
        if each not in left_out and not each.key.startswith("factor.")
    ]
    counted = counts or [columns.TOTAL.title]
    worker, hours = columns.WORKER.title, columns.CONTRACTED.title
    return tuple(workers), (worker, hours, *counted), (worker, *cases)


def number(value: Fraction) -> str:
    """Return a number as people type it."""
    return amount(value, DECIMALS).replace(",", "")


def day(value: date | None) -> str:
    """Return a date as people in Britain type it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


class _Lines:
    """What a writer of CSV writes to."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> None:
        self._lines.append(line)


def _table(rows: Sequence[Row], layout: Layout, always: set[str], *, by_key: bool) -> Table:
    used = always | {key for row in rows for key, cell in row.items() if cell}
    shown: list[Column] = [each for each in layout.columns if each.key in used]
    shown.sort(key=lambda each: each is not columns.WORKER)
    return (
        tuple(each.key if by_key else each.title for each in shown),
        *(tuple(row.get(each.key, "") for each in shown) for row in rows),
    )


def _worker_rows(worker: Worker) -> Iterator[Row]:
    """Yield a worker's line, and one more for each further protected time."""
    first, *more = worker.reductions or (None,)
    yield {
        columns.WORKER.key: worker.name,
        columns.GRADE.key: worker.grade,
        columns.CONTRACTED.key: _said(worker.contracted_hours),
        columns.FULL_TIME.key: _said(worker.full_time_hours),
        columns.NEWLY_QUALIFIED.key: "yes" if worker.newly_qualified else "",
        **{f"worker-score.{name}": number(score) for name, score in worker.scores.items()},
        **_protected(first),
    }
    for each in more:
        yield {columns.WORKER.key: worker.name, **_protected(each)}


def _protected(off: Reduction | None) -> Row:
    if off is None:
        return {}
    column = columns.OFF_HOURS if off.unit == "hours" else columns.OFF_POINTS
    return {
        column.key: number(off.amount),
        columns.OFF_REASON.key: off.reason,
        columns.OFF_FROM.key: day(off.starts),
        columns.OFF_UNTIL.key: day(off.ends),
    }


def _alike(cases: Sequence[Case]) -> Iterator[tuple[Case, int]]:
    for case, group in groupby(cases, key=lambda each: replace(each, id="")):
        many = len([*group])
        if case.reference:
            yield from [(case, 1)] * many
        else:
            yield case, many


def _case_row(case: Case, many: int, names: Mapping[str, str], layout: Layout) -> Row:
    agreed = [
        word
        for word, has in (
            ("supervisor", case.agreed_by_supervisor),
            ("worker", case.agreed_by_worker),
        )
        if has
    ]
    return {
        columns.WORKER.key: names[case.worker_id] if case.worker_id else UNALLOCATED,
        columns.REFERENCE.key: case.reference,
        columns.NUMBER.key: "" if case.reference else str(many),
        columns.KIND.key: layout.kinds[case.kind].title if case.kind in layout.kinds else "",
        **{f"score.{name}": number(score) for name, score in case.scores.items()},
        columns.CASE_HOURS.key: _said(case.hours),
        columns.AGREED.key: " and ".join(agreed),
        columns.SINCE.key: day(case.waiting_since),
        columns.FACTORS.key: _factors(case, layout),
        **{
            f"criterion.{name}": grade.title
            for name, chosen in case.judged.items()
            if name in layout.criteria
            for grade in layout.criteria[name].grades
            if grade.id == chosen
        },
    }


def _factors(case: Case, layout: Layout) -> str:
    if case.factors is None:
        return ""
    titles = [each.title for name, each in layout.factors.items() if name in case.factors]
    return "; ".join(titles) or "none"


def _said(value: Fraction | None) -> str:
    return "" if value is None else number(value)

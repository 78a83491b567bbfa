"""The supervision sheet: one worker's load on paper, with room for agreed scores and signatures.

It is one page for a usual caseload: the schemes share a table of cases, as far as its width goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.decisions import Kind
from healthcheck.reports import words
from healthcheck.reports.html import LONGEST_IN_HEADER, template
from healthcheck.reports.workload_view import case_lines, crude, one_worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Case, Snapshot, Worker
    from healthcheck.reports.workload_view import LoadLine

ROWS_FOR_NEW_CASES = 2
LINES_TO_WRITE = 3
WIDTH, CASE, KINDS, TOTAL, BOX, AGREED_BY = 170, 24, 49, 20, 17, 19
"""Millimetres: of a table, of its first column, and of what a scheme adds to it."""
IN_SHORT = "It is a crude comparison with numbers that others have published, never a verdict."
"""What a count says of itself here; the cautions below say why."""
NO_SCORE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class SheetSources:
    """What a sheet is made from; results are those of one snapshot under the team's schemes."""

    employer: str
    team: str
    service: str
    worker_id: str
    results: tuple[Result, ...]
    refused: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True)
class SheetScheme:
    """One scheme on the sheet, with where the worker stands by it and how that comes about."""

    title: str
    line: LoadLine
    working: tuple[str, ...]
    crude: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table of cases; `look` names its width, `text` what stands in each row."""

    heading: str
    look: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Every case of the worker, with what some schemes say of each and room to write beside it."""

    cases: tuple[str, ...]
    columns: tuple[SheetColumn, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed."""

    employer: str
    team: str
    service: str
    worker: str
    facts: tuple[tuple[str, str], ...]
    taken_on: str
    as_at: str
    as_at_iso: str
    schemes: tuple[SheetScheme, ...]
    tables: tuple[SheetTable, ...]
    has_scores: bool
    cautions: tuple[str, ...]
    refused: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def running(self) -> str:
        """The line at the head of a page."""
        whose = f"{self.team}, {self.employer}"
        return f"Supervision sheet: {words.shortened(whose, LONGEST_IN_HEADER)}"


def supervision_sheet(sources: SheetSources) -> str:
    """Return the sheet as one self-contained page."""
    page = template("supervision_sheet.html.jinja")
    return page.render(
        sheet=sheet(sources), new_cases=ROWS_FOR_NEW_CASES, lines_to_write=LINES_TO_WRITE
    )


def sheet(sources: SheetSources) -> Sheet:
    """Return what is printed; of the others in the team there is nothing in it."""
    snapshot = sources.results[0].snapshot
    worker = snapshot.worker_of[sources.worker_id]
    loads = [each for each in sources.results if not isinstance(each.scheme.rule, w.Priority)]
    return Sheet(
        employer=sources.employer,
        team=sources.team,
        service=sources.service,
        worker=worker.name,
        facts=tuple(_facts(worker, snapshot)),
        taken_on=words.day(snapshot.taken_on),
        as_at=words.day(sources.today),
        as_at_iso=sources.today.isoformat(),
        schemes=tuple(_scheme(each, worker.id) for each in loads),
        tables=_tables(loads, worker.id),
        has_scores=any(_indicators(each.scheme) for each in loads),
        cautions=tuple(dict.fromkeys(one for each in loads for one in each.scheme.cautions)),
        refused=sources.refused,
        kinds=tuple(each.value for each in Kind),
    )


def _facts(worker: Worker, snapshot: Snapshot) -> Sequence[tuple[str, str]]:
    hours = "Not given"
    if worker.contracted_hours is not None:
        hours = f"{amount(worker.contracted_hours)} a week"
    protected = [
        f"{amount(each.amount)} {each.unit} for {each.reason}"
        for each in worker.reductions
        if each.holds_on(snapshot.taken_on)
    ]
    return (
        ("Grade", worker.grade or "Not given"),
        ("Contracted hours", hours),
        ("Newly qualified", "Yes" if worker.newly_qualified else "No"),
        ("Protected time", "; ".join(protected) or "None"),
    )


def _scheme(result: Result, worker_id: str) -> SheetScheme:
    line, working = one_worker(result, worker_id)
    if crude(result.scheme):
        return SheetScheme(result.scheme.title, line, working[:-1], IN_SHORT)
    return SheetScheme(result.scheme.title, line, working, "")


def _tables(loads: Sequence[Result], worker_id: str) -> tuple[SheetTable, ...]:
    """Return the tables of cases: as many schemes in one as its width holds, in their order."""
    rows: list[list[SheetColumn]] = []
    left = 0
    for result in loads:
        if crude(result.scheme):
            continue
        wide = _width(result.scheme)
        if not rows or wide > left:
            rows.append([])
            left = WIDTH - CASE
        rows[-1].extend(_columns(result, worker_id))
        left -= wide
    if not loads:
        return ()
    called = tuple(each.called for each in case_lines(loads[0], worker_id))
    return tuple(SheetTable(called, tuple(columns)) for columns in rows)


def _width(scheme: Scheme) -> int:
    count = len(_indicators(scheme))
    return TOTAL + count * BOX + _agrees(scheme) * AGREED_BY if count else KINDS


def _columns(result: Result, worker_id: str) -> Iterator[SheetColumn]:
    """Yield what a scheme says of each case, then room for what is agreed."""
    scheme = result.scheme
    lines = case_lines(result, worker_id)
    indicators = _indicators(scheme)
    if not indicators:
        yield SheetColumn(scheme.title, "how", tuple(each.words for each in lines))
        yield SheetColumn("Agreed", "agrees", ("",) * len(lines))
        return
    held = result.snapshot.held[worker_id]
    yield SheetColumn(scheme.title, "total", tuple(each.load for each in lines))
    for each in indicators:
        yield SheetColumn(each.title, "box", tuple(_score(case, each.id) for case in held))
    if _agrees(scheme):
        yield SheetColumn("Agreed by", "by", tuple(map(_agreed_by, held)))


def _agreed_by(case: Case) -> str:
    if case.is_agreed:
        return "Both"
    if case.agreed_by_supervisor:
        return "Supervisor"
    return "Worker" if case.agreed_by_worker else "Neither"


def _agrees(scheme: Scheme) -> bool:
    return isinstance(scheme.rule, w.Points) and scheme.rule.agreed_by_both


def _indicators(scheme: Scheme) -> tuple[w.Indicator, ...]:
    if not isinstance(scheme.rule, w.Points):
        return ()
    return tuple(each for each in scheme.rule.indicators if each.of == "case")


def _score(case: Case, indicator_id: str) -> str:
    found = case.scores.get(indicator_id)
    return NO_SCORE if found is None else amount(found)

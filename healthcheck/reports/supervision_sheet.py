"""The supervision sheet: one worker's load on paper, with room for agreed scores and signatures."""

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
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Case, Snapshot, Worker
    from healthcheck.reports.workload_view import CaseLine, LoadLine

ROWS_FOR_NEW_CASES = 2
LINES_TO_WRITE = 4


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
class ScoredCase:
    """One case, with its score on each indicator as it stands, blank where it has none."""

    line: CaseLine
    scores: tuple[str, ...]
    agreed: str


@dataclass(frozen=True, slots=True)
class SheetScheme:
    """One scheme on the sheet; `indicators` are headings of the columns for scores, if any."""

    title: str
    unit: str
    line: LoadLine
    working: tuple[str, ...]
    crude: str
    indicators: tuple[str, ...]
    cases: tuple[ScoredCase, ...]
    cautions: tuple[str, ...]
    source: str


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
        ("Open cases", str(len(snapshot.held[worker.id]))),
    )


def _scheme(result: Result, worker_id: str) -> SheetScheme:
    scheme = result.scheme
    line, working = one_worker(result, worker_id)
    indicators = _indicators(scheme)
    held = result.snapshot.held[worker_id]
    agrees = isinstance(scheme.rule, w.Points) and scheme.rule.agreed_by_both
    return SheetScheme(
        title=scheme.title,
        unit=scheme.unit,
        line=line,
        working=working,
        crude=crude(scheme),
        indicators=tuple(each.title for each in indicators),
        cases=tuple(
            ScoredCase(
                row,
                tuple(_score(case, each.id) for each in indicators),
                ("Both" if case.is_agreed else "Not yet") if agrees else "",
            )
            for case, row in zip(held, case_lines(result, worker_id), strict=True)
        ),
        cautions=scheme.cautions,
        source=f"{scheme.source} {scheme.dated}".strip().removesuffix(".") + ".",
    )


def _indicators(scheme: Scheme) -> tuple[w.Indicator, ...]:
    if not isinstance(scheme.rule, w.Points):
        return ()
    return tuple(each for each in scheme.rule.indicators if each.of == "case")


def _score(case: Case, indicator_id: str) -> str:
    found = case.scores.get(indicator_id)
    return "" if found is None else amount(found)

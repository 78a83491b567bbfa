"""What the pages of workload show, put together from what the services found."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from healthcheck.core.facts import service_title
from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.decisions import age
from healthcheck.reports import words
from healthcheck.reports.orders_view import own_orders
from healthcheck.reports.trend_chart import trend_chart
from healthcheck.reports.what_if_view import compared
from healthcheck.reports.workload_view import case_lines, crude, line, one_worker, scheme_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from healthcheck.core.workload.decisions import Need
    from healthcheck.core.workload.results import Result, TeamLoad, WorkerLoad
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.teams import Team
    from healthcheck.reports.workload_view import CaseLine, LoadLine
    from healthcheck.services.service_workload import ServiceWorkload
    from healthcheck.services.workload import OwnLoad, TeamWorkload, WhatIf

MOST_IN_A_CHART = 12
OLD = 35
"""After how many days a page says that a snapshot is old: caseloads are looked at monthly."""


class TrendRow(NamedTuple):
    """One snapshot of a trend; `above` is how many asked for a decision."""

    day: str
    workers: int
    line: LoadLine
    unallocated: int
    above: int


class OwnScheme(NamedTuple):
    """One scheme on a worker's own page."""

    scheme: Scheme
    line: LoadLine
    working: tuple[str, ...]
    cases: tuple[CaseLine, ...]
    crude: str


class WorkerRow(NamedTuple):
    """A worker on the page of a service."""

    team: str
    line: LoadLine
    share: float


def of_team(page: TeamWorkload) -> dict[str, Any]:
    """Return what a team's page shows besides what was found."""
    results = page.judged.results if page.judged else ()
    trend = [(each, each.team) for each in page.trend]
    return {
        "views": [scheme_view(each) for each in results],
        "trend": [_trend_row(*each) for each in trend],
        "trend_scheme": page.trend[0].scheme if page.trend else None,
        "chart": chart("Share of the team’s capacity in each snapshot", trend),
        "service": service_title(page.team.service),
        "waiting": [each for each in page.needs if each.is_waiting],
        "old": page.kept is not None and (page.today - page.kept.taken_on).days > OLD,
        "age": age,
    }


def of_what_if(tried: WhatIf) -> dict[str, Any]:
    """Return what a what-if shows besides what was tried."""
    after = tried.after
    made = [
        compared(then, now) for then, now in zip(tried.before.results, after.results, strict=True)
    ]
    who = after.snapshot.worker_of
    rules = [each.scheme.rule for each in after.results]
    kinds = {
        kind.id: kind.title
        for rule in rules
        if isinstance(rule, w.WeightedCases | w.Hours | w.AvailablePoints)
        for kind in rule.kinds
    }
    return {
        "tables": [each for each in made if each is not None],
        "cautions": _cautions(each.scheme for each in after.results),
        "cases": [
            (each.id, ", ".join(filter(None, (each.called, kinds.get(each.kind), holder))))
            for each in after.snapshot.cases
            for holder in [who[each.worker_id].name if each.worker_id else "unallocated"]
        ],
        "workers": [(each.id, each.name) for each in after.snapshot.workers],
        "kinds": kinds,
        "indicators": {
            each.id: each
            for rule in rules
            if isinstance(rule, w.Points)
            for each in rule.indicators
            if each.of == "case"
        },
        "counts_hours": any(isinstance(rule, w.Hours) for rule in rules),
    }


def of_one(own: OwnLoad) -> dict[str, Any]:
    """Return what a worker's own page shows of one team: their own line, working and cases."""
    results = own.judged.results if own.judged else ()
    worker_id = own.worker.id
    loads = [each for each in results if not isinstance(each.scheme.rule, w.Priority)]
    schemes = [
        OwnScheme(
            each.scheme,
            *one_worker(each, worker_id),
            case_lines(each, worker_id),
            crude(each.scheme),
        )
        for each in loads
    ]
    trend = [(each, each.of[worker_id]) for each in own.trend]
    return {
        "own": own,
        "schemes": schemes,
        "orders": [
            (each.scheme, own_orders(each, worker_id))
            for each in results
            if isinstance(each.scheme.rule, w.Priority)
        ],
        "trend": [_trend_row(*each) for each in trend],
        "chart": chart("Your share of capacity in each snapshot", trend),
        "old": own.kept is not None and (own.today - own.kept.taken_on).days > OLD,
    }


def of_service(page: ServiceWorkload, *, everybody: bool) -> dict[str, Any]:
    """Return what the page of a service shows: teams, totals, and the workers to look at first."""
    rows = [
        (each, None if each.sum is None else line(each.sum.scheme, each.sum.team))
        for each in page.lines
    ]
    above = [(each.team, need) for each in page.lines for need in each.needs]
    above.sort(key=lambda each: (not each[1].is_waiting, each[1].waits_since))
    schemes = {each.scheme.id: each.scheme for each in page.totals}
    return {
        "rows": rows,
        "totals": [(each, line(each.scheme, each.load)) for each in page.totals],
        "workers": _workers(page) if everybody else [],
        "above": [[*those] for _, those in groupby(above, key=_standing)],
        "count": len(above),
        "waiting": sum(need.is_waiting for _, need in above),
        "cautions": _cautions(schemes.values()),
        "service_title": service_title,
    }


def chart(title: str, trend: Sequence[tuple[Result, WorkerLoad | TeamLoad]]) -> Markup | None:
    """Return the drawing of a trend, oldest first; None unless there are two shares to compare."""
    points = []
    for result, load in reversed(trend[:MOST_IN_A_CHART]):
        row = line(result.scheme, load)
        light = f" {row.lamp.word}" if row.lamp else ""
        points.append((words.day(result.snapshot.taken_on), load.percentage, f"{row.share}{light}"))
    if sum(share is not None for _, share, _ in points) < 2:  # noqa: PLR2004 - two to compare
        return None
    return trend_chart(title, points)


def _trend_row(result: Result, load: WorkerLoad | TeamLoad) -> TrendRow:
    return TrendRow(
        words.day(result.snapshot.taken_on),
        len(result.workers),
        line(result.scheme, load),
        result.unallocated.cases,
        len(result.needing_a_decision),
    )


def _standing(above: tuple[Team, Need]) -> object:
    """Return what is the same for all whose decision a page tells of in the same words."""
    _, need = above
    decision = need.decision
    return need.standing, need.waits_since, decision and decision.proposed.review


def _workers(page: ServiceWorkload) -> list[WorkerRow]:
    """Return every worker with a load, the highest share of capacity first.

    They are sorted by shares to 15 digits, which is many times faster than by the exact ones.
    """
    found = []
    for team in page.lines:
        if team.sum is None:
            continue
        result = team.sum.result(team.team.name, {each.id: each.name for each in team.team.workers})
        for each in result.workers:
            row = line(result.scheme, each, each.worker.id, each.worker.name)
            found.append(WorkerRow(team.team.name, row, float(each.percentage or 0)))
    return sorted(found, key=attrgetter("share"), reverse=True)


def _cautions(schemes: Iterable[Scheme]) -> list[str]:
    """Return the cautions of these schemes, each once."""
    return [*dict.fromkeys(each for scheme in schemes for each in scheme.cautions)]

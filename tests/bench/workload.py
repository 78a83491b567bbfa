"""Workload: 10,000 workers with 250,000 cases under every shipped scheme, in one run."""

from __future__ import annotations

import gc
import random
from datetime import date, timedelta
from fractions import Fraction
from time import process_time
from typing import TYPE_CHECKING

from healthcheck import resources
from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker
from healthcheck.definitions import library
from tests.bench.figures import Bound, Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from healthcheck.core.workload.schemes import Scheme

WORKERS = 10_000
CASES = 250_000
MOST_SECONDS = 10.0
DAY = date(2026, 11, 1)


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of one core that all schemes take, and cases a second."""
    found = library.load(resources.folder("questionnaires")).schemes.by_id
    say(f"making up {CASES:,} cases")
    snapshot = made_up(found.values())
    gc.collect()
    gc.freeze()  # the made-up service is not looked through again and again
    before = process_time()
    for name, scheme in found.items():
        say(name)
        calculate(scheme, snapshot)
    seconds = process_time() - before
    gc.unfreeze()
    what = f"{WORKERS:,} workers, {CASES:,} cases, {len(found)} schemes"
    rate = len(found) * CASES / seconds
    working = f"one core, exact arithmetic; {CASES / seconds:,.0f} cases a second under all schemes"
    return [
        Figure("workload", what, seconds, "s", Bound("at most", MOST_SECONDS), working),
        Figure("workload", "cases a second, one scheme each", rate, "cases/s"),
    ]


def made_up(schemes: Iterable[Scheme], workers: int = WORKERS, cases: int = CASES) -> Snapshot:
    """Return a service in which every scheme finds what it needs; one case in 50 is unallocated."""
    chance = random.Random(2026)  # noqa: S311 - made-up cases, not secrets
    rules = [scheme.rule for scheme in schemes]
    kinds = [kind.id for rule in rules if isinstance(rule, w.Hours) for kind in rule.kinds]
    indicators = [
        each
        for rule in rules
        if isinstance(rule, w.Points)
        for each in rule.indicators
        if each.of == "case"
    ]
    orders = [rule for rule in rules if isinstance(rule, w.Priority)]
    factors = [each.id for rule in orders for each in rule.factors]
    criteria = [each for rule in orders for each in rule.criteria]
    return Snapshot(
        team="A whole service",
        taken_on=DAY,
        workers=tuple(_worker(number, chance) for number in range(workers)),
        cases=tuple(
            Case(
                id=f"c{number}",
                worker_id=None if number % 50 == 0 else f"w{number % workers}",
                kind=chance.choice(kinds),
                scores={each.id: _score(each, chance) for each in indicators},
                hours=Fraction(chance.randint(4, 40), 2) if number % 2 else None,
                agreed_by_supervisor=True,
                agreed_by_worker=number % 3 > 0,
                waiting_since=DAY - timedelta(chance.randint(0, 90)) if number % 50 == 0 else None,
                factors=_some(factors, chance),
                judged={each.id: chance.choice(each.grades).id for each in criteria},
            )
            for number in range(cases)
        ),
    )


def _worker(number: int, chance: random.Random) -> Worker:
    off = (Reduction(Fraction(chance.randint(1, 8), 2), "hours", "Practice education"),)
    return Worker(
        id=f"w{number}",
        name=f"W{number}",
        contracted_hours=Fraction(chance.choice((18, 30, 37)) * 2 + 1, 2),
        newly_qualified=number % 10 == 0,
        reductions=off if number % 4 == 0 else (),
        scores={"indirect": Fraction(chance.randint(0, 40))},
    )


def _score(indicator: w.Indicator, chance: random.Random) -> Fraction:
    scale = indicator.scale or w.Scale(Fraction(0), Fraction(5))
    return Fraction(chance.randint(int(scale.lowest), int(scale.highest)))


def _some(factors: Sequence[str], chance: random.Random) -> frozenset[str]:
    return frozenset(each for each in factors if chance.random() < 0.2)

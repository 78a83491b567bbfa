"""How one worker's load and percentage come about, in words and numbers, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.calculating import measure_of
from healthcheck.core.workload.capacity import Capacity
from healthcheck.core.workload.gaps import Gaps
from healthcheck.core.workload.lights import percentage_in_words
from healthcheck.core.workload.schemes import Count, Priority

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.workload.results import Result, WorkerLoad
    from healthcheck.core.workload.schemes import Line, Scheme
    from healthcheck.core.workload.snapshots import Case


@dataclass(frozen=True, slots=True)
class CaseLoad:
    """One case's load in the scheme's unit and how it comes about; at least, if not complete."""

    case: Case
    load: Fraction
    words: str
    is_complete: bool


def case_loads(result: Result, worker_id: str | None) -> tuple[CaseLoad, ...]:
    """Return a worker's cases (None: those nobody has) with their loads, none for an order."""
    rule = result.scheme.rule
    if isinstance(rule, Priority):
        return ()
    measure = measure_of(rule, result.snapshot.taken_on)
    snapshot = result.snapshot
    cases = snapshot.unallocated if worker_id is None else snapshot.held[worker_id]
    if worker_id is None and not measure.scores_referrals:
        return ()
    found = []
    for case in cases:
        gaps = Gaps()
        load = measure.load((case,), gaps)
        found.append(CaseLoad(case, load, measure.words(case), gaps.noted == 0))
    return tuple(found)


def working(result: Result, worker_id: str) -> tuple[str, ...]:
    """Return how a worker's load, capacity and percentage come about, a sentence each."""
    rule = result.scheme.rule
    if isinstance(rule, Priority):
        return ()
    scheme, each = result.scheme, result.of[worker_id]
    measure = measure_of(rule, result.snapshot.taken_on)
    capacity = Capacity(scheme, measure.target, result.snapshot.taken_on)
    at_least = "" if each.is_complete else "at least "
    if isinstance(rule, Count):
        lines = [
            f"{line.title}, {numbers(line)}: {line.compared(each.cases)} this line."
            for line in rule.lines
        ]
        return (f"{times(each.cases, 'case')}.", *lines, *capacity.words(each.worker))
    said = [
        f"{times(each.cases, 'case')}: {at_least}{amount(each.load)} {scheme.unit} in all.",
        *measure.own_words(each.worker),
    ]
    if each.unagreed:
        said.append(
            f"{times(each.unagreed, 'case')} with scores that supervisor and worker have not both"
            " agreed."
        )
    return (*said, *capacity.words(each.worker), *_share(scheme, each, at_least))


def numbers(line: Line) -> str:
    """Return the number of cases that a line stands for, such as "12" or "20 to 25"."""
    if line.highest == line.lowest:
        return amount(line.lowest)
    return f"{amount(line.lowest)} to {amount(line.highest)}"


def _share(scheme: Scheme, each: WorkerLoad, at_least: str) -> tuple[str, ...]:
    """Return the percentage with its light, and what is left or too much."""
    if each.capacity is None:
        return ()
    light = f": {each.light.word.lower()}" if each.light else ""
    if each.percentage is None:
        held = "work is held without any capacity for it" if each.load else "nothing is held"
        return (f"There is no capacity, and {held}{light}.",)
    share = percentage_in_words(each.percentage, scheme.lights)
    made = f"{amount(each.load)} ÷ {amount(each.capacity)} = {at_least}{share}{light}."
    if each.spare is None:
        return (f"{made} Not everything is counted, so nobody can say what is to spare.",)
    if each.spare < 0:
        return (f"{made} {amount(-each.spare)} too much.",)
    return (f"{made} {amount(each.spare)} to spare.",)

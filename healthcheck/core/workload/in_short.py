"""A result's loads, totals and figures in one sentence each, the same on page, paper and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.lights import percentage_in_words
from healthcheck.core.workload.schemes import Count, Priority

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Missing, Result, TeamLoad, Used, WorkerLoad


def load_in_short(result: Result, each: WorkerLoad | TeamLoad) -> str:
    """Return such as "■ Red, 114%: 160 of 140 hours a month, 12 cases"."""
    scheme = result.scheme
    at_least = "" if each.is_complete else "at least "
    against = "" if each.capacity is None else f" of {amount(each.capacity)}"
    held = f"{at_least}{amount(each.load)}{against} {scheme.unit}, {times(each.cases, 'case')}"
    if isinstance(scheme.rule, Count):
        held = times(each.cases, "case")
    percentage = each.percentage
    if percentage is None:
        light = f"{each.light.symbol} {each.light.word}: " if each.light else ""
        return f"{light}{held}"
    share = f"{at_least}{percentage_in_words(percentage, scheme.lights)}"
    light = f"{each.light.symbol} {each.light.word}, " if each.light else ""
    return f"{light}{share}: {held}"


def room_in_short(result: Result) -> str:
    """Return what those with room could take and what the others have too much; "" without one."""
    team, unit = result.team, result.scheme.unit
    if all(each.capacity is None for each in result.workers):
        return ""
    return f"Room for {amount(team.spare)} {unit}; {amount(team.over)} {unit} above capacity."


def unallocated_in_short(result: Result) -> str:
    """Return how many cases nobody has, what they would weigh, and how long they wait."""
    found, unit = result.unallocated, result.scheme.unit
    if not found.cases:
        return "No case is unallocated."
    load = ""
    if found.load is not None and not isinstance(result.scheme.rule, Count):
        at_least = "" if found.is_complete else "at least "
        load = f", {at_least}{amount(found.load)} {unit}"
    elif not isinstance(result.scheme.rule, Count | Priority):
        load = ", which this scheme does not score"
    wait = (
        "" if found.longest_wait is None else f" The longest wait is {_days(found.longest_wait)}."
    )
    return f"{times(found.cases, 'case')}{load}.{wait}"


def missing_in_short(result: Result, missing: Missing) -> str:
    """Return what could not be counted, with how many cases and whose."""
    whose = [result.snapshot.worker_of[each].name for each in missing.worker_ids]
    if missing.unallocated:
        whose.append("unallocated")
    cases = f"{times(len(missing.case_ids), 'case')}, " if missing.case_ids else ""
    return f"{missing.sentence} ({cases}{'; '.join(whose)})"


def figure_in_short(used: Used) -> str:
    """Return such as "target: 225, from 1 July 2009, as published"."""
    row = used.row
    source = f" ({row.source})" if row.source else ""
    since = f"{row.starts.day} {row.starts:%B %Y}"
    return f"{used.name}: {amount(row.value)}, from {since}, {row.standing.value}{source}"


def _days(count: int) -> str:
    return times(count, "day")

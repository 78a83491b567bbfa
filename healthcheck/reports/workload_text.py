"""A workload result as lines of plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.workload.in_short import (
    figure_in_short,
    load_in_short,
    missing_in_short,
    room_in_short,
    unallocated_in_short,
)
from healthcheck.core.workload.schemes import Priority
from healthcheck.core.workload.working import working

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthcheck.core.workload.results import Place, Result

NOBODY = "nobody yet"


def workload_lines(result: Result) -> Iterator[str]:
    """Yield every worker's load or every order, the totals, what is missing, and the cautions."""
    day = result.snapshot.taken_on
    yield f"{result.snapshot.team}, {day.day} {day:%B %Y}: {result.scheme.title}"
    if isinstance(result.scheme.rule, Priority):
        yield from _orders(result)
    else:
        yield from _loads(result)
    yield from _section("Not counted", [missing_in_short(result, each) for each in result.missing])
    yield from _section("Figures", [figure_in_short(each) for each in result.used])
    if result.scheme.lights is not None and result.scheme.lights.note:
        yield from _section("Lights", [result.scheme.lights.note])
    yield from _section("Cautions", result.scheme.cautions)


def _loads(result: Result) -> Iterator[str]:
    for each in result.workers:
        yield ""
        yield f"{each.worker.name}: {load_in_short(result, each)}"
        yield from (f"   {sentence}" for sentence in working(result, each.worker.id))
    yield ""
    yield f"Team: {load_in_short(result, result.team)}"
    if room := room_in_short(result):
        yield f"   {room}"
    yield f"Unallocated: {unallocated_in_short(result)}"


def _orders(result: Result) -> Iterator[str]:
    for order in result.orders:
        places = [_place(result, each) for each in order.places]
        yield from _section(order.use.value, places or ["No case."])


def _place(result: Result, each: Place) -> str:
    """Return a case in an order with who holds it, such as "1. C-7 (A. B.): High: ..."."""
    held_by = each.case.worker_id
    who = NOBODY if held_by is None else result.snapshot.worker_of[held_by].name
    return f"{each.place}. {each.case.called} ({who}): {each.reason}"


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading with its lines, nothing when there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
            yield f"{heading}:"
        yield f"   {line}"

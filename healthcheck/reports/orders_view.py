"""Cases in order of priority as a page shows them: whose they are, their level, and always why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthcheck.core.workload.amounts import times
from healthcheck.core.workload.in_short import figure_in_short, missing_in_short
from healthcheck.core.workload.schemes import Priority, Use

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Order, Place, Result

SHOWN_FIRST = (Use.REFERRALS, Use.DISCHARGE, Use.ALLOCATED)
"""What somebody decides on first: who gets help, and which work can end."""
NOBODY = "Nobody yet"
NOT_JUDGED = "Yet to be judged"


class OrderRow(NamedTuple):
    """One case: its place, what it is called, who has it, its level and the reason."""

    place: int
    called: str
    held_by: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class OrderTable:
    """Cases in one order; `left_out` is how many more there are."""

    title: str
    count: str
    rows: tuple[OrderRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class PriorityView:
    """All that a page shows of one prioritisation."""

    id: str
    title: str
    about: str
    source: str
    standing: str
    levels: tuple[tuple[str, str], ...]
    orders: tuple[OrderTable, ...]
    missing: tuple[str, ...]
    figures: tuple[str, ...]
    cautions: tuple[str, ...]


def priority_view(result: Result, rule: Priority, most: int | None = None) -> PriorityView:
    """Return what is shown of a prioritisation, with so many cases in each order at most."""
    scheme = result.scheme
    orders = sorted(result.orders, key=lambda each: SHOWN_FIRST.index(each.use))
    return PriorityView(
        id=scheme.id,
        title=scheme.title,
        about=scheme.about,
        source=f"{scheme.source.removesuffix('.')}. {scheme.dated.removesuffix('.')}.",
        standing=rule.standing.value,
        levels=tuple((each.word, each.sentence) for each in reversed(rule.levels)),
        orders=tuple(_table(result, each, most) for each in orders),
        missing=tuple(missing_in_short(result, each) for each in result.missing),
        figures=tuple(figure_in_short(each) for each in result.used),
        cautions=scheme.cautions,
    )


def own_orders(result: Result, worker_id: str) -> tuple[OrderTable, ...]:
    """Return the orders of what one worker holds; of the others’ cases there is nothing in them."""
    made = []
    for order in result.orders:
        own = [each for each in order.places if each.case.worker_id == worker_id]
        if own:
            rows = tuple(_row(result, each, number) for number, each in enumerate(own, 1))
            made.append(OrderTable(order.use.value, times(len(rows), "case"), rows, 0))
    return tuple(made)


def _table(result: Result, order: Order, most: int | None) -> OrderTable:
    rows = tuple(_row(result, each, each.place) for each in order.places[:most])
    count = len(order.places)
    return OrderTable(order.use.value, times(count, "case"), rows, count - len(rows))


def _row(result: Result, each: Place, place: int) -> OrderRow:
    held_by = each.case.worker_id
    return OrderRow(
        place,
        each.case.called,
        NOBODY if held_by is None else result.snapshot.worker_of[held_by].name,
        each.level.word if each.level else NOT_JUDGED,
        each.reason,
    )

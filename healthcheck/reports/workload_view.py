"""A workload result as page and paper show it: every word and number already decided.

Whatever has a light has its word and its symbol. Texts are plain, and escaped where drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.in_short import (
    figure_in_short,
    missing_in_short,
    room_in_short,
    unallocated_in_short,
)
from healthcheck.core.workload.lights import percentage_in_words
from healthcheck.core.workload.results import TeamLoad
from healthcheck.core.workload.schemes import Count, Priority
from healthcheck.core.workload.working import case_loads, numbers, working

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.core.workload.lights import Light
    from healthcheck.core.workload.results import Order, Result, WorkerLoad
    from healthcheck.core.workload.schemes import Scheme

NOT_KNOWN = "Not known"
PATTERNS = frozenset({"blue", "green", "amber", "red"})
CRUDE = (
    "This only counts cases. It takes no notice of what a case asks of the worker, or of the"
    " worker’s hours. It is a crude comparison with numbers that others have published, never a"
    " verdict."
)


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light in words: its sign, its word, and the name of its pattern on the page."""

    symbol: str
    word: str
    pattern: str
    asks: bool


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One load as a row of a table: what is not there is a word that says so.

    `name` and `worker_id` are blank for the team. `share` is such as "114%", "at least 60%".
    """

    worker_id: str
    name: str
    cases: int
    load: str
    capacity: str
    share: str
    lamp: Lamp | None
    spare: str
    unagreed: str
    has_capacity: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case with its load and how it comes about."""

    called: str
    load: str
    words: str


@dataclass(frozen=True, slots=True)
class OrderLines:
    """Cases in one order, each with its place, level and reason."""

    title: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One scheme over one snapshot. `crude` is what a plain count says of itself, else blank.

    `lines` has a row a worker; `against` a reference line and where each worker stands beside it.
    """

    id: str
    title: str
    about: str
    source: str
    unit: str
    crude: str
    has_lights: bool
    team: LoadLine
    lines: tuple[LoadLine, ...]
    workings: tuple[tuple[str, tuple[str, ...]], ...]
    against: tuple[str, ...]
    room: str
    unallocated: str
    missing: tuple[str, ...]
    figures: tuple[str, ...]
    cautions: tuple[str, ...]
    note: str
    orders: tuple[OrderLines, ...]

    @property
    def has_loads(self) -> bool:
        """Whether it has loads, and is not an order of cases."""
        return not self.orders


def scheme_view(result: Result, *, with_workings: bool = True) -> SchemeView:
    """Return all that is shown of a result."""
    scheme, rule = result.scheme, result.scheme.rule
    lines = tuple(line(scheme, each, each.worker.id, each.worker.name) for each in result.workers)
    explained = result.workers if with_workings else ()
    return SchemeView(
        id=scheme.id,
        title=scheme.title,
        about=scheme.about,
        source=f"{scheme.source.removesuffix('.')}. {scheme.dated.removesuffix('.')}.",
        unit=scheme.unit,
        crude=crude(scheme),
        has_lights=scheme.lights is not None,
        team=line(scheme, result.team),
        lines=lines,
        workings=tuple((each.worker.name, working(result, each.worker.id)) for each in explained),
        against=tuple(_against(result, rule)) if isinstance(rule, Count) else (),
        room=room_in_short(result),
        unallocated=unallocated_in_short(result),
        missing=tuple(missing_in_short(result, each) for each in result.missing),
        figures=tuple(figure_in_short(each) for each in result.used),
        cautions=scheme.cautions,
        note=scheme.lights.note if scheme.lights is not None else "",
        orders=tuple(_order(each) for each in result.orders) if isinstance(rule, Priority) else (),
    )


def line(
    scheme: Scheme, each: WorkerLoad | TeamLoad, worker_id: str = "", name: str = ""
) -> LoadLine:
    """Return one load as a row."""
    at_least = "" if each.is_complete else "at least "
    share, load = "No capacity known", f"{at_least}{amount(each.load)}"
    if at_least and not each.load:
        share, load = "Nothing counted yet", NOT_KNOWN
    elif (percentage := each.percentage) is not None:
        share = f"{at_least}{percentage_in_words(percentage, scheme.lights)}"
    return LoadLine(
        worker_id=worker_id,
        name=name,
        cases=each.cases,
        load=load,
        capacity=NOT_KNOWN if each.capacity is None else amount(each.capacity),
        share=share,
        lamp=lamp(each.light),
        spare=_spare(each),
        unagreed=_unagreed(each),
        has_capacity=each.capacity is not None,
    )


def crude(scheme: Scheme) -> str:
    """Return what a plain count says of itself; blank for every other scheme."""
    return CRUDE if isinstance(scheme.rule, Count) else ""


def lamp(light: Light | None) -> Lamp | None:
    """Return a light in words."""
    if light is None:
        return None
    pattern = light.id if light.id in PATTERNS else "other"
    return Lamp(light.symbol, light.word, pattern, light.needs_decision)


def case_lines(result: Result, worker_id: str) -> tuple[CaseLine, ...]:
    """Return a worker's cases, each with its load."""
    return tuple(
        CaseLine(each.case.called, amount(each.load), each.words)
        for each in case_loads(result, worker_id)
    )


def one_worker(result: Result, worker_id: str) -> tuple[LoadLine, tuple[str, ...]]:
    """Return one worker's row and working; the others are nowhere in it."""
    each = result.of[worker_id]
    row = line(result.scheme, each, worker_id, each.worker.name)
    return row, working(result, worker_id)


def _spare(each: WorkerLoad | TeamLoad) -> str:
    """Return what is left or too much; of a team both, for the two are never set off."""
    spare = each.spare
    if each.capacity is None or spare is None:
        return ""
    if isinstance(each, TeamLoad):
        both = ((spare, "to spare"), (each.over, "too much"))
        told = ", ".join(f"{amount(points)} {words}" for points, words in both if points)
        return told or ("Nothing to spare" if each.is_complete else "")
    return f"{amount(spare)} to spare" if spare >= 0 else f"{amount(-spare)} too much"


def _unagreed(each: WorkerLoad | TeamLoad) -> str:
    if isinstance(each, TeamLoad) or not each.unagreed:
        return ""
    return f"{times(each.unagreed, 'case')} not agreed by both"


def _against(result: Result, rule: Count) -> Iterable[str]:
    for each in rule.lines:
        over = [one for one in result.workers if each.compared(one.cases) == "above"]
        yield (
            f"{each.title}: {numbers(each)}. {times(len(over), 'worker')} of {len(result.workers)}"
            f" above it. {each.source}."
        )


def _order(order: Order) -> OrderLines:
    return OrderLines(
        order.use.value,
        tuple(
            (
                str(each.place),
                each.case.called,
                each.level.word if each.level else "Yet to be judged",
                each.reason,
            )
            for each in order.places
        ),
    )

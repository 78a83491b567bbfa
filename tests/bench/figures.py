"""What a benchmark found, as a table for people and as JSON. Nothing is measured here."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Bound:
    """What is demanded of a figure."""

    kind: Literal["at least", "at most"]
    limit: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; without a bound it is there for information."""

    part: str
    what: str
    value: float
    unit: str
    bound: Bound | None = None
    working: str = ""

    @property
    def holds(self) -> bool | None:
        """Say whether the bound holds; None when nothing is demanded."""
        if self.bound is None:
            return None
        if self.bound.kind == "at least":
            return self.value >= self.bound.limit
        return self.value <= self.bound.limit

    @property
    def verdict(self) -> str:
        """Say the same in words; blank when nothing is demanded."""
        return {None: "", True: "holds", False: "DOES NOT HOLD"}[self.holds]


def table(figures: Iterable[Figure]) -> Table:
    """Return every figure as a row, beside what is demanded of it."""
    made = Table(box=box.SIMPLE_HEAD, title="Benchmark: each line was measured in this one run")
    made.add_column("part")
    made.add_column("figure")
    made.add_column("measured", justify="right")
    made.add_column("demanded", justify="right")
    made.add_column("verdict")
    made.add_column("from", ratio=1)
    last = ""
    for each in figures:
        made.add_row(
            each.part if each.part != last else "",
            each.what,
            amount(each.value, each.unit),
            f"{each.bound.kind} {amount(each.bound.limit, each.unit)}" if each.bound else "",
            each.verdict,
            each.working,
            style="bold red" if each.holds is False else "",
        )
        last = each.part
    return made


def as_json(figures: Sequence[Figure], machine: dict[str, Any]) -> dict[str, Any]:
    """Return the figures as one JSON object, with the machine they were measured on."""
    return {
        "machine": machine,
        "all_hold": all(each.holds is not False for each in figures),
        "figures": [{**asdict(each), "holds": each.holds} for each in figures],
    }


def amount(value: float, unit: str) -> str:
    """Return a number with its unit, to three figures."""
    digits = 3 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{digits}f} {unit}".rstrip()


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that this share of the values does not exceed (0.5 is the median)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

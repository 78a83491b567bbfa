"""A team's tables as text, read by the shipped schemes, for tests of pasting."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from healthcheck.core.workload.columns import layout
from healthcheck.core.workload.pasted_tables import sheet_of
from healthcheck.core.workload.pasting import read
from healthcheck.core.workload.snapshots import Snapshot
from healthcheck.definitions.workload_files import FOLDER, read_schemes

if TYPE_CHECKING:
    from healthcheck.core.workload.columns import Layout
    from healthcheck.core.workload.pasting import Read
    from healthcheck.core.workload.schemes import Scheme

DAY = date(2026, 3, 1)
BLANK = Snapshot("Duty", DAY, (), ())
SCHEMES = Path(__file__).parents[2] / "questionnaires" / FOLDER
KINDS, POINTS, COUNT = ("contracted-hours",), ("ne-london-points",), ("simple-count",)


@cache
def schemes() -> dict[str, Scheme]:
    found, problems = read_schemes(SCHEMES)
    assert problems == ()
    return dict(found.by_id)


@cache
def asked(*names: str) -> Layout:
    """Return what a team of these schemes may say, of all of them without a name."""
    return layout([schemes()[name] for name in names or schemes()], DAY)


def pasted(text: str, *names: str, before: Snapshot | None = None) -> Read:
    return read([sheet_of(text)], asked(*names), BLANK, DAY, before)


def wrong(text: str, *names: str) -> list[str]:
    """Return what is wrong with a paste, a place and a sentence each."""
    return [f"{each.place}: {each.sentence}" for each in pasted(text, *names).bad]


def held(found: Read) -> dict[str, list[str]]:
    """Return the kinds of the cases that each worker has, by name."""
    assert found.bad == ()
    shown = {each.name: found.snapshot.held[each.id] for each in found.snapshot.workers}
    shown["nobody"] = found.snapshot.unallocated
    return {name: [case.kind for case in cases] for name, cases in shown.items()}

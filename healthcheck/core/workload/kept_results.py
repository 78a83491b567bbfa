"""A result without its cases, as plain data to keep and to read back many of at once.

What comes back has every load, capacity and light, exactly; it has no cases, nothing missing by
name, no figures used and no orders.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from healthcheck.core.workload.results import Result, TeamLoad, Unallocated, WorkerLoad
from healthcheck.core.workload.snapshots import Snapshot, Worker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from healthcheck.core.workload.lights import Light
    from healthcheck.core.workload.schemes import Scheme

Packed = list[Any]


def packed(result: Result) -> Packed:
    """Return a result as lists of texts, whole numbers and None."""
    team, waiting = result.team, result.unallocated
    bands = () if result.scheme.lights is None else result.scheme.lights.bands
    return [
        [*_load(team, bands), *_number(team.spare), *_number(team.over)],
        [waiting.cases, _or_none(waiting.load), waiting.is_complete, waiting.longest_wait],
        [[each.worker.id, each.unagreed, *_load(each, bands)] for each in result.workers],
    ]


def unpacked(
    scheme: Scheme, team: str, taken_on: date, names: Mapping[str, str], kept: Packed
) -> Result:
    """Return the result that was packed, of the same scheme, with the names that workers have."""
    bands = () if scheme.lights is None else scheme.lights.bands
    loads = tuple(_worker_load(each, names, bands) for each in kept[2])
    snapshot = Snapshot(team, taken_on, tuple(each.worker for each in loads), ())
    of_team, of_waiting = unpacked_team(scheme, kept), unpacked_unallocated(kept)
    return Result(scheme, snapshot, loads, of_team, of_waiting, (), ())


def unpacked_team(scheme: Scheme, kept: Packed) -> TeamLoad:
    """Return only the team's load of a result that was packed."""
    of_team = kept[0]
    bands = () if scheme.lights is None else scheme.lights.bands
    cases, load, capacity, light, is_complete = _read(of_team[:6], bands)
    spare, over = Fraction(*of_team[6:8]), Fraction(*of_team[8:10])
    return TeamLoad(cases, load, capacity, light, spare, over, is_complete)


def unpacked_unallocated(kept: Packed) -> Unallocated:
    """Return only the unallocated cases of a result that was packed."""
    waiting, load, is_complete, longest = kept[1]
    return Unallocated(waiting, None if load is None else Fraction(*load), is_complete, longest)


def _load(each: WorkerLoad | TeamLoad, bands: Sequence[Light]) -> Packed:
    light = None if each.light is None else bands.index(each.light)
    return [each.cases, *_number(each.load), _or_none(each.capacity), light, each.is_complete]


def _worker_load(kept: Packed, names: Mapping[str, str], bands: Sequence[Light]) -> WorkerLoad:
    worker_id, unagreed, *rest = kept
    cases, load, capacity, light, is_complete = _read(rest, bands)
    worker = Worker(id=worker_id, name=names.get(worker_id, worker_id))
    return WorkerLoad(worker, cases, load, capacity, light, is_complete, unagreed)


def _read(
    kept: Packed, bands: Sequence[Light]
) -> tuple[int, Fraction, Fraction | None, Light | None, bool]:
    cases, above, below, capacity, light, is_complete = kept
    return (
        cases,
        Fraction(above, below),
        None if capacity is None else Fraction(*capacity),
        None if light is None else bands[light],
        is_complete,
    )


def _number(exact: Fraction) -> tuple[int, int]:
    return exact.numerator, exact.denominator


def _or_none(exact: Fraction | None) -> list[int] | None:
    return None if exact is None else [*_number(exact)]

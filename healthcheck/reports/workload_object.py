"""A workload result as plain data, for programs: what `healthcheck workload --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.workload.working import working

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.workload.results import Order, Result, TeamLoad, WorkerLoad


def workload_object(result: Result) -> dict[str, object]:
    """Return the loads or orders, the totals and what is missing, by ids.

    Loads and capacities are in `unit`; what does not exist is None.
    """
    snapshot, scheme, waiting = result.snapshot, result.scheme, result.unallocated
    team, missing = result.team, result.missing
    return {
        "scheme": scheme.id,
        "unit": scheme.unit,
        "team": snapshot.team,
        "taken_on": snapshot.taken_on.isoformat(),
        "workers": [_worker(result, each) for each in result.workers],
        "total": _load(team) | {"spare": _number(team.spare), "over": _number(team.over)},
        "unallocated": {
            "cases": waiting.cases,
            "load": _number(waiting.load),
            "is_complete": waiting.is_complete,
            "longest_wait_days": waiting.longest_wait,
        },
        "orders": [_order(each) for each in result.orders],
        "missing": [
            {"what": each.sentence, "workers": each.worker_ids, "cases": each.case_ids}
            for each in missing
        ],
        "figures": [
            {
                "name": each.name,
                "value": _number(each.row.value),
                "from": each.row.starts.isoformat(),
                "standing": each.row.standing.value,
            }
            for each in result.used
        ],
        "cautions": list(scheme.cautions),
    }


def _worker(result: Result, each: WorkerLoad) -> dict[str, object]:
    return {
        "worker": each.worker.id,
        **_load(each),
        "spare": _number(each.spare),
        "unagreed": each.unagreed,
        "working": list(working(result, each.worker.id)),
    }


def _load(each: WorkerLoad | TeamLoad) -> dict[str, object]:
    return {
        "cases": each.cases,
        "load": _number(each.load),
        "capacity": _number(each.capacity),
        "percentage": _number(each.percentage),
        "light": each.light and each.light.id,
        "is_complete": each.is_complete,
    }


def _order(order: Order) -> dict[str, object]:
    places = [
        {
            "place": each.place,
            "case": each.case.id,
            "reference": each.case.reference,
            "worker": each.case.worker_id,
            "level": each.level and each.level.id,
            "reason": each.reason,
        }
        for each in order.places
    ]
    return {"use": order.use.name.lower(), "places": places}


def _number(exact: Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return int(exact) if exact.denominator == 1 else float(exact)

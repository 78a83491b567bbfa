"""What a snapshot says as the text that is stored, and read again.

Workers are named by their ids alone. What many cases have in common is written once: a team's
cases are many, and alike.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker

if TYPE_CHECKING:
    from collections.abc import Mapping

AGREED = ("agreed_by_supervisor", "agreed_by_worker")


def of_snapshot(snapshot: Snapshot) -> str:
    """Return what a snapshot says of its workers and cases as text."""
    alike: dict[str, int] = {}
    cases = []
    for case in snapshot.cases:
        number = alike.setdefault(_text(_common(case)), len(alike))
        since = case.waiting_since.isoformat() if case.waiting_since else None
        cases.append([case.id, case.worker_id, number, case.reference, since])
    return _text(
        {
            "workers": [_worker(each) for each in snapshot.workers],
            "alike": [json.loads(each) for each in alike],
            "cases": cases,
        }
    )


def snapshot(text: str, team: str, taken_on: date, names: Mapping[str, str]) -> Snapshot:
    """Return a snapshot that was stored, with the names its workers have now, by id."""
    stored = json.loads(text)
    alike = [_shared(each) for each in stored["alike"]]
    cases = tuple(
        Case(
            id=case_id,
            worker_id=worker_id,
            reference=reference,
            waiting_since=date.fromisoformat(since) if since else None,
            **alike[number],
        )
        for case_id, worker_id, number, reference, since in stored["cases"]
    )
    workers = tuple(_read_worker(each, names) for each in stored["workers"])
    return Snapshot(team, taken_on, workers, cases)


def _worker(worker: Worker) -> dict[str, object]:
    return _said(
        id=worker.id,
        grade=worker.grade,
        contracted_hours=_number(worker.contracted_hours),
        full_time_hours=_number(worker.full_time_hours),
        newly_qualified=worker.newly_qualified,
        reductions=[
            [str(each.amount), each.unit, each.reason, _day(each.starts), _day(each.ends)]
            for each in worker.reductions
        ],
        scores=_scores(worker.scores),
    )


def _read_worker(said: dict[str, Any], names: Mapping[str, str]) -> Worker:
    return Worker(
        id=said["id"],
        name=names[said["id"]],
        grade=said.get("grade", ""),
        contracted_hours=_fraction(said.get("contracted_hours")),
        full_time_hours=_fraction(said.get("full_time_hours")),
        newly_qualified=said.get("newly_qualified", False),
        reductions=tuple(
            Reduction(Fraction(amount), unit, reason, _date(starts), _date(ends))
            for amount, unit, reason, starts, ends in said.get("reductions", ())
        ),
        scores=_read_scores(said),
    )


def _common(case: Case) -> dict[str, object]:
    """Return what is written once for all cases that have it in common."""
    return _said(
        kind=case.kind,
        scores=_scores(case.scores),
        hours=_number(case.hours),
        agreed_by_supervisor=case.agreed_by_supervisor,
        agreed_by_worker=case.agreed_by_worker,
        factors=None if case.factors is None else sorted(case.factors),
        judged=dict(case.judged),
    )


def _shared(said: dict[str, Any]) -> dict[str, Any]:
    factors = said.get("factors")
    return {
        "kind": said.get("kind", ""),
        "scores": _read_scores(said),
        "hours": _fraction(said.get("hours")),
        **{each: said.get(each, False) for each in AGREED},
        "factors": None if factors is None else frozenset(factors),
        "judged": said.get("judged", {}),
    }


def _said(**parts: object) -> dict[str, object]:
    """Return the parts that say something; that a case has none of the factors is something."""
    nothing: tuple[object, ...] = ("", {}, None, False)
    return {
        name: value
        for name, value in parts.items()
        if value not in nothing and (value != [] or name == "factors")
    }


def _scores(scores: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(score) for name, score in scores.items()}


def _read_scores(said: dict[str, Any]) -> dict[str, Fraction]:
    return {name: _exact(score) for name, score in said.get("scores", {}).items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else _exact(text)


@cache
def _exact(text: str) -> Fraction:
    """Return the number a text says; scores and hours are few and come again and again."""
    return Fraction(text)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

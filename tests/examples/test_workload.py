"""Worked examples of workload: a scheme and a team in; loads, lights and orders out.

Each file says what it gives under `expect`, with its arithmetic in comments. A section that is left
out there is empty.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from healthcheck import resources
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.in_short import missing_in_short
from healthcheck.core.workload.lights import percentage_in_words
from healthcheck.core.workload.schemes import Count
from healthcheck.definitions.workload_files import Schemes, read_schemes
from healthcheck.definitions.workload_snapshots import read_snapshot

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.workload.results import Order, Result, TeamLoad, WorkerLoad

HERE = Path(__file__).parent / "workload"
EXAMPLES = sorted(each.stem for each in HERE.glob("*.yaml"))


@cache
def shipped() -> Schemes:
    found, problems = read_schemes(resources.folder("questionnaires") / "workload")
    assert problems == ()
    return found


def read(name: str) -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return written


def test_there_are_two_examples_or_more_of_each_shipped_scheme() -> None:
    told = Counter(read(name)["scheme"] for name in EXAMPLES)

    assert set(told) == set(shipped().by_id)
    assert min(told.values()) >= 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_team_gives_what_the_example_expects(name: str, tmp_path: Path) -> None:
    example = read(name)
    team = tmp_path / "team.yaml"
    team.write_text(yaml.safe_dump(example["team"], allow_unicode=True), "utf-8")
    snapshot, problems = read_snapshot(team)
    assert [str(each) for each in problems] == []
    assert snapshot is not None

    result = calculate(shipped().get(example["scheme"]), snapshot)

    assert found(result) == {"workers": {}, "orders": {}, "missing": []} | example["expect"]


def found(result: Result) -> dict[str, Any]:
    """Return all that an example states, in its words."""
    told: dict[str, Any] = {
        "workers": {each.worker.id: _worker(result, each) for each in result.workers},
        "orders": {each.use.name.lower(): _order(each) for each in result.orders},
        "missing": [missing_in_short(result, each) for each in result.missing],
    }
    team, waiting = result.team, result.unallocated
    if result.workers:
        told["team"] = _load(team) | {"spare": _plain(team.spare), "over": _plain(team.over)}
    if result.workers and waiting.cases:
        told["unallocated"] = {
            "cases": waiting.cases,
            "load": _plain(waiting.load),
            "longest_wait": waiting.longest_wait,
        }
    return told


def _worker(result: Result, each: WorkerLoad) -> dict[str, Any]:
    told = _load(each) | {"percentage": _plain(each.percentage), "spare": _plain(each.spare)}
    if each.percentage is not None:
        told["shown"] = percentage_in_words(each.percentage, result.scheme.lights)
    if each.unagreed:
        told["unagreed"] = each.unagreed
    if isinstance(result.scheme.rule, Count):
        told["lines"] = [line.compared(each.cases) for line in result.scheme.rule.lines]
    return told


def _load(each: WorkerLoad | TeamLoad) -> dict[str, Any]:
    return {
        "load": _plain(each.load),
        "capacity": _plain(each.capacity),
        "light": each.light and each.light.id,
    }


def _order(order: Order) -> list[list[Any]]:
    return [
        [each.case.reference, each.level and each.level.id, each.reason] for each in order.places
    ]


def _plain(number: Fraction | None) -> int | str | None:
    if number is None:
        return None
    return int(number) if number.denominator == 1 else str(number)

"""The safe levels that an employer published."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING, Any

from healthcheck.core.workload.benchmarks import Benchmark, Level, ServiceLevels
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

BENCHMARK = """
SELECT employer_id, address, services, note, published_at, removed_at, reason FROM benchmarks
"""


def publish(store: Store, benchmark: Benchmark, person_id: str) -> None:
    """Write that these levels are public."""
    store.run(
        "INSERT INTO benchmarks (address, employer_id, services, note, published_by, published_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        benchmark.address,
        benchmark.employer_id,
        _text(benchmark.services),
        benchmark.note,
        person_id,
        stamp(benchmark.published_at),
    )


def change(store: Store, benchmark: Benchmark, person_id: str) -> None:
    """Write what a page that stands says from now on, at the same address."""
    store.run(
        "UPDATE benchmarks SET services = ?, note = ?, published_by = ?, published_at = ?"
        " WHERE address = ? AND removed_at IS NULL",
        _text(benchmark.services),
        benchmark.note,
        person_id,
        stamp(benchmark.published_at),
        benchmark.address,
    )


def remove(store: Store, address: str, reason: str, person_id: str, now: datetime) -> None:
    """Write that the page at an address was taken down, and why."""
    store.run(
        "UPDATE benchmarks SET removed_by = ?, removed_at = ?, reason = ?"
        " WHERE address = ? AND removed_at IS NULL",
        person_id,
        stamp(now),
        reason,
        address,
    )


def find(store: Store, address: str) -> Benchmark | None:
    """Return what is, or was, public at an address."""
    row = store.row(f"{BENCHMARK} WHERE address = ?", address)
    return _benchmark(row) if row else None


def of(store: Store, employer_id: str) -> tuple[Benchmark, ...]:
    """Return everything an employer published, newest first."""
    rows = store.rows(f"{BENCHMARK} WHERE employer_id = ? ORDER BY number DESC", employer_id)
    return tuple(map(_benchmark, rows))


def _text(services: Iterable[ServiceLevels]) -> str:
    return json.dumps([astuple(each) for each in services], ensure_ascii=False, default=str)


def _benchmark(row: Row) -> Benchmark:
    employer_id, address, services, note, published_at, removed_at, reason = row
    return Benchmark(
        employer_id,
        address,
        tuple(
            ServiceLevels(service, tuple(map(_level, levels)), tuple(cautions), tuple(missing))
            for service, levels, cautions, missing in json.loads(services)
        ),
        note,
        moment(published_at),
        moment(removed_at) if removed_at else None,
        reason,
    )


def _level(stored: list[Any]) -> Level:
    scheme, level, standing, source, adjusted, since = stored
    day = date.fromisoformat(since) if since else None
    return Level(scheme, level, standing, source, adjusted, day)

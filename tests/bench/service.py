"""The page of a service: 1,000 workers of 80 teams with a year of monthly snapshots."""

from __future__ import annotations

import gc
import secrets
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

from healthcheck import bootstrap, resources
from healthcheck.config import Config
from healthcheck.core.accounts import Employer, Person
from healthcheck.core.permissions import Role
from healthcheck.core.workload.teams import Kept, Team, Way
from healthcheck.services.accounts import fingerprint
from healthcheck.storage import accounts, roles, sessions, snapshots, teams
from healthcheck.web.app import create_app
from tests.bench.figures import Bound, Figure, percentile
from tests.bench.workload import made_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.storage.store import Store

WORKERS, TEAMS, CASES_A_WORKER = 1_000, 80, 25
MONTHS = 12
SCHEMES = ("contracted-hours", "ne-london-points")
MOST_MILLISECONDS = 200.0
TIMES = 20
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
EMPLOYER = Employer("employer", "A whole employer", "england", "council")
LEAD = Person("lead", "Lena Lead", "lena@employer.example")
TOKEN = "a session of the benchmark"
PAGE = f"/employers/{EMPLOYER.id}/workload"
VISITS = {
    "those at or above capacity": PAGE,
    "every worker": f"{PAGE}?show=everybody",
}


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return the server's time for the page, warm, and that of the first visit after a snapshot."""
    with TemporaryDirectory(prefix="bench-") as folder:
        config = Config(
            data=Path(folder),
            questionnaires=resources.folder("questionnaires"),
            secret_key="of no use to anyone " * 2,
        )
        with closing(bootstrap.load(config, lambda: NOW)) as product:
            say("writing a year of snapshots")
            with product.context() as ctx, ctx.store.writing():
                fill(ctx.store, list(ctx.library.schemes.by_id.values()))
            client = _signed_in(create_app(product).test_client())
            gc.collect()
            gc.freeze()  # as the shipped server does
            say("working everything out once")
            first = _visit(client, PAGE)
            found = [_figure(client, what, path, say) for what, path in VISITS.items()]
            gc.unfreeze()
            with product.context() as ctx, ctx.store.writing():
                ctx.store.run("UPDATE snapshots SET revision = 2 WHERE team_id = 'team-0'")
            changed = _visit(client, PAGE)
    made = f"{TEAMS} teams × {MONTHS} snapshots × {len(SCHEMES)} schemes, made once and kept"
    return [
        *found,
        Figure("service", "after every snapshot of one team changed", changed, "ms"),
        Figure("service", "the very first visit", first, "ms", working=made),
    ]


def fill(store: Store, schemes: list[Scheme]) -> None:
    """Write an employer with its lead, its teams, and a year of snapshots of each."""
    accounts.add_employer(store, EMPLOYER, NOW)
    accounts.add_person(store, LEAD, "", NOW)
    roles.give(store, LEAD.id, Role.LEAD, EMPLOYER.id)
    sessions.add(store, fingerprint(TOKEN), LEAD.id, NOW)
    whole = made_up(schemes, WORKERS, WORKERS * CASES_A_WORKER)
    for number in range(TEAMS):
        team = Team(f"team-{number}", EMPLOYER, f"Team {number:02}", "childrens", SCHEMES)
        teams.add(store, team, LEAD.id, NOW)
        part = _part(whole, number)
        names = [(each.id, each.name) for each in part.workers]
        teams.add_workers(store, team.id, names, NOW)
        for month in range(1, MONTHS + 1):
            day = date(2026, month, 1)
            taken = replace(part, taken_on=day, cases=part.cases[month:])
            kept = Kept(secrets.token_urlsafe(9), team.id, taken, day, Way.PASTED, 1, "", NOW)
            snapshots.add(store, kept, LEAD.id)


def _part(whole: Snapshot, number: int) -> Snapshot:
    """Return the part of a service that is one team; unallocated cases are spread over all."""
    workers = whole.workers[number::TEAMS]
    ids = {each.id for each in workers}
    cases = tuple(
        each
        for place, each in enumerate(whole.cases)
        if (each.worker_id in ids if each.worker_id else place // 50 % TEAMS == number)
    )
    return replace(whole, workers=workers, cases=cases)


def _signed_in(client: FlaskClient) -> FlaskClient:
    with client.session_transaction() as session:
        session["token"] = TOKEN
    return client


def _figure(client: FlaskClient, what: str, path: str, say: Callable[[str], None]) -> Figure:
    say(what)
    times = [_visit(client, path) for _ in range(TIMES)]
    working = (
        f"p95 of {TIMES}, median {median(times):.0f} ms of processor; {WORKERS:,} workers,"
        f" {WORKERS * CASES_A_WORKER:,} cases, {TEAMS} teams, {MONTHS} snapshots each"
    )
    slowest = percentile(times, 0.95)
    return Figure("service", what, slowest, "ms", Bound("at most", MOST_MILLISECONDS), working)


def _visit(client: FlaskClient, path: str) -> float:
    """Return the milliseconds of this process's time that a page takes."""
    before = process_time()
    answer = client.get(path)
    took = 1000 * (process_time() - before)
    if answer.status_code != 200:
        raise ValueError(f"{path} gave {answer.status_code}")
    return took

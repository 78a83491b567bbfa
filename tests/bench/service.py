"""The page of a service: 1,000 workers of 80 teams with a year of monthly snapshots."""

from __future__ import annotations

import gc
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
from healthcheck.core.workload.teams import Team
from healthcheck.services import snapshots
from healthcheck.services.accounts import fingerprint
from healthcheck.storage import accounts, roles, sessions, teams
from healthcheck.web.app import create_app
from tests.bench.figures import Bound, Figure, percentile
from tests.bench.workload import made_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.services.context import Context

WORKERS, TEAMS, CASES_A_WORKER = 1_000, 80, 25
MONTHS = 12
SCHEMES = ("contracted-hours", "ne-london-points")
BOUND = Bound("at most", 200.0)
TIMES = 20
NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)
EMPLOYER = Employer("employer", "A whole employer", "england", "council")
LEAD = Person("lead", "Lena Lead", "lena@employer.example")
TOKEN = "a session of the benchmark"
PAGE = f"/employers/{EMPLOYER.id}/workload"
ANOTHER_PAGE = "/about"
VISITS = {
    "those at or above capacity": PAGE,
    "every worker": f"{PAGE}?show=everybody",
    "the lead’s first page": "/",
}
FORGET = ("DELETE FROM workload_sums", "DELETE FROM team_sums")
"""What an upgrade comes to: nothing that was worked out before counts any longer."""


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return the server's time for the page, in every state, and for the lead's first page."""
    with TemporaryDirectory(prefix="bench-") as folder:
        config = Config(
            data=Path(folder),
            questionnaires=resources.folder("questionnaires"),
            secret_key="of no use to anyone " * 2,
        )
        with closing(bootstrap.load(config, lambda: NOW)) as product:
            say("saving a year of snapshots")
            with product.context(LEAD) as ctx:
                fill(ctx)
            client = _signed_in(create_app(product).test_client())
            _visit(client, ANOTHER_PAGE)  # Flask makes itself ready at the first request of all
            gc.collect()
            gc.freeze()  # as the shipped server does
            first = _visit(client, PAGE)
            found = [_figure(client, what, path, say) for what, path in VISITS.items()]
            with product.context(LEAD) as ctx:
                _change(ctx)
            changed = _visit(client, PAGE)
            gc.unfreeze()
            say("working everything out anew")
            with product.context() as ctx, ctx.store.writing():
                for forget in FORGET:
                    ctx.store.run(forget)
            anew = _visit(client, PAGE)
    outdated = f"{TEAMS} teams × {MONTHS} snapshots × {len(SCHEMES)} schemes, once; or as it starts"
    return [
        Figure("service", "the first visit after all was saved", first, "ms", BOUND),
        *found,
        Figure("service", "after a team’s snapshot changed", changed, "ms", BOUND),
        Figure("service", "after an upgrade outdated every sum", anew, "ms", working=outdated),
    ]


def fill(ctx: Context) -> None:
    """Save an employer with its lead, its teams, and a year of snapshots of each."""
    with ctx.store.writing():
        accounts.add_employer(ctx.store, EMPLOYER, NOW)
        accounts.add_person(ctx.store, LEAD, "", NOW)
        roles.give(ctx.store, LEAD.id, Role.LEAD, EMPLOYER.id)
        sessions.add(ctx.store, fingerprint(TOKEN), LEAD.id, NOW)
    whole = made_up(ctx.library.schemes.by_id.values(), WORKERS, WORKERS * CASES_A_WORKER)
    for number in range(TEAMS):
        team = Team(f"team-{number}", EMPLOYER, f"Team {number:02}", "childrens", SCHEMES)
        with ctx.store.writing():
            teams.add(ctx.store, team, LEAD.id, NOW)
        part = _part(whole, number)
        for month in range(1, MONTHS + 1):
            taken = replace(part, taken_on=date(2026, month, 1), cases=part.cases[month:])
            snapshots.save(ctx, team.id, taken)


def _change(ctx: Context) -> None:
    """Take a case out of one team's newest snapshot."""
    kept = snapshots.newest(ctx, "team-0")
    if kept is None:
        raise ValueError("the team has no snapshot")
    fewer = replace(kept.snapshot, cases=kept.snapshot.cases[1:])
    snapshots.change(ctx, "team-0", kept.id, fewer, kept.revision)


def _part(whole: Snapshot, number: int) -> Snapshot:
    """Return the part of a service that is one team; unallocated cases are spread over all.

    Since when they wait is left out, for the same cases stand in the snapshots of earlier months.
    """
    workers = whole.workers[number::TEAMS]
    ids = {each.id for each in workers}
    cases = tuple(
        replace(each, waiting_since=None)
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
    return Figure("service", what, slowest, "ms", BOUND, working)


def _visit(client: FlaskClient, path: str) -> float:
    """Return the milliseconds of this process's time that a page takes."""
    before = process_time()
    answer = client.get(path)
    took = 1000 * (process_time() - before)
    if answer.status_code != 200:
        raise ValueError(f"{path} gave {answer.status_code}")
    return took

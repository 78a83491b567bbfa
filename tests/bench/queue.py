"""BASW's queue with 250 employers × 2 services × 10 years in the database."""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from healthcheck import bootstrap, resources
from healthcheck.config import Config
from healthcheck.core.accounts import Employer, Person
from healthcheck.core.assessments import Assessment
from healthcheck.core.permissions import Role
from healthcheck.core.steps import State
from healthcheck.services.accounts import fingerprint
from healthcheck.storage import accounts, assessments, events, roles, sessions
from healthcheck.web.app import create_app
from tests.bench.figures import Bound, Figure, percentile

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from healthcheck.storage.store import Store

EMPLOYERS, SERVICES, YEARS = 250, ("childrens", "adults"), range(2017, 2027)
MOST_MILLISECONDS = 100.0
TIMES = 30
NATIONS = ("england", "wales", "scotland", "northern-ireland")
TYPES = ("council", "nhs-trust", "voluntary")
QUESTIONNAIRE, EDITION = "employer-health-check", "2026"
NOW = datetime(2026, 10, 10, 9, tzinfo=UTC)
REVIEWER = Person("reviewer", "Rhona Reviewer", "rhona@basw.example")
TOKEN = "a session of the benchmark"
VISITS = {
    "first page": "/basw/queue",
    "filtered and sorted": "/basw/queue?nation=wales&overdue=yes&sort=-deadline",
    "last page of an old year": f"/basw/queue?cycle={QUESTIONNAIRE}:2018&sort=activity&page=10",
    "CSV of all lines": "/basw/queue.csv",
}


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return the server's time for each kind of visit; each must stay under the limit."""
    with TemporaryDirectory(prefix="bench-") as folder:
        config = Config(
            data=Path(folder),
            questionnaires=resources.folder("questionnaires"),
            secret_key="of no use to anyone " * 2,
        )
        with closing(bootstrap.load(config, lambda: NOW)) as product:
            say("writing ten years of health checks")
            with product.context() as ctx, ctx.store.writing():
                fill(ctx.store)
            client = _signed_in(create_app(product).test_client())
            return [_figure(client, what, path, say) for what, path in VISITS.items()]


def fill(store: Store) -> None:
    """Write the employers, their health checks with an event each, and a reviewer."""
    accounts.add_person(store, REVIEWER, "", NOW)
    roles.give(store, REVIEWER.id, Role.REVIEWER, None)
    sessions.add(store, fingerprint(TOKEN), REVIEWER.id, NOW)
    states = tuple(State)
    for number in range(EMPLOYERS):
        nation, kind = NATIONS[number % len(NATIONS)], TYPES[number % len(TYPES)]
        employer = Employer(secrets.token_urlsafe(12), f"Employer {number:03}", nation, kind)
        accounts.add_employer(store, employer, NOW)
        for year in YEARS:
            for service in SERVICES:
                place = number + year + len(service)
                _add(store, employer, service, year, states[place % len(states)])
    store.run("UPDATE assessments SET reviewer_id = ? WHERE rowid % 3 = 0", REVIEWER.id)


def _add(store: Store, employer: Employer, service: str, year: int, state: State) -> None:
    made = Assessment(
        id=secrets.token_urlsafe(12),
        reference=f"HC-{year}-{secrets.token_hex(4)}",
        employer=employer,
        service=service,
        cycle=str(year),
        due=date(year, 9, 30) + timedelta(days=len(employer.nation)),
        questionnaire=QUESTIONNAIRE,
        edition=EDITION,
        digest="",
        revision=1,
        changed_at=NOW,
        state=state,
    )
    assessments.add(store, made)
    events.add(store, "assessment started", NOW, assessment_id=made.id, employer_id=employer.id)


def _signed_in(client: FlaskClient) -> FlaskClient:
    with client.session_transaction() as session:
        session["token"] = TOKEN
    return client


def _figure(client: FlaskClient, what: str, path: str, say: Callable[[str], None]) -> Figure:
    say(what)
    times = []
    for _ in range(TIMES):
        before = perf_counter()
        answer = client.get(path)
        times.append(1000 * (perf_counter() - before))
        if answer.status_code != 200:
            raise ValueError(f"{path} gave {answer.status_code}")
    working = (
        f"p95 of {TIMES}, median {median(times):.1f} ms; {EMPLOYERS} employers ×"
        f" {len(SERVICES)} services × {len(YEARS)} years"
    )
    slowest = percentile(times, 0.95)
    return Figure("queue", what, slowest, "ms", Bound("at most", MOST_MILLISECONDS), working)

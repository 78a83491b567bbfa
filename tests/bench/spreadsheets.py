"""A plan of 5,000 actions as an Excel workbook, from the database to the file, and read back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from healthcheck import bootstrap, resources
from healthcheck.config import Config
from healthcheck.core.accounts import Employer, Person
from healthcheck.core.permissions import Role
from healthcheck.core.plan_changes import By
from healthcheck.core.plan_filters import Filter
from healthcheck.services import plan_workbooks
from healthcheck.services.assessments import start
from healthcheck.storage import accounts, plans
from tests.bench.figures import Bound, Figure
from tests.bench.prepared import EDITION, QUESTIONNAIRE
from tests.plan_of_many import sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context

ACTIONS, OWNERS, TIMES = 5000, 25, 5
MOST_SECONDS = 2.0
LEAD = Person("lead", "Priya Shah", "lead@northmere.example")
NORTHMERE = Employer("northmere", "Northmere Council", "england", "council")


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return what the workbook takes to make, and to look at when it comes back untouched."""
    with TemporaryDirectory(prefix="bench-") as folder:
        config = Config(
            data=Path(folder),
            questionnaires=resources.folder("questionnaires"),
            secret_key="of no use to anyone " * 2,
        )
        with closing(bootstrap.load(config)) as product, product.context() as bare:
            say(f"writing a plan of {ACTIONS:,} actions")
            ctx = replace(bare, person=LEAD)
            assessment_id = fill(ctx).id
            say("Excel")
            making = timed(lambda: plan_workbooks.workbook(ctx, assessment_id, Filter()))
            say("looking at it")
            content = plan_workbooks.workbook(ctx, assessment_id, Filter())[1]
            looking = timed(lambda: plan_workbooks.look(ctx, assessment_id, content))
    what = f"Excel of {ACTIONS:,} actions"
    working = f"median of {TIMES}, from the database; {len(content) / 2**20:.1f} MB"
    return [
        Figure("spreadsheets", what, making, "s", Bound("at most", MOST_SECONDS), working),
        Figure("spreadsheets", f"{what}, uploaded and looked at", looking, "s"),
    ]


def fill(ctx: Context) -> Assessment:
    """Write an employer with its lead, a health check, and its plan with a note on every third."""
    with ctx.store.writing():
        accounts.add_employer(ctx.store, NORTHMERE, ctx.now)
        accounts.add_person(ctx.store, LEAD, "", ctx.now)
        accounts.add_role(ctx.store, LEAD.id, NORTHMERE.id, Role.LEAD)
    assessment = start(
        ctx,
        NORTHMERE,
        service="childrens",
        cycle="2026",
        due=date(2027, 9, 30),
        questionnaire=QUESTIONNAIRE,
        edition=EDITION,
    )
    asked = ctx.library.worded(QUESTIONNAIRE, EDITION, assessment.facts)
    plan, by = sources(asked, ACTIONS, OWNERS).plan, By(LEAD.name, LEAD.id)
    with ctx.store.writing():
        for action in plan.actions:
            made = replace(action, assessment_id=assessment.id)
            plans.add(ctx.store, made, by=by, now=ctx.now)
            for note in plan.notes.get(action.id, ()):
                plans.add_note(ctx.store, action.id, note.text, by=by, now=ctx.now)
    return assessment


def timed(work: Callable[[], object]) -> float:
    """Return the median of the seconds that some work takes."""
    seconds = []
    for _ in range(TIMES):
        before = perf_counter()
        work()
        seconds.append(perf_counter() - before)
    return median(seconds)

"""The shipped questionnaire filled from snapshots and from reports of an excessive caseload."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.config import SHIPPED
from healthcheck.core.caseload_filling import NOT_ASKED_YET
from healthcheck.core.caseload_rules import Typed
from healthcheck.core.workload.team_rules import Details
from healthcheck.definitions.library import load
from healthcheck.services import caseload_figures, caseload_raising, caseload_reports, teams
from healthcheck.services.assessments import opened, save_topic, start
from tests.people import ALICE, BOB, DUE, NORTHMERE, QUESTIONNAIRES, offer
from tests.teams import keep

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.definitions.library import Library
    from tests.people import World

TODAY = date(2026, 3, 2)
LIMIT = ("contracted-hours",)
MONTHS = [date(2025, month, 28) for month in range(5, 13)] + [date(2026, 2, 27), TODAY]
"""April 2025 and January 2026 were not counted; AB was over in December, February and March."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Read the shipped questionnaires beside the small one that the world is about."""
    folder = tmp_path_factory.mktemp("questionnaires")
    for each in (*SHIPPED.iterdir(), QUESTIONNAIRES / "small-check"):
        (folder / each.name).symlink_to(each.resolve())
    return load(folder)


@pytest.fixture
def check(world: World) -> Assessment:
    ctx = world.as_(ALICE)
    made = start(
        ctx,
        NORTHMERE,
        service="adults",
        cycle="Whole",
        due=DUE,
        questionnaire="employer-health-check",
        edition="2026",
    )
    team = teams.add(ctx, NORTHMERE.id, Details("Duty", "adults", LIMIT))
    for month in MONTHS:
        keep(world, team, month, 13 if month > date(2025, 12, 1) else 3)
    return made


def test_every_figure_of_the_edition_comes_in_with_its_date_and_source(
    world: World, check: Assessment
) -> None:
    alice, bob = world.as_(ALICE), world.as_(BOB)
    made = caseload_raising.raise_named(bob, NORTHMERE.id, Typed("service-adults", "40 cases."))
    for _ in range(4):
        caseload_raising.raise_named(bob, NORTHMERE.id, Typed("service-adults", "Still 40."))
    caseload_reports.answer(alice, NORTHMERE.id, made.id, "Ten go to another team.")
    early = caseload_figures.look(bob, check.id)
    assert {each.question.id for each in early.rows if each.hindrance == NOT_ASKED_YET} == {
        "share-over-safe-level",
        "share-often-over-safe-level",
    }
    save_topic(alice, check.id, "over-safe-levels", {"safe-level-set": offer("yes")}, {})

    looked = caseload_figures.look(bob, check.id)
    chosen = [each.question.id for each in looked.rows if each.is_ticked]
    onto = [each.question.id for each in looked.evidence]
    done = caseload_figures.apply(bob, check.id, looked.day, looked.fingerprint, chosen, onto)
    now = opened(bob, check.id)
    assert (done.answers, done.files) == (10, 2)
    assert {name: now.saved[name].entry.value[0] for name in chosen} == {
        "figures-date": "2026-03-02",
        "figures-records": "Caseload snapshots: 1 team, counted on 2 March 2026",
        "cases-held": "14",
        "case-holders": "1.5",
        "unallocated-cases": "1",
        "unallocated-longest-wait": "28",
        "share-over-safe-level": "50",
        "share-often-over-safe-level": "50",
        "caseload-reports-made": "5",
        "caseload-reports-resolved": "1",
    }
    assert now.journey["average-caseload"].value == Fraction(28, 3)
    assert now.problems == {}
    (level,) = (each for each in looked.rows if each.question.id == "safe-level-cases")
    assert level.found.missing[0].startswith("The safe level of Duty is not in cases: Capacity")
    assert sorted(now.attachments) == ["workflow-waiting-risk", "workload-safe-levels"]


def test_without_a_snapshot_by_the_day_of_the_answers_the_newest_is_shown(
    world: World, check: Assessment
) -> None:
    ctx = world.as_(ALICE)
    save_topic(ctx, check.id, "figures-basis", {"figures-date": offer("2025-04-30")}, {})
    assert caseload_figures.look(ctx, check.id).day == TODAY

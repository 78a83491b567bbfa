from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.movement import Moved
from healthcheck.core.steps import State
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.last_year import last_year
from healthcheck.services.reports import ask_for_report, beside_last_year
from healthcheck.storage import assessments as stored
from tests import next_year, reviewing
from tests.people import ALICE, BOB, NOW, offer

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from tests.people import World

ANEW = {
    "allocation": {"fair-allocation": offer("1")},
    "equipment": {"shared-equipment": offer("no")},
    "posts": {"in-post": offer("95")},
}
"""What a complete health check of 2027 needs besides last year's answers."""


@pytest.fixture(name="new")
def begun(world: World) -> Assessment:
    """Northmere's health check of 2027, after most of that of 2026 was answered."""
    return next_year.answer_and_begin(world)


def confirm_vacancies(world: World, new: Assessment) -> None:
    save_topic(world.as_(BOB), new.id, "posts", {}, {}, confirm=["vacancies"])


def page_of(world: World, key: str) -> str:
    (row,) = world.as_(None).store.rows("SELECT html FROM report_jobs WHERE key LIKE ?", f"{key}%")
    return str(row[0])


def test_last_year_is_the_latest_with_answers_that_was_not_withdrawn(
    world: World, new: Assessment
) -> None:
    ctx = world.as_(ALICE)
    after = next_year.begin(world, year=2028)
    then = last_year(ctx, after)
    assert then is not None
    assert then.assessment.id == world.northmeres.id  # nothing was answered in 2027
    confirm_vacancies(world, new)
    then = last_year(ctx, after)
    assert then is not None
    assert then.assessment.id == new.id
    with ctx.store.writing():
        stored.move(ctx.store, new.id, State.IN_PROGRESS, State.WITHDRAWN, NOW)
    then = last_year(ctx, after)
    assert then is not None
    assert then.assessment.id == world.northmeres.id
    assert last_year(ctx, world.northmeres) is None


def test_only_what_was_submitted_stands_beside_what_basw_reads(
    world: World, new: Assessment
) -> None:
    assert last_year(world.as_(ALICE), new, only_submitted=True) is None


def test_the_report_has_last_year_beside_this_year(world: World, new: Assessment) -> None:
    confirm_vacancies(world, new)
    told = beside_last_year(world.as_(ALICE), new.id).last_year
    assert told is not None
    lines = {line.id: line for section in told.sections for line in section.lines}
    assert lines["vacancies"].moved is Moved.SAME
    assert beside_last_year(world.as_(ALICE), world.northmeres.id).last_year is None


def test_a_report_is_made_again_when_last_year_changed(world: World, new: Assessment) -> None:
    ctx = world.as_(ALICE)
    first = ask_for_report(ctx, new.id)
    assert ask_for_report(ctx, new.id).key == first.key
    assert "2026 beside 2027" in page_of(world, first.key)
    changes = {"vacancies": offer("11", based_on=1)}
    save_topic(ctx, world.northmeres.id, "posts", changes, {})
    assert ask_for_report(ctx, new.id).key != first.key


def test_a_signed_report_has_what_was_submitted_last_year(world: World) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    new = next_year.begin(world)
    ctx = world.as_(ALICE)
    last = opened(ctx, new.id).last
    assert last is not None
    for topic in opened(ctx, new.id).questionnaire.topics:
        anew = ANEW.get(topic.id, {})
        same = [each.id for each in topic.questions if each.id in last.carried.keys() - anew.keys()]
        save_topic(ctx, new.id, topic.id, anew, {}, confirm=same)
    assert opened(ctx, new.id).saved["who-allocates"].entry == Entry(("manager",))
    reviewing.sign(world, new)
    (page,) = [
        row[0]
        for row in world.as_(None).store.rows(
            "SELECT html FROM report_jobs WHERE assessment_id = ?", new.id
        )
    ]
    assert "2026 beside 2027" in page
    assert "Up 5 full-time equivalent" in page

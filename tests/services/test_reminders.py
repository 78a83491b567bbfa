from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Role
from healthcheck.core.steps import State
from healthcheck.services import assigning, sign_off
from healthcheck.services.reminders import Queued, remind
from healthcheck.storage import assessments, roles
from healthcheck.storage import messages as stored
from tests import plans, reviewing
from tests.people import ALICE, BOB, CHARLIE, DUE, VERA
from tests.reviewing import ANSWERS, CONSULTATION, OLIVE

if TYPE_CHECKING:
    from tests.people import World


def on(world: World, days_left: int, hour: int = 9) -> tuple[Queued, ...]:
    """Run the command so many days before the deadline."""
    world.clock.now = datetime(DUE.year, DUE.month, DUE.day, hour, tzinfo=UTC) - timedelta(
        days_left
    )
    return remind(world.as_(None))


def written(world: World) -> list[tuple[str, Kind]]:
    """Return who got what since the last look, in order of names; the messages are then gone."""
    store = world.as_(None).store
    with store.writing():
        rows = [(each.recipient, each.kind) for each in stored.page(store, 0, 100)]
        store.run("UPDATE messages SET recipient = '', kind = 'SUBMITTED'")
    return sorted((row for row in rows if row[0]), key=lambda row: row[0])


def text(world: World, email: str) -> str:
    rows = world.as_(None).store.rows("SELECT text FROM messages WHERE recipient = ?", email)
    return " ".join(str(rows[-1][0]).split())


@pytest.fixture
def northmere(world: World) -> World:
    """Leave only Northmere's health check to be reminded of; the others are withdrawn."""
    store = world.as_(None).store
    reviewing.with_basw(world)
    with store.writing():
        assessments.move(
            store, world.southmeres.id, State.NOT_STARTED, State.WITHDRAWN, world.clock()
        )
    return world


def test_each_lead_is_reminded_of_their_own_and_told_by_when(world: World) -> None:
    queued = on(world, 28)

    assert {(each.when, each.people) for each in queued} == {("due in 28 days", 1)}
    assert {each.reference for each in queued} == {
        world.northmeres.reference,
        world.southmeres.reference,
    }
    assert "by 30 September 2026. That is in 28 days." in text(world, ALICE.email)
    assert f"/assessments/{world.northmeres.id} " in text(world, ALICE.email)
    assert "Southmere" not in text(world, ALICE.email)
    assert "Northmere" not in text(world, CHARLIE.email)
    assert written(world) == [(ALICE.email, Kind.REMINDER), (CHARLIE.email, Kind.REMINDER)]


def test_run_every_hour_for_months_each_reminder_goes_out_once(northmere: World) -> None:
    sent = {}
    for days in range(40, -30, -1):
        for hour in (1, 12):
            for each in on(northmere, days, hour):
                sent[days, hour] = (each.when, each.people)

    assert sent == {
        (28, 1): ("due in 28 days", 1),
        (7, 1): ("due in 7 days", 1),
        (1, 1): ("due tomorrow", 1),
        (-1, 1): ("due 1 day ago", 1),
        (-8, 1): ("due 8 days ago", 1),
        (-15, 1): ("due 15 days ago", 1),
        (-22, 1): ("due 22 days ago", 1),
        (-29, 1): ("due 29 days ago", 1),
    }


def test_the_day_is_that_of_the_united_kingdom(northmere: World) -> None:
    # In September, 23:00 UTC is midnight in London.
    northmere.clock.now = datetime(2026, 9, 1, 22, 59, tzinfo=UTC)
    assert remind(northmere.as_(None)) == ()
    northmere.clock.now = datetime(2026, 9, 1, 23, 0, tzinfo=UTC)
    assert [each.when for each in remind(northmere.as_(None))] == ["due in 28 days"]


def test_what_was_missed_is_made_up_for_by_the_latest_one_alone(northmere: World) -> None:
    assert [each.when for each in on(northmere, 25)] == ["due in 25 days"]
    assert on(northmere, 24) == ()
    assert [each.when for each in on(northmere, 0)] == ["due today"]
    assert [each.when for each in on(northmere, -20)] == ["due 20 days ago"]
    assert written(northmere) == [
        (ALICE.email, Kind.OVERDUE),
        (ALICE.email, Kind.REMINDER),
        (ALICE.email, Kind.REMINDER),
    ]


def test_a_run_that_comes_far_too_late_leaves_it_to_the_next_reminder(northmere: World) -> None:
    assert on(northmere, 15) == ()


def test_a_deadline_that_moved_is_a_new_reason(northmere: World) -> None:
    on(northmere, 28)
    store = northmere.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET due = '2026-10-14' WHERE id = ?", northmere.northmeres.id)
        store.run("UPDATE cycles SET due = '2026-10-14'")

    assert on(northmere, 28) == ()
    assert [each.when for each in on(northmere, 28 - 14)] == ["due in 28 days"]


def test_people_with_unfinished_topics_are_reminded_of_those(northmere: World) -> None:
    id_ = northmere.northmeres.id
    assigning.assign(
        northmere.as_(ALICE),
        id_,
        {},
        {"scheme": [BOB.id], "allocation": [BOB.id], "posts": [ALICE.id]},
    )
    written(northmere)
    reviewing.save(northmere, "scheme", ANSWERS["scheme"])

    assert [each.people for each in on(northmere, 7)] == [2]
    titles = {
        topic.id: topic.title
        for topic in northmere.product.library.get("small-check", "2026").topics
    }
    said = text(northmere, BOB.email)
    assert f"not finished: - {titles['allocation']} Open" in said
    assert titles["scheme"] not in said
    assert "It has not been sent for sign-off." in text(northmere, ALICE.email)
    assert written(northmere) == [(ALICE.email, Kind.REMINDER), (BOB.email, Kind.REMINDER)]


def test_a_topic_with_an_answer_to_correct_is_not_finished(northmere: World) -> None:
    assigning.assign(northmere.as_(ALICE), northmere.northmeres.id, {}, {"scheme": [BOB.id]})
    long = replace(ANSWERS["scheme"]["agreed-scheme"], evidence="x" * 10_412)
    reviewing.save(northmere, "scheme", {**ANSWERS["scheme"], "agreed-scheme": long})
    written(northmere)
    on(northmere, 7)
    assert (BOB.email, Kind.REMINDER) in written(northmere)


def test_who_finished_or_may_no_longer_answer_is_left_in_peace(northmere: World) -> None:
    id_ = northmere.northmeres.id
    assigning.assign(northmere.as_(ALICE), id_, {}, {"scheme": [BOB.id], "posts": [BOB.id]})
    reviewing.save(northmere, "scheme", ANSWERS["scheme"])
    store = northmere.as_(None).store
    with store.writing():
        roles.take(store, BOB.id, Role.CONTRIBUTOR, northmere.northmeres.employer.id)
        roles.give(store, BOB.id, Role.VIEWER, northmere.northmeres.employer.id)
    written(northmere)

    on(northmere, 7)

    assert written(northmere) == [(ALICE.email, Kind.REMINDER)]


def test_when_it_waits_for_sign_off_the_officer_is_reminded_to_sign(northmere: World) -> None:
    for topic, answers in ANSWERS.items():
        reviewing.save(northmere, topic, answers)
    plans.settle(northmere.as_(ALICE), northmere.northmeres.id)
    sign_off.send(northmere.as_(ALICE), northmere.northmeres.id, CONSULTATION)
    written(northmere)

    on(northmere, 1)

    said = text(northmere, OLIVE.email)
    assert "It is ready and waits for you" in said
    assert (
        f"Read and sign: http://127.0.0.1:8000/assessments/{northmere.northmeres.id}/sign-off"
        in said
    )
    assert "It waits for the signature of your accountable officer." in text(northmere, ALICE.email)
    assert written(northmere) == [(ALICE.email, Kind.REMINDER), (OLIVE.email, Kind.REMINDER)]
    assert VERA.email not in {email for email, _ in written(northmere)}


def test_after_it_was_submitted_nobody_is_reminded(northmere: World) -> None:
    reviewing.submit(northmere)
    written(northmere)

    assert on(northmere, 7) == ()
    assert on(northmere, -8) == ()
    assert written(northmere) == []


def test_after_the_cycle_closed_nobody_is_reminded(northmere: World) -> None:
    assert on(northmere, -90) != ()
    assert on(northmere, -91) == ()


RUN = """
import os
from healthcheck import bootstrap, config
from healthcheck.services.reminders import remind
from datetime import datetime, UTC
product = bootstrap.load(config.read(os.environ), lambda: datetime(2026, 9, 23, 9, tzinfo=UTC))
with product.context() as ctx:
    print(sum(each.people for each in remind(ctx)))
product.close()
"""


@pytest.mark.slow
def test_of_runs_at_the_same_time_only_one_reminds_each_person(world: World) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN],
            env={**os.environ, **world.product.config.environment()},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    queued = [int(run.communicate(timeout=100)[0]) for run in runs]

    assert sum(queued) == 2
    assert written(world) == [(ALICE.email, Kind.REMINDER), (CHARLIE.email, Kind.REMINDER)]

"""BASW's queue: who sees it, what it holds, and that more employers need no more queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Entry
from healthcheck.core.errors import NotFoundError, NotSignedInError
from healthcheck.core.permissions import Role
from healthcheck.core.queue import Wanted
from healthcheck.core.steps import State
from healthcheck.services import reviews
from healthcheck.services.assessments import start
from healthcheck.services.queue import queue
from healthcheck.storage import accounts, roles
from tests import reviewing
from tests.people import ALICE, CHARLIE, NORTHMERE, VERA
from tests.reviewing import ADA, REMI, RHONA

if TYPE_CHECKING:
    from healthcheck.services.queue import Queue
    from tests.people import World

ALL = Wanted()


def seen(world: World, wanted: Wanted = ALL, cycle: str = "2026") -> Queue:
    return queue(world.as_(RHONA), "small-check", cycle, wanted)


def add(world: World, employers: range, cycle: str = "2026", due: date | None = None) -> None:
    ctx = world.as_(None)
    for number in employers:
        employer = Employer(f"more-{number}", f"More {number}", "wales", "council")
        if accounts.find_employer(ctx.store, employer.name) is None:
            with ctx.store.writing():
                accounts.add_employer(ctx.store, employer, ctx.now)
        start(
            ctx,
            employer,
            service="adults",
            cycle=cycle,
            due=due or date(2026, 9, 30),
            questionnaire="small-check",
            edition="2026",
        )


def test_the_queue_is_for_people_at_basw(world: World) -> None:
    for person in (ALICE, CHARLIE):
        with pytest.raises(NotFoundError, match="no page here"):
            queue(world.as_(person), "", "", ALL)
    with pytest.raises(NotSignedInError):
        queue(world.as_(None), "", "", ALL)


def test_every_employer_and_service_is_a_line(world: World) -> None:
    reviewing.start(world)
    found = seen(world)
    assert [(each.employer.name, each.status, each.reviewer) for each in found.lines] == [
        ("Northmere Council", "In review", RHONA.name),
        ("Southmere Trust", "Not started", ""),
    ]
    assert found.reviewers == ((RHONA.id, RHONA.name),)
    assert found.lines[0].reference == world.northmeres.reference
    assert found.lines[0].beside == ("Adults’ services: not in its list of services",)


def test_a_service_without_a_health_check_is_a_line_too(world: World) -> None:
    reviewing.with_basw(world)
    store = world.as_(None).store
    with store.writing():
        store.run("INSERT INTO employer_services VALUES (?, ?)", NORTHMERE.id, "adults")
    found = seen(world)
    assert [(each.service, each.status) for each in found.lines[:2]] == [
        ("adults", "No health check"),
        ("childrens", "Not started"),
    ]
    assert found.missing == 1
    assert not found.may_claim(found.lines[0])


def test_the_last_activity_is_the_last_step_or_answer(world: World) -> None:
    reviewing.with_basw(world)
    world.clock.forward(timedelta(days=1))
    reviewing.save(world, "scheme", {"employs-new": Entry(("yes",))})
    assert seen(world).lines[0].active_at == datetime(2026, 3, 3, 10, 30, tzinfo=UTC)


def test_the_newest_cycle_is_shown_unless_another_is_asked_for(world: World) -> None:
    reviewing.with_basw(world)
    add(world, range(1), "2027", date(2027, 9, 30))
    newest = seen(world, cycle="")
    assert newest.round is not None
    assert [each.name for each in newest.rounds] == ["2027", "2026"]
    assert (newest.round.name, len(newest.lines)) == ("2027", 3)
    assert {each.state for each in newest.lines} == {State.NOT_STARTED, None}
    older = seen(world)
    assert older.round is not None
    assert older.round.name == "2026"


def test_without_a_cycle_there_is_an_empty_queue(world: World) -> None:
    reviewing.with_basw(world)
    store = world.as_(None).store
    with store.writing():
        for table in ("cycles", "events", "assessments"):
            if table == "events":
                store.run("DROP TRIGGER IF EXISTS events_refuses_DELETE")
            store.run(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
    found = seen(world)
    assert (found.round, found.lines, found.overdue) == (None, (), 0)


def test_overdue_lines_are_counted_in_british_days(world: World) -> None:
    reviewing.with_basw(world)
    world.clock.now = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
    assert seen(world).overdue == 0
    world.clock.now = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    assert seen(world).overdue == 2


def test_who_may_claim_and_release_is_told_for_each_line(world: World) -> None:
    reviewing.with_basw(world)
    assert all(seen(world).may_claim(each) for each in seen(world).lines)
    admins = queue(world.as_(ADA), "", "", ALL)
    assert not any(admins.may_claim(each) for each in admins.lines)
    reviews.claim(world.as_(RHONA), world.northmeres.id)
    assert [seen(world).may_release(each) for each in seen(world).lines] == [True, False]
    admins = queue(world.as_(ADA), "", "", ALL)
    assert [admins.may_release(each) for each in admins.lines] == [True, False]


def test_a_submission_can_be_started_by_who_may_review_it(world: World) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    assert [seen(world).may_start(each) for each in seen(world).lines] == [True, False]
    reviews.claim(world.as_(REMI), world.northmeres.id)
    assert not seen(world).may_start(seen(world).lines[0])
    admins = queue(world.as_(ADA), "", "", ALL)
    assert not admins.may_start(admins.lines[0])


def test_a_reviewers_own_employer_is_told_apart(world: World) -> None:
    ctx = world.as_(VERA)
    with ctx.store.writing():
        roles.give(ctx.store, VERA.id, Role.REVIEWER, None)
    found = queue(ctx, "", "", ALL)
    assert [(each.is_own, found.may_claim(each)) for each in found.lines] == [
        (True, False),
        (False, True),
    ]


def test_the_number_of_queries_does_not_grow_with_the_employers(world: World) -> None:
    reviewing.with_basw(world)
    ctx = world.as_(RHONA)
    asked: list[str] = []

    def count() -> int:
        asked.clear()
        queue(ctx, "small-check", "2026", ALL)
        return len(asked)

    ctx.store.connection.set_trace_callback(asked.append)
    with_two = count()
    add(world, range(40))
    assert len(queue(ctx, "small-check", "2026", ALL).lines) == 42
    assert count() == with_two
    ctx.store.connection.set_trace_callback(None)
    assert with_two <= 5

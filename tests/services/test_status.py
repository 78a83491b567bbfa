from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.cycles import Stage
from healthcheck.core.employers import Details
from healthcheck.core.errors import NotFoundError
from healthcheck.core.permissions import Permission
from healthcheck.core.public_status import Status
from healthcheck.core.steps import State
from healthcheck.services import at_basw, beginning, status
from healthcheck.services.assessments import start
from healthcheck.storage import assessments as stored
from healthcheck.storage import employers
from tests.people import ALICE, DUE, NORTHMERE, NOW, SOUTHMERE
from tests.reviewing import ADA, RHONA, with_basw

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World


@pytest.fixture
def anybody(world: World) -> Context:
    return world.as_(None)


def stand(ctx: Context, assessment_id: str, state: State) -> None:
    with ctx.store.writing():
        stored.move(ctx.store, assessment_id, State.NOT_STARTED, state, NOW)


def test_anybody_sees_the_status_of_each_service_side_by_side(
    world: World, anybody: Context
) -> None:
    start(
        anybody,
        NORTHMERE,
        service="adults",
        cycle="2026",
        due=DUE,
        questionnaire="small-check",
        edition="2026",
    )
    stand(anybody, world.northmeres.id, State.IN_REVIEW)
    found = status.status(anybody, "small-check", "2026")
    assert (found.title, found.stage, found.today) == ("Small check", Stage.OPEN, NOW.date())
    assert [(line.employer, dict(line.statuses)) for line in found.lines] == [
        (NORTHMERE, {"adults": Status("Not started"), "childrens": Status("Submitted")}),
        (SOUTHMERE, {"childrens": Status("Not started")}),
    ]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.READY, "In progress"),
        (State.DECLINED, "In progress"),
        (State.CHANGES_REQUESTED, "Submitted"),
        (State.ACCEPTED, "Accepted"),
        (State.WITHDRAWN, "Withdrawn"),
    ],
)
def test_the_steps_of_a_review_are_not_public(
    world: World, anybody: Context, state: State, word: str
) -> None:
    stand(anybody, world.northmeres.id, state)
    (northmere, _) = status.status(anybody, "small-check", "2026").lines
    assert northmere.statuses["childrens"] == Status(word)


def test_the_day_after_the_deadline_it_is_overdue(anybody: Context) -> None:
    for days, word in ((0, "Not started"), (1, "Overdue")):
        day = replace(anybody, now=NOW + (DUE - NOW.date()) + timedelta(days=days))
        (line, _) = status.status(day, "small-check", "2026").lines
        assert line.statuses["childrens"].word == word


def test_employers_are_filtered_by_nation_and_type(anybody: Context) -> None:
    found = status.status(anybody, "small-check", "2026", "northern-ireland")
    assert ([line.employer for line in found.lines], found.employers) == ([SOUTHMERE], 2)
    found = status.status(anybody, "small-check", "2026", "", "council")
    assert [line.employer for line in found.lines] == [NORTHMERE]
    assert status.status(anybody, "small-check", "2026", "wales", "council").lines == ()


@pytest.mark.parametrize(
    "asked",
    [
        ("small-check", "1999"),
        ("nothing", "2026"),
        ("small-check", "2026", "narnia"),
        ("small-check", "2026", "", "castle"),
    ],
)
def test_what_is_not_there_is_not_found(anybody: Context, asked: tuple[str, ...]) -> None:
    with pytest.raises(NotFoundError):
        status.status(anybody, *asked)


def test_a_cycle_is_public_from_the_day_it_opens(anybody: Context) -> None:
    assert [line.cycle.name for line in status.cycles(anybody)] == ["2026"]
    with anybody.store.writing():
        anybody.store.run("UPDATE cycles SET opens = '2026-03-03'")
    assert status.cycles(anybody) == ()
    with pytest.raises(NotFoundError, match="or it is not open yet"):
        status.status(anybody, "small-check", "2026")


def test_the_number_of_queries_does_not_grow(anybody: Context) -> None:
    def queries() -> int:
        asked: list[str] = []
        anybody.store.connection.set_trace_callback(asked.append)
        status.status(anybody, "small-check", "2026")
        anybody.store.connection.set_trace_callback(None)
        return len(asked)

    before = queries()
    cycle = status.cycles(anybody)[0].cycle
    with anybody.store.writing():
        for number in range(50):
            details = Details(f"C{number}", "wales", "council", "", "", ("childrens", "adults"))
            employers.add(anybody.store, f"e{number}", details, NOW)
        there = [each for each in employers.of_all(anybody.store) if each.id.startswith("e")]
        pairs = [(each, service) for each in there for service in each.details.services]
        assert len(beginning.begin_all(anybody, cycle, pairs)) == 100
    assert queries() == before == 2


def test_what_somebody_may_do_at_basw_is_read_from_the_one_table(world: World) -> None:
    with_basw(world)
    assert at_basw.permissions(world.as_(None)) == at_basw.permissions(world.as_(ALICE)) == set()
    assert Permission.RUN_CYCLES in at_basw.required(world.as_(ADA))
    reviewers = at_basw.required(world.as_(RHONA))
    assert Permission.SEE_QUEUE in reviewers
    assert Permission.RUN_CYCLES not in reviewers
    with pytest.raises(NotFoundError):
        at_basw.required(world.as_(ALICE))

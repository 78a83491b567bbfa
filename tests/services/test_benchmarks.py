from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    PageTakenDownError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.workload.team_rules import Details
from healthcheck.services import benchmarks, teams
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE
from tests.reviewing import ADA
from tests.teams import MIA, keep, set_up, with_people

if TYPE_CHECKING:
    from tests.people import World

LIMIT = ("weighted-case-limit",)


def test_what_is_public_is_what_was_published_until_it_is_published_again(world: World) -> None:
    with_people(world)
    ctx, anybody = world.as_(ALICE), world.as_(None)
    duty = set_up(world)
    keep(world, duty)
    address = benchmarks.publish(ctx, NORTHMERE.id, " Agreed with the union. ").address
    assert address.startswith("northmere-council-")
    public = benchmarks.read(anybody, address)
    (service,) = public.benchmark.services
    assert (public.employer, public.benchmark.note) == (NORTHMERE, "Agreed with the union.")
    assert [(each.scheme, each.level) for each in service.own] == [
        ("Capacity from contracted hours and protected time", "100 points"),
        ("Points per case (North East London)", "225 points"),
    ]
    assert len(service.lines) == 3
    for hidden in ("Duty", "AB", "Mia", "Alice"):
        assert hidden not in repr(public)

    teams.add(ctx, NORTHMERE.id, Details("Fostering", "childrens", LIMIT))
    teams.add(ctx, NORTHMERE.id, Details("Intake", "childrens", ("eligibility",)))
    now = benchmarks.place(ctx, NORTHMERE.id)
    assert now.is_newer
    assert [each.service for each in now.services] == ["childrens"]
    assert benchmarks.read(anybody, address) == public
    assert benchmarks.publish(ctx, NORTHMERE.id, "").address == address
    assert not benchmarks.place(ctx, NORTHMERE.id).is_newer
    (service,) = benchmarks.read(anybody, address).benchmark.services
    assert [each.level for each in service.own] == ["100 points", "225 points", "13 weighted cases"]


def test_taken_down_the_address_says_so_and_a_new_one_is_made(world: World) -> None:
    ctx = world.as_(ALICE)
    with pytest.raises(StepRefusedError, match="nothing to publish"):
        benchmarks.publish(ctx, NORTHMERE.id, "")
    with_people(world)
    set_up(world)
    first = benchmarks.publish(ctx, NORTHMERE.id, "").address
    benchmarks.take_down(ctx, NORTHMERE.id, " It was wrong. ")
    with pytest.raises(PageTakenDownError, match=r"took this page down on 2 March 2026"):
        benchmarks.read(world.as_(None), first)
    with pytest.raises(StepRefusedError):
        benchmarks.take_down(ctx, NORTHMERE.id, "Again.")
    now = benchmarks.place(ctx, NORTHMERE.id)
    assert (now.standing, now.is_newer) == (None, False)
    assert [each.reason for each in now.earlier] == ["It was wrong."]
    assert benchmarks.publish(ctx, NORTHMERE.id, "").address != first
    with pytest.raises(NotFoundError):
        benchmarks.read(world.as_(None), "nowhere")


@pytest.mark.parametrize(
    ("person", "refused"),
    [(BOB, NotAllowedError), (MIA, NotAllowedError), (ADA, NotAllowedError),
     (CHARLIE, NotFoundError)],
)  # fmt: skip
def test_it_is_the_leads_alone(world: World, person: object, refused: type[Exception]) -> None:
    with_people(world)
    reviewing.with_basw(world)
    set_up(world)
    ctx = world.as_(person)  # type: ignore[arg-type]
    for do in (
        lambda: benchmarks.place(ctx, NORTHMERE.id),
        lambda: benchmarks.preview(ctx, NORTHMERE.id),
        lambda: benchmarks.publish(ctx, NORTHMERE.id, ""),
        lambda: benchmarks.take_down(ctx, NORTHMERE.id, "Why"),
    ):
        with pytest.raises(refused):
            do()


def test_what_is_wrong_is_said_and_nothing_happens(world: World) -> None:
    with_people(world)
    set_up(world)
    ctx = world.as_(ALICE)
    with pytest.raises(UnacceptableDetailsError, match="can be up to 1,000 characters"):
        benchmarks.publish(ctx, NORTHMERE.id, "x" * 1001)
    benchmarks.publish(ctx, NORTHMERE.id, "")
    with pytest.raises(UnacceptableDetailsError, match="Give a reason"):
        benchmarks.take_down(ctx, NORTHMERE.id, " ")
    assert benchmarks.place(ctx, NORTHMERE.id).standing is not None

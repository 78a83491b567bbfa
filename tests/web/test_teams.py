"""Setting a team up through its pages, and two people who do it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.team_rules import Details
from healthcheck.services import teams
from tests.people import ALICE
from tests.teams import MIA, PAT, SCHEMES, keep, set_up, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import World
    from tests.web.client import Someone


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def alice(team: Team, signed_in: Callable[[Person], Someone]) -> Someone:
    assert MIA in team.managers
    return signed_in(ALICE)


def test_both_versions_of_a_team_are_shown_before_one_is_chosen(
    alice: Someone, team: Team, world: World
) -> None:
    page = alice.get(f"/teams/{team.id}/change")
    theirs = Details("Duty desk", "childrens", ("simple-count",), (MIA.id,))
    teams.change(world.as_(ALICE), team.id, theirs)
    wrong = alice.submit(page, {"name": ""}, "Save", status=422)
    shown = alice.submit(wrong, {"name": "Court", "managers": []}, "Save", status=409)
    assert shown.heading == "Change Duty desk"
    assert "Nothing was overwritten" in shown.words
    for row in ("NameDuty deskCourt", "ManagersMia MasonNothing"):
        assert row in shown.words
    assert teams.team(world.as_(ALICE), team.id).name == "Duty desk"
    assert alice.get(shown.links["keep what is saved now"]).heading == "Duty desk"
    done = alice.follow(alice.submit(shown, {}, "Save"))
    assert done.heading == "Court"
    assert teams.team(world.as_(ALICE), team.id).scheme_ids == SCHEMES


def test_both_versions_of_a_worker_are_shown_before_one_is_chosen(
    alice: Someone, team: Team, world: World
) -> None:
    ab = keep(world, team).snapshot.workers[0].id
    page = alice.get(f"/teams/{team.id}/workers/{ab}")
    teams.change_worker(world.as_(ALICE), team.id, ab, "A. Bell", PAT.id)
    shown = alice.submit(page, {"name": "Abe"}, "Save", status=409)
    assert "Name or initialsA. BellAbe" in shown.words
    assert "AccountPat PriceNobody’s" in shown.words
    alice.submit(shown, {}, "Save")
    assert teams.worker(teams.team(world.as_(ALICE), team.id), ab).name == "Abe"

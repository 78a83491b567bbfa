from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    SavedMeanwhileError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import Role
from healthcheck.core.workload import team_rules as rules
from healthcheck.core.workload.team_rules import Details
from healthcheck.core.workload.teams import TeamWorker
from healthcheck.services import people, snapshots, teams
from healthcheck.storage import roles
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE, VERA
from tests.reviewing import ADA, RHONA
from tests.teams import MIA, PAT, SCHEMES, keep, kept_of, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import World


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


def test_a_team_is_as_it_was_set_up(world: World, team: Team) -> None:
    found = teams.team(world.as_(ALICE), team.id)
    assert found == team
    assert (found.name, found.service, found.employer) == ("Duty", "childrens", NORTHMERE)
    assert (found.scheme_ids, found.managers, found.workers) == (SCHEMES, (MIA,), ())
    assert [each.id for each in teams.chosen(world.as_(ALICE), found)] == [*SCHEMES]


@pytest.mark.parametrize("person", [BOB, VERA, PAT, CHARLIE, RHONA, ADA])
def test_a_team_is_its_managers_and_the_leads_alone(
    world: World, team: Team, person: Person
) -> None:
    reviewing.with_basw(world)
    ctx = world.as_(person)
    for ask in (
        lambda: teams.team(ctx, team.id),
        lambda: teams.team(ctx, "of-nobody"),
        lambda: teams.teams_of(ctx, NORTHMERE.id),
        lambda: teams.employer(ctx, NORTHMERE.id),
        lambda: teams.close(ctx, team.id, "Theirs."),
        lambda: snapshots.listed(ctx, team.id),
        lambda: snapshots.latest_of(ctx, NORTHMERE.id, "childrens"),
    ):
        with pytest.raises(NotFoundError, match="here that you can open"):
            ask()


def test_a_manager_has_their_own_teams_and_sets_none_up(world: World, team: Team) -> None:
    other = teams.add(world.as_(ALICE), NORTHMERE.id, Details("Court", "childrens", SCHEMES))
    mia = world.as_(MIA)
    assert teams.teams_of(mia, NORTHMERE.id) == (team,)
    assert teams.teams_of(world.as_(ALICE), NORTHMERE.id) == (other, team)
    with pytest.raises(NotFoundError):
        teams.team(mia, other.id)
    with pytest.raises(NotAllowedError, match="cannot set up teams"):
        teams.add(mia, NORTHMERE.id, Details("New", "childrens", SCHEMES))
    with pytest.raises(NotFoundError):
        teams.teams_of(mia, SOUTHMERE.id)


def kinds_of_events(world: World) -> list[str]:
    rows = world.as_(None).store.rows(
        "SELECT kind FROM events WHERE kind LIKE '%team%' OR kind LIKE"
        " '%worker%' OR kind LIKE '%snapshot%' ORDER BY number"
    )
    return [kind for (kind,) in rows]


def test_a_team_is_changed_and_closed_and_each_is_an_event(world: World, team: Team) -> None:
    alice = world.as_(ALICE)
    keep(world, team)
    changed = teams.change(alice, team.id, Details(" Duty  desk", "adults", ("simple-count",)))
    assert (changed.name, changed.service, changed.managers) == ("Duty desk", "adults", ())
    assert teams.teams_of(world.as_(MIA), NORTHMERE.id) == ()
    closed = teams.close(alice, team.id, "Merged with Court.")
    assert teams.team(alice, closed.id).closed_at == world.clock()
    assert teams.teams_of(alice, NORTHMERE.id) == ()
    assert len(kept_of(alice, team.id)) == 1
    with pytest.raises(NotFoundError, match="was closed"):
        keep(world, team)
    row = alice.store.row("SELECT detail FROM events WHERE kind = 'team added'")
    assert row is not None
    assert json.loads(row[0])["managers"] == [MIA.id]
    assert kinds_of_events(world) == ["team added", "snapshot saved", "team changed", "team closed"]


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(world: World, team: Team) -> None:
    alice, first = world.as_(ALICE), rules.version(team)
    theirs = Details("Duty desk", "childrens", SCHEMES, (MIA.id,))
    changed = teams.change(alice, team.id, theirs, first)
    with pytest.raises(SavedMeanwhileError, match="Somebody changed this team"):
        teams.change(alice, team.id, Details("Court", "childrens", SCHEMES), first)
    assert changed == teams.team(alice, team.id)
    assert teams.change(alice, team.id, theirs, first) == changed
    assert kinds_of_events(world) == ["team added", "team changed", "team changed"]
    assert teams.change(alice, team.id, Details("Court", "adults", SCHEMES)).name == "Court"

    ab = keep(world, team).snapshot.workers[0].id
    opened = rules.version(teams.worker(teams.team(alice, team.id), ab))
    teams.change_worker(alice, team.id, ab, "AB", PAT.id, opened)
    with pytest.raises(SavedMeanwhileError, match="Somebody changed this worker"):
        teams.change_worker(alice, team.id, ab, "Another", None, opened)
    assert teams.worker(teams.team(alice, team.id), ab) == TeamWorker(ab, "AB", PAT)


def test_details_that_cannot_be_taken_leave_no_team(world: World, team: Team) -> None:
    alice = world.as_(ALICE)
    with pytest.raises(UnacceptableDetailsError, match="There is a team of that name"):
        teams.add(alice, NORTHMERE.id, Details("duty", "childrens", SCHEMES))
    with pytest.raises(UnacceptableDetailsError, match="role of a team manager"):
        teams.add(alice, NORTHMERE.id, Details("Court", "childrens", SCHEMES, (BOB.id,)))
    assert teams.teams_of(alice, NORTHMERE.id) == (team,)
    assert teams.change(alice, team.id, Details("Duty", "childrens", SCHEMES)).name == "Duty"


def test_who_is_no_manager_any_more_loses_their_teams(world: World, team: Team) -> None:
    ctx = world.as_(ALICE)
    with ctx.store.writing():
        roles.take(ctx.store, MIA.id, Role.MANAGER, NORTHMERE.id)
        roles.give(ctx.store, MIA.id, Role.VIEWER, NORTHMERE.id)
    with pytest.raises(NotFoundError):
        teams.team(world.as_(MIA), team.id)
    assert teams.team(ctx, team.id).managers == ()
    assert teams.at(world.as_(MIA)) == ()
    assert teams.at(ctx) == (NORTHMERE,)


def test_a_worker_is_linked_to_an_account_for_their_own_page(world: World, team: Team) -> None:
    mia = world.as_(MIA)
    ab, cd = keep(world, team).snapshot.workers
    linked = teams.change_worker(mia, team.id, ab.id, "A B", PAT.id)
    assert linked == TeamWorker(ab.id, "A B", PAT)
    found = teams.team(mia, team.id)
    assert teams.mine(world.as_(PAT)) == ((found, linked),)
    assert kept_of(mia, team.id)[0].snapshot.workers[0].name == "A B"
    with pytest.raises(UnacceptableDetailsError, match="another worker"):
        teams.change_worker(mia, team.id, cd.id, "CD", PAT.id)
    for person in (BOB, CHARLIE):
        with pytest.raises(UnacceptableDetailsError, match="a practitioner or team manager"):
            teams.change_worker(mia, team.id, cd.id, "CD", person.id)
    with pytest.raises(NotFoundError, match="no such worker"):
        teams.change_worker(mia, team.id, "of-nobody", "CD", None)
    teams.change_worker(mia, team.id, ab.id, "A B", PAT.id)
    teams.change_worker(mia, team.id, ab.id, "A B", None)
    assert teams.mine(world.as_(PAT)) == ()
    assert kinds_of_events(world)[2:] == ["worker changed", "worker changed"]


def test_who_has_no_role_that_sees_a_load_has_none(world: World, team: Team) -> None:
    ab, _ = keep(world, team).snapshot.workers
    teams.change_worker(world.as_(MIA), team.id, ab.id, "AB", PAT.id)
    ctx = world.as_(ALICE)
    with ctx.store.writing():
        roles.take(ctx.store, PAT.id, Role.PRACTITIONER, NORTHMERE.id)
    assert teams.mine(world.as_(PAT)) == ()


def test_a_removed_person_leaves_no_name_in_any_snapshot(world: World, team: Team) -> None:
    reviewing.with_basw(world)
    ab, _ = keep(world, team).snapshot.workers
    teams.change_worker(world.as_(MIA), team.id, ab.id, "Pat Price", PAT.id)
    people.remove(world.as_(ADA), PAT.id)
    people.remove(world.as_(ADA), MIA.id)
    found = teams.team(world.as_(ALICE), team.id)
    (worker,) = (each for each in found.workers if each.id == ab.id)
    assert worker == TeamWorker(ab.id, f"Former practitioner {ab.id[:4]}")
    assert found.managers == ()
    (kept,) = kept_of(world.as_(ALICE), team.id)
    assert kept.snapshot.workers[0].name == worker.name


def test_a_scheme_whose_file_is_gone_is_left_out(world: World, team: Team) -> None:
    gone = replace(team, scheme_ids=("none", *SCHEMES))
    assert [each.id for each in teams.chosen(world.as_(ALICE), gone)] == [*SCHEMES]


def test_a_role_that_comes_back_brings_back_neither_team_nor_link(world: World, team: Team) -> None:
    worker = keep(world, team).snapshot.workers[0]
    teams.change_worker(world.as_(ALICE), team.id, worker.id, "AB", PAT.id)
    ctx = world.as_(ALICE)
    people.set_roles(ctx, NORTHMERE.id, MIA.id, [Role.MANAGER, Role.CONTRIBUTOR])
    people.set_roles(ctx, NORTHMERE.id, PAT.id, [Role.MANAGER])
    assert teams.team(world.as_(MIA), team.id).managers == (MIA,)
    assert len(teams.mine(world.as_(PAT))) == 1

    for person, role in ((MIA, Role.MANAGER), (PAT, Role.PRACTITIONER)):
        people.set_roles(ctx, NORTHMERE.id, person.id, [Role.VIEWER])
        people.set_roles(ctx, NORTHMERE.id, person.id, [role])
    assert teams.teams_of(world.as_(MIA), NORTHMERE.id) == ()
    assert teams.mine(world.as_(PAT)) == ()
    found = teams.team(ctx, team.id)
    assert (found.managers, [each.person for each in found.workers]) == ((), [None, None])

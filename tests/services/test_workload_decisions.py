"""Capacity reached: decided on by lead and manager, in the plan where there is one, and waiting."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from healthcheck.core.errors import NotFoundError, StepRefusedError, UnacceptableDetailsError
from healthcheck.core.plans import Origin, Owner
from healthcheck.core.workload.decisions import Kind, Proposed, Standing
from healthcheck.services import (
    decisions,
    own_actions,
    people,
    plan_reminders,
    plans,
    snapshot_files,
    teams,
)
from healthcheck.services.archives import archive
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA
from tests.plans import AT_RISK
from tests.reviewing import ADA, RHONA
from tests.teams import DAY, MIA, PAT, keep, names, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import Clock, World

REVIEW = DAY + timedelta(days=20)
PROPOSED = Proposed(
    Kind.REALLOCATE, "Two cases go to the duty team.", owner=Owner(person_id=MIA.id), review=REVIEW
)


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def worker_id(world: World, team: Team) -> str:
    """AB, who is above capacity."""
    return keep(world, team, cases=14).snapshot.workers[0].id


@pytest.mark.parametrize("person", [ALICE, MIA])
def test_a_decision_becomes_an_action_of_the_plan_that_names_no_worker(
    world: World, team: Team, worker_id: str, person: Person
) -> None:
    made = decisions.decide(world.as_(person), team.id, worker_id, PROPOSED)
    (action,) = plans.plan(world.as_(ALICE), world.northmeres.id).actions

    assert (made.assessment_id, made.action_id) == (world.northmeres.id, action.id)
    assert (action.origin, action.changed_by) == (Origin.WORKLOAD, person.name)
    assert action.details.action == (
        "Workload in Duty, one worker: Re-allocate cases.\nTwo cases go to the duty team."
    )
    assert (action.details.owner.name, action.details.due) == (MIA.name, REVIEW)
    assert action.details.finding.endswith("one worker was at 110% of capacity or more.")
    assert "■ Red, 112%: 112 of 100 points, 14 cases" in made.said[0]
    found = decisions.of_team(world.as_(person), team.id)
    assert found.decisions == (made,)
    assert (found.waiting, [each.decision for each in found.decided]) == ((), [made])
    assert found.sees_plan is (person is ALICE)


def test_without_a_health_check_in_the_present_cycle_a_decision_stands_alone(
    world: World, team: Team, worker_id: str
) -> None:
    ctx = world.as_(ALICE)
    assert decisions.asked(ctx, team.id, worker_id).has_plan
    with ctx.store.writing():
        ctx.store.run("UPDATE teams SET service = 'adults'")

    assert not decisions.asked(ctx, team.id, worker_id).has_plan
    made = decisions.decide(ctx, team.id, worker_id, PROPOSED)
    assert (made.assessment_id, made.action_id) == (None, None)
    assert decisions.of_team(ctx, team.id).decisions == (made,)
    assert plans.plan(ctx, world.northmeres.id).actions == ()


WITHDRAWN = "UPDATE assessments SET state = 'WITHDRAWN'"
NOT_OPEN = "UPDATE cycles SET opens = '2026-03-03'"
ANOTHER = (
    "INSERT INTO cycles SELECT 'next', questionnaire, '2027', edition, '2026-03-01', '2027-09-30',"
    " '2027-12-30', created_at FROM cycles LIMIT 1"
)


@pytest.mark.parametrize("change", [WITHDRAWN, NOT_OPEN, ANOTHER])
def test_a_withdrawn_or_earlier_health_check_takes_no_action(
    world: World, team: Team, worker_id: str, change: str
) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run(change)
    assert not decisions.asked(world.as_(MIA), team.id, worker_id).has_plan


def test_only_who_is_at_or_above_capacity_is_decided_on(
    world: World, team: Team, worker_id: str
) -> None:
    for about in (None, "of-nobody"):
        with pytest.raises(NotFoundError):
            decisions.asked(world.as_(ALICE), team.id, about)
        with pytest.raises(UnacceptableDetailsError, match="below capacity"):
            decisions.decide(world.as_(ALICE), team.id, about, PROPOSED)
    assert decisions.asked(world.as_(ALICE), team.id, worker_id).need.name == "AB"


def test_of_two_who_decide_at_once_the_second_is_told_of_the_first(
    world: World, team: Team, worker_id: str
) -> None:
    opened = decisions.asked(world.as_(ALICE), team.id, worker_id).based_on
    first = decisions.decide(world.as_(MIA), team.id, worker_id, PROPOSED, opened)
    with pytest.raises(StepRefusedError, match=f"{MIA.name} decided on this"):
        decisions.decide(world.as_(ALICE), team.id, worker_id, PROPOSED, opened)
    assert len(plans.plan(world.as_(ALICE), world.northmeres.id).actions) == 1

    again = decisions.asked(world.as_(ALICE), team.id, worker_id).based_on
    assert again == first.id
    decisions.decide(world.as_(ALICE), team.id, worker_id, PROPOSED, again)


def test_a_decision_that_lacks_something_is_refused(
    world: World, team: Team, worker_id: str
) -> None:
    for wrong, sentence in (
        (replace(PROPOSED, kind=None), "Choose what is decided"),
        (replace(PROPOSED, kind=Kind.ACCEPT), "Say why it is accepted"),
        (replace(PROPOSED, owner=Owner(person_id=CHARLIE.id)), "belongs to this employer"),
        (replace(PROPOSED, review=DAY), "must be today"),
    ):
        with pytest.raises(UnacceptableDetailsError, match=sentence):
            decisions.decide(world.as_(ALICE), team.id, worker_id, wrong)
    assert decisions.of_team(world.as_(ALICE), team.id).decisions == ()


def test_what_is_not_decided_stays_on_the_leads_page_and_ages(
    world: World, team: Team, worker_id: str, clock: Clock
) -> None:
    (before,) = decisions.waiting(world.as_(ALICE))
    assert (before.employer, before.count, before.since) == (NORTHMERE, 1, DAY)
    decisions.decide(world.as_(MIA), team.id, worker_id, PROPOSED)
    assert decisions.waiting(world.as_(ALICE)) == decisions.waiting(world.as_(MIA)) == ()

    clock.forward(timedelta(days=30))
    (after,) = decisions.waiting(world.as_(ALICE))
    assert (after.count, after.since) == (1, REVIEW)
    (need,) = decisions.of_team(world.as_(MIA), team.id).waiting
    assert (need.standing, need.is_long(clock().date())) == (Standing.REVIEW_DUE, False)
    tom = replace(PROPOSED, owner=Owner("Tom Reed"), review=REVIEW + timedelta(days=90))
    made = decisions.decide(world.as_(MIA), team.id, worker_id, tom)
    assert decisions.of_team(world.as_(MIA), team.id).decisions[0] == made
    assert len(decisions.of_team(world.as_(MIA), team.id).decisions) == 2
    assert decisions.waiting(world.as_(BOB)) == ()


def test_a_team_that_was_closed_waits_for_nothing(world: World, team: Team, worker_id: str) -> None:
    teams.close(world.as_(ALICE), team.id, "Merged.")
    assert decisions.of_team(world.as_(ALICE), team.id).needs == ()
    with pytest.raises(NotFoundError):
        decisions.decide(world.as_(ALICE), team.id, worker_id, PROPOSED)


def test_everything_that_is_held_has_the_decisions_too(
    world: World, team: Team, worker_id: str
) -> None:
    decisions.decide(world.as_(ALICE), team.id, worker_id, PROPOSED)
    content = BytesIO()
    with archive(content, world.clock()) as files:
        snapshot_files.add_teams(world.as_(ALICE), NORTHMERE.id, files)
    with ZipFile(content) as held:
        (name,) = [each for each in held.namelist() if each.endswith("decisions.json")]
        (told,) = json.loads(held.read(name))
    assert (told["about"], told["decided"], told["review"]) == (
        "AB", "Re-allocate cases", "2026-03-21"
    )  # fmt: skip


def test_a_decision_is_an_event_that_names_nobody(world: World, team: Team, worker_id: str) -> None:
    decisions.decide(world.as_(MIA), team.id, worker_id, PROPOSED)
    rows = world.as_(None).store.rows(
        "SELECT person_id, employer_id, detail FROM events WHERE kind = 'workload decided'"
    )
    ((person, employer, detail),) = rows
    assert (person, employer) == (MIA.id, NORTHMERE.id)
    assert not names("AB", detail)


def test_an_owner_who_is_forgotten_leaves_no_name(world: World, team: Team, worker_id: str) -> None:
    action_id = decisions.decide(world.as_(ALICE), team.id, worker_id, PROPOSED).action_id or ""
    assert decisions.of_team(world.as_(MIA), team.id).own == {action_id}
    own_actions.report(world.as_(MIA), action_id, AT_RISK, "Two cases moved.", 1)
    world.clock.now = datetime.combine(REVIEW, time(9), UTC)
    assert plan_reminders.remind(world.as_(None))
    before = [*world.as_(None).store.connection.iterdump()]
    assert [line for line in before if "Mason" in line]
    reviewing.with_basw(world)
    people.remove(world.as_(ADA), MIA.id)

    (made,) = decisions.of_team(world.as_(ALICE), team.id).decisions
    (action,) = plans.plan(world.as_(ALICE), world.northmeres.id).actions
    assert {made.proposed.owner.name, action.details.owner.name} == {"Former team manager"}
    assert (action.progress, action.changed_by) == (AT_RISK, "Former team manager")
    kept = [*world.as_(None).store.connection.iterdump()]
    assert [line for line in kept if "Mason" in line or MIA.email in line] == []


@pytest.mark.parametrize("person", [BOB, VERA, PAT, CHARLIE, RHONA, ADA])
def test_nobody_else_sees_or_takes_decisions(
    world: World, team: Team, worker_id: str, person: Person
) -> None:
    reviewing.with_basw(world)
    ctx = world.as_(person)
    for ask in (
        lambda: decisions.of_team(ctx, team.id),
        lambda: decisions.asked(ctx, team.id, worker_id),
        lambda: decisions.decide(ctx, team.id, worker_id, PROPOSED),
    ):
        with pytest.raises(NotFoundError):
            ask()

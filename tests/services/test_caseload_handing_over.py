"""A report with a name stays with those who were told of it, whoever sets up the teams."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.caseload_rules import Typed
from healthcheck.core.errors import NotAllowedError, NotFoundError
from healthcheck.core.permissions import Role
from healthcheck.core.workload.team_rules import Details
from healthcheck.services import caseload_raising as raising
from healthcheck.services import caseload_reports as reports
from healthcheck.services import people, teams
from healthcheck.services.caseload_telling import remind
from healthcheck.storage import caseload_reports as stored
from tests import reviewing
from tests.letters import sent
from tests.people import ALICE, NORTHMERE
from tests.reviewing import OLIVE
from tests.teams import MIA, PAT, SCHEMES, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.caseload_reports import Report
    from healthcheck.core.workload.teams import Team
    from tests.people import World


@pytest.fixture(name="duty")
def a_team_with_a_manager(world: World) -> Team:
    reviewing.with_basw(world)
    with_people(world)
    return set_up(world)


@pytest.fixture
def made(world: World, duty: Team) -> Report:
    """Pat's report, which Mia was told of."""
    given = Typed(f"team-{duty.id}", "I have 34 cases.", "")
    return raising.raise_named(world.as_(PAT), NORTHMERE.id, given)


def sees(world: World, person: Person, report: Report) -> bool:
    waiting = reports.listed(world.as_(person), NORTHMERE.id).waiting
    try:
        seen = reports.seen(world.as_(person), NORTHMERE.id, report.id).report
    except NotFoundError:
        return report.reference in [each.reference for each in waiting]
    return seen in waiting


def test_a_lead_who_takes_the_managers_role_away_does_not_come_to_see_it(
    world: World, made: Report
) -> None:
    people.set_roles(world.as_(ALICE), NORTHMERE.id, MIA.id, [Role.CONTRIBUTOR])
    assert [sees(world, each, made) for each in (ALICE, OLIVE)] == [False, True]
    with pytest.raises(NotAllowedError):
        sees(world, MIA, made)
    assert reports.who_answers(world.as_(PAT), raising.own(world.as_(PAT), made.id)) == (OLIVE,)
    assert [remind(world.as_(None)) for _ in range(2)] == [1, 0]
    assert sent(world)[1:] == [("CASELOAD_REPORTED", OLIVE.email)]
    world.clock.forward(timedelta(days=11))
    assert [remind(world.as_(None)) for _ in range(2)] == [1, 0]
    assert sent(world)[2:] == [("CASELOAD_LATE", OLIVE.email)]
    assert not sees(world, ALICE, made)
    kinds = world.as_(None).store.rows("SELECT kind FROM events WHERE kind LIKE 'caseload%'")
    assert ("caseload report handed over",) in kinds


def test_nor_one_who_becomes_the_manager_themselves(world: World, duty: Team, made: Report) -> None:
    alice = world.as_(ALICE)
    people.set_roles(alice, NORTHMERE.id, ALICE.id, [Role.LEAD, Role.MANAGER])
    details = Details("Duty", "childrens", SCHEMES, (ALICE.id, MIA.id))
    teams.change(alice, duty.id, details)
    assert [sees(world, each, made) for each in (ALICE, MIA, OLIVE)] == [False, True, False]
    teams.change(alice, duty.id, Details("Duty", "childrens", SCHEMES, (ALICE.id,)))
    assert [sees(world, each, made) for each in (ALICE, OLIVE)] == [False, True]


def test_only_where_nobody_else_is_left_does_the_lead_answer(world: World, made: Report) -> None:
    for person in (MIA, OLIVE):
        people.set_roles(world.as_(ALICE), NORTHMERE.id, person.id, [Role.CONTRIBUTOR])
    assert sees(world, ALICE, made)


def test_who_made_a_report_without_a_name_cannot_be_seen_so_the_lead_answers(
    world: World, duty: Team
) -> None:
    place = stored.settings(world.as_(None).store, NORTHMERE.id)[0]
    given = Typed(f"team-{duty.id}", "I have 34 cases.", "")
    raising.raise_unnamed(world.as_(None, "192.0.2.9"), place, given)
    world.clock.forward(timedelta(days=1))
    assert remind(world.as_(None)) == 1
    people.set_roles(world.as_(ALICE), NORTHMERE.id, MIA.id, [Role.CONTRIBUTOR])
    assert len(reports.listed(world.as_(ALICE), NORTHMERE.id).waiting) == 1
    assert world.as_(None).store.rows("SELECT * FROM caseload_told") == []

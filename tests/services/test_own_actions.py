"""Actions of people who see no plan: their own, and nothing around them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import ChangedMeanwhileError, NotFoundError, StepRefusedError
from healthcheck.core.permissions import Role
from healthcheck.core.plan_changes import By
from healthcheck.core.plans import Origin, Owner
from healthcheck.services import own_actions, people, plans
from healthcheck.storage import plans as stored
from tests.next_year import begin
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE
from tests.plans import AT_RISK, COMPLETE
from tests.reviewing import RHONA, with_basw
from tests.teams import MIA, PAT, with_people
from tests.working_plans import add, now

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

MIAS = Owner(person_id=MIA.id)


@pytest.mark.parametrize("person", [MIA, PAT, BOB])
def test_an_owner_sees_and_reports_on_what_is_theirs(world: World, person: Person) -> None:
    with_people(world)
    action = add(world, Owner(person_id=person.id))
    add(world, Owner("Tom Reed"))
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "Ours.", 1)

    after = own_actions.report(world.as_(person), action.id, COMPLETE, "Half way.", 2)

    assert (after.progress, after.changed_by, after.revision) == (COMPLETE, person.name, 3)
    assert now(world, action) == after
    ((_, listed, sees_plan),) = own_actions.owned(world.as_(person))
    own = own_actions.look(world.as_(person), action.id)
    assert (own.action, own.goes_on, own.sees_plan) == (after, None, person is BOB)
    assert (listed, sees_plan) == (after, person is BOB)
    assert [(each.text, each.written_by) for each in own.notes] == [("Half way.", person.name)]


def test_the_plan_around_it_stays_shut(world: World) -> None:
    with_people(world)
    action = add(world, MIAS)
    for ask in (
        lambda: plans.plan(world.as_(MIA), world.northmeres.id),
        lambda: plans.action(world.as_(MIA), world.northmeres.id, action.id),
        lambda: plans.change(
            world.as_(MIA), world.northmeres.id, action.id, replace(action.details, owner=MIAS), 1
        ),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_what_is_anothers_or_nobodys_looks_the_same(world: World) -> None:
    with_people(world)
    with_basw(world)
    theirs = add(world, MIAS)
    said = set()
    for person in (PAT, ALICE, CHARLIE, RHONA):
        for action_id in (theirs.id, "of-nobody"):
            with pytest.raises(NotFoundError) as refused:
                own_actions.look(world.as_(person), action_id)
            with pytest.raises(NotFoundError):
                own_actions.report(world.as_(person), action_id, AT_RISK, "Mine.", 1)
            said.add(str(refused.value))
    assert said == {own_actions.NOT_YOURS}
    assert now(world, theirs) == theirs


def test_a_role_taken_away_or_a_withdrawn_health_check_ends_it(world: World) -> None:
    with_people(world)
    action = add(world, MIAS)
    people.set_roles(world.as_(ALICE), NORTHMERE.id, MIA.id, {Role.PRACTITIONER})
    assert own_actions.look(world.as_(MIA), action.id).action == action
    assert own_actions.has_page(world.as_(MIA), MIA)
    assert not own_actions.has_page(world.as_(PAT), PAT)
    assert own_actions.has_page(world.as_(BOB), BOB)

    people.set_roles(world.as_(ALICE), NORTHMERE.id, MIA.id, set())
    pats = add(world, Owner(person_id=PAT.id))
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET state = 'WITHDRAWN'")
    for person, each in ((MIA, action), (PAT, pats)):
        assert own_actions.owned(world.as_(person)) == ()
        assert not own_actions.has_page(world.as_(person), person)
        with pytest.raises(NotFoundError):
            own_actions.report(world.as_(person), each.id, AT_RISK, "", 1)


def test_a_stale_report_and_one_on_what_goes_on_elsewhere_change_nothing(world: World) -> None:
    with_people(world)
    action = add(world, MIAS)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    with pytest.raises(ChangedMeanwhileError) as stale:
        own_actions.report(world.as_(MIA), action.id, COMPLETE, "", 1)
    assert stale.value.action.progress == AT_RISK

    new = begin(world)
    store = world.as_(None).store
    if not stored.plans_of(store, new.id)[new.id].actions:
        carried = replace(
            action, id="new", assessment_id=new.id, origin=Origin.CARRIED, carried_from=action.id
        )
        with store.writing():
            stored.add(store, carried, by=By("Alice Archer", ALICE.id), now=world.clock())
    own = own_actions.look(world.as_(MIA), action.id)
    assert own.goes_on is not None
    assert own.goes_on[1] == "2027"
    with pytest.raises(StepRefusedError, match="goes on as A1"):
        own_actions.report(world.as_(MIA), action.id, COMPLETE, "", 2)

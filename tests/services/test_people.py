"""People and their roles: who is where, giving and taking roles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    NotSignedInError,
)
from healthcheck.core.people import Member
from healthcheck.core.permissions import Role
from healthcheck.services import assigning, people
from healthcheck.storage import accounts, roles
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE, VERA, password_hash
from tests.reviewing import ADA, OLIVE, REMI, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World


@pytest.fixture
def basw(world: World) -> World:
    reviewing.with_basw(world)
    return world


def at(world: World, person: Person) -> frozenset[Role]:
    return roles.at_employer(world.as_(None).store, person.id, NORTHMERE.id)


def noted(world: World) -> list[tuple[str, str, str | None, dict[str, str]]]:
    rows = world.as_(None).store.rows(
        "SELECT kind, person_id, employer_id, detail FROM events WHERE kind LIKE 'role %'"
        " ORDER BY number"
    )
    return [(kind, by, where, json.loads(detail)) for kind, by, where, detail in rows]


def test_people_of_an_employer_are_listed_by_name_with_their_roles(basw: World) -> None:
    store = basw.as_(None).store
    with store.writing():
        roles.give(store, BOB.id, Role.VIEWER, NORTHMERE.id)
    listed = (
        Member(ALICE, (Role.LEAD,)),
        Member(BOB, (Role.CONTRIBUTOR, Role.VIEWER)),
        Member(OLIVE, (Role.ACCOUNTABLE_OFFICER,)),
        Member(VERA, (Role.VIEWER,)),
    )
    assert people.of_employer(basw.as_(ALICE), NORTHMERE.id) == listed
    assert people.of_employer(basw.as_(ADA), NORTHMERE.id) == listed


def test_people_of_basw_and_those_with_no_role_are_for_administrators(basw: World) -> None:
    ctx = basw.as_(ADA)
    assert people.of_basw(ctx) == (
        Member(ADA, (Role.ADMINISTRATOR,)),
        Member(REMI, (Role.REVIEWER,)),
        Member(RHONA, (Role.REVIEWER,)),
    )
    assert people.with_no_role(ctx) == ()
    people.set_roles(ctx, None, REMI.id, ())
    assert people.with_no_role(ctx) == (REMI,)
    for act in (people.of_basw, people.with_no_role):
        with pytest.raises(NotFoundError, match="no page here"):
            act(basw.as_(ALICE))
        with pytest.raises(NotAllowedError, match="give and take roles at BASW"):
            act(basw.as_(RHONA))
        with pytest.raises(NotSignedInError):
            act(basw.as_(None))


def test_those_who_hold_a_role_are_found_for_messages(basw: World) -> None:
    ctx = basw.as_(None)
    assert people.holding(ctx, NORTHMERE.id, Role.ACCOUNTABLE_OFFICER) == (OLIVE,)
    assert people.holding(ctx, SOUTHMERE.id, Role.ACCOUNTABLE_OFFICER) == ()


def test_a_lead_looks_after_their_own_employers(basw: World) -> None:
    found = {person.id: people.looked_after(basw.as_(person)) for person in (ALICE, BOB, ADA)}
    assert found == {ALICE.id: (NORTHMERE,), BOB.id: (), ADA.id: ()}


@pytest.mark.parametrize("person", [BOB, VERA, RHONA], ids=lambda each: each.id)
def test_others_are_told_that_they_may_not(basw: World, person: Person) -> None:
    ctx = basw.as_(person)
    with pytest.raises(NotAllowedError):
        people.of_employer(ctx, NORTHMERE.id)
    with pytest.raises(NotAllowedError):
        people.set_roles(ctx, NORTHMERE.id, person.id, {Role.LEAD})
    assert Role.LEAD not in at(basw, person)


def test_another_employers_people_look_like_nobody_at_all(world: World) -> None:
    ctx = world.as_(CHARLIE)
    for employer_id in (NORTHMERE.id, "no-such-id"):
        with pytest.raises(NotFoundError, match="no employer here"):
            people.member(ctx, employer_id, BOB.id)
        with pytest.raises(NotFoundError, match="no employer here"):
            people.set_roles(ctx, employer_id, BOB.id, {Role.VIEWER})
    for person_id in (BOB.id, "no-such-id"):
        with pytest.raises(NotFoundError, match="nobody here"):
            people.set_roles(ctx, SOUTHMERE.id, person_id, {Role.VIEWER})
    assert at(world, BOB) == {Role.CONTRIBUTOR}


def test_roles_are_given_and_taken_and_the_record_says_so(world: World) -> None:
    now = people.set_roles(
        world.as_(ALICE), NORTHMERE.id, BOB.id, {Role.VIEWER, Role.ACCOUNTABLE_OFFICER}
    )
    assert now == Member(BOB, (Role.ACCOUNTABLE_OFFICER, Role.VIEWER))
    assert at(world, BOB) == {Role.VIEWER, Role.ACCOUNTABLE_OFFICER}
    assert noted(world) == [
        (kind, ALICE.id, NORTHMERE.id, {"person": BOB.id, "role": role.name})
        for kind, role in (
            ("role given", Role.ACCOUNTABLE_OFFICER),
            ("role given", Role.VIEWER),
            ("role taken", Role.CONTRIBUTOR),
        )
    ]


def test_the_same_roles_change_nothing(world: World) -> None:
    people.set_roles(world.as_(ALICE), NORTHMERE.id, BOB.id, {Role.CONTRIBUTOR})
    assert noted(world) == []


@pytest.mark.parametrize("role", [*Role])
def test_an_administrator_makes_leads_of_an_employers_people_and_nothing_else(
    basw: World, role: Role
) -> None:
    ctx = basw.as_(ADA)
    if role in {Role.LEAD, Role.VIEWER}:
        people.set_roles(ctx, NORTHMERE.id, VERA.id, {Role.VIEWER, role})
        assert at(basw, VERA) == {Role.VIEWER, role}
    else:
        with pytest.raises(NotAllowedError, match="not yours to give"):
            people.set_roles(ctx, NORTHMERE.id, VERA.id, {Role.VIEWER, role})


def test_nobody_gives_a_role_of_basw_at_an_employer(world: World) -> None:
    with pytest.raises(NotAllowedError, match="not yours to give"):
        people.set_roles(world.as_(ALICE), NORTHMERE.id, BOB.id, {Role.ADMINISTRATOR})


def test_the_last_lead_cannot_stop_being_one_alone(world: World) -> None:
    ctx = world.as_(ALICE)
    for wanted in ((), {Role.VIEWER}):
        with pytest.raises(NotReadyError, match="You are the only Health check lead at Northmere"):
            people.set_roles(ctx, NORTHMERE.id, ALICE.id, wanted, confirmed=True)
    people.set_roles(ctx, NORTHMERE.id, BOB.id, {Role.LEAD})
    people.set_roles(ctx, NORTHMERE.id, ALICE.id, ())
    assert at(world, ALICE) == set()
    assert at(world, BOB) == {Role.LEAD}


def test_an_administrator_takes_the_last_lead_only_knowingly(basw: World) -> None:
    ctx = basw.as_(ADA)
    alice = people.member(ctx, NORTHMERE.id, ALICE.id)
    assert people.is_last(ctx, people.place(ctx, NORTHMERE.id), alice)
    with pytest.raises(NotReadyError, match="Alice Archer is the only"):
        people.set_roles(ctx, NORTHMERE.id, ALICE.id, ())
    assert at(basw, ALICE) == {Role.LEAD}
    people.set_roles(ctx, NORTHMERE.id, ALICE.id, (), confirmed=True)
    assert at(basw, ALICE) == set()


def test_the_last_administrator_stays(basw: World) -> None:
    ctx = basw.as_(ADA)
    with pytest.raises(NotReadyError, match="You are the only BASW administrator at BASW"):
        people.set_roles(ctx, None, ADA.id, {Role.REVIEWER})
    people.set_roles(ctx, None, RHONA.id, {Role.REVIEWER, Role.ADMINISTRATOR})
    people.set_roles(ctx, None, ADA.id, {Role.REVIEWER})
    assert people.of_basw(basw.as_(RHONA))[0] == Member(ADA, (Role.REVIEWER,))


def test_who_can_no_longer_answer_loses_their_topics(basw: World) -> None:
    ctx = basw.as_(ALICE)
    for person in (BOB, ALICE):
        assigning.assign(ctx, basw.northmeres.id, {}, {"scheme": [person.id]})
    people.set_roles(ctx, NORTHMERE.id, BOB.id, {Role.CONTRIBUTOR, Role.VIEWER})
    assert assigning.assigned(ctx, basw.northmeres.id) == {"scheme": (ALICE, BOB)}
    people.set_roles(ctx, NORTHMERE.id, BOB.id, {Role.VIEWER})
    assert assigning.assigned(ctx, basw.northmeres.id) == {"scheme": (ALICE,)}


def test_a_person_at_two_employers_loses_topics_only_where_they_leave(world: World) -> None:
    store = world.as_(None).store
    with store.writing():
        accounts.add_role(store, BOB.id, SOUTHMERE.id, Role.CONTRIBUTOR)
    assigning.assign(world.as_(ALICE), world.northmeres.id, {}, {"scheme": [BOB.id]})
    assigning.assign(world.as_(CHARLIE), world.southmeres.id, {}, {"scheme": [BOB.id]})
    people.set_roles(world.as_(CHARLIE), SOUTHMERE.id, BOB.id, ())
    assert set(assigning.boards(world.as_(BOB))) == {world.northmeres.id}


def test_who_may_delete_accounts(basw: World) -> None:
    found = [people.may_delete(basw.as_(each)) for each in (ADA, RHONA, ALICE)]
    assert found == [True, False, False]


def test_an_account_without_a_name_cannot_hide_one(world: World) -> None:
    """Whoever runs the installation could once add a person whose name is empty."""
    store = world.as_(None).store
    with store.writing():
        accounts.add_person(
            store, type(BOB)("x", "", "x@y.example"), password_hash(), world.clock()
        )
    assert people.remove_by_address(world.as_(None), "x@y.example").called == "Former colleague"

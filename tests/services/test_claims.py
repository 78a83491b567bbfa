"""Reviews that somebody claimed and can no longer do: nobody's again, and said so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services import claims, invitations, people, reviews
from healthcheck.storage import reviews as stored
from healthcheck.storage import roles
from tests import reviewing
from tests.letters import token
from tests.people import ALICE, NORTHMERE, SOUTHMERE
from tests.reviewing import ADA, REMI, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World


@pytest.fixture(name="claimed")
def both_claimed_by_rhona(world: World) -> World:
    reviewing.with_basw(world)
    for assessment in (world.northmeres, world.southmeres):
        reviews.claim(world.as_(RHONA), assessment.id)
    return world


def held(world: World, person: Person = RHONA) -> set[str]:
    store = world.as_(None).store
    names = {world.northmeres.id: "Northmere", world.southmeres.id: "Southmere"}
    return {names[each] for each in stored.claimed_by(store, person.id)}


def released(world: World) -> list[tuple[str | None, str]]:
    rows = world.as_(None).store.rows(
        "SELECT person_id, detail FROM events WHERE kind = 'review released' ORDER BY number"
    )
    return [(by, json.loads(detail)["reviewer"]) for by, detail in rows]


def test_a_reviewer_who_is_one_no_longer_lets_go_of_every_review(claimed: World) -> None:
    people.set_roles(claimed.as_(ADA), None, RHONA.id, {Role.ADMINISTRATOR})
    assert held(claimed) == set()
    assert released(claimed) == [(ADA.id, RHONA.id)] * 2
    reviews.claim(claimed.as_(REMI), claimed.northmeres.id)


def test_a_reviewer_who_stays_one_keeps_them(claimed: World) -> None:
    people.set_roles(claimed.as_(ADA), None, RHONA.id, {Role.REVIEWER, Role.ADMINISTRATOR})
    assert (held(claimed), released(claimed)) == ({"Northmere", "Southmere"}, [])


def test_a_reviewer_who_is_removed_lets_go(claimed: World) -> None:
    people.remove(claimed.as_(ADA), RHONA.id)
    assert (held(claimed), released(claimed)) == (set(), [(ADA.id, RHONA.id)] * 2)


def test_whoever_runs_the_installation_removes_without_a_name_in_the_event(claimed: World) -> None:
    people.remove_by_address(claimed.as_(None), RHONA.email)
    assert (held(claimed), released(claimed)) == (set(), [(None, RHONA.id)] * 2)


def test_a_reviewer_who_joins_an_employer_lets_go_of_its_review_alone(claimed: World) -> None:
    invitations.invite(claimed.as_(ALICE), NORTHMERE.id, RHONA.email, Role.VIEWER)
    invitations.accept(claimed.as_(RHONA), token(claimed, "join"))
    assert held(claimed) == {"Southmere"}
    assert released(claimed) == [(RHONA.id, RHONA.id)]


def test_somebody_who_claimed_nothing_lets_go_of_nothing(claimed: World) -> None:
    ctx = claimed.as_(ADA)
    with ctx.store.writing():
        roles.give(ctx.store, REMI.id, Role.VIEWER, SOUTHMERE.id)
        claims.let_go(ctx, REMI.id)
    assert (held(claimed), released(claimed)) == ({"Northmere", "Southmere"}, [])

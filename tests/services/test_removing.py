"""Removing a person: their data goes, and the record stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    NotSignedInError,
    WrongCredentialsError,
)
from healthcheck.core.permissions import Role
from healthcheck.services import (
    accounts,
    assessments,
    assigning,
    invitations,
    password_links,
    people,
)
from healthcheck.services.steps import timeline
from healthcheck.storage import accounts as stored
from healthcheck.storage import events
from tests import letters, reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, PASSWORD, VERA
from tests.reviewing import ADA, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

pytestmark = pytest.mark.slow

SECOND_FACTOR = (
    "INSERT INTO second_factors (person_id, secret, added_at) VALUES ('alice', 'base32', 'then')",
    "INSERT INTO recovery_codes (person_id, code_hash) VALUES ('alice', 'hash')",
    "INSERT INTO identities VALUES ('https://issuer.example', 'subject', 'alice', 'then')",
)


@pytest.fixture
def used(world: World) -> World:
    """Fill every table that can hold something personal of Alice's."""
    reviewing.with_basw(world)
    reviewing.submit(world)
    alice, store = world.as_(ALICE), world.as_(None).store
    assigning.assign(alice, world.northmeres.id, {}, {"scheme": [ALICE.id, BOB.id]})
    assessments.remember_place(alice, world.northmeres.id, "posts")
    accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)
    password_links.ask(world.as_(None), ALICE.email)
    invitations.invite(alice, NORTHMERE.id, "dan@northmere.example", Role.VIEWER)
    people.set_roles(alice, NORTHMERE.id, VERA.id, {Role.VIEWER, Role.LEAD})
    invitations.invite(world.as_(ADA), None, ALICE.email, Role.REVIEWER)
    with store.writing():
        stored.add_failure(store, accounts.fingerprint(ALICE.email), "192.0.2.1", world.clock())
        for statement in SECOND_FACTOR:
            store.run(statement)
    return world


def dump(world: World) -> list[str]:
    return list(world.as_(None).store.connection.iterdump())


def test_nothing_personal_is_left_anywhere(used: World) -> None:
    assert any(ALICE.email in line for line in dump(used))
    gone = people.remove(used.as_(ADA), ALICE.id)
    assert (gone.person, gone.called) == (ALICE, "Former lead")
    everything = dump(used)
    assert [line for line in everything if ALICE.email in line or "Archer" in line] == []
    assert [line for line in everything if accounts.fingerprint(ALICE.email) in line] == []
    assert [line for line in everything if "base32" in line or "issuer.example" in line] == []


@pytest.mark.parametrize("table", ["sessions", "password_links", "places", "topic_assignments"])
def test_what_belongs_to_others_stays(used: World, table: str) -> None:
    accounts.sign_in(used.as_(None), BOB.email, PASSWORD)
    password_links.ask(used.as_(None), BOB.email)
    assessments.remember_place(used.as_(BOB), used.northmeres.id, "posts")
    people.remove(used.as_(ADA), ALICE.id)
    rows = used.as_(None).store.rows(f"SELECT DISTINCT person_id FROM {table}")  # noqa: S608 - ours
    assert rows == [(BOB.id,)]


def test_the_record_stays_readable(used: World) -> None:
    people.remove(used.as_(ADA), ALICE.id)
    opened = assessments.opened(used.as_(BOB), used.northmeres.id)
    assert {each.saved_by for each in opened.saved.values()} == {"Former lead"}
    assert {each.person for each in timeline(used.as_(BOB), used.northmeres.id)} == {
        "Former lead",
        "Olive Officer",
    }
    assert events.first_break(used.as_(None).store)[1] is None
    kinds = used.as_(None).store.rows("SELECT kind, person_id, detail FROM events")
    assert kinds[-1] == ("person removed", ADA.id, '{"person": "alice"}')


def test_what_this_process_keeps_of_an_assessment_forgets_the_name_too(used: World) -> None:
    before = assessments.opened(used.as_(BOB), used.northmeres.id)
    assert {each.saved_by for each in before.saved.values()} == {ALICE.name}
    people.remove(used.as_(ADA), ALICE.id)
    after = assessments.opened(used.as_(BOB), used.northmeres.id)
    assert ALICE.name not in repr(after)
    assert after.assessment.changed_at == before.assessment.changed_at


def test_a_message_to_somebody_else_names_them_no_longer(used: World) -> None:
    rows = "SELECT text, html FROM messages WHERE kind = 'INVITATION' ORDER BY number LIMIT 1"
    assert "Alice Archer" in str(used.as_(None).store.row(rows))
    people.remove(used.as_(ADA), ALICE.id)
    (text, html) = used.as_(None).store.rows(rows)[0]
    assert ("Former lead" in text, "Former lead" in html) == (True, True)
    assert ALICE.email not in [receiver for _, receiver in letters.sent(used)]


def test_only_whole_names_are_taken_out_of_messages(used: World) -> None:
    store = used.as_(None).store
    with store.writing():
        store.run("UPDATE people SET name = 'An <b>' WHERE id = 'bob'")
        store.run(
            "UPDATE messages SET subject = 'An <b> and Hand <b>', html = 'An &lt;b&gt;, Annual'"
        )
    people.remove(used.as_(ADA), BOB.id)
    assert set(store.rows("SELECT subject, html FROM messages")) == {
        ("Former contributor and Hand <b>", "Former contributor, Annual")
    }


def test_a_removed_person_is_signed_out_and_cannot_come_back(used: World) -> None:
    session = accounts.sign_in(used.as_(None), ALICE.email, PASSWORD)
    people.remove(used.as_(ADA), ALICE.id)
    assert accounts.person_for(used.as_(None), session) is None
    for email in (ALICE.email, f"removed-{ALICE.id}"):
        with pytest.raises(WrongCredentialsError):
            accounts.sign_in(used.as_(None), email, PASSWORD)
        password_links.ask(used.as_(None), email)
    assert "PASSWORD_LINK" not in [kind for kind, _ in letters.sent(used)]


def test_an_open_invitation_of_theirs_ends_and_the_address_is_free_again(used: World) -> None:
    token = letters.token(used, "/join")
    people.remove(used.as_(ADA), ALICE.id)
    assert invitations.waiting(used.as_(ADA), None) == ()
    with pytest.raises(Exception, match="was cancelled"):
        invitations.look(used.as_(None), token)
    invitations.invite(used.as_(VERA), NORTHMERE.id, ALICE.email, Role.LEAD)
    assert not invitations.look(used.as_(None), letters.token(used, "/join")).has_account


def test_an_invitation_they_accepted_keeps_that_it_was_accepted(world: World) -> None:
    reviewing.with_basw(world)
    invitations.invite(world.as_(ALICE), NORTHMERE.id, "dan@d.example", Role.VIEWER)
    ctx = world.as_(None)
    session = invitations.join(ctx, letters.token(world, "/join"), "Dan", PASSWORD)
    dan = accounts.person_for(ctx, session)
    assert dan is not None
    assert people.remove(world.as_(ADA), dan.id).called == "Former viewer"
    rows = ctx.store.rows("SELECT email, used_by, cancelled_at FROM invitations")
    assert rows == [(f"removed-{dan.id}", dan.id, None)]


def test_somebody_whose_roles_were_taken_first_is_named_for_the_last(used: World) -> None:
    people.set_roles(used.as_(ALICE), NORTHMERE.id, BOB.id, ())
    assert people.remove(used.as_(ADA), BOB.id).called == "Former contributor"


def test_whoever_removes_is_told_who_would_be_left_without_a_lead(used: World) -> None:
    ctx = used.as_(ADA)
    assert people.leaving(ctx, CHARLIE.id).led_alone == ("Southmere Trust",)
    assert people.leaving(ctx, ALICE.id).led_alone == ()


@pytest.mark.parametrize(
    ("person", "error"),
    [
        (None, NotSignedInError),
        (ALICE, NotFoundError),
        (CHARLIE, NotFoundError),
        (RHONA, NotAllowedError),
    ],
)
def test_only_administrators_remove_people(
    used: World, person: Person | None, error: type[Exception]
) -> None:
    before = dump(used)
    for act in (people.leaving, people.remove):
        with pytest.raises(error):
            act(used.as_(person), BOB.id)
    assert dump(used) == before


def test_an_administrator_removes_neither_themselves_nor_nobody(used: World) -> None:
    ctx = used.as_(ADA)
    with pytest.raises(NotReadyError, match="your own account"):
        people.remove(ctx, ADA.id)
    people.remove(ctx, ALICE.id)
    for person_id in (ALICE.id, "no-such-id"):
        with pytest.raises(NotFoundError, match="nobody here"):
            people.remove(ctx, person_id)


def test_whoever_runs_the_installation_removes_by_address(used: World) -> None:
    ctx = used.as_(None)
    assert people.leaving_by_address(ctx, " Charlie@Southmere.example").person == CHARLIE
    assert people.remove_by_address(ctx, CHARLIE.email).called == "Former lead"
    for email in (CHARLIE.email, f"removed-{CHARLIE.id}"):
        with pytest.raises(NotFoundError, match="Nobody has an account"):
            people.remove_by_address(ctx, email)

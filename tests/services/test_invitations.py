"""Inviting people, and joining by the link they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    LinkEndedError,
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.core.invitations import Standing
from healthcheck.core.people import ROLES_AT_AN_EMPLOYER, ROLES_AT_BASW
from healthcheck.core.permissions import Role
from healthcheck.services import accounts, invitations
from healthcheck.storage import accounts as stored
from healthcheck.storage import roles
from tests import letters, reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, PASSWORD, SOUTHMERE, VERA
from tests.reviewing import ADA, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import Clock, World

NEW = "dan@northmere.example"


@pytest.fixture
def basw(world: World) -> World:
    reviewing.with_basw(world)
    return world


def invited(world: World, email: str = NEW, role: Role = Role.CONTRIBUTOR) -> str:
    """Let Alice invite somebody to Northmere, and return the token of the link."""
    invitations.invite(world.as_(ALICE), NORTHMERE.id, email, role)
    return letters.token(world, "/join")


def events_of(world: World, kind: str) -> list[tuple[str | None, str | None, str]]:
    rows = world.as_(None).store.rows(
        "SELECT person_id, employer_id, detail FROM events WHERE kind = ? ORDER BY number", kind
    )
    return [(person, employer, detail) for person, employer, detail in rows]


@pytest.mark.parametrize("role", ROLES_AT_AN_EMPLOYER)
def test_a_lead_invites_to_every_role_at_their_employer(world: World, role: Role) -> None:
    token = invited(world, role=role)
    found = invitations.look(world.as_(None), token)
    assert (found.invitation.email, found.invitation.role, found.invitation.employer) == (
        NEW,
        role,
        NORTHMERE,
    )
    assert (found.has_account, found.is_theirs) == (False, False)
    assert letters.sent(world) == [("INVITATION", NEW)]
    assert "Alice Archer" in letters.last_text(world)


@pytest.mark.parametrize("role", ROLES_AT_BASW)
def test_an_administrator_invites_to_every_role_at_basw(basw: World, role: Role) -> None:
    invitations.invite(basw.as_(ADA), None, "new@basw.example", role)
    token = letters.token(basw, "/join")
    person = joined(basw, token)
    assert roles.at_basw(basw.as_(None).store, person.id) == {role}


@pytest.mark.parametrize("role", Role)
def test_an_administrator_invites_only_leads_to_an_employer(basw: World, role: Role) -> None:
    ctx = basw.as_(ADA)
    if role is Role.LEAD:
        assert invitations.invite(ctx, SOUTHMERE.id, NEW, role).employer == SOUTHMERE
    else:
        with pytest.raises(NotAllowedError, match="not yours to give"):
            invitations.invite(ctx, SOUTHMERE.id, NEW, role)


@pytest.mark.parametrize("role", ROLES_AT_BASW)
def test_a_lead_invites_nobody_to_basw(basw: World, role: Role) -> None:
    with pytest.raises(NotAllowedError, match="not yours to give"):
        invitations.invite(basw.as_(ALICE), NORTHMERE.id, NEW, role)
    with pytest.raises(NotFoundError, match="no page here"):
        invitations.invite(basw.as_(ALICE), None, NEW, role)


@pytest.mark.parametrize("person", [BOB, VERA, RHONA], ids=lambda each: each.id)
def test_others_are_told_that_they_may_not_invite(basw: World, person: Person) -> None:
    with pytest.raises(NotAllowedError, match="invite people"):
        invitations.invite(basw.as_(person), NORTHMERE.id, NEW, Role.VIEWER)
    with pytest.raises(NotAllowedError, match="invite people"):
        invitations.waiting(basw.as_(person), NORTHMERE.id)
    assert letters.sent(basw) == []


def test_another_employer_looks_like_none_at_all(world: World) -> None:
    here = invitations.invite(world.as_(ALICE), NORTHMERE.id, NEW, Role.VIEWER)
    charlie = world.as_(CHARLIE)
    for id_ in (NORTHMERE.id, "no-such-id"):
        with pytest.raises(NotFoundError, match="no employer here"):
            invitations.invite(charlie, id_, NEW, Role.VIEWER)
        with pytest.raises(NotFoundError, match="no employer here"):
            invitations.waiting(charlie, id_)
        with pytest.raises(NotFoundError, match="no employer here"):
            invitations.cancel(charlie, id_, here.id)
    for act in (invitations.cancel, invitations.again):
        with pytest.raises(NotFoundError, match="no such invitation"):
            act(charlie, SOUTHMERE.id, here.id)
    with pytest.raises(NotSignedInError):
        invitations.invite(world.as_(None), NORTHMERE.id, NEW, Role.VIEWER)


@pytest.mark.parametrize("email", ["", "dan", "dan@northmere", "a b@c.example", "x" * 260])
def test_what_is_no_address_is_refused(world: World, email: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match="email address in full"):
        invitations.invite(world.as_(ALICE), NORTHMERE.id, email, Role.VIEWER)


def test_a_role_somebody_has_is_not_given_again(basw: World) -> None:
    with pytest.raises(UnacceptableDetailsError, match="Bob Baker has that role"):
        invitations.invite(basw.as_(ALICE), NORTHMERE.id, BOB.email, Role.CONTRIBUTOR)
    with pytest.raises(UnacceptableDetailsError, match="Rhona Reviewer has that role at BASW"):
        invitations.invite(basw.as_(ADA), None, RHONA.email, Role.REVIEWER)


def test_inviting_an_address_again_ends_the_link_before(world: World) -> None:
    first, second = invited(world, " Dan@Northmere.example "), invited(world)
    with pytest.raises(LinkEndedError):
        invitations.look(world.as_(None), first)
    assert invitations.look(world.as_(None), second).invitation.email == NEW
    assert len(invitations.waiting(world.as_(ALICE), NORTHMERE.id)) == 1


def test_there_is_an_end_to_open_invitations(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_WAITING", 1)
    invited(world)
    invited(world)
    with pytest.raises(UnacceptableDetailsError, match="1 invitations are open"):
        invited(world, "other@northmere.example")


def test_only_the_fingerprint_of_a_link_is_stored_beside_the_message(world: World) -> None:
    token = invited(world)
    rows = world.as_(None).store.rows("SELECT token_hash FROM invitations")
    assert rows == [(accounts.fingerprint(token),)]
    ctx = world.as_(ALICE)
    with ctx.store.writing():
        ctx.store.run("DELETE FROM messages")
    assert token not in "".join(ctx.store.connection.iterdump())


def joined(world: World, token: str) -> Person:
    ctx = world.as_(None)
    session = invitations.join(ctx, token, " Dan  Dale ", PASSWORD)
    person = accounts.person_for(ctx, session)
    assert person is not None
    return person


def test_joining_makes_an_account_gives_the_role_and_signs_in(world: World) -> None:
    person = joined(world, invited(world))
    assert (person.name, person.email) == ("Dan Dale", NEW)
    store = world.as_(None).store
    assert roles.employers_of(store, person.id) == ((NORTHMERE, frozenset({Role.CONTRIBUTOR})),)
    assert accounts.sign_in(world.as_(None), NEW, PASSWORD)
    assert invitations.waiting(world.as_(ALICE), NORTHMERE.id) == ()


def ended(world: World, how: str, clock: Clock) -> str:
    """Return a token that does not work, for one of the reasons there are."""
    token = invited(world)
    if how == "wrong":
        return token[:-1]
    if how == "used":
        joined(world, token)
    elif how == "run out":
        clock.forward(timedelta(days=14))
    else:
        (waiting,) = invitations.waiting(world.as_(ALICE), NORTHMERE.id)
        invitations.cancel(world.as_(ALICE), NORTHMERE.id, waiting.id)
    return token


@pytest.mark.parametrize("how", ["wrong", "used", "run out", "cancelled"])
def test_every_link_that_does_not_work_looks_the_same(world: World, clock: Clock, how: str) -> None:
    token = ended(world, how, clock)
    before = invitations.ENDED
    assert "can send a new one" in before
    with pytest.raises(LinkEndedError) as looked:
        invitations.look(world.as_(None), token)
    with pytest.raises(LinkEndedError) as joining:
        invitations.join(world.as_(None), token, "Dan", PASSWORD)
    with pytest.raises(LinkEndedError) as accepting:
        invitations.accept(world.as_(BOB), token)
    assert {str(each.value) for each in (looked, joining, accepting)} == {before}


def test_a_link_works_until_its_last_moment(world: World, clock: Clock) -> None:
    token = invited(world)
    clock.forward(timedelta(days=14, microseconds=-1))
    assert invitations.look(world.as_(None), token).invitation.email == NEW


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b"])
def test_a_name_must_be_one(world: World, name: str) -> None:
    token = invited(world)
    with pytest.raises(UnacceptableDetailsError, match="Enter your name"):
        invitations.join(world.as_(None), token, name, PASSWORD)
    assert invitations.look(world.as_(None), token).has_account is False


def test_a_password_must_be_long_enough_and_the_link_stays(world: World) -> None:
    token = invited(world)
    with pytest.raises(UnacceptableDetailsError, match="12 to 200 characters"):
        invitations.join(world.as_(None), token, "Dan", "short")
    assert joined(world, token).email == NEW


def test_a_person_with_an_account_accepts_and_keeps_it(world: World) -> None:
    token = invited(world, BOB.email, Role.VIEWER)
    assert invitations.look(world.as_(None), token).has_account
    assert invitations.look(world.as_(BOB), token).is_theirs
    with pytest.raises(UnacceptableDetailsError, match="has an account already"):
        invitations.join(world.as_(None), token, "Not Bob", PASSWORD)
    invitations.accept(world.as_(BOB), token)
    store = world.as_(None).store
    assert roles.at_employer(store, BOB.id, NORTHMERE.id) == {Role.CONTRIBUTOR, Role.VIEWER}
    assert store.rows("SELECT name FROM people WHERE email = ?", BOB.email) == [(BOB.name,)]


def test_somebody_else_who_is_signed_in_is_told_so(world: World) -> None:
    token = invited(world, BOB.email, Role.VIEWER)
    assert not invitations.look(world.as_(CHARLIE), token).is_theirs
    with pytest.raises(NotAllowedError, match=r"sent to bob@northmere.example\. Sign out"):
        invitations.accept(world.as_(CHARLIE), token)
    with pytest.raises(NotSignedInError):
        invitations.accept(world.as_(None), token)
    assert roles.at_employer(world.as_(None).store, CHARLIE.id, NORTHMERE.id) == set()


def test_a_link_is_sent_again_with_a_new_token(world: World, clock: Clock) -> None:
    first = invited(world)
    clock.forward(timedelta(days=20))
    (old,) = invitations.waiting(world.as_(ALICE), NORTHMERE.id)
    assert old.standing(clock()) is Standing.EXPIRED
    invitations.again(world.as_(ALICE), NORTHMERE.id, old.id)
    with pytest.raises(LinkEndedError):
        invitations.look(world.as_(None), first)
    assert joined(world, letters.token(world, "/join")).email == NEW
    for act in (invitations.again, invitations.cancel):
        with pytest.raises(LinkEndedError, match="accepted or cancelled meanwhile"):
            act(world.as_(ALICE), NORTHMERE.id, old.id)


def test_an_administrator_cannot_send_again_what_is_not_theirs_to_give(basw: World) -> None:
    sent = invitations.invite(basw.as_(ALICE), NORTHMERE.id, NEW, Role.VIEWER)
    with pytest.raises(NotAllowedError, match="not yours to give"):
        invitations.again(basw.as_(ADA), NORTHMERE.id, sent.id)
    assert len(invitations.waiting(basw.as_(ALICE), NORTHMERE.id)) == 1


def test_wrong_links_are_counted_by_where_they_are_tried_from(world: World, clock: Clock) -> None:
    here = world.as_(None, "192.0.2.1")
    token = invited(world)
    for number in range(20):
        with pytest.raises(LinkEndedError):
            invitations.join(here, f"guess {number}", "Dan", PASSWORD)
    with pytest.raises(TooManyTriesError, match="Try again in 15 minutes"):
        invitations.join(here, token, "Dan", PASSWORD)
    with pytest.raises(TooManyTriesError):
        invitations.accept(replace(here, person=BOB), token)
    clock.forward(timedelta(minutes=14))
    with pytest.raises(TooManyTriesError, match=r"Try again in 1 minute\."):
        invitations.join(world.as_(None, "192.0.2.1"), token, "Dan", PASSWORD)
    assert joined(world, token).email == NEW


def test_wrong_guesses_at_the_address_do_not_keep_its_owner_out(world: World) -> None:
    token = invited(world)
    ctx = world.as_(None)
    with ctx.store.writing():
        for _ in range(5):
            stored.add_failure(ctx.store, accounts.fingerprint(NEW), "192.0.2.9", ctx.now)
    assert joined(world, token).email == NEW


def test_events_tell_who_invited_and_joined_but_never_an_address_or_a_name(world: World) -> None:
    sent = invitations.invite(world.as_(ALICE), NORTHMERE.id, NEW, Role.VIEWER)
    invitations.again(world.as_(ALICE), NORTHMERE.id, sent.id)
    person = joined(world, letters.token(world, "/join"))
    other = invitations.invite(world.as_(ALICE), NORTHMERE.id, "x@y.example", Role.LEAD)
    invitations.cancel(world.as_(ALICE), NORTHMERE.id, other.id)
    told = [
        [(by, at) for by, at, _ in events_of(world, kind)]
        for kind in ("person invited", "invitation accepted", "invitation cancelled")
    ]
    alice = (ALICE.id, NORTHMERE.id)
    assert told == [[alice] * 3, [(person.id, NORTHMERE.id)], [alice]]
    details = "".join(row[0] for row in world.as_(None).store.rows("SELECT detail FROM events"))
    assert not any(each in details for each in (NEW, "x@y.example", "Dan", "Alice"))

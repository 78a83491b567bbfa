"""Where somebody is signed in, and changing one's password."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotFoundError,
    NotSignedInError,
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.core.sessions import Session, Way
from healthcheck.services import accounts, own_account, password_links
from healthcheck.storage import accounts as stored
from tests import letters
from tests.people import ALICE, BOB, CHARLIE, NOW, PASSWORD
from tests.signing_in import begun, entered

if TYPE_CHECKING:
    from tests.people import Clock, World

NEW = "an even longer walk"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def test_a_session_says_where_it_is_and_nothing_of_its_token(world: World) -> None:
    ctx = replace(world.as_(None, "192.0.2.7"), user_agent=FIREFOX)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    (found,) = own_account.sessions(accounts.recognised(ctx, token))
    assert found == Session(found.id, "Firefox on Windows", "192.0.2.7", Way.PASSWORD, NOW, NOW)
    assert len(found.id) == 18
    assert found.id not in accounts.fingerprint(token)


def test_this_session_comes_first_then_the_last_used(world: World, clock: Clock) -> None:
    here = begun(world, ALICE)
    clock.forward(timedelta(hours=1))
    second = entered(world, ALICE, "192.0.2.2")
    clock.forward(timedelta(hours=1))
    entered(world, ALICE, "192.0.2.3")
    entered(world, BOB, "192.0.2.4")
    seen_here = accounts.recognised(world.as_(None), here)
    assert [each.address for each in own_account.sessions(seen_here)] == [
        "192.0.2.1",
        "192.0.2.3",
        "192.0.2.2",
    ]
    assert own_account.this_one(seen_here) != own_account.this_one(second)


def test_sessions_that_have_run_out_are_not_listed(world: World, clock: Clock) -> None:
    entered(world, ALICE, "192.0.2.2")
    clock.forward(timedelta(hours=12))
    assert [each.address for each in own_account.sessions(entered(world, ALICE))] == ["192.0.2.1"]


def test_a_session_elsewhere_is_ended(world: World) -> None:
    there, here = begun(world, ALICE), entered(world, ALICE)
    (_, other) = own_account.sessions(here)
    own_account.end(here, other.id)
    assert accounts.person_for(here, there) is None
    assert len(own_account.sessions(here)) == 1
    with pytest.raises(NotFoundError):
        own_account.end(here, other.id)


def test_nobody_ends_the_session_of_another(world: World) -> None:
    token = begun(world, ALICE)
    alices = accounts.recognised(world.as_(None), token)
    with pytest.raises(NotFoundError):
        own_account.end(entered(world, CHARLIE), own_account.this_one(alices))
    assert accounts.person_for(alices, token) == ALICE


def test_all_others_are_ended_at_once(world: World) -> None:
    others = [begun(world, ALICE), begun(world, ALICE)]
    bobs, here = begun(world, BOB), begun(world, ALICE)
    ctx = accounts.recognised(world.as_(None), here)
    assert [own_account.end_others(ctx), own_account.end_others(ctx)] == [2, 0]
    found = [accounts.person_for(ctx, each) for each in (*others, here, bobs)]
    assert found == [None, None, ALICE, BOB]
    kinds = "SELECT kind, person_id, detail FROM events WHERE kind LIKE '%ended'"
    assert ctx.store.rows(kinds) == [("other sessions ended", ALICE.id, '{"count": 2}')]


def test_a_new_password_ends_every_session_but_this_one_and_every_link(world: World) -> None:
    elsewhere, here = begun(world, ALICE), begun(world, ALICE)
    password_links.ask(world.as_(None), ALICE.email)
    link = letters.token(world, "/new-password")
    ctx = accounts.recognised(world.as_(None), here)
    own_account.change_password(ctx, PASSWORD, NEW)
    assert accounts.person_for(ctx, elsewhere) is None
    assert accounts.person_for(ctx, here) == ALICE
    assert accounts.sign_in(world.as_(None), ALICE.email, NEW)
    assert ctx.store.rows("SELECT count(*) FROM password_links WHERE used_at IS NULL") == [(0,)]
    assert link not in str(ctx.store.rows("SELECT kind, detail FROM events"))


def test_the_old_password_is_asked_for_and_may_be_guessed_five_times(world: World) -> None:
    ctx = entered(world, ALICE)
    with pytest.raises(WrongCredentialsError, match="That is not your password"):
        own_account.change_password(ctx, "not her password", NEW)
    again = accounts.fingerprint(f"password again {ALICE.id}")
    with ctx.store.writing():
        for _ in range(4):
            stored.add_failure(ctx.store, again, "", ctx.now)
    with pytest.raises(TooManyTriesError):
        own_account.change_password(ctx, PASSWORD, NEW)
    assert accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)


def test_a_weak_new_password_changes_nothing(world: World) -> None:
    ctx = entered(world, ALICE)
    with pytest.raises(UnacceptableDetailsError, match="first that somebody would try"):
        own_account.change_password(ctx, PASSWORD, "password1234")
    assert accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)


def test_somebody_must_be_signed_in(world: World) -> None:
    ctx = world.as_(None)
    for ask in (own_account.sessions, own_account.end_others):
        with pytest.raises(NotSignedInError):
            ask(ctx)
    with pytest.raises(NotSignedInError):
        own_account.end(ctx, "any")
    with pytest.raises(NotSignedInError):
        own_account.change_password(ctx, PASSWORD, NEW)

"""Choosing a new password by a link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    LinkEndedError,
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.services import accounts, password_links
from healthcheck.storage import accounts as stored
from tests import letters
from tests.people import ALICE, BOB, PASSWORD

if TYPE_CHECKING:
    from tests.people import Clock, World

NEW = "an even longer walk"


def asked(world: World, email: str = ALICE.email) -> str:
    password_links.ask(world.as_(None), email)
    return letters.token(world, "/new-password")


def test_the_owner_of_the_address_chooses_a_new_password(world: World) -> None:
    token = asked(world, " Alice@Northmere.example ")
    assert letters.sent(world) == [("PASSWORD_LINK", ALICE.email)]
    assert password_links.whose(world.as_(None), token) == ALICE
    password_links.set_new(world.as_(None), token, NEW)
    assert accounts.sign_in(world.as_(None), ALICE.email, NEW)
    with pytest.raises(WrongCredentialsError):
        accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)


def test_a_new_password_ends_every_session_and_every_other_link(world: World) -> None:
    ctx = world.as_(None)
    session = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    bobs = accounts.sign_in(ctx, BOB.email, PASSWORD)
    first, second = asked(world), asked(world)
    password_links.set_new(ctx, second, NEW)
    assert accounts.person_for(ctx, session) is None
    assert accounts.person_for(ctx, bobs) == BOB
    with pytest.raises(LinkEndedError):
        password_links.whose(ctx, first)


def test_nobody_is_told_whether_there_is_an_account(world: World) -> None:
    for email in ("nobody@northmere.example", "", "no address"):
        password_links.ask(world.as_(None), email)
    assert letters.sent(world) == []


@pytest.mark.parametrize("how", ["wrong", "used", "run out"])
def test_every_link_that_does_not_work_looks_the_same(world: World, clock: Clock, how: str) -> None:
    token = asked(world)
    if how == "wrong":
        token = token[:-1]
    elif how == "used":
        password_links.set_new(world.as_(None), token, NEW)
    else:
        clock.forward(timedelta(hours=1))
    with pytest.raises(LinkEndedError) as looked:
        password_links.whose(world.as_(None), token)
    with pytest.raises(LinkEndedError) as tried:
        password_links.set_new(world.as_(None), token, NEW)
    assert str(looked.value) == str(tried.value) == password_links.ENDED


def test_a_link_works_for_an_hour(world: World, clock: Clock) -> None:
    token = asked(world)
    clock.forward(timedelta(minutes=59))
    assert password_links.whose(world.as_(None), token) == ALICE


def test_a_password_that_is_too_short_leaves_the_link(world: World) -> None:
    token = asked(world)
    with pytest.raises(UnacceptableDetailsError, match="12 to 200"):
        password_links.set_new(world.as_(None), token, "short")
    assert password_links.whose(world.as_(None), token) == ALICE


def test_an_account_is_sent_three_links_an_hour(world: World, clock: Clock) -> None:
    for _ in range(5):
        password_links.ask(world.as_(None), ALICE.email)
    assert len(letters.sent(world)) == 3
    clock.forward(timedelta(hours=1))
    password_links.ask(world.as_(None), ALICE.email)
    assert len(letters.sent(world)) == 4


def test_an_address_asks_and_guesses_only_so_often(world: World) -> None:
    here = world.as_(None, "192.0.2.1")
    for number in range(19):
        password_links.ask(here, f"{number}@northmere.example")
    with pytest.raises(LinkEndedError):
        password_links.set_new(here, "a guess", NEW)
    with pytest.raises(TooManyTriesError):
        password_links.ask(here, ALICE.email)
    with pytest.raises(TooManyTriesError):
        password_links.set_new(here, "another", NEW)
    password_links.ask(world.as_(None, "192.0.2.2"), ALICE.email)
    assert letters.sent(world) == [("PASSWORD_LINK", ALICE.email)]


def test_asking_does_not_keep_the_owner_from_signing_in(world: World) -> None:
    for _ in range(6):
        password_links.ask(world.as_(None, "192.0.2.1"), ALICE.email)
    assert accounts.sign_in(world.as_(None, "192.0.2.2"), ALICE.email, PASSWORD)


def test_a_new_password_forgets_failed_sign_ins(world: World) -> None:
    token, ctx = asked(world), world.as_(None)
    with ctx.store.writing():
        for _ in range(5):
            stored.add_failure(ctx.store, accounts.fingerprint(ALICE.email), "", ctx.now)
    password_links.set_new(ctx, token, NEW)
    assert accounts.sign_in(ctx, ALICE.email, NEW)


def test_only_the_fingerprint_of_a_link_is_stored_and_events_say_who(world: World) -> None:
    token = asked(world)
    store = world.as_(None).store
    assert store.rows("SELECT token_hash FROM password_links") == [(accounts.fingerprint(token),)]
    password_links.set_new(world.as_(None), token, NEW)
    kinds = "SELECT kind, person_id, detail FROM events WHERE kind LIKE 'password%' ORDER BY number"
    assert store.rows(kinds) == [
        ("password link asked for", ALICE.id, "{}"),
        ("password set by link", ALICE.id, "{}"),
    ]

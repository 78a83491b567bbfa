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
from healthcheck.core.permissions import Role
from healthcheck.services import accounts, passwords
from healthcheck.storage import accounts as stored
from tests.people import ALICE, BOB, NORTHMERE, NOW, PASSWORD

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from healthcheck.services.context import Context
    from tests.people import World

HERE = "192.0.2.1"
ELSEWHERE = "192.0.2.2"


def fail(ctx: Context, times: int, email: str = ALICE.email) -> None:
    """Fail once for real; hashing is slow by design, so the other times are only noted."""
    with pytest.raises(WrongCredentialsError):
        accounts.sign_in(ctx, email, "not the password")
    with ctx.store.writing():
        for _ in range(times - 1):
            stored.add_failure(ctx.store, accounts.fingerprint(email), ctx.address, ctx.now)


def later(ctx: Context, **time: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**time))


def test_the_right_password_begins_a_session(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    assert accounts.person_for(ctx, token) == ALICE


def test_an_email_address_may_be_typed_in_capitals_and_with_spaces(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, f" {ALICE.email.upper()} ", PASSWORD)
    assert accounts.person_for(ctx, token) == ALICE


@pytest.mark.parametrize(
    ("email", "password"),
    [(ALICE.email, "not the password"), ("nobody@northmere.example", PASSWORD), ("", "")],
)
def test_a_wrong_password_and_an_unknown_address_look_the_same(
    world: World, email: str, password: str
) -> None:
    with pytest.raises(WrongCredentialsError) as refused:
        accounts.sign_in(world.as_(None), email, password)
    assert str(refused.value) == (
        "The email address and password do not match an account. Check both and try again."
    )


def test_the_token_itself_is_stored_nowhere(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    assert token.encode() not in world.product.config.database.read_bytes()
    assert ctx.store.rows("SELECT token_hash FROM sessions") == [(accounts.fingerprint(token),)]


def test_a_made_up_token_belongs_to_nobody(world: World) -> None:
    assert accounts.person_for(world.as_(None), "made up") is None


def test_signing_out_ends_this_session_and_no_other(world: World) -> None:
    ctx = world.as_(None)
    here, there = (accounts.sign_in(ctx, ALICE.email, PASSWORD) for _ in range(2))
    accounts.sign_out(ctx, here)
    accounts.sign_out(ctx, here)
    assert accounts.person_for(ctx, here) is None
    assert accounts.person_for(ctx, there) == ALICE


def test_a_session_ends_after_twelve_hours_without_use(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    assert accounts.person_for(later(ctx, hours=11), token) == ALICE
    assert accounts.person_for(later(ctx, hours=22), token) == ALICE
    assert accounts.person_for(later(ctx, hours=34), token) is None


def test_a_session_in_use_ends_after_seven_days(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    found = [accounts.person_for(later(ctx, hours=hour), token) for hour in range(6, 24 * 7, 6)]
    assert found == [ALICE] * 27
    assert accounts.person_for(later(ctx, days=7), token) is None


def test_a_page_read_soon_after_the_last_one_writes_nothing(world: World) -> None:
    ctx = world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    before = ctx.store.connection.total_changes
    accounts.person_for(later(ctx, minutes=4), token)
    assert ctx.store.connection.total_changes == before
    accounts.person_for(later(ctx, minutes=5), token)
    assert ctx.store.connection.total_changes == before + 1


@pytest.mark.impatient
def test_a_page_can_be_read_while_someone_else_saves(world: World) -> None:
    ctx, other = world.as_(None), world.as_(None)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    with other.store.writing():
        assert accounts.person_for(later(ctx, minutes=10), token) == ALICE


def test_sessions_that_have_run_out_are_forgotten_at_the_next_sign_in(world: World) -> None:
    ctx = world.as_(None)
    accounts.sign_in(ctx, ALICE.email, PASSWORD)
    accounts.sign_in(later(ctx, days=1), BOB.email, PASSWORD)
    assert ctx.store.rows("SELECT person_id FROM sessions") == [(BOB.id,)]


def test_five_failures_close_an_account_even_to_the_right_password(world: World) -> None:
    ctx = world.as_(None, HERE)
    fail(ctx, 5)
    with pytest.raises(TooManyTriesError, match="Try again in 15 minutes"):
        accounts.sign_in(world.as_(None, ELSEWHERE), ALICE.email, PASSWORD)


def test_a_closed_account_opens_when_its_failures_are_old(world: World) -> None:
    ctx = world.as_(None, HERE)
    fail(ctx, 1)
    fail(later(ctx, minutes=10), 4)
    with pytest.raises(TooManyTriesError, match=r"Try again in 1 minute\."):
        accounts.sign_in(later(ctx, minutes=14, seconds=30), ALICE.email, PASSWORD)
    token = accounts.sign_in(later(ctx, minutes=15), ALICE.email, PASSWORD)
    assert accounts.person_for(later(ctx, minutes=15), token) == ALICE


def test_an_account_that_does_not_exist_closes_just_the_same(world: World) -> None:
    fail(world.as_(None), 5, "nobody@northmere.example")
    with pytest.raises(TooManyTriesError):
        accounts.sign_in(world.as_(None), "nobody@northmere.example", PASSWORD)


def test_failures_to_one_account_leave_the_others_open(world: World) -> None:
    ctx = world.as_(None, HERE)
    fail(ctx, 5)
    assert accounts.person_for(ctx, accounts.sign_in(ctx, BOB.email, PASSWORD)) == BOB


def test_the_right_password_forgets_the_failures_before_it(world: World) -> None:
    ctx = world.as_(None, HERE)
    fail(ctx, 4)
    accounts.sign_in(ctx, ALICE.email, PASSWORD)
    fail(ctx, 4)
    assert accounts.person_for(ctx, accounts.sign_in(ctx, ALICE.email, PASSWORD)) == ALICE


def test_twenty_failures_close_the_address_they_came_from(world: World) -> None:
    ctx = world.as_(None, HERE)
    with ctx.store.writing():
        for number in range(20):
            stored.add_failure(ctx.store, f"account {number}", HERE, NOW)
    with pytest.raises(TooManyTriesError, match="Try again in 15 minutes"):
        accounts.sign_in(ctx, ALICE.email, PASSWORD)
    elsewhere = world.as_(None, ELSEWHERE)
    token = accounts.sign_in(elsewhere, ALICE.email, PASSWORD)
    assert accounts.person_for(elsewhere, token) == ALICE


def test_failures_keep_no_email_address_and_go_when_they_are_old(world: World) -> None:
    ctx = world.as_(None, HERE)
    fail(ctx, 1)
    assert ctx.store.rows("SELECT account, address FROM sign_in_failures") == [
        (accounts.fingerprint(ALICE.email), HERE)
    ]
    fail(later(ctx, hours=1), 1, BOB.email)
    assert ctx.store.rows("SELECT account FROM sign_in_failures") == [
        (accounts.fingerprint(BOB.email),)
    ]


def test_a_password_hashed_by_a_weaker_rule_is_hashed_anew(
    world: World, strong: tuple[PasswordHasher, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = world.as_(None)
    weak = passwords.hashed(PASSWORD)
    monkeypatch.setattr(passwords, "HASHER", strong[0])
    with ctx.store.writing():
        stored.set_password_hash(ctx.store, ALICE.id, weak)
    accounts.sign_in(ctx, ALICE.email, PASSWORD)
    found = stored.find_person(ctx.store, ALICE.email)
    assert found is not None
    assert found[1].startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert accounts.sign_in(ctx, ALICE.email, PASSWORD) != ""


def test_a_new_person_can_sign_in_at_a_new_employer(world: World) -> None:
    ctx = world.as_(None)
    employer = accounts.add_employer(ctx, "Westmere Trust", "wales", "nhs-trust")
    dee = accounts.add_person(
        ctx, "Dee", "Dee@Westmere.example", "twelve chars", employer=employer, role=Role.VIEWER
    )
    token = accounts.sign_in(ctx, "dee@westmere.example", "twelve chars")
    assert accounts.person_for(ctx, token) == dee
    assert stored.find_employer(ctx.store, "Westmere Trust") == employer


@pytest.mark.parametrize("password", ["eleven char", "x" * 201])
def test_a_password_too_short_or_too_long_makes_no_account(world: World, password: str) -> None:
    ctx = world.as_(None)
    with pytest.raises(UnacceptableDetailsError, match="12 to 200 characters"):
        accounts.add_person(
            ctx, "Dee", "dee@x.example", password, employer=NORTHMERE, role=Role.LEAD
        )
    assert stored.find_person(ctx.store, "dee@x.example") is None


@pytest.mark.parametrize("email", ["dee", "dee@", "@x.example", "d e@x.example"])
def test_an_address_without_the_shape_of_one_makes_no_account(world: World, email: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match="is not an email address"):
        accounts.add_person(
            world.as_(None), "Dee", email, PASSWORD, employer=NORTHMERE, role=Role.LEAD
        )


def test_an_address_that_has_an_account_makes_no_second_one(world: World) -> None:
    with pytest.raises(UnacceptableDetailsError, match="has an account already"):
        accounts.add_person(
            world.as_(None), "Eve", ALICE.email, PASSWORD, employer=NORTHMERE, role=Role.LEAD
        )


@pytest.mark.parametrize(
    ("name", "nation", "employer_type", "sentence"),
    [
        (NORTHMERE.name, "england", "council", "There is an employer of that name already."),
        ("Eastmere", "france", "council", "“france” is not a nation we know."),
        ("Eastmere", "england", "castle", "“castle” is not a type of employer we know."),
    ],
)
def test_an_employer_needs_a_new_name_and_known_facts(
    world: World, name: str, nation: str, employer_type: str, sentence: str
) -> None:
    with pytest.raises(UnacceptableDetailsError, match=sentence):
        accounts.add_employer(world.as_(None), name, nation, employer_type)


def test_someone_is_whoever_is_signed_in(world: World) -> None:
    assert world.as_(ALICE).someone() == ALICE
    with pytest.raises(NotSignedInError, match="Sign in"):
        world.as_(None).someone()


def test_the_stand_in_for_nobody_is_made_by_the_present_rule(
    strong: tuple[PasswordHasher, str],
) -> None:
    hasher, nobody = strong
    assert not hasher.check_needs_rehash(nobody)


def test_at_most_two_passwords_are_hashed_at_once() -> None:
    taken = [passwords.AT_ONCE.acquire(blocking=False) for _ in range(3)]
    for _ in filter(None, taken):
        passwords.AT_ONCE.release()
    assert taken == [True, True, False]


def test_an_employer_is_found_by_its_name(world: World) -> None:
    assert accounts.employer_named(world.as_(None), NORTHMERE.name) == NORTHMERE


def test_an_employer_of_another_name_is_not_found(world: World) -> None:
    with pytest.raises(NotFoundError, match="no employer named “Northmere”"):
        accounts.employer_named(world.as_(None), "Northmere")


def test_a_new_password_replaces_the_old_one_and_ends_sessions_and_lock_out(world: World) -> None:
    ctx = world.as_(None, HERE)
    token = accounts.sign_in(ctx, ALICE.email, PASSWORD)
    fail(ctx, 5)
    accounts.set_password(ctx, ALICE.email.upper(), "quite another long one")
    assert accounts.person_for(ctx, token) is None
    assert accounts.person_for(ctx, accounts.sign_in(ctx, ALICE.email, "quite another long one"))
    with pytest.raises(WrongCredentialsError):
        accounts.sign_in(ctx, ALICE.email, PASSWORD)


def test_nobody_without_an_account_gets_a_password(world: World) -> None:
    with pytest.raises(NotFoundError, match="Nobody has an account"):
        accounts.set_password(world.as_(None), "nobody@northmere.example", "a long enough one")


def test_a_short_new_password_is_refused_and_the_old_one_stays(world: World) -> None:
    ctx = world.as_(None)
    with pytest.raises(UnacceptableDetailsError):
        accounts.set_password(ctx, ALICE.email, "short")
    assert accounts.sign_in(ctx, ALICE.email, PASSWORD)

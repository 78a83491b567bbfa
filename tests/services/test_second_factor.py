"""Codes of an app beside the password, recovery codes, and who may take a second factor away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    NotSignedInError,
    SecondFactorMissingError,
    SecondFactorNeededError,
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.core.permissions import Role
from healthcheck.services import accounts, own_account, password_links, second_factor
from healthcheck.storage import roles
from healthcheck.storage import second_factors as stored
from tests import letters
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, PASSWORD
from tests.signing_in import begun, code, entered, with_second_factor

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context
    from tests.people import Clock, World

A_STEP = timedelta(seconds=30)
REASON = "Lost the phone; called back on the known number."


def make(world: World, person: Person, role: Role) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        roles.give(ctx.store, person.id, role, None)


def open_to(world: World, token: str) -> Person | None:
    return accounts.person_for(world.as_(None), token)


def in_force(ctx: Context) -> Context:
    return replace(ctx, second_factor_at_basw=True)


def test_a_second_factor_is_asked_for_only_once_it_is_confirmed(world: World) -> None:
    ctx = entered(world, ALICE)
    second_factor.begin(ctx)
    assert second_factor.begun(ctx).address.startswith(
        "otpauth://totp/Employer%20Health%20Check:alice%40northmere.example?secret="
    )
    assert open_to(world, accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)) == ALICE
    secret = second_factor.begun(ctx).secret
    second_factor.confirm(ctx, code(secret, ctx.now))
    token = accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)
    assert open_to(world, token) is None
    with pytest.raises(SecondFactorNeededError):
        accounts.recognised(world.as_(None), token).someone()


def test_the_code_finishes_signing_in_with_a_session_of_its_own(world: World, clock: Clock) -> None:
    secret, _ = with_second_factor(world, ALICE)
    clock.forward(A_STEP)
    half = begun(world, ALICE)
    ctx = accounts.recognised(world.as_(None), half)
    token = second_factor.enter(ctx, code(secret, ctx.now))
    assert (open_to(world, token), accounts.holder(ctx, half)) == (ALICE, None)
    assert len(own_account.sessions(accounts.recognised(ctx, token))) == 1


def test_a_code_works_once_and_so_do_those_before_it(world: World, clock: Clock) -> None:
    secret, _ = with_second_factor(world, ALICE)
    used = code(secret, clock())
    with pytest.raises(WrongCredentialsError, match="or it was used before"):
        second_factor.enter(entered(world, ALICE), used)
    with pytest.raises(WrongCredentialsError):
        second_factor.enter(entered(world, ALICE), code(secret, clock() - A_STEP))
    assert second_factor.enter(entered(world, ALICE), code(secret, clock() + A_STEP))
    with pytest.raises(WrongCredentialsError):
        second_factor.enter(entered(world, ALICE), code(secret, clock() + A_STEP))


@pytest.mark.parametrize("steps", [-2, 2, 100])
def test_a_code_of_another_time_is_refused(world: World, clock: Clock, steps: int) -> None:
    secret, _ = with_second_factor(world, ALICE)
    clock.forward(A_STEP * 10)
    ctx = entered(world, ALICE)
    with pytest.raises(WrongCredentialsError):
        second_factor.enter(ctx, code(secret, clock() + steps * A_STEP))


def test_codes_are_guessed_five_times_and_the_password_does_not_help(
    world: World, clock: Clock
) -> None:
    secret, codes = with_second_factor(world, ALICE)
    clock.forward(A_STEP)
    ctx = entered(world, ALICE)
    for wrong in ("000000", "no code", "abcd-efgh-jkmn-pqrs", "000001", "000002"):
        guess = second_factor.enter_recovery_code if "-" in wrong else second_factor.enter
        with pytest.raises(WrongCredentialsError):
            guess(ctx, wrong)
    again = accounts.sign_in(world.as_(None), ALICE.email, PASSWORD)
    ctx = accounts.recognised(world.as_(None), again)
    with pytest.raises(TooManyTriesError):
        second_factor.enter(ctx, code(secret, ctx.now))
    with pytest.raises(TooManyTriesError):
        second_factor.enter_recovery_code(ctx, codes[0])
    clock.forward(timedelta(minutes=15))
    ctx = entered(world, ALICE)
    assert second_factor.enter(ctx, code(secret, ctx.now))


def test_a_session_without_its_code_opens_nothing_and_ends_after_a_quarter_of_an_hour(
    world: World, clock: Clock
) -> None:
    secret, _ = with_second_factor(world, ALICE)
    half = begun(world, ALICE)
    assert len(own_account.sessions(world.as_(ALICE))) == 0
    clock.forward(timedelta(minutes=15))
    ctx = accounts.recognised(world.as_(None), half)
    with pytest.raises(NotSignedInError, match="password first"):
        second_factor.enter(ctx, code(secret, ctx.now))


def test_ten_recovery_codes_work_once_each_and_are_stored_nowhere(world: World) -> None:
    _, codes = with_second_factor(world, ALICE)
    assert len(set(codes)) == 10
    store = world.as_(None).store
    assert codes[0] not in str(store.rows("SELECT * FROM recovery_codes"))
    typed = codes[0].upper().replace("-", " ")
    token = second_factor.enter_recovery_code(entered(world, ALICE), typed)
    assert open_to(world, token) == ALICE
    with pytest.raises(WrongCredentialsError, match="or it was used before"):
        second_factor.enter_recovery_code(entered(world, ALICE), codes[0])
    assert second_factor.standing(world.as_(ALICE)).recovery_codes_left == 9


def test_the_recovery_codes_of_another_are_no_use(world: World) -> None:
    with_second_factor(world, ALICE)
    _, bobs = with_second_factor(world, BOB)
    with pytest.raises(WrongCredentialsError):
        second_factor.enter_recovery_code(entered(world, ALICE), bobs[0])
    assert second_factor.standing(world.as_(BOB)).recovery_codes_left == 10


def test_new_recovery_codes_take_the_place_of_the_old(world: World) -> None:
    _, old = with_second_factor(world, ALICE)
    with pytest.raises(WrongCredentialsError):
        second_factor.new_recovery_codes(world.as_(ALICE), "not her password")
    new = second_factor.new_recovery_codes(world.as_(ALICE), PASSWORD)
    assert len({*old, *new}) == 20
    with pytest.raises(WrongCredentialsError):
        second_factor.enter_recovery_code(entered(world, ALICE), old[0])
    assert second_factor.enter_recovery_code(entered(world, ALICE), new[0])


def test_there_are_no_recovery_codes_without_a_second_factor(world: World) -> None:
    with pytest.raises(NotReadyError, match="Set up a second factor first"):
        second_factor.new_recovery_codes(world.as_(ALICE), PASSWORD)


def test_turning_off_asks_for_the_password(world: World) -> None:
    with_second_factor(world, ALICE)
    with pytest.raises(WrongCredentialsError):
        second_factor.turn_off(world.as_(ALICE), "not her password")
    assert second_factor.standing(world.as_(ALICE)).since is not None
    for _ in range(2):
        second_factor.turn_off(world.as_(ALICE), PASSWORD)
    assert second_factor.standing(world.as_(ALICE)).since is None
    assert open_to(world, begun(world, ALICE)) == ALICE
    kinds = "SELECT kind FROM events WHERE kind LIKE 'second%' ORDER BY number"
    assert world.as_(None).store.rows(kinds) == [
        ("second factor set up",),
        ("second factor turned off",),
    ]


def test_setting_up_has_an_order(world: World) -> None:
    ctx = world.as_(ALICE)
    with pytest.raises(NotFoundError):
        second_factor.begun(ctx)
    second_factor.begin(ctx)
    first = second_factor.begun(ctx).secret
    second_factor.begin(ctx)
    assert second_factor.begun(ctx).secret != first
    with pytest.raises(WrongCredentialsError):
        second_factor.confirm(ctx, code(first, ctx.now))
    second_factor.confirm(ctx, code(second_factor.begun(ctx).secret, ctx.now))
    for ask in (second_factor.begin, second_factor.begun):
        with pytest.raises(NotReadyError, match="already"):
            ask(ctx)


def test_a_new_password_by_link_leaves_the_second_factor(world: World) -> None:
    with_second_factor(world, ALICE)
    password_links.ask(world.as_(None), ALICE.email)
    password_links.set_new(
        world.as_(None), letters.token(world, "/new-password"), "an even longer walk"
    )
    token = accounts.sign_in(world.as_(None), ALICE.email, "an even longer walk")
    assert open_to(world, token) is None


def test_half_way_in_the_second_factor_may_have_gone(world: World, clock: Clock) -> None:
    secret, _ = with_second_factor(world, ALICE)
    half = accounts.recognised(world.as_(None), begun(world, ALICE))
    with half.store.writing():
        stored.remove(half.store, ALICE.id)
    with pytest.raises(NotSignedInError, match="removed meanwhile"):
        second_factor.enter(half, code(secret, clock()))


def test_whoever_is_at_basw_is_led_to_set_one_up_where_that_is_the_rule(world: World) -> None:
    make(world, CHARLIE, Role.REVIEWER)
    token = begun(world, CHARLIE)
    ctx = accounts.recognised(in_force(world.as_(None)), token)
    with pytest.raises(SecondFactorMissingError):
        ctx.someone()
    assert second_factor.standing(ctx).is_compulsory
    second_factor.begin(ctx)
    second_factor.confirm(ctx, code(second_factor.begun(ctx).secret, ctx.now))
    assert accounts.recognised(in_force(world.as_(None)), token).someone() == CHARLIE


def test_others_are_not_led_there_and_nobody_is_without_the_rule(world: World) -> None:
    make(world, CHARLIE, Role.REVIEWER)
    assert accounts.recognised(in_force(world.as_(None)), begun(world, ALICE)).person == ALICE
    assert accounts.recognised(world.as_(None), begun(world, CHARLIE)).person == CHARLIE


def test_an_administrator_removes_a_lost_second_factor_with_a_reason(world: World) -> None:
    make(world, CHARLIE, Role.ADMINISTRATOR)
    with_second_factor(world, ALICE)
    there, ctx = begun(world, ALICE), world.as_(CHARLIE)
    assert second_factor.may_remove(ctx, ALICE.id)
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(UnacceptableDetailsError, match="Say why"):
            second_factor.remove(ctx, ALICE.id, reason)
    assert second_factor.remove(ctx, ALICE.id, REASON) == ALICE
    assert accounts.holder(ctx, there) is None
    assert open_to(world, begun(world, ALICE)) == ALICE
    row = "SELECT person_id, json_extract(detail, '$.person'), json_extract(detail, '$.reason')"
    assert ctx.store.rows(f"{row} FROM events WHERE kind = 'second factor removed'") == [
        (CHARLIE.id, ALICE.id, REASON)
    ]
    with pytest.raises(NotFoundError):
        second_factor.remove(ctx, ALICE.id, REASON)


def test_an_administrator_turns_off_their_own_with_the_password(world: World) -> None:
    make(world, CHARLIE, Role.ADMINISTRATOR)
    with_second_factor(world, CHARLIE)
    with pytest.raises(NotReadyError, match="your own"):
        second_factor.remove(world.as_(CHARLIE), CHARLIE.id, REASON)
    assert not second_factor.may_remove(world.as_(CHARLIE), CHARLIE.id)


def test_nobody_else_removes_one_and_strangers_learn_nothing(world: World) -> None:
    with_second_factor(world, BOB)
    for person in (ALICE, CHARLIE):
        with pytest.raises(NotFoundError):
            second_factor.remove(world.as_(person), BOB.id, REASON)
    make(world, CHARLIE, Role.REVIEWER)
    with pytest.raises(NotAllowedError):
        second_factor.remove(world.as_(CHARLIE), BOB.id, REASON)
    with pytest.raises(NotFoundError):
        second_factor.remove_by_address(world.as_(None), "nobody@northmere.example")
    assert second_factor.standing(world.as_(BOB)).since is not None
    assert not second_factor.may_remove(world.as_(ALICE), BOB.id)
    assert roles.at_employer(world.as_(None).store, BOB.id, NORTHMERE.id) == {Role.CONTRIBUTOR}

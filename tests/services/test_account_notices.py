"""Whoever's password or second factor changes is told by a message, by whatever way it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import UnacceptableDetailsError, WrongCredentialsError
from healthcheck.core.permissions import Role
from healthcheck.services import accounts, own_account, password_links, second_factor
from healthcheck.storage import roles
from tests import letters
from tests.people import ALICE, BOB, PASSWORD
from tests.signing_in import entered, with_second_factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.people import World

NEW = "an even longer walk"
TOLD = ("ACCOUNT_CHANGED", ALICE.email)


def by_herself(world: World) -> None:
    own_account.change_password(entered(world, ALICE), PASSWORD, NEW)


def by_a_link(world: World) -> None:
    password_links.ask(world.as_(None), ALICE.email)
    password_links.set_new(world.as_(None), letters.token(world, "/new-password"), NEW)


def by_a_command(world: World) -> None:
    accounts.set_password(world.as_(None), ALICE.email, NEW)


def set_up(world: World) -> None:
    with_second_factor(world, ALICE)


def turned_off(world: World) -> None:
    with_second_factor(world, ALICE)
    second_factor.turn_off(world.as_(ALICE), PASSWORD)


def removed_at_basw(world: World) -> None:
    with_second_factor(world, ALICE)
    ctx = world.as_(None)
    with ctx.store.writing():
        roles.give(ctx.store, BOB.id, Role.ADMINISTRATOR, None)
    second_factor.remove(world.as_(BOB), ALICE.id, "Lost the phone; called back.")


def removed_by_a_command(world: World) -> None:
    with_second_factor(world, ALICE)
    second_factor.remove_by_address(world.as_(None), ALICE.email)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (by_herself, "Your password was changed"),
        (by_a_link, "Your password was changed"),
        (by_a_command, "Your password was changed"),
        (set_up, "A second factor was set up"),
        (turned_off, "Your second factor was turned off"),
        (removed_at_basw, "Your second factor was turned off"),
        (removed_by_a_command, "Your second factor was turned off"),
    ],
)
def test_its_owner_is_told_of_every_change(
    world: World, change: Callable[[World], None], words: str
) -> None:
    change(world)
    assert letters.sent(world)[-1] == TOLD
    text = letters.last_text(world)
    assert text.startswith(f"{words} at 10:30 on 2 March 2026.")
    assert "/forgotten-password" in text


def test_nobody_is_told_of_what_did_not_change(world: World) -> None:
    ctx = entered(world, ALICE)
    with pytest.raises(WrongCredentialsError):
        own_account.change_password(ctx, "not her password", NEW)
    with pytest.raises(UnacceptableDetailsError):
        own_account.change_password(ctx, PASSWORD, "password1234")
    second_factor.turn_off(ctx, PASSWORD)
    second_factor.begin(ctx)
    assert letters.sent(world) == []

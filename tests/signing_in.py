"""People part of the way through signing in, and the codes that their apps show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyotp import TOTP

from healthcheck.core.sessions import Way
from healthcheck.services import accounts, second_factor
from healthcheck.storage import second_factors as stored

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context
    from tests.people import World


def entered(world: World, person: Person, address: str = "192.0.2.1") -> Context:
    """Sign a person in by password, without the cost of the hash, as far as that goes."""
    return accounts.recognised(world.as_(None, address), begun(world, person, address))


def begun(world: World, person: Person, address: str = "192.0.2.1") -> str:
    """Return the token of a session that a right password begins."""
    ctx = world.as_(None, address)
    with ctx.store.writing():
        needs_code = stored.is_confirmed(ctx.store, person.id)
        return accounts.begin(ctx, person, Way.PASSWORD, needs_code=needs_code)


def code(secret: str, now: datetime) -> str:
    """Return what an app shows."""
    return TOTP(secret.replace(" ", "")).at(now)


def with_second_factor(world: World, person: Person) -> tuple[str, tuple[str, ...]]:
    """Set up a person's second factor; return its secret and the recovery codes."""
    ctx = world.as_(person)
    second_factor.begin(ctx)
    secret = second_factor.begun(ctx).secret.replace(" ", "")
    return secret, second_factor.confirm(ctx, code(secret, ctx.now))

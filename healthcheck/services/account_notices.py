"""Telling people what changed in how they sign in, so that a change by somebody else comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import is_email
from healthcheck.core.messages import Kind
from healthcheck.services import messages

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context

PASSWORD = "Your password was changed"  # noqa: S105 - a sentence
SECOND_FACTOR_SET_UP = "A second factor was set up"
SECOND_FACTOR_OFF = "Your second factor was turned off"


def tell(ctx: Context, person: Person, change: str) -> None:
    """Tell a person what changed, inside the caller's transaction; one with no address is not."""
    if is_email(person.email):
        messages.queue(
            ctx,
            Kind.ACCOUNT_CHANGED,
            person.email,
            change=change,
            moment=ctx.now,
            path="/forgotten-password",
        )

"""How often one address may try what nobody should have to try often, as in signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.errors import TooManyTriesError
from healthcheck.services.accounts import FAILURE_WINDOW, FAILURES_FROM_AN_ADDRESS, fingerprint
from healthcheck.storage import accounts as stored

if TYPE_CHECKING:
    from healthcheck.services.context import Context


def refuse_too_many(ctx: Context) -> None:
    """Raise TooManyTriesError when this address tried too often, failed sign-ins included."""
    if not ctx.address:
        return
    tried = stored.failures_from(ctx.store, ctx.address, ctx.now - FAILURE_WINDOW)
    if len(tried) >= FAILURES_FROM_AN_ADDRESS:
        until = tried[FAILURES_FROM_AN_ADDRESS - 1] + FAILURE_WINDOW
        minutes = -((ctx.now - until) // timedelta(minutes=1))
        raise TooManyTriesError(
            "There were too many tries from where you are. Try again in"
            f" {minutes} minute{'' if minutes == 1 else 's'}."
        )


def note(ctx: Context, what: str) -> None:
    """Note one more try, inside the caller's transaction; only a fingerprint is stored."""
    stored.forget_failures_before(ctx.store, ctx.now - FAILURE_WINDOW)
    stored.add_failure(ctx.store, fingerprint(what), ctx.address, ctx.now)

"""What people see and change of their own account: where they are signed in, and their password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.services import account_notices, accounts, passwords
from healthcheck.services.accounts import IDLE_TIME, LONGEST_TIME
from healthcheck.storage import accounts as stored
from healthcheck.storage import events, invitations
from healthcheck.storage import sessions as stored_sessions

if TYPE_CHECKING:
    from healthcheck.core.sessions import Session
    from healthcheck.services.context import Context


def sessions(ctx: Context) -> tuple[Session, ...]:
    """Return where the person is signed in, this session first, then the most recently used.

    Raises NotSignedInError.
    """
    found = stored_sessions.of(
        ctx.store, ctx.someone().id, ctx.now - LONGEST_TIME, ctx.now - IDLE_TIME
    )
    return tuple(sorted(found, key=lambda each: each.id != this_one(ctx)))


def this_one(ctx: Context) -> str:
    """Return the id of the session that asks, empty outside one."""
    return ctx.holder.session.id if ctx.holder else ""


def end(ctx: Context, session_id: str) -> None:
    """Sign the person out somewhere.

    Raises NotSignedInError, and NotFoundError when the session is not theirs.
    """
    person = ctx.someone()
    with ctx.store.writing():
        if not stored_sessions.end_one(ctx.store, person.id, session_id):
            raise NotFoundError("You are not signed in there any more.")
        events.add(ctx.store, "session ended", ctx.now, person_id=person.id)


def end_others(ctx: Context) -> int:
    """Sign the person out everywhere but here; return in how many places.

    Raises NotSignedInError.
    """
    person = ctx.someone()
    with ctx.store.writing():
        count = stored_sessions.end_of(ctx.store, person.id, but=this_one(ctx))
        if count:
            events.add(
                ctx.store,
                "other sessions ended",
                ctx.now,
                person_id=person.id,
                detail={"count": count},
            )
    return count


def change_password(ctx: Context, old: str, new: str) -> None:
    """Give the person another password, and sign them out everywhere but here.

    Links for a new password end too. Raises NotSignedInError, TooManyTriesError,
    WrongCredentialsError when the old one is wrong, and UnacceptableDetailsError when the new one
    cannot be taken.
    """
    person = ctx.someone()
    accounts.require_password(ctx, old)
    password_hash = passwords.hashed(new)
    with ctx.store.writing():
        stored.set_password_hash(ctx.store, person.id, password_hash)
        stored_sessions.end_of(ctx.store, person.id, but=this_one(ctx))
        invitations.use_password_links(ctx.store, person.id, ctx.now)
        events.add(ctx.store, "password changed", ctx.now, person_id=person.id)
        account_notices.tell(ctx, person, account_notices.PASSWORD)

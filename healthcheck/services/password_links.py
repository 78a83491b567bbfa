"""Choosing a new password by a link, for whoever forgot theirs."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.accounts import is_email
from healthcheck.core.errors import LinkEndedError
from healthcheck.core.invitations import TIME_FOR_A_NEW_PASSWORD
from healthcheck.core.messages import Kind
from healthcheck.services import account_notices, messages, passwords, tries
from healthcheck.services.accounts import fingerprint, normal_email
from healthcheck.storage import accounts, events, sessions
from healthcheck.storage import invitations as stored

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context

MOST_LINKS = 3
MOST_LINKS_WITHIN = timedelta(hours=1)

ENDED = (
    "This link was used before or has run out, or its address is not whole."
    " “Forgotten your password?” on the sign-in page sends a new one."
)


def ask(ctx: Context, email: str) -> None:
    """Send a link to whoever has an account with this address.

    Nothing tells the caller whether anybody has. An account is sent at most three links an hour,
    and an address can ask as often as it can fail to sign in. Raises TooManyTriesError.
    """
    tries.refuse_too_many(ctx)
    email = normal_email(email)
    with ctx.store.writing():
        tries.note(ctx, f"new password {email}")
        found = accounts.find_person(ctx.store, email)
        if found is not None and is_email(email):  # what a removed person has is no address
            _send(ctx, found[0])


def whose(ctx: Context, token: str) -> Person:
    """Return whose link it is, for anyone who has it.

    Raises LinkEndedError, which is the same for every reason.
    """
    found = stored.find_password_link(ctx.store, fingerprint(token), ctx.now)
    if found is None:
        raise LinkEndedError(ENDED)
    return found


def set_new(ctx: Context, token: str, password: str) -> None:
    """Give the owner of the link a new password, and end their sessions and their other links.

    Raises TooManyTriesError, LinkEndedError, and UnacceptableDetailsError when the password cannot
    be taken.
    """
    tries.refuse_too_many(ctx)
    try:
        whose(ctx, token)
    except LinkEndedError:
        with ctx.store.writing():
            tries.note(ctx, token)
        raise
    password_hash = passwords.hashed(password)
    with ctx.store.writing():
        person = whose(ctx, token)
        stored.use_password_links(ctx.store, person.id, ctx.now)
        accounts.set_password_hash(ctx.store, person.id, password_hash)
        sessions.end_of(ctx.store, person.id)
        accounts.forget_failures(ctx.store, fingerprint(person.email))
        events.add(ctx.store, "password set by link", ctx.now, person_id=person.id)
        account_notices.tell(ctx, person, account_notices.PASSWORD)


def _send(ctx: Context, person: Person) -> None:
    after = ctx.now - MOST_LINKS_WITHIN
    if stored.password_links_since(ctx.store, person.id, after) >= MOST_LINKS:
        return
    token, due = secrets.token_urlsafe(32), ctx.now + TIME_FOR_A_NEW_PASSWORD
    stored.add_password_link(ctx.store, fingerprint(token), person.id, ctx.now, due)
    events.add(ctx.store, "password link asked for", ctx.now, person_id=person.id)
    messages.queue(ctx, Kind.PASSWORD_LINK, person.email, due=due, path=f"/new-password/{token}")

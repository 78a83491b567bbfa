"""Inviting people, and joining by the link they are sent.

The link's token is in the message alone; the database has its fingerprint. Whatever is wrong with a
link, the answer is the same.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person, is_email
from healthcheck.core.errors import (
    LinkEndedError,
    NotAllowedError,
    NotFoundError,
    UnacceptableDetailsError,
)
from healthcheck.core.invitations import TIME_TO_JOIN, Invitation, Standing
from healthcheck.core.messages import Kind
from healthcheck.core.people import LONGEST_NAME, is_name, tidy_name
from healthcheck.services import claims, messages, passwords, tries
from healthcheck.services.accounts import fingerprint, normal_email, sign_in
from healthcheck.services.people import Place, place, require_role_of
from healthcheck.storage import accounts, events, roles
from healthcheck.storage import invitations as stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.permissions import Role
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail

MOST_WAITING = 100
"""The most invitations open at one employer, so that nobody sends messages without end."""

ENDED = (
    "This invitation was used before, has run out or was cancelled, or its address is not whole."
    " The person who invited you can send a new one."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as whoever opened its link meets it.

    `has_account` says that the address has an account already, and `is_theirs` that its owner is
    the one signed in.
    """

    invitation: Invitation
    has_account: bool
    is_theirs: bool


def invite(ctx: Context, employer_id: str | None, email: str, role: Role) -> Invitation:
    """Invite an address to a role at an employer or, without one, at BASW, and send the link.

    An open invitation to the same is cancelled. Raises NotSignedInError, NotFoundError,
    NotAllowedError, and UnacceptableDetailsError when the address cannot be taken or its owner has
    the role already.
    """
    email = normal_email(email)
    with ctx.store.writing():
        where = place(ctx, employer_id)
        require_role_of(where, role)
        _require_new(ctx, where, email, role)
        stored.cancel_same(ctx.store, email, where.id, role, ctx.now)
        if len(stored.open_at(ctx.store, where.id)) >= MOST_WAITING:
            raise UnacceptableDetailsError(
                f"{MOST_WAITING} invitations are open already. Cancel some that nobody will use."
            )
        return _send(ctx, where, email, role)


def again(ctx: Context, employer_id: str | None, invitation_id: str) -> Invitation:
    """Send an open invitation again with a new link; the old link ends.

    Raises NotSignedInError, NotFoundError, NotAllowedError and LinkEndedError.
    """
    with ctx.store.writing():
        where = place(ctx, employer_id)
        old = _open(ctx, where, invitation_id)
        require_role_of(where, old.role)
        return _send(ctx, where, old.email, old.role)


def cancel(ctx: Context, employer_id: str | None, invitation_id: str) -> Invitation:
    """End an open invitation. Raises as `again` does."""
    with ctx.store.writing():
        where = place(ctx, employer_id)
        old = _open(ctx, where, invitation_id)
        _note(ctx, "invitation cancelled", old, by=ctx.someone().id)
    return old


def waiting(ctx: Context, employer_id: str | None) -> tuple[Invitation, ...]:
    """Return what was neither accepted nor cancelled, newest first.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    return stored.open_at(ctx.store, place(ctx, employer_id).id)


def look(ctx: Context, token: str) -> Invited:
    """Return the invitation that a link belongs to, for anyone who has it.

    Raises LinkEndedError, which is the same for every reason.
    """
    invitation = _find(ctx, token)
    return Invited(
        invitation,
        has_account=accounts.find_person(ctx.store, invitation.email) is not None,
        is_theirs=ctx.person is not None and ctx.person.email == invitation.email,
    )


def accept(ctx: Context, token: str) -> Invitation:
    """Give the person signed in the role they were invited to.

    Raises NotSignedInError, TooManyTriesError, LinkEndedError, and NotAllowedError when the
    invitation was sent to another address than theirs.
    """
    person = ctx.someone()
    tries.refuse_too_many(ctx)
    _note_when_ended(ctx, token)
    with ctx.store.writing():
        invitation = _find(ctx, token)
        if person.email != invitation.email:
            raise NotAllowedError(
                f"You are signed in as {person.email}, but this invitation was sent to"
                f" {invitation.email}. Sign out, then open its link again."
            )
        _take_up(ctx, invitation, person)
    return invitation


def join(ctx: Context, token: str, name: str, password: str) -> str:
    """Make an account for the invited address, give it the role, and return a session's token.

    Raises TooManyTriesError, LinkEndedError, and UnacceptableDetailsError when the name or the
    password cannot be taken, or the address has an account already.
    """
    tries.refuse_too_many(ctx)
    _note_when_ended(ctx, token)
    name = tidy_name(name)
    if not is_name(name):
        raise UnacceptableDetailsError(
            f"Enter your name on one line, in up to {LONGEST_NAME} letters."
        )
    password_hash = passwords.hashed(password)
    with ctx.store.writing():
        invitation = _find(ctx, token)
        if accounts.find_person(ctx.store, invitation.email) is not None:
            raise UnacceptableDetailsError(
                "This address has an account already. Open the link again and sign in."
            )
        person = Person(secrets.token_urlsafe(12), name, invitation.email)
        accounts.add_person(ctx.store, person, password_hash, ctx.now)
        _take_up(ctx, invitation, person)
        # Whoever has the link reads the address's mail, so others' wrong guesses do not count.
        accounts.forget_failures(ctx.store, fingerprint(invitation.email))
    return sign_in(ctx, invitation.email, password)


def _require_new(ctx: Context, where: Place, email: str, role: Role) -> None:
    if not is_email(email):
        raise UnacceptableDetailsError(
            "Enter an email address in full, such as name@northmere.gov.uk."
        )
    found = accounts.find_person(ctx.store, email)
    if found is None:
        return
    person = found[0]
    held = (
        roles.at_employer(ctx.store, person.id, where.id)
        if where.id
        else roles.at_basw(ctx.store, person.id)
    )
    if role in held:
        raise UnacceptableDetailsError(f"{person.name} has that role at {where.name} already.")


def _send(ctx: Context, where: Place, email: str, role: Role) -> Invitation:
    token, by = secrets.token_urlsafe(32), ctx.someone()
    invitation = Invitation(
        id=secrets.token_urlsafe(12),
        email=email,
        employer=where.employer,
        role=role,
        invited_by=by.name,
        created_at=ctx.now,
        expires_at=ctx.now + TIME_TO_JOIN,
    )
    stored.add(ctx.store, invitation, fingerprint(token), by.id)
    _note(ctx, "person invited", invitation, by=by.id)
    messages.queue(
        ctx,
        Kind.INVITATION,
        email,
        by=by.name,
        employer=where.name,
        role=role.value,
        due=invitation.expires_at,
        path=f"/join/{token}",
    )
    return invitation


def _open(ctx: Context, where: Place, invitation_id: str) -> Invitation:
    """Return an invitation after ending it. Raises NotFoundError and LinkEndedError."""
    found = stored.find_by_id(ctx.store, invitation_id, where.id)
    if found is None:
        raise NotFoundError("There is no such invitation here.")
    if not stored.cancel(ctx.store, invitation_id, ctx.now):
        raise LinkEndedError("This invitation was accepted or cancelled meanwhile.")
    return found


def _find(ctx: Context, token: str) -> Invitation:
    found = stored.find(ctx.store, fingerprint(token))
    if found is None or found.standing(ctx.now) is not Standing.WAITING:
        raise LinkEndedError(ENDED)
    return found


def _note_when_ended(ctx: Context, token: str) -> None:
    """Raise LinkEndedError for a link that does not work, and count the try."""
    try:
        _find(ctx, token)
    except LinkEndedError:
        with ctx.store.writing():
            tries.note(ctx, token)
        raise


def _take_up(ctx: Context, invitation: Invitation, person: Person) -> None:
    where = invitation.employer.id if invitation.employer else None
    stored.use(ctx.store, invitation.id, person.id, ctx.now)
    roles.give(ctx.store, person.id, invitation.role, where)
    claims.let_go(ctx, person.id)
    _note(ctx, "invitation accepted", invitation, by=person.id)


def _note(ctx: Context, kind: str, invitation: Invitation, by: str) -> None:
    """Write an event: the invitation's id stands for its address, which can be taken out."""
    detail: Mapping[str, Detail] = {"invitation": invitation.id, "role": invitation.role.name}
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=by,
        employer_id=invitation.employer.id if invitation.employer else None,
        detail=detail,
    )

"""Signing in and out, and making accounts."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from healthcheck.core import devices
from healthcheck.core.accounts import Employer, Person, is_email
from healthcheck.core.errors import (
    BusyError,
    NoRoomError,
    NotFoundError,
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.core.people import is_at, is_name, tidy_name
from healthcheck.core.sessions import Holder, Way, missing
from healthcheck.services import account_notices, employers, passwords
from healthcheck.storage import accounts as stored
from healthcheck.storage import events, roles, second_factors, sessions

if TYPE_CHECKING:
    from healthcheck.core.permissions import Role
    from healthcheck.services.context import Context

IDLE_TIME = timedelta(hours=12)
LONGEST_TIME = timedelta(days=7)
TIME_BETWEEN_TOUCHES = timedelta(minutes=5)
TIME_FOR_A_CODE = timedelta(minutes=15)

FAILURE_WINDOW = timedelta(minutes=15)
FAILURES_TO_AN_ACCOUNT = 5
FAILURES_FROM_AN_ADDRESS = 20


def sign_in(ctx: Context, email: str, password: str) -> str:
    """Begin a session and return its token, for a cookie; only its fingerprint is stored.

    Raises TooManyTriesError, saying when to try again, and WrongCredentialsError.
    """
    account = fingerprint(normal_email(email))
    refuse_after_failures(ctx, account)
    found = stored.find_person(ctx.store, normal_email(email))
    person, password_hash = found or (None, None)
    if not passwords.is_right(password, password_hash) or person is None:
        note_failure(ctx, account)
        raise WrongCredentialsError(
            "The email address and password do not match an account. Check both and try again."
        )
    renewed = passwords.renewed(password, password_hash)
    with ctx.store.writing():
        stored.forget_failures(ctx.store, account)
        if renewed is not None:
            stored.set_password_hash(ctx.store, person.id, renewed)
        needs_code = second_factors.is_confirmed(ctx.store, person.id)
        return begin(ctx, person, Way.PASSWORD, needs_code=needs_code)


def begin(ctx: Context, person: Person, way: Way, *, needs_code: bool) -> str:
    """Begin a session inside the caller's transaction, and return its token.

    With `needs_code` nothing is open in it until the code of the second factor is given.
    """
    token = secrets.token_urlsafe(32)
    sessions.end_old(ctx.store, ctx.now - LONGEST_TIME, ctx.now - IDLE_TIME)
    sessions.add(
        ctx.store,
        fingerprint(token),
        person.id,
        ctx.now,
        device=devices.in_words(ctx.user_agent),
        address=ctx.address,
        way=way,
        needs_code=needs_code,
    )
    kind = "code asked for" if needs_code else "signed in"
    events.add(ctx.store, kind, ctx.now, person_id=person.id, detail={"way": way.value})
    return token


def holder(ctx: Context, token: str) -> Holder | None:
    """Return whose session the token belongs to and what is missing, None when it has ended.

    A session ends after 12 hours without use and after 7 days in any case; one that waits for a
    code after 15 minutes. Use is noted at most every 5 minutes, so that reading pages hardly ever
    writes.
    """
    found = sessions.find(
        ctx.store, fingerprint(token), ctx.now - LONGEST_TIME, ctx.now - IDLE_TIME
    )
    if found is None or (found.needs_code and ctx.now - found.session.since >= TIME_FOR_A_CODE):
        return None
    if not found.needs_code and ctx.now - found.session.seen_at >= TIME_BETWEEN_TOUCHES:
        # A page can still be read while someone else saves, or when the disk is full.
        with suppress(BusyError, NoRoomError), ctx.store.writing():
            sessions.touch(ctx.store, fingerprint(token), ctx.now)
    return Holder(
        found.person,
        found.session,
        missing(
            needs_code=found.needs_code,
            has_second_factor=found.has_second_factor,
            must_have_one=ctx.second_factor_at_basw and found.is_at_basw,
            stands_in=stands_in(ctx, found.session.way),
        ),
    )


def recognised(ctx: Context, token: str) -> Context:
    """Return the context of whoever's session a token belongs to; a person if they may work."""
    found = holder(ctx, token)
    may_work = found is not None and found.missing is None
    return replace(ctx, holder=found, person=found.person if found and may_work else None)


def person_for(ctx: Context, token: str) -> Person | None:
    """Return who may work in the session of a token, None when nobody may."""
    return recognised(ctx, token).person


def stands_in(ctx: Context, way: Way) -> bool:
    """Say whether a way of signing in counts as a second factor itself."""
    provider = ctx.single_sign_on
    return way is Way.SINGLE_SIGN_ON and provider is not None and provider.is_second_factor


def sign_out(ctx: Context, token: str) -> None:
    """End the session; ending it twice is no fault."""
    with ctx.store.writing():
        sessions.end(ctx.store, fingerprint(token))


def add_employer(ctx: Context, name: str, nation: str, employer_type: str) -> Employer:
    """Make an employer with its usual services; for whoever runs the installation.

    Raises UnacceptableDetailsError when the name is taken or a fact is not a known one.
    """
    typed = {"name": name, "nation": nation, "employer_type": employer_type}
    outcome = employers.take_in(ctx, typed, ())
    if outcome.known is None:
        raise UnacceptableDetailsError(" ".join(each.message for each in outcome.problems))
    return outcome.known.employer


def employer_named(ctx: Context, name: str) -> Employer:
    """Return the employer of exactly that name. Raises NotFoundError."""
    found = stored.find_employer(ctx.store, name)
    if found is None:
        raise NotFoundError(f"There is no employer named “{name}”. Add it first.")
    return found


def add_person(  # noqa: PLR0913 - what an account is
    ctx: Context, name: str, email: str, password: str, *, employer: Employer | None, role: Role
) -> Person:
    """Make an account with a role at an employer or, without one, at BASW; for whoever runs this.

    Raises UnacceptableDetailsError when the name, e-mail address or password cannot be taken, or
    the role is not one of that place.
    """
    _require_place(employer, role)
    name = tidy_name(name)
    if not is_name(name):
        raise UnacceptableDetailsError("Give the person’s name, on one line.")
    if not is_email(normal_email(email)):
        raise UnacceptableDetailsError(f"“{email}” is not an email address.")
    password_hash = passwords.hashed(password)
    person = Person(secrets.token_urlsafe(12), name, normal_email(email))
    with ctx.store.writing():
        if stored.find_person(ctx.store, person.email) is not None:
            raise UnacceptableDetailsError(f"“{person.email}” has an account already.")
        stored.add_person(ctx.store, person, password_hash, ctx.now)
        roles.give(ctx.store, person.id, role, employer.id if employer else None)
        events.add(
            ctx.store,
            "person added",
            ctx.now,
            person_id=person.id,
            employer_id=employer.id if employer else None,
            detail={"role": role.name},
        )
    return person


def _require_place(employer: Employer | None, role: Role) -> None:
    if not is_at(role, at_basw=employer is None):
        raise UnacceptableDetailsError(
            f"“{role.value}” is a role at an employer: say which one."
            if employer is None
            else f"“{role.value}” is a role at BASW, not at an employer: leave the employer out."
        )


def set_password(ctx: Context, email: str, password: str) -> None:
    """Give a person a new password and end their sessions; for whoever runs the installation.

    Raises NotFoundError, and UnacceptableDetailsError when the password cannot be taken.
    """
    password_hash = passwords.hashed(password)
    with ctx.store.writing():
        found = stored.find_person(ctx.store, normal_email(email))
        if found is None:
            raise NotFoundError(f"Nobody has an account with the address “{email}”.")
        person, _ = found
        stored.set_password_hash(ctx.store, person.id, password_hash)
        sessions.end_of(ctx.store, person.id)
        stored.forget_failures(ctx.store, fingerprint(person.email))
        events.add(ctx.store, "password set", ctx.now, person_id=person.id)
        account_notices.tell(ctx, person, account_notices.PASSWORD)


def normal_email(email: str) -> str:
    """Return an e-mail address as accounts are found by: without spaces around, in lower case."""
    return email.strip().casefold()


def fingerprint(secret: str) -> str:
    """Return what stands for a secret where the secret itself must not be stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def require_password(ctx: Context, password: str) -> None:
    """Ask the person signed in for their password again.

    Raises NotSignedInError, TooManyTriesError and WrongCredentialsError.
    """
    person = ctx.someone()
    account = fingerprint(f"password again {person.id}")
    refuse_after_failures(ctx, account)
    found = stored.find_person(ctx.store, person.email)
    if not passwords.is_right(password, found[1] if found else None):
        note_failure(ctx, account)
        raise WrongCredentialsError("That is not your password.")


def refuse_after_failures(ctx: Context, account: str) -> None:
    """Raise TooManyTriesError after too many failures to an account or from this address."""
    after = ctx.now - FAILURE_WINDOW
    until = [_blocked_until(stored.failures_to(ctx.store, account, after), FAILURES_TO_AN_ACCOUNT)]
    if ctx.address:
        failures = stored.failures_from(ctx.store, ctx.address, after)
        until.append(_blocked_until(failures, FAILURES_FROM_AN_ADDRESS))
    latest = max((each for each in until if each is not None), default=None)
    if latest is not None:
        minutes = -((ctx.now - latest) // timedelta(minutes=1))
        raise TooManyTriesError(
            "There were too many failed tries. Try again in"
            f" {minutes} minute{'' if minutes == 1 else 's'}."
        )


def _blocked_until(failures: list[datetime], most: int) -> datetime | None:
    """Return when the oldest of the newest `most` failures stops counting."""
    return failures[most - 1] + FAILURE_WINDOW if len(failures) >= most else None


def note_failure(ctx: Context, account: str) -> None:
    """Count a failed try, which is what `refuse_after_failures` reads."""
    with ctx.store.writing():
        stored.forget_failures_before(ctx.store, ctx.now - FAILURE_WINDOW)
        stored.add_failure(ctx.store, account, ctx.address, ctx.now)

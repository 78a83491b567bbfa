"""Signing in and out, and making accounts."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

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
from healthcheck.services import employers, passwords
from healthcheck.storage import accounts as stored
from healthcheck.storage import events, roles

if TYPE_CHECKING:
    from healthcheck.core.permissions import Role
    from healthcheck.services.context import Context

IDLE_TIME = timedelta(hours=12)
LONGEST_TIME = timedelta(days=7)
TIME_BETWEEN_TOUCHES = timedelta(minutes=5)

FAILURE_WINDOW = timedelta(minutes=15)
FAILURES_TO_AN_ACCOUNT = 5
FAILURES_FROM_AN_ADDRESS = 20


def sign_in(ctx: Context, email: str, password: str) -> str:
    """Begin a session and return its token, for a cookie; only its fingerprint is stored.

    Raises TooManyTriesError, saying when to try again, and WrongCredentialsError.
    """
    account = fingerprint(normal_email(email))
    _refuse_after_failures(ctx, account)
    found = stored.find_person(ctx.store, normal_email(email))
    person, password_hash = found or (None, None)
    if not passwords.is_right(password, password_hash) or person is None:
        _note_failure(ctx, account)
        raise WrongCredentialsError(
            "The email address and password do not match an account. Check both and try again."
        )
    token = secrets.token_urlsafe(32)
    renewed = passwords.renewed(password, password_hash)
    with ctx.store.writing():
        stored.end_sessions(ctx.store, ctx.now - LONGEST_TIME, ctx.now - IDLE_TIME)
        stored.forget_failures(ctx.store, account)
        stored.add_session(ctx.store, fingerprint(token), person.id, ctx.now)
        if renewed is not None:
            stored.set_password_hash(ctx.store, person.id, renewed)
        events.add(ctx.store, "signed in", ctx.now, person_id=person.id)
    return token


def person_for(ctx: Context, token: str) -> Person | None:
    """Return whose session the token belongs to, None when it has ended or never was.

    A session ends after 12 hours without use and after 7 days in any case. Use is noted at most
    every 5 minutes, so that reading pages hardly ever writes.
    """
    found = stored.find_session(
        ctx.store, fingerprint(token), ctx.now - LONGEST_TIME, ctx.now - IDLE_TIME
    )
    if found is None:
        return None
    person, seen_at = found
    if ctx.now - seen_at >= TIME_BETWEEN_TOUCHES:
        # A page can still be read while someone else saves, or when the disk is full.
        with suppress(BusyError, NoRoomError), ctx.store.writing():
            stored.touch_session(ctx.store, fingerprint(token), ctx.now)
    return person


def sign_out(ctx: Context, token: str) -> None:
    """End the session; ending it twice is no fault."""
    with ctx.store.writing():
        stored.end_session(ctx.store, fingerprint(token))


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
        stored.end_sessions_of(ctx.store, person.id)
        stored.forget_failures(ctx.store, fingerprint(person.email))
        events.add(ctx.store, "password set", ctx.now, person_id=person.id)


def normal_email(email: str) -> str:
    """Return an e-mail address as accounts are found by: without spaces around, in lower case."""
    return email.strip().casefold()


def fingerprint(secret: str) -> str:
    """Return what stands for a secret where the secret itself must not be stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _refuse_after_failures(ctx: Context, account: str) -> None:
    after = ctx.now - FAILURE_WINDOW
    until = [_blocked_until(stored.failures_to(ctx.store, account, after), FAILURES_TO_AN_ACCOUNT)]
    if ctx.address:
        failures = stored.failures_from(ctx.store, ctx.address, after)
        until.append(_blocked_until(failures, FAILURES_FROM_AN_ADDRESS))
    latest = max((each for each in until if each is not None), default=None)
    if latest is not None:
        minutes = -((ctx.now - latest) // timedelta(minutes=1))
        raise TooManyTriesError(
            "There were too many failed tries to sign in. Try again in"
            f" {minutes} minute{'' if minutes == 1 else 's'}."
        )


def _blocked_until(failures: list[datetime], most: int) -> datetime | None:
    """Return when the oldest of the newest `most` failures stops counting."""
    return failures[most - 1] + FAILURE_WINDOW if len(failures) >= most else None


def _note_failure(ctx: Context, account: str) -> None:
    with ctx.store.writing():
        stored.forget_failures_before(ctx.store, ctx.now - FAILURE_WINDOW)
        stored.add_failure(ctx.store, account, ctx.address, ctx.now)

"""A second factor: codes from an app beside the password, and recovery codes for a lost phone.

Nothing that can be used to sign in stays readable but the secret shared with the app, which is
needed to check its codes. A code works once, and wrong ones are counted as wrong passwords are.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import (
    NotFoundError,
    NotReadyError,
    NotSignedInError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.core.permissions import Permission, can
from healthcheck.core.second_factor import (
    LONGEST_REASON,
    RECOVERY_CODES,
    recovery_code,
    typed_code,
    typed_recovery_code,
)
from healthcheck.core.sessions import Missing
from healthcheck.services import account_notices, accounts, totp
from healthcheck.services.accounts import fingerprint, normal_email
from healthcheck.services.permissions import permitted_at_basw
from healthcheck.storage import accounts as people_by_address
from healthcheck.storage import events, people, roles, sessions
from healthcheck.storage import second_factors as stored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from healthcheck.core.accounts import Person
    from healthcheck.core.sessions import Holder
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail

WRONG_CODE = (
    "That code is not right, or it was used before. Enter the newest code that your app shows."
)
WRONG_RECOVERY_CODE = "That recovery code is not right, or it was used before."
NO_SUCH_PERSON = "There is nobody here with a second factor that you can remove."


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether codes are asked of a person (since when), and whether their role asks for it."""

    since: datetime | None
    recovery_codes_left: int
    is_compulsory: bool


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a person gives to their app: the secret in groups of four, and the QR code's address."""

    secret: str
    address: str


def standing(ctx: Context) -> Standing:
    """Return how it stands with the second factor of whoever's session it is.

    Raises NotSignedInError and SecondFactorNeededError.
    """
    person = ctx.account_holder()
    found = stored.find(ctx.store, person.id)
    return Standing(
        found.confirmed_at if found else None,
        stored.recovery_codes_left(ctx.store, person.id),
        ctx.second_factor_at_basw and bool(roles.at_basw(ctx.store, person.id)),
    )


def begin(ctx: Context) -> None:
    """Make a secret for whoever's session it is; an earlier one that was not confirmed goes.

    Raises NotSignedInError, SecondFactorNeededError, and NotReadyError when codes are asked of them
    already.
    """
    person = ctx.account_holder()
    with ctx.store.writing():
        _require_none(ctx, person)
        stored.begin(ctx.store, person.id, totp.new_secret(), ctx.now)


def begun(ctx: Context) -> SetUp:
    """Return what their app is to be given.

    Raises as `begin` does, and NotFoundError when it was not called before.
    """
    person = ctx.account_holder()
    secret = _begun(ctx, person)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return SetUp(groups, totp.address(secret, person.email))


def confirm(ctx: Context, code: str) -> tuple[str, ...]:
    """Ask for codes from now on, because the app gave a right one; return the recovery codes.

    Raises as `begun` does, TooManyTriesError and WrongCredentialsError.
    """
    person = ctx.account_holder()
    secret = _begun(ctx, person)
    step = _step(ctx, person, secret, code)
    with ctx.store.writing():
        if _begun(ctx, person) != secret or not stored.use(ctx.store, person.id, step):
            raise WrongCredentialsError(WRONG_CODE)
        stored.confirm(ctx.store, person.id, ctx.now)
        people_by_address.forget_failures(ctx.store, _tries(person))
        _note(ctx, "second factor set up", person.id)
        account_notices.tell(ctx, person, account_notices.SECOND_FACTOR_SET_UP)
        return _new_recovery_codes(ctx, person)


def enter(ctx: Context, code: str) -> str:
    """Finish signing in with a code of the app; return the token of a session of its own.

    Raises NotSignedInError when nobody is at this point, TooManyTriesError and
    WrongCredentialsError.
    """
    half = _half_way(ctx)
    found = stored.find(ctx.store, half.person.id)
    if found is None:
        raise NotSignedInError("Sign in again: your second factor was removed meanwhile.")
    step = _step(ctx, half.person, found.secret, code)
    with ctx.store.writing():
        if not stored.use(ctx.store, half.person.id, step):
            raise WrongCredentialsError(WRONG_CODE)
        return _finish(ctx, half)


def enter_recovery_code(ctx: Context, code: str) -> str:
    """Finish signing in with a recovery code, which is then used up; return a new token.

    Raises as `enter` does.
    """
    half = _half_way(ctx)
    accounts.refuse_after_failures(ctx, _tries(half.person))
    code_hash = _fingerprint(half.person, typed_recovery_code(code))
    with ctx.store.writing():
        is_right = stored.use_recovery_code(ctx.store, half.person.id, code_hash, ctx.now)
        if is_right:
            _note(ctx, "recovery code used", half.person.id)
            return _finish(ctx, half)
    accounts.note_failure(ctx, _tries(half.person))
    raise WrongCredentialsError(WRONG_RECOVERY_CODE)


def new_recovery_codes(ctx: Context, password: str) -> tuple[str, ...]:
    """Return new recovery codes; those before work no more.

    Raises NotSignedInError, NotReadyError when there is no second factor, TooManyTriesError and
    WrongCredentialsError.
    """
    person = ctx.someone()
    accounts.require_password(ctx, password)
    with ctx.store.writing():
        if not stored.is_confirmed(ctx.store, person.id):
            raise NotReadyError("Set up a second factor first.")
        _note(ctx, "recovery codes made", person.id)
        return _new_recovery_codes(ctx, person)


def turn_off(ctx: Context, password: str) -> None:
    """Ask no more for codes. Raises NotSignedInError, TooManyTriesError, WrongCredentialsError."""
    person = ctx.someone()
    accounts.require_password(ctx, password)
    with ctx.store.writing():
        if stored.remove(ctx.store, person.id):
            _note(ctx, "second factor turned off", person.id)
            account_notices.tell(ctx, person, account_notices.SECOND_FACTOR_OFF)


def may_remove(ctx: Context, person_id: str) -> bool:
    """Say whether the person signed in may remove somebody's second factor, and there is one."""
    held = roles.at_basw(ctx.store, ctx.someone().id)
    return (
        can(held, Permission.REMOVE_SECOND_FACTOR)
        and person_id != ctx.someone().id
        and stored.is_confirmed(ctx.store, person_id)
    )


def removable(ctx: Context, person_id: str) -> Person:
    """Return somebody whose second factor the person signed in may remove.

    Raises NotSignedInError, NotFoundError, NotAllowedError, and NotReadyError for oneself.
    """
    administrator = permitted_at_basw(ctx, Permission.REMOVE_SECOND_FACTOR)
    person = people.find(ctx.store, person_id)
    if person is None or not stored.is_confirmed(ctx.store, person_id):
        raise NotFoundError(NO_SUCH_PERSON)
    if person == administrator:
        raise NotReadyError("Turn off your own second factor on the page of your account.")
    return person


def remove(ctx: Context, person_id: str, reason: str) -> Person:
    """Remove somebody's second factor and end their sessions; return who it was.

    Raises as `removable` does, and UnacceptableDetailsError without a reason.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise UnacceptableDetailsError(
            f"Say why, and how you know who asked, in up to {LONGEST_REASON} characters."
        )
    with ctx.store.writing():
        person = removable(ctx, person_id)
        _remove(ctx, person, {"person": person.id, "reason": reason})
    return person


def remove_by_address(ctx: Context, email: str) -> Person:
    """Remove the second factor of whoever has this address; for whoever runs the installation.

    Raises NotFoundError.
    """
    with ctx.store.writing():
        found = people_by_address.find_person(ctx.store, normal_email(email))
        if found is None or not stored.is_confirmed(ctx.store, found[0].id):
            raise NotFoundError(f"Nobody with the address “{email}” has a second factor.")
        _remove(ctx, found[0], {"person": found[0].id})
    return found[0]


def _remove(ctx: Context, person: Person, detail: Mapping[str, Detail]) -> None:
    stored.remove(ctx.store, person.id)
    sessions.end_of(ctx.store, person.id)
    people_by_address.forget_failures(ctx.store, _tries(person))
    _note(ctx, "second factor removed", ctx.person.id if ctx.person else None, detail)
    account_notices.tell(ctx, person, account_notices.SECOND_FACTOR_OFF)


def _require_none(ctx: Context, person: Person) -> None:
    if stored.is_confirmed(ctx.store, person.id):
        raise NotReadyError("You have a second factor already. Turn it off to set up another.")


def _begun(ctx: Context, person: Person) -> str:
    _require_none(ctx, person)
    found = stored.find(ctx.store, person.id)
    if found is None:
        raise NotFoundError("Setting up a second factor was not begun.")
    return found.secret


def _half_way(ctx: Context) -> Holder:
    if ctx.holder is None or ctx.holder.missing is not Missing.CODE:
        raise NotSignedInError("Sign in with your password first.")
    return ctx.holder


def _step(ctx: Context, person: Person, secret: str, typed: str) -> int:
    """Return the time step of a code that is right; a wrong one counts as a failed sign-in."""
    accounts.refuse_after_failures(ctx, _tries(person))
    code = typed_code(typed)
    step = totp.counter(secret, code, ctx.now) if code else None
    if step is None:
        accounts.note_failure(ctx, _tries(person))
        raise WrongCredentialsError(WRONG_CODE)
    return step


def _finish(ctx: Context, half: Holder) -> str:
    sessions.end_one(ctx.store, half.person.id, half.session.id)
    people_by_address.forget_failures(ctx.store, _tries(half.person))
    return accounts.begin(ctx, half.person, half.session.way, needs_code=False)


def _new_recovery_codes(ctx: Context, person: Person) -> tuple[str, ...]:
    codes = tuple(recovery_code(secrets.choice) for _ in range(RECOVERY_CODES))
    stored.set_recovery_codes(ctx.store, person.id, [_fingerprint(person, code) for code in codes])
    return codes


def _fingerprint(person: Person, code: str) -> str:
    return fingerprint(f"recovery code {person.id} {code}")


def _tries(person: Person) -> str:
    """Return what wrong codes are counted under: apart from passwords, so neither clears both."""
    return fingerprint(f"code {person.id}")


def _note(
    ctx: Context, kind: str, by: str | None, detail: Mapping[str, Detail] | None = None
) -> None:
    events.add(ctx.store, kind, ctx.now, person_id=by, detail=detail)

"""Signing in through a provider of single sign-on.

Nobody gets an account by it: it lets in people who have one. The first time they are known by an
e-mail address that the provider checked, from then on by the provider's own name for them, so that
an address given to somebody else later opens nothing.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, SingleSignOnError
from healthcheck.core.sessions import Way
from healthcheck.core.single_sign_on import checked_email, subject
from healthcheck.services import accounts, tries
from healthcheck.services.accounts import fingerprint, normal_email
from healthcheck.storage import accounts as people
from healthcheck.storage import events, second_factors
from healthcheck.storage import identities as stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.core.single_sign_on import Provider
    from healthcheck.services.context import Context

BACK = "/sign-in/single-sign-on/back"
TIME_TO_ANSWER = timedelta(minutes=10)

STALE = "This answer was used before, came too late, or belongs to another browser. Try again."
NOT_CHECKED = (
    "The other service does not say that your email address was checked. Sign in with your email"
    " address and password."
)
INVITED = (
    "You are invited, but have not joined yet. Open the link in the invitation first; from then on"
    " you can sign in this way."
)
UNKNOWN = (
    "Nobody has an account here with your email address. Ask your health check lead to invite you."
)
ANOTHER = (
    "Your email address belongs to an account that somebody else signs in to this way. Sign in with"
    " your password and unlink single sign-on on the page of your account, or ask for help."
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A question to the provider, which the browser keeps until it is answered."""

    state: str
    nonce: str
    verifier: str
    at: str


def begin(ctx: Context) -> tuple[str, Begun]:
    """Return where to send somebody to say who they are, and what their browser is to keep.

    Raises NotFoundError without a provider, and SingleSignOnError.
    """
    from healthcheck.services import oidc  # noqa: PLC0415 - an extra that may not be there

    provider = _provider(ctx)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    begun = Begun(state, nonce, verifier, ctx.now.isoformat())
    address = oidc.address(
        provider,
        ctx.now,
        back=ctx.site + BACK,
        state=begun.state,
        nonce=begun.nonce,
        verifier=begun.verifier,
    )
    return address, begun


def finish(ctx: Context, begun: Begun | None, state: str, code: str) -> str:
    """Begin a session for whoever the provider's answer is about, and return its token.

    `begun` is what the browser kept, None when it kept nothing; an answer without a code is a
    refusal. Raises NotFoundError without a provider, TooManyTriesError and SingleSignOnError.
    """
    provider = _provider(ctx)
    tries.refuse_too_many(ctx)
    try:
        claims = _claims(ctx, provider, _unused(ctx, begun, state), code)
        with ctx.store.writing():
            person = _person(ctx, provider, claims)
            needs_code = second_factors.is_confirmed(ctx.store, person.id) and not (
                provider.is_second_factor
            )
            return accounts.begin(ctx, person, Way.SINGLE_SIGN_ON, needs_code=needs_code)
    except SingleSignOnError:
        with ctx.store.writing():
            tries.note(ctx, "single sign-on")
        raise


def linked_since(ctx: Context) -> datetime | None:
    """Return since when the person can sign in this way, None when they cannot yet.

    Raises NotSignedInError.
    """
    person, provider = ctx.someone(), ctx.single_sign_on
    return stored.since(ctx.store, provider.issuer, person.id) if provider else None


def unlink(ctx: Context) -> None:
    """Forget by which name the provider knows the person.

    Raises NotSignedInError, and NotFoundError without a provider.
    """
    person, provider = ctx.someone(), _provider(ctx)
    with ctx.store.writing():
        if stored.remove(ctx.store, provider.issuer, person.id):
            _note(ctx, "identity unlinked", person, provider)


def _provider(ctx: Context) -> Provider:
    if ctx.single_sign_on is None:
        raise NotFoundError("There is no single sign-on here.")
    return ctx.single_sign_on


def _unused(ctx: Context, begun: Begun | None, state: str) -> Begun:
    """Return the question that an answer belongs to, and let it be answered no more."""
    if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise SingleSignOnError(STALE)
    if not timedelta() <= ctx.now - datetime.fromisoformat(begun.at) < TIME_TO_ANSWER:
        raise SingleSignOnError(STALE)
    with ctx.store.writing():
        is_new = stored.use_state(
            ctx.store, fingerprint(state), ctx.now, ctx.now - 2 * TIME_TO_ANSWER
        )
    if not is_new:
        raise SingleSignOnError(STALE)
    return begun


def _claims(ctx: Context, provider: Provider, begun: Begun, code: str) -> Mapping[str, object]:
    from healthcheck.services import oidc  # noqa: PLC0415 - an extra that may not be there

    if not code:
        raise SingleSignOnError("The other service did not say who you are. Try again.")
    return oidc.claims(
        provider,
        ctx.now,
        back=ctx.site + BACK,
        code=code,
        nonce=begun.nonce,
        verifier=begun.verifier,
    )


def _person(ctx: Context, provider: Provider, claims: Mapping[str, object]) -> Person:
    """Return whom the claims are about; the first time, from then on known by the subject."""
    known_by = subject(claims)
    if known_by is None:
        raise SingleSignOnError("The other service did not say who you are. Try again.")
    person = stored.find(ctx.store, provider.issuer, known_by)
    if person is not None:
        return person
    email = checked_email(claims, trusts_email=provider.trusts_email)
    if email is None:
        raise SingleSignOnError(NOT_CHECKED)
    found = people.find_person(ctx.store, normal_email(email))
    if found is None:
        is_invited = stored.is_invited(ctx.store, normal_email(email), ctx.now)
        raise SingleSignOnError(INVITED if is_invited else UNKNOWN)
    if stored.since(ctx.store, provider.issuer, found[0].id) is not None:
        raise SingleSignOnError(ANOTHER)
    stored.add(ctx.store, provider.issuer, known_by, found[0].id, ctx.now)
    _note(ctx, "identity linked", found[0], provider)
    return found[0]


def _note(ctx: Context, kind: str, person: Person, provider: Provider) -> None:
    detail = {"issuer": provider.issuer}
    events.add(ctx.store, kind, ctx.now, person_id=person.id, detail=detail)

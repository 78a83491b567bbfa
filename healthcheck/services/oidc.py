"""The conversation with an OpenID Connect provider: the code flow with PKCE, and signed tokens.

Authlib and its kin have their home here, and this module is imported only where single sign-on is
used. What the provider says of itself is kept for an hour; what it says of a person is believed
only with its signature, for us, in answer to this one question, and in time.
"""

from __future__ import annotations

import hmac
import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from healthcheck.core.errors import SingleSignOnError
from healthcheck.core.single_sign_on import is_safe_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from healthcheck.core.single_sign_on import Provider

LOG = logging.getLogger(__name__)
SECONDS_TO_WAIT = 10
LARGEST_ANSWER = 1024 * 1024
SECONDS_CLOCKS_MAY_DIFFER = 60
TIME_TO_KEEP = timedelta(hours=1)
TIME_BETWEEN_LOOKS = timedelta(minutes=1)
ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by a key of the provider's own; never none, never one by a shared secret."""
SCOPE = "openid email profile"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FAULTS = (requests.RequestException, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError)
"""What an answer that is not there, not whole or not as it should be ends in."""

UNREACHABLE = "The other service did not answer as it should. Wait a few minutes, then try again."
NOT_BELIEVED = (
    "What the other service said could not be checked, so it was not believed. Try again."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a provider says of itself, with its keys, and when it was asked."""

    endpoints: Mapping[str, str]
    method: str
    keys: KeySet
    at: datetime


_KNOWN: dict[str, Known] = {}
_FAILED: dict[str, datetime] = {}


def address(  # noqa: PLR0913 - what a question is made of
    provider: Provider, now: datetime, *, back: str, state: str, nonce: str, verifier: str
) -> str:
    """Return where to send somebody to say who they are. Raises SingleSignOnError."""
    known = _known(provider, now)
    with _session(provider, known, back) as session:
        url, _ = session.create_authorization_url(
            known.endpoints["authorization_endpoint"],
            state=state,
            nonce=nonce,
            code_verifier=verifier,
        )
    return str(url)


def claims(  # noqa: PLR0913 - what an answer is held against
    provider: Provider, now: datetime, *, back: str, code: str, nonce: str, verifier: str
) -> Mapping[str, object]:
    """Return what the provider says of whoever brought this code. Raises SingleSignOnError."""
    known = _known(provider, now)
    try:
        with _session(provider, known, back) as session:
            token = session.fetch_token(
                known.endpoints["token_endpoint"],
                code=code,
                code_verifier=verifier,
                allow_redirects=False,
            )
        return _checked(provider, known, str(token["id_token"]), nonce, now)
    except FAULTS as fault:
        LOG.warning("single sign-on refused: %s", type(fault).__name__)
        raise SingleSignOnError(NOT_BELIEVED) from None


def _checked(
    provider: Provider, known: Known, token: str, nonce: str, now: datetime
) -> Mapping[str, object]:
    """Return the claims of a token that is signed, for us, from here and in time."""
    try:
        found = jwt.decode(token, known.keys, algorithms=ALGORITHMS).claims
    except (BadSignatureError, InvalidKeyIdError):
        if now - known.at < TIME_BETWEEN_LOOKS:
            raise
        known = _look(provider, now)  # the provider may have changed its keys
        found = jwt.decode(token, known.keys, algorithms=ALGORITHMS).claims
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SECONDS_CLOCKS_MAY_DIFFER,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    rules.validate(found)
    _check_party(provider, found)
    if not hmac.compare_digest(str(found["nonce"]).encode(), nonce.encode()):
        raise ValueError("another question's answer")
    return found


def _check_party(provider: Provider, found: Mapping[str, Any]) -> None:
    """Raise ValueError for a token that is for others too and was not asked for by us."""
    audiences = found["aud"]
    is_for_others = isinstance(audiences, list) and len(audiences) > 1
    if (is_for_others or "azp" in found) and found.get("azp") != provider.client_id:
        raise ValueError("another party's token")


def _known(provider: Provider, now: datetime) -> Known:
    known = _KNOWN.get(provider.issuer)
    if known is not None and timedelta() <= now - known.at < TIME_TO_KEEP:
        return known
    failed = _FAILED.get(provider.issuer)
    if failed is not None and timedelta() <= now - failed < TIME_BETWEEN_LOOKS:
        raise SingleSignOnError(UNREACHABLE)
    try:
        return _look(provider, now)
    except FAULTS as fault:
        _FAILED[provider.issuer] = now
        LOG.warning("single sign-on not reachable: %s", type(fault).__name__)
        raise SingleSignOnError(UNREACHABLE) from None


def _look(provider: Provider, now: datetime) -> Known:
    """Ask the provider about itself; raises one of FAULTS."""
    said = _get(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if said["issuer"] != provider.issuer:
        raise ValueError("another issuer")
    endpoints = {name: str(said[name]) for name in ENDPOINTS}
    if not all(is_safe_address(each) for each in endpoints.values()):
        raise ValueError("an address that is not safe")
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = next(
        each for each in ("client_secret_basic", "client_secret_post", "") if each in [*methods, ""]
    )
    if not method:
        raise ValueError("no way to show who we are")
    keys = KeySet.import_key_set({"keys": _get(endpoints["jwks_uri"])["keys"]})
    _KNOWN[provider.issuer] = known = Known(endpoints, method, keys, now)
    return known


def _get(url: str) -> dict[str, Any]:
    """Return an object fetched from the provider, from this address and no other."""
    with requests.get(url, timeout=SECONDS_TO_WAIT, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        text = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
        if len(text) > LARGEST_ANSWER or answer.is_redirect:
            raise ValueError("an answer that is too large, or elsewhere")
        found: dict[str, Any] = json.loads(text)
        return found


def _session(provider: Provider, known: Known, back: str) -> Any:  # noqa: ANN401 - the library's
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope=SCOPE,
        redirect_uri=back,
        token_endpoint_auth_method=known.method,
        code_challenge_method="S256",
        default_timeout=SECONDS_TO_WAIT,
    )

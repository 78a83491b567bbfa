"""Who else may say who somebody is, and when what they say of an e-mail address is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from healthcheck.core.accounts import is_email
from healthcheck.core.links import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
USUAL_NAME = "single sign-on"
LONGEST_SUBJECT = 255
"""OpenID Connect Core 1.0, section 2: a subject has at most 255 characters."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider, as the settings name it.

    `trusts_email` believes an e-mail address of which the provider does not say whether it was
    checked; `is_second_factor` asks for no code of ours after it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    client_secret_file: str = ""
    name: str = USUAL_NAME
    trusts_email: bool = False
    is_second_factor: bool = False


def is_safe_address(address: str) -> bool:
    """Say whether secrets may be sent to an address: by https, or on this machine."""
    if not is_web_address(address):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in THIS_MACHINE


def subject(claims: Mapping[str, object]) -> str | None:
    """Return who the provider says it is, by its own name for them; None when it names nobody."""
    found = claims.get("sub")
    if isinstance(found, str) and 0 < len(found) <= LONGEST_SUBJECT:
        return found
    return None


def checked_email(claims: Mapping[str, object], *, trusts_email: bool) -> str | None:
    """Return the e-mail address to know somebody by the first time, None when it is not sure.

    It is sure when the provider says that it was checked. Where it says nothing, as Microsoft Entra
    does, the setting decides; a plain "not checked" is always believed.
    """
    email, said = claims.get("email"), claims.get("email_verified")
    is_checked = said is True or said == "true" or (said is None and trusts_email)
    return email if is_checked and isinstance(email, str) and is_email(email) else None

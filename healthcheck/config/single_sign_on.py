"""The settings of single sign-on."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from healthcheck.config.reading import PREFIX
from healthcheck.core.single_sign_on import USUAL_NAME, Provider, is_safe_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.config.reading import Reader

SETTINGS: Mapping[str, str] = {
    "SECOND_FACTOR_AT_BASW": "yes or no: a role at BASW asks for a second factor (no)",
    "SSO_ISSUER": "the OpenID Connect provider, as its tokens name it, for single sign-on (none)",
    "SSO_CLIENT_ID": "what the provider knows this installation by (needed with SSO_ISSUER)",
    "SSO_CLIENT_SECRET_FILE": "the file that holds the secret shared with the provider"
    " (needed with SSO_ISSUER)",
    "SSO_NAME": "what the button on the sign-in page calls the provider (single sign-on)",
    "SSO_TRUST_EMAIL": "yes or no: believe an e-mail address of which the provider does not say"
    " whether it was checked; only where the provider lets nobody choose their own (no)",
    "SSO_IS_SECOND_FACTOR": "yes or no: the provider asks for a second factor itself, so no code is"
    " asked for after it (no)",
}
LIBRARIES = ("authlib", "joserfc", "requests")
NEEDED = ("SSO_CLIENT_ID", "SSO_CLIENT_SECRET_FILE")


def provider(reader: Reader) -> Provider | None:
    """Return the provider that the settings name, None when they name none."""
    issuer = reader.given.get("SSO_ISSUER")
    trusts_email = reader.yes("SSO_TRUST_EMAIL", otherwise=False)
    is_second_factor = reader.yes("SSO_IS_SECOND_FACTOR", otherwise=False)
    if issuer is None:
        reader.faults += [
            f"{PREFIX}{name} is given, but {PREFIX}SSO_ISSUER is not: name the provider."
            for name in reader.given
            if name.startswith("SSO_")
        ]
        return None
    _check(reader, issuer)
    file = reader.path("SSO_CLIENT_SECRET_FILE", Path())
    return Provider(
        issuer=issuer,
        client_id=reader.given.get("SSO_CLIENT_ID", ""),
        client_secret=_secret(reader, file) if "SSO_CLIENT_SECRET_FILE" in reader.given else "",
        client_secret_file=str(file),
        name=reader.given.get("SSO_NAME", USUAL_NAME),
        trusts_email=trusts_email,
        is_second_factor=is_second_factor,
    )


def _check(reader: Reader, issuer: str) -> None:
    if not is_safe_address(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        reader.faults.append(
            f"{PREFIX}SSO_ISSUER is “{issuer}”, but must be an https address such as"
            " https://login.example.org/tenant/v2.0."
        )
    reader.faults += [
        f"{PREFIX}SSO_ISSUER is given, but {PREFIX}{name} is not."
        for name in NEEDED
        if name not in reader.given
    ]
    if any(find_spec(each) is None for each in LIBRARIES):
        reader.faults.append(
            f"{PREFIX}SSO_ISSUER is given, but what single sign-on needs is not installed:"
            " pip install 'employer-health-check[sso]'."
        )


def _secret(reader: Reader, file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reader.faults.append(f"The secret of single sign-on in “{file}” cannot be read: {error}.")
        return ""
    if not secret:
        reader.faults.append(f"The secret of single sign-on in “{file}” is empty.")
    return secret


def environment(provider: Provider | None) -> dict[str, str]:
    """Return the variables that name this provider."""
    given = provider or Provider("", "", "", name="")
    return {
        f"{PREFIX}SSO_ISSUER": given.issuer,
        f"{PREFIX}SSO_CLIENT_ID": given.client_id,
        f"{PREFIX}SSO_CLIENT_SECRET_FILE": given.client_secret_file,
        f"{PREFIX}SSO_NAME": given.name,
        f"{PREFIX}SSO_TRUST_EMAIL": ("yes" if given.trusts_email else "no") if provider else "",
        f"{PREFIX}SSO_IS_SECOND_FACTOR": (
            ("yes" if given.is_second_factor else "no") if provider else ""
        ),
    }

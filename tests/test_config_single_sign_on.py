"""The settings of single sign-on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.config import read, single_sign_on
from healthcheck.core.errors import ConfigurationError
from healthcheck.core.single_sign_on import Provider

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthcheck.config import Config

    Read = Callable[..., Config]

ISSUER = "https://login.example.org/tenant/v2.0"


@pytest.fixture
def given(tmp_path: Path) -> Read:
    """Return what reads settings with these beside a data folder."""

    def reading(**settings: str) -> Config:
        named = {f"HEALTHCHECK_{name}": value for name, value in settings.items()}
        return read({"HEALTHCHECK_DATA": str(tmp_path), **named})

    return reading


@pytest.fixture
def secret(tmp_path: Path) -> str:
    (tmp_path / "secret").write_text("s3cret\n")
    return str(tmp_path / "secret")


def faults(given: Read, **settings: str) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        given(**settings)
    return str(refused.value).split("\n")


def test_without_settings_there_is_none_and_no_second_factor_is_asked_for(given: Read) -> None:
    found = given()
    assert (found.single_sign_on, found.second_factor_at_basw) == (None, False)
    assert read(found.environment()) == found


def test_a_provider_has_sensible_defaults(given: Read, secret: str) -> None:
    found = given(SSO_ISSUER=ISSUER, SSO_CLIENT_ID="us", SSO_CLIENT_SECRET_FILE=secret)
    assert found.single_sign_on == Provider(ISSUER, "us", "s3cret", secret, "single sign-on")
    assert read(found.environment()) == found
    assert "s3cret" not in repr(found)


def test_every_setting_can_be_given(given: Read, secret: str) -> None:
    found = given(
        SSO_ISSUER=ISSUER,
        SSO_CLIENT_ID="us",
        SSO_CLIENT_SECRET_FILE=secret,
        SSO_NAME="Northmere",
        SSO_TRUST_EMAIL="yes",
        SSO_IS_SECOND_FACTOR="yes",
        SECOND_FACTOR_AT_BASW="yes",
    )
    assert found.single_sign_on == Provider(
        ISSUER, "us", "s3cret", secret, "Northmere", trusts_email=True, is_second_factor=True
    )
    assert found.second_factor_at_basw
    assert read(found.environment()) == found


def test_what_belongs_together_is_asked_for(given: Read) -> None:
    assert faults(given, SSO_ISSUER=ISSUER) == [
        "HEALTHCHECK_SSO_ISSUER is given, but HEALTHCHECK_SSO_CLIENT_ID is not.",
        "HEALTHCHECK_SSO_ISSUER is given, but HEALTHCHECK_SSO_CLIENT_SECRET_FILE is not.",
    ]
    assert faults(given, SSO_NAME="Northmere") == [
        "HEALTHCHECK_SSO_NAME is given, but HEALTHCHECK_SSO_ISSUER is not: name the provider."
    ]


@pytest.mark.parametrize(
    "issuer", ["http://login.example.org", "login.example.org", f"{ISSUER}?a=b", f"{ISSUER}#a"]
)
def test_a_provider_is_asked_by_https_alone(given: Read, secret: str, issuer: str) -> None:
    (fault,) = faults(given, SSO_ISSUER=issuer, SSO_CLIENT_ID="us", SSO_CLIENT_SECRET_FILE=secret)
    assert fault.startswith(f"HEALTHCHECK_SSO_ISSUER is “{issuer}”, but must be an https address")


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (" \n", "is empty")])
def test_a_secret_that_cannot_be_used_is_a_fault(
    given: Read, tmp_path: Path, content: str | None, said: str
) -> None:
    file = tmp_path / "none"
    if content is not None:
        file.write_text(content)
    (fault,) = faults(
        given, SSO_ISSUER=ISSUER, SSO_CLIENT_ID="us", SSO_CLIENT_SECRET_FILE=str(file)
    )
    assert said in fault


def test_the_extra_that_it_needs_is_named(
    given: Read, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_sign_on, "LIBRARIES", ("no_such_library",))
    (fault,) = faults(given, SSO_ISSUER=ISSUER, SSO_CLIENT_ID="us", SSO_CLIENT_SECRET_FILE=secret)
    assert fault.endswith("is not installed: pip install 'employer-health-check[sso]'.")

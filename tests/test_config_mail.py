"""The settings of messages: site, mail server and sender."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.config import read
from healthcheck.core.errors import ConfigurationError
from healthcheck.core.mail import MailServer, Security

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthcheck.config import Config

    Read = Callable[..., Config]

FROM = "healthcheck@example.org"


@pytest.fixture
def given(tmp_path: Path) -> Read:
    """Return what reads settings with these beside a data folder."""

    def reading(**settings: str) -> Config:
        named = {f"HEALTHCHECK_{name}": value for name, value in settings.items()}
        return read({"HEALTHCHECK_DATA": str(tmp_path), **named})

    return reading


@pytest.fixture
def password(tmp_path: Path) -> str:
    (tmp_path / "password").write_text("s3cret\n")
    return str(tmp_path / "password")


def faults(given: Read, **settings: str) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        given(**settings)
    return str(refused.value).split("\n")


def test_without_settings_there_is_no_mail_server(given: Read, tmp_path: Path) -> None:
    found = given()

    assert found.mail_server is None
    assert found.mail_from == "healthcheck@localhost.invalid"
    assert found.outbox == tmp_path / "outbox"
    assert read(found.environment()) == found


@pytest.mark.parametrize(
    ("settings", "site"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0", "PORT": "80"}, "http://0.0.0.0:80"),  # noqa: S104 - a setting under test
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"SITE": "https://a.example"}, "https://a.example"),
        ({"SITE": "https://a.example:8443/"}, "https://a.example:8443"),
    ],
)
def test_links_lead_to_the_site_named_or_else_to_where_it_listens(
    given: Read, settings: dict[str, str], site: str
) -> None:
    assert given(**settings).site == site


@pytest.mark.parametrize("site", ["a.example", "ftp://a.example", "https://a.example/app"])
def test_an_address_that_is_no_sites_is_a_fault(given: Read, site: str) -> None:
    assert faults(given, SITE=site) == [
        (
            f"HEALTHCHECK_SITE is “{site}”, but must be an address such as"
            " https://healthcheck.example.org, with nothing after the name."
        )
    ]


@pytest.mark.parametrize(
    ("security", "port"), [("", 587), ("starttls", 587), ("TLS", 465), ("none", 25)]
)
def test_a_mail_server_has_its_usual_port(given: Read, security: str, port: int) -> None:
    server = given(SMTP_HOST="mail.example", MAIL_FROM=FROM, SMTP_SECURITY=security).mail_server

    assert server == MailServer("mail.example", port, Security(port))


def test_every_setting_of_a_mail_server_can_be_given(given: Read, password: str) -> None:
    found = given(
        SMTP_HOST="mail.example",
        SMTP_PORT="2525",
        SMTP_SECURITY="tls",
        SMTP_USER="me",
        SMTP_PASSWORD_FILE=password,
        MAIL_FROM=FROM,
    )

    assert found.mail_server == MailServer(
        "mail.example", 2525, Security.TLS, "me", "s3cret", password
    )
    assert found.mail_from == FROM
    assert read(found.environment()) == found
    assert "s3cret" not in repr(found) + str(found.environment())


def test_every_fault_of_the_mail_settings_is_named_at_once(given: Read, tmp_path: Path) -> None:
    assert faults(
        given,
        SITE="here",
        SMTP_HOST="mail.example",
        SMTP_PORT="0",
        SMTP_SECURITY="some",
        SMTP_PASSWORD_FILE=str(tmp_path / "missing"),
        LOG="loud",
    ) == [
        (
            "HEALTHCHECK_SITE is “here”, but must be an address such as"
            " https://healthcheck.example.org, with nothing after the name."
        ),
        "HEALTHCHECK_SMTP_SECURITY is “some”, but must be one of: starttls, tls, none.",
        (
            "HEALTHCHECK_SMTP_USER and HEALTHCHECK_SMTP_PASSWORD_FILE belong together: give both or"
            " none."
        ),
        "HEALTHCHECK_SMTP_PORT is “0”, but must be a whole number from 1 to 65535.",
        (
            f"The mail server’s password in “{tmp_path}/missing” cannot be read:"
            f" [Errno 2] No such file or directory: '{tmp_path}/missing'."
        ),
        (
            "HEALTHCHECK_SMTP_HOST is given, but HEALTHCHECK_MAIL_FROM is not: say which e-mail"
            " address messages come from."
        ),
        "HEALTHCHECK_LOG is “loud”, but must be one of: plain, json.",
    ]


def test_an_empty_password_is_a_fault(given: Read, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")

    assert faults(
        given,
        SMTP_HOST="mail.example",
        SMTP_USER="me",
        SMTP_PASSWORD_FILE=str(tmp_path / "empty"),
        MAIL_FROM=FROM,
    ) == [f"The mail server’s password in “{tmp_path}/empty” is empty."]


def test_settings_of_a_mail_server_without_one_are_a_fault(given: Read) -> None:
    assert faults(given, SMTP_PORT="25", SMTP_USER="me") == [
        "HEALTHCHECK_SMTP_PORT is given, but HEALTHCHECK_SMTP_HOST is not: name the mail server.",
        "HEALTHCHECK_SMTP_USER is given, but HEALTHCHECK_SMTP_HOST is not: name the mail server.",
    ]


def test_a_password_is_never_sent_in_the_clear_over_a_network(given: Read, password: str) -> None:
    settings = {
        "SMTP_SECURITY": "none",
        "SMTP_USER": "me",
        "SMTP_PASSWORD_FILE": password,
        "MAIL_FROM": FROM,
    }

    assert faults(given, SMTP_HOST="mail.example", **settings) == [
        (
            "HEALTHCHECK_SMTP_SECURITY is none, so the password of HEALTHCHECK_SMTP_USER could be"
            " read on its way. Choose starttls or tls."
        )
    ]
    assert given(SMTP_HOST="127.0.0.1", **settings).mail_server is not None


@pytest.mark.parametrize(
    "sender", ["BASW <h@example.org>", "h", "h@example", "a@b.example,c@d.example", "hé@b.example"]
)
def test_a_sender_is_one_plain_address(given: Read, sender: str) -> None:
    assert faults(given, MAIL_FROM=sender) == [
        (
            f"HEALTHCHECK_MAIL_FROM is “{sender}”, but must be an e-mail address alone, such as"
            " healthcheck@example.org."
        )
    ]

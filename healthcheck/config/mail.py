"""The settings of messages: the address of the site in their links, the mail server, the sender."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from healthcheck.config.reading import HIGHEST_PORT, PREFIX, THIS_MACHINE
from healthcheck.core.accounts import is_email
from healthcheck.core.links import is_origin
from healthcheck.core.mail import MailServer, Security

if TYPE_CHECKING:
    from healthcheck.config.reading import Reader

NO_SENDER = "healthcheck@localhost.invalid"
"""Where messages come from while they are only files."""


def site_address(reader: Reader, host: str) -> str:
    """Return the address of the installation, without a slash at its end."""
    named = f"[{host}]" if ":" in host else host
    site = reader.given.get("SITE", f"http://{named}:{reader.given.get('PORT', 8000)}").rstrip("/")
    if "SITE" in reader.given and not is_origin(site):
        reader.faults.append(
            f"{PREFIX}SITE is “{site}”, but must be an address such as"
            " https://healthcheck.example.org, with nothing after the name."
        )
    return site


def is_https(reader: Reader) -> bool:
    """Say whether people reach the installation by https."""
    return reader.given.get("SITE", "").lower().startswith("https:")


def mail_server(reader: Reader) -> MailServer | None:
    """Return the mail server that the settings name, None when they name none."""
    host = reader.given.get("SMTP_HOST")
    if host is None:
        reader.faults += [
            f"{PREFIX}{name} is given, but {PREFIX}SMTP_HOST is not: name the mail server."
            for name in reader.given
            if name.startswith("SMTP_")
        ]
        return None
    security = Security[reader.one_of("SMTP_SECURITY", "starttls", "tls", "none").upper()]
    user = reader.given.get("SMTP_USER", "")
    file = (
        reader.path("SMTP_PASSWORD_FILE", Path()) if "SMTP_PASSWORD_FILE" in reader.given else None
    )
    if bool(user) != bool(file):
        reader.faults.append(
            f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD_FILE belong together: give both or none."
        )
    if user and security is Security.NONE and host not in THIS_MACHINE:
        reader.faults.append(
            f"{PREFIX}SMTP_SECURITY is none, so the password of {PREFIX}SMTP_USER could be read on"
            " its way. Choose starttls or tls."
        )
    return MailServer(
        host=host,
        port=reader.number("SMTP_PORT", security.value, 1, HIGHEST_PORT),
        security=security,
        user=user,
        password=_password(file, reader.faults) if file else "",
        password_file=str(file or ""),
    )


def _password(file: Path, faults: list[str]) -> str:
    try:
        password = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"The mail server’s password in “{file}” cannot be read: {error}.")
        return ""
    if not password:
        faults.append(f"The mail server’s password in “{file}” is empty.")
    return password


def sender(reader: Reader) -> str:
    """Return the e-mail address that messages come from."""
    given = reader.given.get("MAIL_FROM", "")
    if given and not (given.isascii() and is_email(given) and not set(given) & set('<>,;:"')):
        reader.faults.append(
            f"{PREFIX}MAIL_FROM is “{given}”, but must be an e-mail address alone, such as"
            " healthcheck@example.org."
        )
    if not given and "SMTP_HOST" in reader.given:
        reader.faults.append(
            f"{PREFIX}SMTP_HOST is given, but {PREFIX}MAIL_FROM is not: say which e-mail address"
            " messages come from."
        )
    return given or NO_SENDER


def environment(server: MailServer | None) -> dict[str, str]:
    """Return the variables that name this mail server."""
    return {
        f"{PREFIX}SMTP_HOST": server.host if server else "",
        f"{PREFIX}SMTP_PORT": str(server.port) if server else "",
        f"{PREFIX}SMTP_SECURITY": server.security.name.lower() if server else "",
        f"{PREFIX}SMTP_USER": server.user if server else "",
        f"{PREFIX}SMTP_PASSWORD_FILE": server.password_file if server else "",
    }

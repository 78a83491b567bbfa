"""The settings of an installation, read from environment variables that begin HEALTHCHECK_."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from healthcheck import resources
from healthcheck.config import mail, single_sign_on
from healthcheck.config.mail import is_https
from healthcheck.config.reading import HIGHEST_PORT, PREFIX, THIS_MACHINE, Reader
from healthcheck.core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.mail import MailServer
    from healthcheck.core.single_sign_on import Provider

SETTINGS: Mapping[str, str] = {
    "DATA": "the folder for the database and the secret key; made when missing (var)",
    "QUESTIONNAIRES": "the folder of questionnaires (the shipped ones)",
    "SECRET_KEY_FILE": "the file with the key that signs cookies; made when missing"
    " (secret-key in the data folder)",
    "HOST": "the address to listen on (127.0.0.1)",
    "PORT": "the port to listen on (8000)",
    "SITE": "the address people reach it at, for links in messages (http://HOST:PORT)",
    "SECURE_COOKIES": "yes or no: send cookies over https only, and tell browsers to use"
    " nothing else (yes where SITE is https or HOST another than this machine, else no)",
    "TRUSTED_PROXIES": "how many proxies in front say where a request came from (0)",
    "WORKERS": "how many processes serve pages (2)",
    "THREADS": "how many threads each of them has (4)",
    "BUSY_SECONDS": "how long a save waits for another one to finish (5)",
    "SMTP_HOST": "the mail server (none: messages become files in outbox/ of the data folder)",
    "SMTP_PORT": "the mail server’s port (587, with tls 465, with none 25)",
    "SMTP_SECURITY": "starttls, tls or none: how the connection is protected (starttls)",
    "SMTP_USER": "the name to sign in to the mail server with (nobody signs in)",
    "SMTP_PASSWORD_FILE": "the file that holds the password of that name (none)",
    "MAIL_FROM": "the e-mail address that messages come from (needed with SMTP_HOST)",
    "LOG": "plain, or json: one object a line, and a line for each request (plain)",
    **single_sign_on.SETTINGS,
}
"""Every setting, what it means and, in brackets, what it is when left out."""

SHORTEST_KEY = 32


SHIPPED = resources.folder("questionnaires")


@dataclass(frozen=True)
class Config:
    """The settings in force; folders are absolute."""

    data: Path
    questionnaires: Path = SHIPPED
    secret_key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    secure_cookies: bool = False
    trusted_proxies: int = 0
    workers: int = 2
    threads: int = 4
    busy_seconds: int = 5
    site: str = "http://127.0.0.1:8000"
    mail_server: MailServer | None = None
    mail_from: str = mail.NO_SENDER
    log: str = "plain"
    second_factor_at_basw: bool = False
    single_sign_on: Provider | None = None
    secret_key: str = field(default="", repr=False)

    @property
    def database(self) -> Path:
        """The one file that holds everything worth keeping."""
        return self.data / "healthcheck.sqlite3"

    @property
    def renderer_lock(self) -> Path:
        """The file that a running renderer holds."""
        return self.data / "renderer.lock"

    @property
    def outbox(self) -> Path:
        """The folder that messages are written to when there is no mail server."""
        return self.data / "outbox"

    def environment(self) -> dict[str, str]:
        """Return the variables that give another process of this program the same settings."""
        return {
            f"{PREFIX}DATA": str(self.data),
            f"{PREFIX}QUESTIONNAIRES": str(self.questionnaires),
            f"{PREFIX}SECRET_KEY_FILE": str(self.secret_key_file or self.data / "secret-key"),
            f"{PREFIX}HOST": self.host,
            f"{PREFIX}PORT": str(self.port),
            f"{PREFIX}SECURE_COOKIES": "yes" if self.secure_cookies else "no",
            f"{PREFIX}TRUSTED_PROXIES": str(self.trusted_proxies),
            f"{PREFIX}WORKERS": str(self.workers),
            f"{PREFIX}THREADS": str(self.threads),
            f"{PREFIX}BUSY_SECONDS": str(self.busy_seconds),
            f"{PREFIX}SITE": self.site,
            f"{PREFIX}MAIL_FROM": "" if self.mail_from == mail.NO_SENDER else self.mail_from,
            f"{PREFIX}LOG": self.log,
            f"{PREFIX}SECOND_FACTOR_AT_BASW": "yes" if self.second_factor_at_basw else "no",
            **mail.environment(self.mail_server),
            **single_sign_on.environment(self.single_sign_on),
        }


def read(environ: Mapping[str, str]) -> Config:
    """Return the settings given in the environment.

    Makes the data folder and, on the first start, a secret key that only the owner can read.
    Raises ConfigurationError, naming every fault at once.
    """
    reader = Reader(environ, SETTINGS)
    data = reader.path("DATA", Path("var"))
    key_file = reader.path("SECRET_KEY_FILE", data / "secret-key")
    host = reader.given.get("HOST", "127.0.0.1")
    config = Config(
        data=data,
        questionnaires=reader.path("QUESTIONNAIRES", SHIPPED),
        secret_key_file=key_file,
        host=host,
        port=reader.number("PORT", 8000, 1, HIGHEST_PORT),
        secure_cookies=reader.yes(
            "SECURE_COOKIES", otherwise=host not in THIS_MACHINE or is_https(reader)
        ),
        trusted_proxies=reader.number("TRUSTED_PROXIES", 0, 0, 10),
        workers=reader.number("WORKERS", 2, 1, 64),
        threads=reader.number("THREADS", 4, 1, 64),
        busy_seconds=reader.number("BUSY_SECONDS", 5, 1, 60),
        site=mail.site_address(reader, host),
        mail_server=mail.mail_server(reader),
        mail_from=mail.sender(reader),
        log=reader.one_of("LOG", "plain", "json"),
        second_factor_at_basw=reader.yes("SECOND_FACTOR_AT_BASW", otherwise=False),
        single_sign_on=single_sign_on.provider(reader),
        secret_key=_secret_key(data, key_file, reader.faults),
    )
    if not config.questionnaires.is_dir():
        reader.faults.append(
            f"{PREFIX}QUESTIONNAIRES is “{config.questionnaires}”, but there is no such folder."
        )
    if reader.faults:
        raise ConfigurationError("\n".join(reader.faults))
    return config


def _secret_key(data: Path, key_file: Path, faults: list[str]) -> str:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_secret_key(key_file)
        key = key_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"The secret key in “{key_file}” cannot be made or read: {error}.")
        return ""
    if len(key) < SHORTEST_KEY:
        faults.append(
            f"The secret key in “{key_file}” is shorter than {SHORTEST_KEY} characters."
            " Delete the file and a new key is made; everyone then signs in again."
        )
    return key


def _make_secret_key(key_file: Path) -> None:
    """Write a new key unless there is one; complete before it appears under its name."""
    if key_file.exists():
        return
    draft = key_file.with_name(f".{key_file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, key_file)
    except FileExistsError:
        # Another process of ours was first; its key is the one.
        return
    finally:
        draft.unlink()

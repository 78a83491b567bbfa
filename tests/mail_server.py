"""A mail server for tests, on a free port of this machine, and a certificate it can show."""

# ruff: noqa: ANN401 - the mail library of the tests has no types

from __future__ import annotations

import socket
import ssl
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from healthcheck.core.mail import MailServer, Security

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

USER, MAIL_PASSWORD = "healthcheck", "the mail server's own password"


@dataclass
class Inbox:
    """What a mail server took, and how it answers: by recipient, or for every message."""

    taken: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_sender: str = ""
    refuses_content: str = ""
    hangs_up: bool = False
    signed_in: list[str] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name
        if self.hangs_up:
            server.transport.abort()
            return ""
        if self.refuses_content:
            return self.refuses_content
        mail: Any = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(mail)
        return "250 Taken"

    def sign_in(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> Any:
        is_right = (data.login, data.password) == (USER.encode(), MAIL_PASSWORD.encode())
        self.signed_in.append(data.login.decode())
        return AuthResult(success=is_right, handled=is_right)


def free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def running(
    inbox: Inbox, security: Security = Security.NONE, context: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Run a mail server that puts what it takes into the inbox; with TLS it asks for a sign-in."""
    port = free_port()
    is_protected = security is not Security.NONE
    controller = Controller(
        inbox,
        hostname="localhost" if is_protected else "127.0.0.1",
        port=port,
        ready_timeout=30,
        enable_SMTPUTF8=False,
        ssl_context=context if security is Security.TLS else None,
        tls_context=context if security is Security.STARTTLS else None,
        require_starttls=security is Security.STARTTLS,
        auth_required=is_protected,
        auth_require_tls=security is Security.STARTTLS,
        authenticator=inbox.sign_in,
    )
    controller.start()
    try:
        if is_protected:
            yield MailServer("localhost", port, security, USER, MAIL_PASSWORD)
        else:
            yield MailServer("127.0.0.1", port, security)
    finally:
        controller.stop()


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """Return what a server shows to be that host, and the file of the authority that signed it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return context, file

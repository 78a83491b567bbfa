"""Delivery of one message: to the mail server, or to a file when there is none.

Delivery is "at least once": a message is noted as sent only after the mail server took it, so a
machine that stops between the two sends it again when it is back. Both carry the same Message-ID,
by which many mail systems show them as one.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from healthcheck.core.mail import Security

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from healthcheck.core.mail import MailServer
    from healthcheck.storage.messages import Message

Link = smtplib.SMTP
"""A connection to a mail server."""

SECONDS_TO_WAIT = 20.0
LONGEST_REPLY = 200
FOR_GOOD = range(500, 600)
"""The replies of a mail server that mean: do not try again."""
NAME = "Employer Health Check"


class NotDeliveredError(Exception):
    """One message was not delivered; its text is a sentence for the administrator."""

    def __init__(self, problem: str, *, is_final: bool) -> None:
        super().__init__(problem)
        self.is_final = is_final


class NoMailServerError(Exception):
    """The mail server cannot be used at all now; its text is a sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Post:
    """How this installation delivers: through the mail server or, without one, to the outbox."""

    server: MailServer | None
    sender: str
    outbox: Path

    @property
    def lock(self) -> Path:
        """The file that whoever sends messages holds."""
        return self.outbox.with_name("messages.lock")


def as_mail(message: Message, sender: str) -> EmailMessage:
    """Return a message as mail, in plain text and HTML. Raises NotDeliveredError."""
    mail = EmailMessage(SMTP)
    try:
        mail["From"] = Address(NAME, addr_spec=sender)
        mail["To"] = Address(addr_spec=message.recipient)
        mail["Subject"] = message.subject
    except (MessageError, ValueError, IndexError) as error:
        raise NotDeliveredError("This e-mail address cannot be used.", is_final=True) from error
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


@contextmanager
def connected(server: MailServer) -> Generator[Link]:
    """Hold a connection to the mail server, ready for mail. Raises NoMailServerError."""
    try:
        link = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NoMailServerError(_in_words(server, error)) from error
    try:
        yield link
    finally:
        with suppress(OSError, smtplib.SMTPException):
            link.quit()
        link.close()


def deliver(link: Link, mail: EmailMessage) -> None:
    """Hand one mail to the mail server. Raises NotDeliveredError and NoMailServerError."""
    try:
        link.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        code, reply = next(iter(refused.recipients.values()))
        raise NotDeliveredError(
            f"The mail server does not take mail for this address. {_reply(code, reply)}",
            is_final=code in FOR_GOOD,
        ) from refused
    except smtplib.SMTPDataError as refused:
        raise NotDeliveredError(
            "The mail server did not take this message."
            f" {_reply(refused.smtp_code, refused.smtp_error)}",
            is_final=refused.smtp_code in FOR_GOOD,
        ) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise NotDeliveredError(
            "The mail server does not take addresses with letters like these.", is_final=True
        ) from refused
    except smtplib.SMTPSenderRefused as refused:
        raise NoMailServerError(
            "The mail server does not take mail from the address in HEALTHCHECK_MAIL_FROM."
            f" {_reply(refused.smtp_code, refused.smtp_error)}"
        ) from refused
    except (OSError, smtplib.SMTPException) as error:
        raise NoMailServerError(
            f"The connection to the mail server broke ({_reason(error)})."
        ) from error


def write(outbox: Path, message: Message, mail: EmailMessage) -> None:
    """Write a mail into the outbox, whole or not at all, for its owner alone to read.

    A mail program opens the file as a draft that was not sent. Raises NotDeliveredError.
    """
    mail["X-Unsent"] = "1"
    file = outbox / file_name(message)
    draft = file.with_suffix(".part")
    try:
        outbox.mkdir(mode=0o700, exist_ok=True)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as whole:
            whole.write(mail.as_bytes())
            whole.flush()
            os.fsync(whole.fileno())
        draft.replace(file)
    except OSError as error:
        raise NotDeliveredError(
            f"The message could not be written to the outbox ({_reason(error)}).", is_final=False
        ) from error


def file_name(message: Message) -> str:
    """Return the name of a message's file in the outbox: when, what kind, which."""
    kind = message.kind.name.lower().replace("_", "-")
    return f"{message.created_at:%Y-%m-%dT%H%M%S}_{kind}_{message.id}.eml"


def tidy(outbox: Path, ids: frozenset[str]) -> None:
    """Take files out of the outbox whose messages are gone, as those to a removed person are."""
    for file in outbox.glob("*_*_*.eml"):
        if file.stem.split("_", 2)[2] not in ids:
            file.unlink(missing_ok=True)


def _connect(server: MailServer) -> Link:
    if server.security is Security.TLS:
        context = ssl.create_default_context()
        link: Link = smtplib.SMTP_SSL(
            server.host, server.port, timeout=SECONDS_TO_WAIT, context=context
        )
    else:
        link = smtplib.SMTP(server.host, server.port, timeout=SECONDS_TO_WAIT)
    try:
        if server.security is Security.STARTTLS:
            link.starttls(context=ssl.create_default_context())
        if server.user:
            link.login(server.user, server.password)
    except BaseException:
        link.close()
        raise
    return link


def _in_words(server: MailServer, error: Exception) -> str:
    where = f"The mail server {server.host}, port {server.port},"
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"{where} does not accept the name and password."
        case ssl.SSLCertVerificationError():
            return f"{where} has a certificate that is not trusted ({error.verify_message})."
        case _:
            return f"{where} cannot be used ({_reason(error)})."


def _reason(error: Exception) -> str:
    """Return the reason alone: never an address, which a mail server may repeat in its reply."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__


def _reply(code: int, reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    said = " ".join(f"{code} {words}".split())[:LONGEST_REPLY]
    return f"It said “{said}”."

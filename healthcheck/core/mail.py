"""The mail server that messages go to, when an installation has one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Security(Enum):
    """How the connection to a mail server is protected; the value is its usual port."""

    NONE = 25
    STARTTLS = 587
    TLS = 465


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a mail server is and how to speak with it; without a user, nobody signs in."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    password_file: str = ""

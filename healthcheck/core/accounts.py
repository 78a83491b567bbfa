"""People and the employers they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

ATOM = r"[^@.\s<>()\[\]\\,;:\"]+"
EMAIL = re.compile(rf"{ATOM}(\.{ATOM})*@{ATOM}(\.{ATOM})+")
"""What a mail server takes without quotes: a name and a domain of words with dots between."""
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
FEWEST_DIFFERENT_CHARACTERS = 5
SHORTEST_OWN_PART = 6
EXPECTED = (
    "administrator",
    "health check",
    "healthcheck",
    "1234567890",
    "qwertyuiop",
    "passwort",
    "password",
    "changeme",
    "iloveyou",
    "welcome",
    "letmein",
    "default",
    "qwerty",
    "secret",
    "asdfgh",
    "zxcvbn",
    "12345",
    "admin",
    "abcdef",
    "test",
    "1234",
    "basw",
)
"""What guessers try first, the longer before what is part of it."""


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation that employs social workers; `nation` and `employer_type` are fact ids."""

    id: str
    name: str
    nation: str
    employer_type: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account."""

    id: str
    name: str
    email: str


def is_email(text: str) -> bool:
    """Say whether text has the shape of an e-mail address that a message can be sent to."""
    is_short = len(text) <= 254  # noqa: PLR2004 - RFC 5321
    return is_short and text.isprintable() and EMAIL.fullmatch(text) is not None


def is_guessable(password: str) -> bool:
    """Say whether a password is one of those that guessers try first.

    It is when it repeats a few characters, or when little is left without the expected words.
    """
    own = password.casefold()
    for word in EXPECTED:
        own = own.replace(word, "")
    return len(set(password)) < FEWEST_DIFFERENT_CHARACTERS or len(own) < SHORTEST_OWN_PART

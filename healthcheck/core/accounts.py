"""People and the employers they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


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
    """Say whether text has the shape of an e-mail address."""
    return len(text) <= 254 and EMAIL.fullmatch(text) is not None  # noqa: PLR2004 - RFC 5321

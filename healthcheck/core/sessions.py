"""Sessions: how somebody signed in, where, and what is still missing before they may work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.accounts import Person


class Way(Enum):
    """How a session began; the value is what is stored and shown."""

    PASSWORD = "password"  # noqa: S105 - a word for the way, not a password
    SINGLE_SIGN_ON = "single sign-on"


class Missing(Enum):
    """What somebody has yet to do before anything is open to them."""

    CODE = "the code of their second factor"
    SET_UP = "a second factor, which their role asks for"


@dataclass(frozen=True, slots=True)
class Session:
    """One place where somebody is signed in; `device` is in words, `address` where it came from."""

    id: str
    device: str
    address: str
    way: Way
    since: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose session a token belongs to, and what is missing: None when they may work."""

    person: Person
    session: Session
    missing: Missing | None


def missing(
    *, needs_code: bool, has_second_factor: bool, must_have_one: bool, stands_in: bool
) -> Missing | None:
    """Return what is missing from a session.

    `stands_in` says that the way of signing in counts as a second factor itself.
    """
    if needs_code:
        return Missing.CODE
    if must_have_one and not has_second_factor and not stands_in:
        return Missing.SET_UP
    return None

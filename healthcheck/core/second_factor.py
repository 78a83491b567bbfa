"""Codes of a second factor as people type them, and recovery codes as they are given out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""No letter or digit that is easily read as another: 0, 1, i, l and o are left out."""
GROUPS, IN_A_GROUP = 4, 4
LONGEST_REASON = 500

_CODE = re.compile(r"[0-9]{6}")


def typed_code(typed: str) -> str | None:
    """Return the six digits of a code, typed with or without spaces; None when it is no code."""
    tidy = re.sub(r"[\s-]", "", typed)
    return tidy if _CODE.fullmatch(tidy) else None


def recovery_code(letter: Callable[[str], str]) -> str:
    """Return a new recovery code; `letter` chooses one of some letters by good chance.

    Sixteen of 31 letters: about 79 bits, so that a plain hash of it cannot be turned back.
    """
    groups = ("".join(letter(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def typed_recovery_code(typed: str) -> str:
    """Return a recovery code as it was given out, however it was typed."""
    tidy = re.sub(r"[^a-z0-9]", "", typed.casefold())
    return "-".join(tidy[at : at + IN_A_GROUP] for at in range(0, len(tidy), IN_A_GROUP))

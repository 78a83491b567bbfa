"""Password hashes (Argon2id), and the rule for a password that can be taken."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from healthcheck.core.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, is_guessable
from healthcheck.core.errors import UnacceptableDetailsError

HASHER = PasswordHasher()
AT_ONCE = BoundedSemaphore(2)
"""Each hash needs 64 MiB, so a flood of sign-ins must queue here rather than fill the memory."""

NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$E581SUtKWV5JzUQXmIbcuw$"
    "AR9pJI2QjSXmLdLX+wxcrniKqFmUgTwdQdQxmKyZU04"
)
"""Checked when there is no such account, so that the answer takes as long either way."""


def hashed(password: str) -> str:
    """Return the hash to store.

    Raises UnacceptableDetailsError when the password is too short, too long or easily guessed.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnacceptableDetailsError(
            f"A password needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        )
    if is_guessable(password):
        raise UnacceptableDetailsError(
            "That password is one of the first that somebody would try. Choose another, such as"
            " three or four words that do not belong together."
        )
    with AT_ONCE:
        return HASHER.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Say whether the password fits the hash; without a hash it never does, in the same time."""
    with AT_ONCE:
        try:
            HASHER.verify(password_hash or NOBODY, password[: LONGEST_PASSWORD + 1])
        except VerificationError:
            return False
    return password_hash is not None


def renewed(password: str, password_hash: str | None) -> str | None:
    """Return a new hash when the stored one was made by an older, weaker rule."""
    if password_hash is None or not HASHER.check_needs_rehash(password_hash):
        return None
    return hashed(password)

"""How often one address may do what nobody has to sign in for, counted in memory alone.

What comes from an address is known by a fingerprint that means nothing outside this process and is
gone within the hour; neither the database nor a log ever has it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST = 12
WITHIN = timedelta(hours=1)


class Doorkeeper:
    """Lets so many through from one address within so long a time."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most = most
        self._within = within
        self._key = secrets.token_bytes(32)
        self._met: dict[bytes, list[datetime]] = {}
        self._turn = Lock()

    def lets_in(self, address: str, now: datetime) -> bool:
        """Say whether one more may come from an address, and count it if so."""
        who = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
        with self._turn:
            self._forget(now)
            met = self._met.setdefault(who, [])
            if len(met) >= self._most:
                return False
            met.append(now)
        return True

    def _forget(self, now: datetime) -> None:
        after = now - self._within
        kept = {who: [at for at in met if at > after] for who, met in self._met.items()}
        self._met = {who: met for who, met in kept.items() if met}

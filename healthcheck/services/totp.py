"""Time-based one-time codes (RFC 6238): six digits, a new one every 30 seconds."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from pyotp import TOTP, random_base32

if TYPE_CHECKING:
    from datetime import datetime

ISSUER = "Employer Health Check"
STEPS_EITHER_WAY = 1
"""How far a phone's clock may be off, in steps of 30 seconds."""


def new_secret() -> str:
    """Return a secret to share with an app: 160 bits, as letters and digits (base32)."""
    return random_base32()


def address(secret: str, email: str) -> str:
    """Return the address that an app reads from a QR code."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def counter(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to, None when it is of no step near enough."""
    codes = TOTP(secret)
    present = codes.timecode(now)
    for step in range(present - STEPS_EITHER_WAY, present + STEPS_EITHER_WAY + 1):
        if hmac.compare_digest(codes.generate_otp(step), code):
            return step
    return None

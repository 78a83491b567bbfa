"""An employer's logo for the cover of its reports."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from healthcheck.core.pictures import is_drawable
from healthcheck.storage import employers

if TYPE_CHECKING:
    from healthcheck.services.context import Context


def on_paper(ctx: Context, employer_id: str) -> str:
    """Return the logo as a data URI, blank when there is none or none that can be drawn.

    For who has found the employer's health check; nothing is checked here.
    """
    found = employers.logo(ctx.store, employer_id)
    if found is None or not is_drawable(found[0]):
        return ""
    content, media_type = found
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def stands_at(ctx: Context, employer_id: str) -> str:
    """Return the logo's fingerprint, blank without one; a report is made anew when it changes."""
    known = employers.find(ctx.store, employer_id)
    return (known.logo or "") if known else ""

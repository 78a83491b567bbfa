"""Whether a health check's cycle lets answers be saved and sent today."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core import cycles as core
from healthcheck.core.errors import NotReadyError
from healthcheck.storage import cycles as stored

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

UK = ZoneInfo("Europe/London")


def today(ctx: Context) -> date:
    """Return the day it is in the United Kingdom."""
    return ctx.now.astimezone(UK).date()


def require_open(ctx: Context, found: Found) -> None:
    """Raise NotReadyError when the cycle's dates do not let answers be saved or sent now.

    Call it before a save, before sending for sign-off and before taking anything back; what was
    sent in time may still be signed. The caller has checked who is asking.
    """
    cycle, state = found.cycle, found.assessment.state
    sentence = core.refusal(cycle, state, today(ctx)) if cycle else ""
    if sentence:
        raise NotReadyError(sentence)


def refusal(ctx: Context, assessment_id: str) -> str:
    """Return why answers cannot be saved or sent now, for a page to say; blank when they can."""
    found = stored.of_assessment(ctx.store, assessment_id)
    return core.refusal(*found, today(ctx)) if found else ""

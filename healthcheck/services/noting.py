"""What the person signed in did to a health check, for its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail


def note(
    ctx: Context, kind: str, assessment: Assessment, detail: Mapping[str, Detail] | None = None
) -> None:
    """Write one event, inside the caller's transaction; `kind` is past tense: `topic saved`."""
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.someone().id,
        assessment_id=assessment.id,
        employer_id=assessment.employer.id,
        detail=detail,
    )

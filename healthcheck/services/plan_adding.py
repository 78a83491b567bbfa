"""An action put into a plan, for callers who have made sure that the person may."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from healthcheck.core.plans import Action, Progress
from healthcheck.services.plan_access import BYTES_OF_AN_ID, me, note_event, require_worked
from healthcheck.services.plan_details import accepted, require_links
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Details, Origin
    from healthcheck.services.context import Context


def put_in(  # noqa: PLR0913 - an action is these
    ctx: Context,
    assessment: Assessment,
    details: Details,
    *,
    origin: Origin,
    question_id: str | None = None,
    area_id: str | None = None,
    request_id: str | None = None,
) -> Action:
    """Add an action inside the caller's transaction and return it with its number.

    Raises NotSignedInError, NotFoundError, StepRefusedError and UnacceptableDetailsError.
    """
    require_worked(assessment)
    require_links(ctx, assessment, question_id, area_id, request_id)
    new = Action(
        id=secrets.token_urlsafe(BYTES_OF_AN_ID),
        assessment_id=assessment.id,
        number=0,
        origin=origin,
        details=accepted(ctx, assessment, details),
        progress=Progress(),
        revision=0,
        changed_at=ctx.now,
        changed_by="",
        created_at=ctx.now,
        question_id=question_id,
        area_id=None if question_id else area_id,
        request_id=request_id,
    )
    added = stored.add(ctx.store, new, by=me(ctx), now=ctx.now)
    note_event(ctx, assessment, "action added", added)
    return added

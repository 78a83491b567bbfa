"""What becomes of the reviews that somebody has claimed when they can no longer review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission, can
from healthcheck.storage import events, reviews, roles

if TYPE_CHECKING:
    from healthcheck.services.context import Context


def let_go(ctx: Context, person_id: str) -> None:
    """Release, inside the caller's transaction, every review a person may no longer do.

    That is all of theirs when they do not review for BASW any more, and otherwise those of the
    employers that they belong to. Call it after their roles have changed.
    """
    if can(roles.at_basw(ctx.store, person_id), Permission.REVIEW):
        belongs_to = roles.employers_of(ctx.store, person_id)
        claimed = [
            each
            for employer, _ in belongs_to
            for each in reviews.claimed_by(ctx.store, person_id, employer.id)
        ]
    else:
        claimed = [*reviews.claimed_by(ctx.store, person_id)]
    for assessment_id in claimed:
        reviews.release(ctx.store, assessment_id)
        events.add(
            ctx.store,
            "review released",
            ctx.now,
            person_id=ctx.person.id if ctx.person else None,
            assessment_id=assessment_id,
            detail={"reviewer": person_id},
        )

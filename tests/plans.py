"""Plans for tests: an action to begin with, and the plan settled so that nothing of it blocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.plans import Delivery, Details, Owner, Progress
from healthcheck.services import proposals

if TYPE_CHECKING:
    from healthcheck.services.context import Context

DETAILS = Details(
    "Agree a scheme.", owner=Owner("Dee Dale", "Head of service"), due=date(2026, 9, 1)
)
AT_RISK = Progress(Delivery.AT_RISK, "The union has not met.", "Meet in May.")
COMPLETE = Progress(Delivery.COMPLETE, evidence="The minutes.", completed=date(2026, 3, 1))
REASON = "We can do nothing about it this year."


def settle(ctx: Context, assessment_id: str) -> None:
    """Decline, as a lead, every proposal that waits for an action or a reason."""
    board = proposals.board(ctx, assessment_id)
    for each in board.proposals:
        if not each.is_settled:
            proposals.decline(ctx, assessment_id, each.question.id, each.level, REASON)

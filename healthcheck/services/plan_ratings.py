"""The loop closed: whether a completed action changed the rating that it was for.

The new rating is an update during the year. What was submitted stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import plan_ratings as core
from healthcheck.core import plan_rules as rules
from healthcheck.core.errors import NotFoundError, NotReadyError, UnacceptableDetailsError
from healthcheck.core.plans import Delivery, LevelUpdate
from healthcheck.core.questionnaires import Rating
from healthcheck.services.opening import open_one
from healthcheck.services.plan_access import action_of, changeable, note_event, require_here
from healthcheck.storage import plan_decisions
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from healthcheck.services.context import Context


def record(
    ctx: Context, assessment_id: str, action_id: str, typed_level: str, note: str
) -> LevelUpdate:
    """Record the rating of an action's question now that the action is complete, and return it.

    The same rating as before says that it has not changed. Raises NotSignedInError, NotFoundError,
    NotAllowedError, StepRefusedError, NotReadyError unless the action is complete, and
    UnacceptableDetailsError.
    """
    with ctx.store.writing():
        found = changeable(ctx, assessment_id)
        action = action_of(ctx, assessment_id, action_id)
        require_here(ctx, action)
        opened = open_one(ctx, found)
        question = opened.questionnaire.questions.get(action.question_id or "")
        if not isinstance(question, Rating):
            raise NotFoundError("This action is for no question that has a rating.")
        if action.progress.delivery is not Delivery.COMPLETE:
            raise NotReadyError(f"{action.reference} is not complete yet.")
        plan = stored.plans_of(ctx.store, assessment_id)[assessment_id]
        before = core.level_now(plan, opened.journey, question.id)
        after = next((each for each in question.descriptors if str(each) == typed_level), None)
        if after is None:
            raise UnacceptableDetailsError("Choose the rating that is true now.")
        problem = core.note_problem(before, after, note)
        if problem:
            raise UnacceptableDetailsError(problem)
        update = LevelUpdate(
            question.id,
            action.id,
            before,
            after,
            rules.trimmed(note),
            ctx.someone().name,
            ctx.now,
        )
        plan_decisions.update_level(ctx.store, assessment_id, update, ctx.someone().id)
        note_event(
            ctx,
            found.assessment,
            "rating updated",
            action,
            question=question.id,
            before="none" if before is None else before,
            after=after,
        )
    return update

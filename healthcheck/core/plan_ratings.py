"""Ratings that actions changed during the year, beside what was submitted and never over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core.plans import Delivery
from healthcheck.core.questionnaires import Rating

if TYPE_CHECKING:
    from healthcheck.core.journey import Journey
    from healthcheck.core.plans import Action, Plan
    from healthcheck.core.questionnaires import Questionnaire


def to_ask(plan: Plan, questionnaire: Questionnaire) -> tuple[Action, ...]:
    """Return the completed actions of which nobody has said whether the rating has changed."""
    told = {each.action_id for each in plan.updates}
    return tuple(
        each
        for each in plan.actions
        if each.progress.delivery is Delivery.COMPLETE
        and each.id not in told
        and isinstance(questionnaire.questions.get(each.question_id or ""), Rating)
    )


def level_now(plan: Plan, journey: Journey, question_id: str) -> int | None:
    """Return the level of a rating: the newest of the year, else that of the answer, if any."""
    newer = [each.after for each in plan.updates if each.question_id == question_id]
    if newer:
        return newer[-1]
    standing = journey[question_id]
    value = standing.value if standing.is_answered else None
    return value if isinstance(value, int) else None


def note_problem(before: int | None, after: int, note: str) -> str | None:
    """Return why a new rating's note cannot be taken; one that changed nothing needs no note."""
    if before == after:
        return rules.note_problem(note)
    return rules.reason_problem(note, "Say what shows that the rating has changed.")

"""What weak answers propose to a plan, and which of them still wait for an action or a reason.

A weak answer is one at or below the questionnaire's threshold for improvement. It is settled by an
action that was not cancelled, or by a reason for no action; the reason counts at the level it was
given at and above, so when the answer gets weaker the question is open again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.plans import Delivery, Details, Owner, Priority
from healthcheck.core.questionnaires import Rating
from healthcheck.core.scoring import ZERO, earned_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.guidance import Improvement
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.plans import Action, Declined, Plan
    from healthcheck.core.questionnaires import Question, Questionnaire
    from healthcheck.core.scoring import Earned

QUICK_DAYS = 30
"""The most days a quick win is given; the questionnaire's days are those of the longer step."""


class Step(Enum):
    """What can be adopted of a proposal; the value is the words of its tick box."""

    QUICK_WIN = "Quick win"
    LONGER_STEP = "Longer step"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One weak answer with what the questionnaire proposes, and what was decided about it.

    `advice` is None where the questionnaire proposes nothing; the answer is weak all the same.
    `actions` are those that tackle it, cancelled ones among them.
    """

    question: Question
    level: int
    advice: Improvement | None
    actions: tuple[Action, ...] = ()
    declined: Declined | None = None

    @property
    def is_settled(self) -> bool:
        """Say whether there is an action for it, or a reason for none."""
        return self.is_declined or any(is_standing(each) for each in self.actions)

    @property
    def is_declined(self) -> bool:
        """Say whether a reason for no action stands at the level the answer has now."""
        return self.declined is not None and self.level >= self.declined.level

    @property
    def was_declined_higher(self) -> bool:
        """Say whether a reason was given when the answer was stronger, and counts no more."""
        return self.declined is not None and not self.is_declined


def is_standing(action: Action) -> bool:
    """Say whether an action was not cancelled."""
    return action.progress.delivery is not Delivery.CANCELLED


def proposals(questionnaire: Questionnaire, journey: Journey, plan: Plan) -> tuple[Proposal, ...]:
    """Return a proposal for every weak answer, in the order of the file."""
    threshold = questionnaire.roll_up.improve_to
    scored = (each.id for area in questionnaire.areas for each in area.questions)
    earned = (earned_by(questionnaire, journey[each]) for each in scored)
    return tuple(
        _proposal(journey[each.question.id], each, plan)
        for each in earned
        if each is not None and each.share <= threshold
    )


def to_settle(found: Iterable[Proposal]) -> tuple[str, ...]:
    """Return the questions that have neither an action nor a reason for none."""
    return tuple(each.question.id for each in found if not each.is_settled)


def undated(plan: Plan) -> tuple[Action, ...]:
    """Return the open actions that have neither a due date nor a reason for having none."""
    return tuple(each for each in plan.actions if each.is_open and each.lacks_date)


def details(proposal: Proposal, step: Step, today: date) -> Details:
    """Return a proposal's step as the details of an action, for a person to take or to edit.

    The usual owner's role stands for the owner until somebody names one. Without advice, only the
    words to be written are missing.
    """
    advice = proposal.advice
    if advice is None:
        return Details("", priority=_priority(proposal))
    quick = step is Step.QUICK_WIN
    days = min(advice.days, QUICK_DAYS) if quick else advice.days
    return Details(
        action=advice.quick_win if quick else advice.longer_step,
        finding=advice.finding,
        measure=advice.measure,
        owner=Owner(role=advice.owner),
        due=today + timedelta(days=days),
        priority=_priority(proposal),
    )


def level_of(questionnaire: Questionnaire, standing: Standing) -> int | None:
    """Return the level of an answer that earns points, None when it has none.

    A rating has its own; for anything else it is the place of its points among those it can earn,
    from 0.
    """
    earned = earned_by(questionnaire, standing)
    return None if earned is None else _level(standing, earned)


def _proposal(standing: Standing, earned: Earned, plan: Plan) -> Proposal:
    question = standing.question
    level = _level(standing, earned)
    return Proposal(
        question,
        level,
        question.improve.get(level) if isinstance(question, Rating) else None,
        tuple(each for each in plan.actions if each.question_id == question.id),
        plan.declined.get(question.id),
    )


def _level(standing: Standing, earned: Earned) -> int:
    question = standing.question
    if isinstance(question, Rating) and isinstance(standing.value, int):
        return standing.value
    points = {ZERO, *(row.points for row in question.score_when)}
    return sorted(points).index(earned.points)


def _priority(proposal: Proposal) -> Priority:
    question = proposal.question
    return Priority.HIGH if question.essential else Priority.MEDIUM

"""The biggest risks of a plan: which five things elected members should hear of first, and why.

The order, the first difference deciding: what is off track, then at risk, then overdue, then a weak
answer that nobody is tackling, then a weak answer whose action is on track. Among equals, essential
questions come first because they hold down a whole area, then the answer that earned the least,
then the priority the lead gave, then the nearest due date. A question is named once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from healthcheck.core.plans import Delivery, Priority, is_overdue
from healthcheck.core.questionnaires import Rating
from healthcheck.core.scoring import earned_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthcheck.core.journey import Journey
    from healthcheck.core.plans import Action, LevelUpdate
    from healthcheck.core.questionnaires import Question, Questionnaire

MOST = 5
ALL = Fraction(1)


class Trouble(IntEnum):
    """What makes something a risk, the gravest first."""

    OFF_TRACK = 0
    AT_RISK = 1
    OVERDUE = 2
    NO_ACTION = 3
    STILL_WEAK = 4
    NONE = 5


@dataclass(frozen=True, slots=True)
class Weakness:
    """A question with the level it stands at now, and the share of its points it earns, 0 to 1."""

    question: Question
    level: int | None
    share: Fraction


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: a weak question, an action in trouble, or both; one of the two is always there.

    `action` is the one in the deepest trouble; `others` counts the question's other open actions.
    """

    trouble: Trouble
    weakness: Weakness | None
    action: Action | None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Ratings:
    """What each question has earned, with the ratings that changed since the answers were given."""

    questionnaire: Questionnaire
    journey: Journey
    updates: tuple[LevelUpdate, ...] = ()

    def of(self, question_id: str | None) -> Weakness | None:
        """Return where a question stands now; None where it earns nothing and cannot be weak."""
        standing = self.journey.get(question_id or "")
        earned = earned_by(self.questionnaire, standing) if standing else None
        if standing is None or earned is None:
            return None
        question = earned.question
        if not isinstance(question, Rating):
            return Weakness(question, None, earned.share)
        newer = [each.after for each in self.updates if each.question_id == question.id]
        level = newer[-1] if newer else int(standing.value)  # type: ignore[arg-type]
        points = self.questionnaire.levels[level].points
        return Weakness(question, level, points / earned.maximum)

    def is_weak(self, found: Weakness | None) -> bool:
        """Say whether an answer is an area for improvement."""
        return found is not None and found.share <= self.questionnaire.roll_up.improve_to


def biggest_risks(
    ratings: Ratings,
    actions: Iterable[Action],
    today: date,
    *,
    is_whole: bool = True,
) -> tuple[Risk, ...]:
    """Return at most five risks, the biggest first.

    `actions` are all of the plan or those a manager chose; weak answers that no action tackles are
    among the risks only for the whole plan, because a choice of actions says nothing of them.
    """
    working = [each for each in actions if each.is_open]
    found = [*_of_actions(ratings, working, today)]
    if is_whole:
        tackled = {each.question_id for each in working}
        found += _of_questions(ratings, tackled)
    risks = (each for each in found if each.trouble is not Trouble.NONE)
    return tuple(sorted(risks, key=_order)[:MOST])


def trouble_of(action: Action, today: date, *, is_weak: bool) -> Trouble:
    """Return what makes an open action a risk; one on track is none once its answer is not weak."""
    if action.progress.delivery is Delivery.OFF_TRACK:
        return Trouble.OFF_TRACK
    if action.progress.delivery is Delivery.AT_RISK:
        return Trouble.AT_RISK
    if is_overdue(action, today):
        return Trouble.OVERDUE
    return Trouble.STILL_WEAK if is_weak else Trouble.NONE


def _of_actions(ratings: Ratings, working: list[Action], today: date) -> Iterator[Risk]:
    """Yield one risk a question, and one for each action that belongs to none."""
    ordered = sorted(working, key=lambda each: (each.question_id or "", each.number))
    for _, group in groupby(ordered, key=lambda each: each.question_id or each.id):
        members = list(group)
        weakness = ratings.of(members[0].question_id)
        is_weak = ratings.is_weak(weakness)
        risks = [
            Risk(trouble_of(each, today, is_weak=is_weak), weakness, each, len(members) - 1)
            for each in members
        ]
        yield min(risks, key=_order)


def _of_questions(ratings: Ratings, tackled: set[str | None]) -> Iterator[Risk]:
    for question_id in ratings.journey:
        weakness = ratings.of(question_id)
        if question_id not in tackled and ratings.is_weak(weakness):
            yield Risk(Trouble.NO_ACTION, weakness, None)


def _order(risk: Risk) -> tuple[Trouble, bool, Fraction, int, date, int]:
    weakness, action = risk.weakness, risk.action
    return (
        risk.trouble,
        not (weakness is not None and weakness.question.essential),
        weakness.share if weakness else ALL,
        _place(action),
        action.details.due or date.max if action else date.max,
        action.number if action else 0,
    )


def _place(action: Action | None) -> int:
    order = list(Priority)
    return len(order) if action is None else order.index(action.details.priority)

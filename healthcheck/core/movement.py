"""Last year beside this year: what moved, and where the two cannot be compared.

A score is compared only when it was worked out in the same way both times: the same questions, with
the same answers to choose from and the same points. Other words alone do not prevent it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.consistency import before
from healthcheck.core.edition_parts import Kind, parts_of_question
from healthcheck.core.editions import old_id
from healthcheck.core.journey import figure
from healthcheck.core.questionnaires import Calculated, Number, Percentage, Rating, is_scored
from healthcheck.core.scoring import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Area, Question, Questionnaire
    from healthcheck.core.scoring import AreaScore


ANSWERS = frozenset({"type", "descriptors", "options", "unit", "calculate"})
"""The parts of a question that decide what an answer to it means."""


class Moved(Enum):
    """What became of a score or an answer; the value is the word for it."""

    UP = "up"
    DOWN = "down"
    SAME = "no change"
    CHANGED = "changed"
    NEW = "new"
    NO_ANSWER = "no answer to compare"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Step:
    """One health check of the two: its edition in the employer's words, and its answers."""

    questionnaire: Questionnaire
    journey: Journey


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """A score then and now; `area_id` is None for the overall score, and None stands for no score.

    `why_not` says in whole sentences why the two cannot be compared.
    """

    area_id: str | None
    then: int | None
    now: int | None
    moved: Moved
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerMove:
    """A question's standing then and now; `by` is the difference in levels or in its unit.

    `is_reworded` says that it can be compared though its words are others.
    """

    now: Standing
    then: Standing | None
    moved: Moved
    by: Fraction = Fraction(0)
    is_reworded: bool = False


@dataclass(frozen=True, slots=True)
class Movement:
    """Everything that moved between two health checks, in the order of the newer edition.

    `gone` are the questions that were answered then and are not asked any more.
    """

    overall: ScoreMove
    areas: tuple[ScoreMove, ...]
    answers: Mapping[str, AnswerMove]
    gone: tuple[Standing, ...]


def movement(then: Step, now: Step) -> Movement:
    """Return what moved from one health check to a later one."""
    earlier = score(then.questionnaire, then.journey)
    card = score(now.questionnaire, now.journey)
    scores = {each.area.id: each for each in earlier.areas}
    why = {each.area.id: _why_not(then, now, each.area) for each in card.areas}
    whole = _why_not_overall(then, now, why)
    kept = {old_id(each, then.journey) for each in now.questionnaire.questions.values()}
    return Movement(
        ScoreMove(None, earlier.score, card.score, *_score_moved(earlier.score, card.score, whole)),
        tuple(_area_move(scores.get(each.area.id), each, why[each.area.id]) for each in card.areas),
        {
            name: _answer_move(then, now, standing)
            for name, standing in now.journey.items()
            if standing.is_visible
        },
        tuple(
            standing
            for name, standing in then.journey.items()
            if name not in kept and standing.is_visible and standing.answer.is_complete
        ),
    )


def _area_move(then: AreaScore | None, now: AreaScore, why_not: tuple[str, ...]) -> ScoreMove:
    earlier = then.score if then else None
    return ScoreMove(now.area.id, earlier, now.score, *_score_moved(earlier, now.score, why_not))


def _score_moved(
    then: int | None, now: int | None, why_not: tuple[str, ...]
) -> tuple[Moved, tuple[str, ...]]:
    if then is None or now is None:
        return Moved.NO_ANSWER, ()
    if why_not:
        return Moved.NOT_COMPARABLE, why_not
    return _direction(Fraction(now - then)), ()


def _direction(by: Fraction) -> Moved:
    if not by:
        return Moved.SAME
    return Moved.UP if by > 0 else Moved.DOWN


def _why_not_overall(then: Step, now: Step, why: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return why the overall scores cannot be compared."""
    old, new = then.questionnaire.areas, now.questionnaire.areas
    if [(each.id, each.weight) for each in old] != [(each.id, each.weight) for each in new]:
        return ("The areas, or how much each counts, are others.",)
    if any(why.values()):
        return ("The questions or points of at least one area are others.",)
    return ()


def _why_not(then: Step, now: Step, area: Area) -> tuple[str, ...]:
    """Return why an area's scores cannot be compared, one sentence a reason."""
    if _points(then.questionnaire) != _points(now.questionnaire):
        return ("The levels or their points are others.",)
    old = next((each for each in then.questionnaire.areas if each.id == area.id), None)
    if old is None:
        return ("This area is new.",)
    scored = {each.id: each for each in area.questions if is_scored(each)}
    earlier = {each.id: each for each in old.questions if is_scored(each)}
    pairs = {name: old_id(each, earlier) for name, each in scored.items()}
    new = sum(was is None for was in pairs.values())
    gone = len(earlier.keys() - set(pairs.values()))
    changed = sum(
        was is not None and not _counts_the_same(earlier[was], scored[name])
        for name, was in pairs.items()
    )
    counts = ((new, "new"), (gone, "gone"), (changed, "answered or scored in another way"))
    return tuple(
        f"{many} scored {'question is' if many == 1 else 'questions are'} {what}."
        for many, what in counts
        if many
    )


def _points(questionnaire: Questionnaire) -> list[tuple[int, Fraction]]:
    return [(level.number, level.points) for level in questionnaire.scale]


def _counts_the_same(old: Question, new: Question) -> bool:
    """Say whether two questions take the same answers for the same points."""
    return _parts(old, Kind.SCORING) == _parts(new, Kind.SCORING) and _same_meaning(old, new)


def _same_meaning(old: Question, new: Question) -> bool:
    return _parts(old, Kind.MEANING) == _parts(new, Kind.MEANING)


def _parts(question: Question, kind: Kind) -> dict[str, str]:
    return {
        name: " ".join(words.split())
        for name, (its_kind, words) in parts_of_question(question).items()
        if its_kind is kind and (kind is Kind.SCORING or name.split(",")[0] in ANSWERS)
    }


def _answer_move(then: Step, now: Step, standing: Standing) -> AnswerMove:
    question = standing.question
    earlier = before(question, then.journey)
    if earlier is None:
        return AnswerMove(standing, None, Moved.NEW)
    old = earlier.question
    same_scale = not isinstance(question, Rating) or _points(then.questionnaire) == _points(
        now.questionnaire
    )
    reworded = " ".join(old.text.split()) != " ".join(question.text.split())
    if not same_scale or not _same_meaning(old, question):
        return AnswerMove(standing, earlier, Moved.NOT_COMPARABLE, is_reworded=reworded)
    if standing.is_not_applicable and earlier.is_not_applicable:
        return AnswerMove(standing, earlier, Moved.SAME, is_reworded=reworded)
    if not (standing.is_answered and earlier.is_answered):
        return AnswerMove(standing, earlier, Moved.NO_ANSWER, is_reworded=reworded)
    if isinstance(question, Rating | Number | Percentage | Calculated):
        by = (figure(standing) or Fraction(0)) - (figure(earlier) or Fraction(0))
        return AnswerMove(standing, earlier, _direction(by), by, reworded)
    moved = Moved.SAME if standing.value == earlier.value else Moved.CHANGED
    return AnswerMove(standing, earlier, moved, is_reworded=reworded)

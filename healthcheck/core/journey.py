"""Where an assessment stands: which questions are shown, which are answered, what comes next.

One walk in file order serves the pages, the progress counts, the score and the report, so they can
never disagree about what is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from healthcheck.core import calculations
from healthcheck.core.answers import Answer, Value, comparable
from healthcheck.core.conditions import (
    NOT_YET,
    Comparable,
    NotYet,
    Truth,
    evaluate,
)
from healthcheck.core.facts import EVERYONE, Facts
from healthcheck.core.questionnaires import Calculated, Question, Questionnaire, Rating

NO_ANSWER = Answer()


class Visibility(Enum):
    """Whether a question is asked; undetermined means an earlier answer will decide."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    UNDETERMINED = "undetermined"


class Status(Enum):
    """How far a section or topic has come, in the words pages show."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETED = "Completed"


SHOWN: Mapping[Truth, Visibility] = {
    Truth.TRUE: Visibility.VISIBLE,
    Truth.FALSE: Visibility.HIDDEN,
    Truth.UNKNOWN: Visibility.UNDETERMINED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One question's place in one assessment; `value` is also the result of a calculated figure."""

    question: Question
    visibility: Visibility
    answer: Answer
    value: Value | Fraction | None

    @property
    def is_visible(self) -> bool:
        """Say whether the question is asked."""
        return self.visibility is Visibility.VISIBLE

    @property
    def is_not_applicable(self) -> bool:
        """Say whether it is asked and was set aside with a reason."""
        return self.is_visible and self.answer.not_applicable is not None

    @property
    def is_answered(self) -> bool:
        """Say whether it is asked and has a value."""
        return self.is_visible and self.value is not None

    @property
    def is_wanted(self) -> bool:
        """Say whether it is asked of a person and needs an answer for completeness."""
        return (
            self.is_visible
            and not self.question.optional
            and not isinstance(self.question, Calculated)
        )

    @property
    def is_unanswered(self) -> bool:
        """Say whether it is wanted and still needs an answer or a reason."""
        return self.is_wanted and self.value is None and self.answer.not_applicable is None


Journey = Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Progress:
    """Questions answered (or set aside with a reason) out of all that may be asked.

    `to_correct` counts those with a part that is not valid yet; such an answer may count as given.
    """

    answered: int
    of: int
    started: bool
    to_correct: int = 0

    @property
    def status(self) -> Status:
        """Return the status in the words pages show."""
        if self.answered == self.of and not self.to_correct:
            return Status.COMPLETED
        return Status.IN_PROGRESS if self.started else Status.NOT_STARTED


def walk(questionnaire: Questionnaire, facts: Facts, answers: Mapping[str, Answer]) -> Journey:
    """Return the standing of every question by id, in the order of the file."""
    journey: dict[str, Standing] = {}

    def value_of(question_id: str) -> Comparable | NotYet:
        return known(journey, question_id)

    def figure_of(question_id: str) -> Fraction | None:
        return figure(journey[question_id])

    for question in questionnaire.questions.values():
        answer = answers.get(question.id, NO_ANSWER)
        if question.applies_to is not EVERYONE and not question.applies_to.includes(facts):
            visibility = Visibility.HIDDEN
        elif question.show_when is None:
            visibility = Visibility.VISIBLE
        else:
            visibility = SHOWN[evaluate(question.show_when, facts, value_of)]
        value: Value | Fraction | None = answer.value
        if isinstance(question, Calculated):
            value = calculations.calculate(question.calculation, figure_of)
        journey[question.id] = Standing(question, visibility, answer, value)
    return journey


def walk_again(
    before: Journey,
    questionnaire: Questionnaire,
    facts: Facts,
    changed: Mapping[str, Answer],
) -> Journey:
    """Return the journey after these answers changed.

    When nothing depends on them, only their own standings are new.
    """
    if not questionnaire.depended_on.isdisjoint(changed):
        answers = {question_id: standing.answer for question_id, standing in before.items()}
        return walk(questionnaire, facts, answers | dict(changed))
    new = {
        question_id: Standing(then.question, then.visibility, answer, answer.value)
        for question_id, answer in changed.items()
        if (then := before.get(question_id))
    }
    return {**before, **new}


def known(journey: Journey, question_id: str) -> Comparable | NotYet:
    """Return a value as conditions see it: None when settled without one, NOT_YET before that."""
    standing = journey[question_id]
    question = standing.question
    if standing.visibility is Visibility.HIDDEN or standing.answer.not_applicable is not None:
        return None
    if standing.visibility is Visibility.UNDETERMINED:
        return NOT_YET
    if standing.value is not None:
        return comparable(standing.value)
    if isinstance(question, Calculated):
        operands = question.calculation.operands
        parts = [known(journey, each) for each in operands if isinstance(each, str)]
        return None if None in parts or NOT_YET not in parts else NOT_YET
    return None if question.optional else NOT_YET


def figure(standing: Standing) -> Fraction | None:
    """Return the number a question has, None when it has none or is not asked."""
    value = standing.value
    if not standing.is_answered or not isinstance(value, int | Decimal | Fraction):
        return None
    return Fraction(value)


def progress(
    journey: Journey, questions: Iterable[Question], faulty: Collection[str] = ()
) -> Progress:
    """Return how many of these questions are done; those undetermined count as still to do.

    `faulty` are the ids of the questions with a part that is not valid yet.
    """
    answered = possible = to_correct = 0
    started = False
    for question in questions:
        standing = journey[question.id]
        if standing.visibility is Visibility.HIDDEN or isinstance(question, Calculated):
            continue
        done = standing.is_visible and standing.answer.is_complete
        wrong = standing.is_visible and question.id in faulty
        to_correct += wrong
        started = started or done or wrong or standing.answer.has_evidence
        if not question.optional:
            possible += 1
            answered += done
    return Progress(answered, possible, started, to_correct)


def unanswered(journey: Journey) -> tuple[str, ...]:
    """Return the ids of the questions that still need an answer, in the order of the file."""
    return tuple(each for each, standing in journey.items() if standing.is_unanswered)


def lacks_evidence(standing: Standing) -> bool:
    """Say whether the level chosen asks for evidence and none was given."""
    guide = standing.question.evidence
    return (
        guide is not None
        and guide.required_from is not None
        and standing.is_answered
        and isinstance(standing.question, Rating)
        and isinstance(standing.value, int)
        and standing.value >= guide.required_from
        and not standing.answer.has_evidence
    )


def out_of_range(standing: Standing) -> bool:
    """Say whether a figure was worked out to be more, or less, than its question says it can be.

    The exact result is judged, before any rounding. The figures behind it are then worth a check.
    """
    question, value = standing.question, standing.value
    if not isinstance(question, Calculated) or not isinstance(value, Fraction):
        return False
    below = question.minimum is not None and value < question.minimum
    above = question.maximum is not None and value > question.maximum
    return standing.is_visible and (below or above)

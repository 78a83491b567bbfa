"""Tiny questionnaires for tests: an area of questions, the usual scale and bands, some answers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer
from healthcheck.core.conditions import OverQuestion
from healthcheck.core.facts import Facts
from healthcheck.core.journey import walk
from healthcheck.core.scoring import score

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from healthcheck.core.answers import Value
    from healthcheck.core.conditions import Operator
    from healthcheck.core.journey import Journey
    from healthcheck.core.scoring import Scorecard

FACTS = Facts(service="childrens", nation="england", employer_type="council")
SCALE = tuple(
    q.Level(number, name, Fraction(number))
    for number, name in enumerate(("Not in place", "Partly in place", "In place", "Embedded"))
)
LOW, MODERATE, HIGH = BANDS = (
    q.Band("Low", 0, "Much is missing."),
    q.Band("Moderate", 51, "A good part is in place."),
    q.Band("High", 75, "Most is in place."),
)
ROLL_UP = q.RollUp(Fraction(2, 3), Fraction(1, 3), "The mean of the area scores.")
NOT_APPLICABLE = Answer(not_applicable="We have no such team.")


def rating(question_id: str, **more: Any) -> q.Rating:
    """Return a rating on all four levels."""
    more.setdefault("descriptors", {level.number: level.name for level in SCALE})
    return q.Rating(id=question_id, text=f"Question {question_id}", **_exact(more))


def essential(question_id: str, caps_at: str = "Low", **more: Any) -> q.Rating:
    """Return a rating that caps its area's band while it stands at level 0."""
    return rating(question_id, essential=True, caps_at=caps_at, **more)


def yes_no(question_id: str, **more: Any) -> q.YesNo:
    """Return a question answered yes or no."""
    return q.YesNo(id=question_id, text=f"Question {question_id}", **more)


def number(question_id: str, **more: Any) -> q.Number:
    """Return a question answered with a number."""
    return q.Number(id=question_id, text=f"Question {question_id}", **_exact(more))


def calculated(question_id: str, operation: Any, *operands: str | int, **more: Any) -> q.Calculated:
    """Return a figure worked out from other questions, by id, and whole numbers."""
    parts = tuple(each if isinstance(each, str) else Fraction(each) for each in operands)
    return q.Calculated(
        id=question_id,
        text=f"Question {question_id}",
        calculation=q.Calculation(operation, parts),
        **_exact(more),
    )


def choice(question_id: str, *options: str, **more: Any) -> q.Choice:
    """Return a question answered with one of these option ids."""
    listed = tuple(q.Option(each, each.capitalize()) for each in options)
    return q.Choice(id=question_id, text=f"Question {question_id}", options=listed, **more)


def multiple_choice(question_id: str, *options: str, alone: str = "", **more: Any) -> q.Question:
    """Return a question answered with any of these option ids, `alone` never beside another."""
    listed = tuple(q.Option(each, each.capitalize(), exclusive=each == alone) for each in options)
    return q.MultipleChoice(id=question_id, text=f"Question {question_id}", options=listed, **more)


def at_least(limit: int, points: int) -> q.Threshold:
    """Return a `score_when` row for numbers from a limit upwards."""
    return q.Threshold("at_least", Fraction(limit), Fraction(points))


def at_most(limit: int, points: int) -> q.Threshold:
    """Return a `score_when` row for numbers up to a limit."""
    return q.Threshold("at_most", Fraction(limit), Fraction(points))


def over(question_id: str, operator: Operator, *operand: str) -> OverQuestion:
    """Return a condition on one earlier answer."""
    return OverQuestion(question_id, operator, operand)


def area(area_id: str, *questions: q.Question, weight: Fraction | int = 1) -> q.Area:
    """Return an area with all its questions in one topic."""
    topic = q.Topic(f"{area_id}-topic", f"Topic of {area_id}", questions)
    return q.Area(area_id, f"Area {area_id}", "", (topic,), Fraction(weight))


def questionnaire(*parts: q.Area | q.Question, **more: Any) -> q.Questionnaire:
    """Return a questionnaire of these areas; loose questions share the area `one`."""
    areas = tuple(each for each in parts if isinstance(each, q.Area))
    loose = tuple(each for each in parts if not isinstance(each, q.Area))
    if loose:
        areas = (area("one", *loose), *areas)
    settings: dict[str, Any] = {"scale": SCALE, "bands": BANDS, "roll_up": ROLL_UP}
    return q.Questionnaire(
        id="tiny",
        edition="1",
        title="Tiny",
        about="",
        source="",
        areas=areas,
        **(settings | more),
    )


def answered(values: Mapping[str, Value | Answer]) -> dict[str, Answer]:
    """Return answers from plain values; a whole Answer stays as it is."""
    return {
        each: value if isinstance(value, Answer) else Answer(value)
        for each, value in values.items()
    }


def journey(
    asked: q.Questionnaire, values: Mapping[str, Value | Answer], facts: Facts = FACTS
) -> Journey:
    """Return the walk through a questionnaire with these values."""
    return walk(asked, facts, answered(values))


def scored(asked: q.Questionnaire, values: Mapping[str, Value | Answer]) -> Scorecard:
    """Return the scorecard of these values."""
    return score(asked, journey(asked, values))


def figure(text: str) -> Decimal:
    """Return a number as it is stored."""
    return Decimal(text)


def _exact(more: dict[str, Any]) -> dict[str, Any]:
    if "weight" in more:
        more["weight"] = Fraction(more["weight"])
    return more

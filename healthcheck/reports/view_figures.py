"""Workforce figures in words: how each was worked out, and published figures to read beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.journey import out_of_range
from healthcheck.reports import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Value
    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.reports.parts import Pointer

from healthcheck.reports.parts import Comparison

OPERATIONS = {
    "sum": " plus ",
    "difference": " minus ",
    "product": " times ",
    "ratio": " divided by ",
    "percentage_of": " as a percentage of ",
}
DIVISIONS = frozenset({"ratio", "percentage_of"})


def comparisons(
    question: q.Question, facts: Facts, value: Value | Fraction | None, decimals: int
) -> tuple[Comparison, ...]:
    """Return the published figures that fit the assessment's facts, beside the value given."""
    own = None
    if isinstance(value, Decimal | Fraction):
        own = words.rounded(Fraction(value), decimals)
    unit = _short_unit(question)
    return tuple(
        Comparison(
            each.label,
            words.with_unit(words.as_written(each.value), unit),
            _spread(each, unit),
            _standing(each, own),
            "" if str(each.date.year) in each.label else words.day(each.date),
            each.source,
        )
        for each in question.comparators
        if each.applies_to.includes(facts)
    )


def formula(question: q.Question, pointers: Mapping[str, Pointer]) -> str:
    """Return how a figure is worked out, such as "F2 as a percentage of F3"; else blank."""
    if not isinstance(question, q.Calculated):
        return ""
    calculation = question.calculation
    return OPERATIONS[calculation.operation].join(
        pointers[each].number if isinstance(each, str) else words.trimmed(each)
        for each in calculation.operands
    )


def how_worked_out(question: q.Question, journey: Journey, pointers: Mapping[str, Pointer]) -> str:
    """Return a sentence on how a figure was worked out, or why it could not be; else blank."""
    if not isinstance(question, q.Calculated):
        return ""
    calculation = question.calculation
    named = [each for each in calculation.operands if isinstance(each, str)]
    absent = [pointers[each].number for each in named if not _has_figure(journey, each)]
    rule = formula(question, pointers)
    if absent:
        return f"{rule}. Not available, because there is no figure for {words.listed(absent)}."
    if calculation.operation in DIVISIONS and journey[question.id].value is None:
        return f"{rule}. Not available, because nothing can be divided by 0."
    return f"{rule}."


def doubt(standing: Standing) -> str:
    """Return a sentence when a figure came out as more, or less, than it can be; else blank."""
    question = standing.question
    if not isinstance(question, q.Calculated) or not out_of_range(standing):
        return ""
    unit = _short_unit(question)
    limits = [
        f"{words.with_unit(words.as_written(limit), unit)} or {way}"
        for limit, way in ((question.minimum, "more"), (question.maximum, "less"))
        if limit is not None
    ]
    return f"Check the figures this comes from: it should be {words.listed(limits)}."


def _has_figure(journey: Journey, question_id: str) -> bool:
    standing = journey[question_id]
    return standing.is_answered and not standing.is_not_applicable


def _short_unit(question: q.Question) -> str:
    """Return only a percent sign: other units stand beside the employer's own figure."""
    percent = isinstance(question, q.Percentage) or (
        isinstance(question, q.Number | q.Calculated) and question.unit == "%"
    )
    return "%" if percent else ""


def _spread(comparator: q.Comparator, unit: str) -> str:
    low, middle, high = comparator.low, comparator.middle, comparator.high
    if low is None or middle is None or high is None:
        return ""

    def say(value: Decimal) -> str:
        return words.with_unit(words.as_written(value), unit)

    return (
        f"One in five of them is at {say(low)} or less, the middle one at {say(middle)}, "
        f"and one in five at {say(high)} or more."
    )


def _standing(comparator: q.Comparator, own: Fraction | None) -> str:
    if own is None:
        return ""
    if comparator.high is not None and own >= comparator.high:
        return "The employer’s figure is among the highest fifth."
    if comparator.low is not None and own <= comparator.low:
        return "The employer’s figure is among the lowest fifth."
    if comparator.low is not None:
        return "The employer’s figure is in the middle three fifths."
    if own == Fraction(comparator.value):
        return "The employer’s figure is the same."
    return (
        "The employer’s figure is higher."
        if own > comparator.value
        else "The employer’s figure is lower."
    )

"""Which tests a condition may make of each question type, and of which values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.definitions.checks.samples import bounds
from healthcheck.definitions.checks.subject import TYPES
from healthcheck.definitions.problems import both, hint, shown
from healthcheck.definitions.scalars import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from healthcheck.core.conditions import Operator, OverQuestion

CHOSEN: tuple[Operator, ...] = ("is", "is_any_of", "answered")
COMPARED: tuple[Operator, ...] = ("is", "is_any_of", "at_least", "at_most", "answered")
WRITTEN: tuple[Operator, ...] = ("answered",)
OPERATORS: Mapping[type[q.Question], tuple[Operator, ...]] = {
    q.Rating: COMPARED,
    q.Choice: CHOSEN,
    q.MultipleChoice: CHOSEN,
    q.YesNo: CHOSEN,
    q.Number: COMPARED,
    q.Percentage: COMPARED,
    q.Date: WRITTEN,
    q.ShortText: WRITTEN,
    q.LongText: WRITTEN,
    q.Calculated: COMPARED,
}
IN_WORDS = {"at_least": "at least ", "at_most": "at most "}


def misuse(test: OverQuestion, target: q.Question, levels: Iterable[int]) -> Iterator[str]:
    """Yield a sentence for everything in a test that does not fit the question it looks at."""
    if test.operator not in OPERATORS[type(target)]:
        allowed = both(OPERATORS[type(target)])
        yield (
            f"“{test.operator}” does not fit {shown(target.id)}, which is a "
            f"{TYPES[type(target)]} question. Allowed: {allowed}."
        )
        return
    for operand in test.operand:
        if isinstance(target, q.Number | q.Percentage | q.Calculated):
            yield from _out_of_bounds(test.operator, operand, target)
        else:
            known = _answers(target, levels)
            if operand not in known:
                yield f"{shown(target.id)} can never be {shown(operand)}.{hint(operand, known)}"


def _answers(target: q.Question, levels: Iterable[int]) -> list[str]:
    """Return the answers that a test of a question may name."""
    if isinstance(target, q.Rating):
        return [str(level) for level in levels]
    if isinstance(target, q.Choice | q.MultipleChoice):
        return [option.id for option in target.options]
    return ["yes", "no"]


def _out_of_bounds(operator: Operator, operand: str, target: q.Question) -> Iterator[str]:
    if not NUMBER.fullmatch(operand):
        yield f"{shown(target.id)} is a number and can never be {shown(operand)}."
        return
    lowest, highest = bounds(target)
    number = Fraction(operand)
    wanted = f"{IN_WORDS.get(operator, '')}{operand}"
    if highest is not None and number > highest and operator != "at_most":
        yield f"{shown(target.id)} is at most {highest}: it can never be {wanted}."
    if lowest is not None and number < lowest and operator != "at_least":
        yield f"{shown(target.id)} is at least {lowest}: it can never be {wanted}."

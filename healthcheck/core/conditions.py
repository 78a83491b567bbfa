"""Conditions: when a question is shown, decided from facts and earlier answers.

Three-valued, after Kleene: a condition over an answer that has not been given yet is undetermined,
never guessed. The operators are a closed set held as data; no text from an author is ever run.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, assert_never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthcheck.core.facts import Facts

Operator = Literal["is", "is_any_of", "at_least", "at_most", "answered"]
Comparable = Fraction | frozenset[str] | None
"""A known value as conditions see it: a number, the ids or words chosen, or None for "no value"."""


class Truth(Enum):
    """The three answers a condition can give."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class NotYet(Enum):
    """Stands for the value of a question that may still be answered."""

    KNOWN = "not yet known"


NOT_YET = NotYet.KNOWN


@dataclass(frozen=True, slots=True)
class OverQuestion:
    """A test of one earlier answer."""

    question: str
    operator: Operator
    operand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverFact:
    """A test of one fact: its id is one of those listed."""

    fact: str
    operand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when at least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false."""

    part: Condition


Condition = OverQuestion | OverFact | All | Any | Not


def evaluate(
    condition: Condition,
    facts: Facts,
    value_of: Callable[[str], Comparable | NotYet],
) -> Truth:
    """Return whether the condition holds; `value_of` gives each earlier question's value.

    `value_of` returns NOT_YET while the question can still be answered, and None when it never
    will be (hidden, or not applicable): then every test of it is false.
    """
    match condition:
        case OverQuestion(question, operator, operand):
            return _test(operator, operand, value_of(question))
        case OverFact(fact, operand):
            return _truth(facts.get(fact) in operand)
        case All(parts):
            return _all([evaluate(part, facts, value_of) for part in parts])
        case Any(parts):
            return negate(_all([negate(evaluate(part, facts, value_of)) for part in parts]))
        case Not(part):
            return negate(evaluate(part, facts, value_of))
        case _ as unhandled:
            assert_never(unhandled)


def negate(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    match truth:
        case Truth.TRUE:
            return Truth.FALSE
        case Truth.FALSE:
            return Truth.TRUE
        case Truth.UNKNOWN:
            return Truth.UNKNOWN
        case _ as unhandled:
            assert_never(unhandled)


def leaves(condition: Condition) -> Iterator[OverQuestion | OverFact]:
    """Yield every single test in the condition, in the order written."""
    match condition:
        case OverQuestion() | OverFact():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _ as unhandled:
            assert_never(unhandled)


def _test(operator: Operator, operand: tuple[str, ...], value: Comparable | NotYet) -> Truth:
    if value is NotYet.KNOWN:
        return Truth.UNKNOWN
    return _truth(value is not None and _holds(operator, operand, value))


def _holds(operator: Operator, operand: tuple[str, ...], value: Fraction | frozenset[str]) -> bool:
    if operator == "answered":
        return True
    if isinstance(value, frozenset):
        return not value.isdisjoint(operand)
    numbers = [Fraction(Decimal(each)) for each in operand]
    match operator:
        case "is" | "is_any_of":
            return value in numbers
        case "at_least":
            return value >= numbers[0]
        case "at_most":
            return value <= numbers[0]
        case _ as unhandled:
            assert_never(unhandled)


def _truth(fact: bool) -> Truth:  # noqa: FBT001 - a converter's only argument
    return Truth.TRUE if fact else Truth.FALSE


def _all(truths: list[Truth]) -> Truth:
    if Truth.FALSE in truths:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE

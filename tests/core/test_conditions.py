from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from healthcheck.core.conditions import (
    NOT_YET,
    All,
    Any,
    Comparable,
    Condition,
    Not,
    NotYet,
    Operator,
    OverFact,
    Truth,
    evaluate,
    leaves,
    negate,
)

from .build import FACTS, over

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
STANDING: dict[Truth, Condition] = {
    T: over("given", "answered"),
    F: over("never", "answered"),
    U: over("open", "answered"),
}
VALUES: dict[str, Comparable | NotYet] = {
    "given": Fraction(1),
    "never": None,
    "open": NOT_YET,
    "three": Fraction(3),
    "half": Fraction(1, 2),
    "red": frozenset({"red"}),
    "several": frozenset({"red", "blue"}),
    "3": frozenset({"3"}),
}


def truth(condition: Condition) -> Truth:
    return evaluate(condition, FACTS, VALUES.__getitem__)


def test_not_turns_true_and_false_round_and_leaves_unknown() -> None:
    assert {each: truth(Not(STANDING[each])) for each in Truth} == {T: F, F: T, U: U}
    assert {each: negate(each) for each in Truth} == {T: F, F: T, U: U}


@pytest.mark.parametrize(("one", "other"), list(product(Truth, Truth)))
def test_all_is_kleene_s_and(one: Truth, other: Truth) -> None:
    table = {(T, T): T, (T, U): U, (U, T): U, (U, U): U}

    assert truth(All((STANDING[one], STANDING[other]))) is table.get((one, other), F)


@pytest.mark.parametrize(("one", "other"), list(product(Truth, Truth)))
def test_any_is_kleene_s_or(one: Truth, other: Truth) -> None:
    table = {(F, F): F, (F, U): U, (U, F): U, (U, U): U}

    assert truth(Any((STANDING[one], STANDING[other]))) is table.get((one, other), T)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (over("three", "is", "3"), T),
        (over("three", "is", "3.0"), T),
        (over("three", "is", "4"), F),
        (over("half", "is", "0.5"), T),
        (over("three", "is_any_of", "1", "3"), T),
        (over("three", "is_any_of", "1", "2"), F),
        (over("three", "at_least", "3"), T),
        (over("three", "at_least", "3.01"), F),
        (over("three", "at_most", "3"), T),
        (over("three", "at_most", "2.99"), F),
        (over("three", "answered"), T),
        (over("red", "is", "red"), T),
        (over("red", "is", "blue"), F),
        (over("red", "is_any_of", "blue", "red"), T),
        (over("red", "is_any_of", "blue", "green"), F),
        (over("red", "answered"), T),
        (over("several", "is", "blue"), T),
        (over("several", "is", "green"), F),
        (over("3", "is", "3"), T),
        (over("3", "is", "3.0"), F),
    ],
)
def test_each_operator_over_a_known_value(condition: Condition, expected: Truth) -> None:
    assert truth(condition) is expected


@pytest.mark.parametrize("operator", ["is", "is_any_of", "at_least", "at_most", "answered"])
def test_every_test_of_a_question_that_never_has_a_value_is_false(operator: Operator) -> None:
    assert truth(over("never", operator, "3")) is F


@pytest.mark.parametrize("operator", ["is", "is_any_of", "at_least", "at_most", "answered"])
def test_every_test_of_a_question_still_open_is_unknown(operator: Operator) -> None:
    assert truth(over("open", operator, "3")) is U


def test_facts_are_always_known() -> None:
    assert [
        truth(OverFact("nation", nations)) for nations in (("england", "wales"), ("wales",))
    ] == [
        T,
        F,
    ]


def test_conditions_nest() -> None:
    condition = All((STANDING[T], Not(All((STANDING[T], Any((STANDING[F], STANDING[F])))))))

    assert truth(condition) is T


def test_all_of_nothing_holds_and_any_of_nothing_does_not() -> None:
    assert (truth(All(())), truth(Any(()))) == (T, F)


def test_the_leaves_are_every_single_test_in_order() -> None:
    one, two, three = over("a", "answered"), OverFact("nation", ("wales",)), over("b", "is", "x")

    assert list(leaves(Any((one, Not(All((two, three))))))) == [one, two, three]

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.calculations import calculate
from healthcheck.core.questionnaires import Calculation

if TYPE_CHECKING:
    from typing import Literal

    Operation = Literal["sum", "difference", "product", "ratio", "percentage_of"]

PARTS = {"seven": Fraction(7), "two": Fraction(2), "nought": Fraction(0), "missing": None}


def result(operation: Operation, *operands: str | Fraction) -> Fraction | None:
    return calculate(Calculation(operation, operands), PARTS.__getitem__)


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("sum", Fraction(9)),
        ("difference", Fraction(5)),
        ("product", Fraction(14)),
        ("ratio", Fraction(7, 2)),
        ("percentage_of", Fraction(350)),
    ],
)
def test_each_operation_is_exact(operation: Operation, expected: Fraction) -> None:
    assert result(operation, "seven", "two") == expected


def test_sums_products_and_differences_take_any_number_of_parts() -> None:
    parts = ("seven", "two", Fraction(1, 2))

    assert [result(each, *parts) for each in ("sum", "difference", "product")] == [
        Fraction(19, 2),
        Fraction(9, 2),
        Fraction(7),
    ]


@pytest.mark.parametrize("operation", ["sum", "difference", "product", "ratio", "percentage_of"])
@pytest.mark.parametrize("operands", [("seven", "missing"), ("missing", "seven")])
def test_a_missing_part_gives_no_figure(operation: Operation, operands: tuple[str, str]) -> None:
    assert result(operation, *operands) is None


@pytest.mark.parametrize("operation", ["ratio", "percentage_of"])
def test_dividing_by_zero_gives_no_figure(operation: Operation) -> None:
    assert result(operation, "seven", "nought") is None


def test_nothing_out_of_something_is_zero_and_not_missing() -> None:
    assert [result("ratio", "nought", "two"), result("sum", "nought", "nought")] == [0, 0]

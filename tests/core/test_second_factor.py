from __future__ import annotations

import re
from itertools import cycle

import pytest

from healthcheck.core.second_factor import (
    LETTERS,
    recovery_code,
    typed_code,
    typed_recovery_code,
)


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "123\u00a0456"])
def test_a_code_may_be_typed_with_spaces(typed: str) -> None:
    assert typed_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_is_not_six_digits_is_no_code(typed: str) -> None:
    assert typed_code(typed) is None


def test_a_recovery_code_has_four_groups_of_four_letters_that_are_not_confused() -> None:
    letters = cycle(LETTERS)
    code = recovery_code(lambda _: next(letters))
    assert code == "2345-6789-abcd-efgh"
    assert not re.search("[01ilo]", LETTERS)


@pytest.mark.parametrize(
    "typed", ["2345-6789-abcd-efgh", " 2345 6789 ABCD EFGH", "23456789abcdefgh"]
)
def test_a_recovery_code_may_be_typed_in_many_ways(typed: str) -> None:
    assert typed_recovery_code(typed) == "2345-6789-abcd-efgh"

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from healthcheck.core.typed import RefusedError, day, number

NO_DATE = "Enter a real date, such as 30 9 2026."
WRONG_DAY = "The day must be a number from 1 to 31."
WRONG_MONTH = "The month must be a number from 1 to 12, or its name."
WRONG_YEAR = "The year must be four figures, such as 2026."
FIRST = date(2024, 1, 1)
LAST = date(2028, 12, 31)


def refused_number(raw: str, decimals: int = 2) -> str:
    with pytest.raises(RefusedError) as refused:
        number(raw, None, None, decimals)
    return str(refused.value)


def refused_day(raw: str, earliest: date | None = None, latest: date | None = None) -> str:
    with pytest.raises(RefusedError) as refused:
        day(raw, earliest, latest)
    return str(refused.value)


@pytest.mark.parametrize(
    "raw",
    [
        "twelve",
        "1e3",
        "1e9",
        "1_000",
        "Infinity",
        "NaN",
        ".",
        "-.",
        ".5.5",
        "5.",
        "--5",
        "1 000",
        "1.5,000",
        "1.250,5",
        ",100",
        "\N{ARABIC-INDIC DIGIT TWO}",
        "\N{FULLWIDTH DIGIT TWO}",
        "1" * 13,
        "1.1234567",
        "£5",
    ],
)
def test_what_is_not_a_number_in_figures_is_refused(raw: str) -> None:
    assert refused_number(raw) == "Enter a number in figures, such as 12 or 12.5."


@pytest.mark.parametrize(
    ("lowest", "highest", "decimals", "sentence"),
    [
        (None, None, 0, "Enter a whole number in figures, such as 12."),
        (0, 12, 1, "Enter a number in figures, such as 12."),
        (0, 5, 0, "Enter a whole number in figures, such as 0."),
        (20, None, 1, "Enter a number in figures, such as 20."),
        (None, 5, 1, "Enter a number in figures, such as 5."),
    ],
)
def test_the_example_is_a_number_that_would_be_taken(
    lowest: int | None, highest: int | None, decimals: int, sentence: str
) -> None:
    least = None if lowest is None else Decimal(lowest)
    most = None if highest is None else Decimal(highest)
    with pytest.raises(RefusedError, match=f"^{sentence}$"):
        number("1e9", least, most, decimals)


@pytest.mark.parametrize(("raw", "typed"), [(".5", "0.5"), ("-.25", "-0.25"), (".0", "0")])
def test_the_nought_before_a_decimal_point_may_be_left_out(raw: str, typed: str) -> None:
    assert number(raw, None, None, 2) == Decimal(typed)


@pytest.mark.parametrize("raw", ["12,5", "-12,5", "1,00", "1,2345", "0,125", "1234,567"])
def test_a_comma_for_decimals_is_answered_with_what_to_use_instead(raw: str) -> None:
    assert refused_number(raw) == "Use a full stop for decimals, such as 12.5."


def test_a_comma_for_decimals_where_there_are_none_asks_for_a_whole_number() -> None:
    assert refused_number("12,5", decimals=0) == "Enter a whole number, without a decimal point."


def test_a_comma_before_three_figures_parts_the_thousands() -> None:
    assert number("12,500", None, None, 2) == Decimal(12500)


@pytest.mark.parametrize("raw", ["-0", "-0.00", "\N{MINUS SIGN}0"])
def test_zero_has_no_sign(raw: str) -> None:
    assert str(number(raw, Decimal(0), None, 2)) == "0"


@pytest.mark.parametrize(
    "raw",
    [
        "2026-09-30",
        "2026-9-30",
        "2026 - 9 - 30",
        "2026-September-30",
        "30 9 2026",
        "30  09  2026",
        "30/9/2026",
        "30 / 09 / 2026",
        "30.9.2026",
        "30 September 2026",
        "30 september 2026",
        "30 SEP 2026",
        "30 Sept 2026",
    ],
)
def test_a_date_is_read_in_figures_and_with_its_month_in_words(raw: str) -> None:
    assert day(raw, None, None) == date(2026, 9, 30)


def test_every_month_is_known_by_its_name_and_by_its_first_three_letters() -> None:
    names = "January February March April May June July August September October November December"

    for month, name in enumerate(names.split(), 1):
        assert day(f"1 {name} 2026", None, None) == date(2026, month, 1)
        assert day(f"1 {name[:3]} 2026", None, None) == date(2026, month, 1)


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ("-9-30", "year"),
        ("2026--30", "month"),
        ("2026-9-", "day"),
        ("--5", "month and a year"),
        ("2026--", "day and a month"),
        ("-9-", "day and a year"),
        ("--x", "month and a year"),
        ("September 2026", "day"),
        ("30 September", "year"),
        ("September", "day and a year"),
    ],
)
def test_a_date_in_part_is_refused_with_what_is_missing(raw: str, missing: str) -> None:
    assert refused_day(raw) == f"The date must include a {missing}."


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("2026-9-0", WRONG_DAY),
        ("2026-9-32", WRONG_DAY),
        ("2026-9-030", WRONG_DAY),
        ("2026-9-x", WRONG_DAY),
        ("2026-09-30T00:00", WRONG_DAY),
        ("30th September 2026", WRONG_DAY),
        ("2026-0-30", WRONG_MONTH),
        ("2026-13-1", WRONG_MONTH),
        ("2026-W40-3", WRONG_MONTH),
        ("30 Se 2026", WRONG_MONTH),
        ("30 Septober 2026", WRONG_MONTH),
        ("26-09-30", WRONG_YEAR),
        ("30/9/26", WRONG_YEAR),
        ("0000-01-01", WRONG_YEAR),
        ("20260-9-30", WRONG_YEAR),
        ("٢٠٢٦-09-30", WRONG_YEAR),
        ("2026-02-29", "29 February 2026 is not a real date."),
        ("31 2 2026", "31 February 2026 is not a real date."),
        ("31/04/2026", "31 April 2026 is not a real date."),
    ],
)
def test_a_wrong_part_of_a_date_is_named(raw: str, sentence: str) -> None:
    assert refused_day(raw) == sentence


@pytest.mark.parametrize(
    "raw",
    [
        "yesterday",
        "20260930",
        "2026",
        "30 9",
        "30-9-2026",
        "2026/9/30",
        "2026-13-45",
        "x-y-z",
        "--",
        "30 9 2026 10",
        "2026-9-30-1",
    ],
)
def test_what_is_no_date_at_all_is_refused_with_an_example(raw: str) -> None:
    assert refused_day(raw) == NO_DATE


@pytest.mark.parametrize("raw", ["2024-01-01", "2026-09-30", "2028-12-31"])
def test_both_limits_of_a_date_are_accepted(raw: str) -> None:
    assert day(raw, FIRST, LAST) == date.fromisoformat(raw)
    assert day(raw, FIRST, None) == date.fromisoformat(raw)
    assert day(raw, None, LAST) == date.fromisoformat(raw)


@pytest.mark.parametrize("raw", ["2023-12-31", "2029-01-01"])
def test_a_date_beyond_two_limits_is_refused_with_both(raw: str) -> None:
    between = "The date must be between 1 January 2024 and 31 December 2028."

    assert refused_day(raw, FIRST, LAST) == between


def test_a_date_beyond_its_one_limit_is_refused_with_that() -> None:
    early = "The date must be on or after 1 January 2024."
    late = "The date must be on or before 31 December 2028."

    assert refused_day("2023-12-31", earliest=FIRST) == early
    assert refused_day("2029-01-01", latest=LAST) == late

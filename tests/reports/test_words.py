from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from healthcheck.reports import words


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "−1"),
        (Fraction(-1, 3), 0, "0"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(1, 20), 1, "0.1"),
        (Decimal("1234567.05"), 1, "1,234,567.1"),
        (Decimal("-12.3"), 2, "−12.30"),
        (7, 0, "7"),
    ],
)
def test_numbers_are_rounded_half_up_with_commas(
    value: Fraction | Decimal | int, decimals: int, text: str
) -> None:
    assert words.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("12.50"), "12.5"), (Decimal(1000), "1,000"), (Fraction(5), "5")]
)
def test_needless_noughts_are_left_out(value: Fraction | Decimal, text: str) -> None:
    assert words.trimmed(value) == text


def test_a_published_figure_keeps_its_decimal_places() -> None:
    assert [words.as_written(Decimal(each)) for each in ("17.0", "10", "1E+2")] == [
        "17.0",
        "10",
        "100",
    ]


def test_units_stand_beside_amounts() -> None:
    given = [("5", ""), ("5", "%"), ("5", "cases")]

    assert [words.with_unit(*each) for each in given] == ["5", "5%", "5 cases"]


def test_points_agree_with_their_number() -> None:
    assert [
        words.points(Fraction(1)),
        words.points(Fraction(5, 2)),
        words.points(Fraction(2), Fraction(3)),
        words.points(Fraction(0), Fraction(1)),
    ] == ["1 point", "2.5 points", "2 of 3 points", "0 of 1 point"]


def test_counts_agree_with_their_number() -> None:
    assert [words.count(1, "answer"), words.count(1200, "answer"), words.count(2, "day")] == [
        "1 answer",
        "1,200 answers",
        "2 days",
    ]


def test_common_shares_have_names_and_others_are_percentages() -> None:
    assert [words.share(Fraction(2, 3)), words.share(Fraction(3, 8))] == ["two thirds", "37.5%"]


def test_weights_are_said_as_times() -> None:
    assert [words.times(Fraction(each)) for each in ("2", "1.5", "1/2")] == [
        "twice",
        "1.5 times",
        "half",
    ]


@pytest.mark.parametrize(
    ("given", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_sentences_do(given: list[str], text: str) -> None:
    assert words.listed(given) == text


def test_a_quoted_sentence_loses_its_full_stop() -> None:
    assert words.quoted("Work is shared. ") == "“Work is shared”"


def test_dates_are_british() -> None:
    assert words.day(date(2026, 9, 3)) == "3 September 2026"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (1, "within 1 day"),
        (10, "within 10 days"),
        (14, "within 2 weeks (14 days)"),
        (42, "within 6 weeks (42 days)"),
        (90, "within 3 months (90 days)"),
        (180, "within 6 months (180 days)"),
        (365, "within 1 year (365 days)"),
        (15, "within 15 days"),
        (30, "within 1 month (30 days)"),
        (45, "within 45 days"),
        (100, "within 3 months (100 days)"),
    ],
)
def test_spans_of_days_are_said_as_people_do(days: int, text: str) -> None:
    assert words.within(days) == text


@pytest.mark.parametrize(
    ("octets", "text"),
    [(1, "1 byte"), (999, "999 bytes"), (12_400, "12 kB"), (1_450_000, "1.5 MB")],
)
def test_sizes_of_files_are_short(octets: int, text: str) -> None:
    assert words.size(octets) == text


def test_paragraphs_part_at_blank_lines_only() -> None:
    assert words.paragraphs("One\ntwo\n\n \n three\n") == ("One\ntwo", " three")


def test_text_is_shortened_only_where_it_is_too_long() -> None:
    assert [words.shortened(each, 5) for each in ("abcde", "abcdef", "abc def")] == [
        "abcde",
        "abcd…",
        "abc…",
    ]


def test_an_opening_is_whole_sentences_of_the_first_paragraph() -> None:
    text = "One (2009). Two! Three.\n\nFour."

    assert [words.opening(text, longest) for longest in (80, 16, 3)] == [
        "One (2009). Two! Three.",
        "One (2009). Two!",
        "One (2009).",
    ]
    assert words.opening("") == ""


def test_a_sentence_starts_with_a_capital() -> None:
    assert [words.capital("within 3 days"), words.capital("")] == ["Within 3 days", ""]

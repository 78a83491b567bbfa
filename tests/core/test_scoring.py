from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.facts import Audience
from healthcheck.core.scoring import cap_of, mean, total, whole

from .build import (
    HIGH,
    LOW,
    MODERATE,
    NOT_APPLICABLE,
    area,
    at_least,
    at_most,
    calculated,
    essential,
    number,
    over,
    questionnaire,
    rating,
    scored,
    yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Answer, Value
    from healthcheck.core.scoring import AreaScore, Scorecard

SCOTTISH = Audience(nation=("scotland",))


def one_area(asked: q.Questionnaire, values: Mapping[str, Value | Answer]) -> AreaScore:
    (only,) = scored(asked, values).areas
    return only


def counts(result: AreaScore) -> list[object]:
    return [result.points, result.maximum, result.answered, result.applicable]


def test_an_area_s_score_is_the_weighted_mean_of_its_shares() -> None:
    asked = questionnaire(rating("a", weight=2), rating("b"), rating("c", weight="1/2"))

    result = one_area(asked, {"a": 1, "b": 3, "c": 2})

    # 100 x (2 x 1/3 + 1 x 3/3 + 1/2 x 2/3) / 3.5 = 100 x 2 / 3.5 = 57.14
    assert (result.exact, result.score, result.band) == (Fraction(400, 7), 57, MODERATE)
    assert (result.points, result.maximum) == (Fraction(6), Fraction(21, 2))


def test_hidden_questions_earn_no_points() -> None:
    asked = questionnaire(
        yes_no("gate"),
        rating("a"),
        rating("b", show_when=over("gate", "is", "yes")),
        rating("c", applies_to=SCOTTISH),
    )

    result = one_area(asked, {"gate": False, "a": 2, "b": 0, "c": 0})

    assert counts(result) == [2, 3, 1, 1]


def test_undetermined_questions_earn_no_points_either() -> None:
    asked = questionnaire(
        yes_no("gate"), rating("a"), rating("b", show_when=over("gate", "is", "yes"))
    )

    result = one_area(asked, {"a": 2, "b": 0})

    assert counts(result) == [2, 3, 1, 1]


def test_not_applicable_leaves_both_sides() -> None:
    result = one_area(questionnaire(rating("a"), rating("b")), {"a": 1, "b": NOT_APPLICABLE})

    assert counts(result) == [1, 3, 1, 1]


def test_unanswered_leaves_the_score_and_shows_in_the_coverage() -> None:
    card = scored(questionnaire(rating("a"), rating("b")), {"a": 1})

    (result,) = card.areas
    assert counts(result) == [1, 3, 1, 2]
    assert (card.answered, card.applicable, card.unanswered) == (1, 2, ("b",))


def test_an_optional_question_counts_when_it_is_answered() -> None:
    asked = questionnaire(rating("a"), rating("b", optional=True))

    assert one_area(asked, {"a": 3, "b": 0}).score == 50
    assert scored(asked, {"a": 3}).unanswered == ()


def test_questions_that_earn_no_points_count_nowhere() -> None:
    result = one_area(questionnaire(rating("a"), yes_no("y"), number("n")), {"a": 3, "y": True})

    assert (result.score, result.answered, result.applicable) == (100, 1, 1)


def test_an_area_with_nothing_scored_has_no_score_and_leaves_the_overall_one() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b")))

    card = scored(asked, {"a": 2})

    empty = card.areas[1]
    assert (empty.exact, empty.score, empty.band, empty.capped_by) == (None, None, None, None)
    assert (counts(empty), empty.held_back_by) == ([0, 0, 0, 1], None)
    assert (card.score, card.band) == (67, MODERATE)


def test_nothing_answered_is_no_score_and_not_zero() -> None:
    card = scored(questionnaire(rating("a")), {})

    assert (card.exact, card.score, card.band, card.held_back_by) == (None, None, None, None)
    assert (card.strengths, card.improvements) == ((), ())


def test_questions_that_weigh_nothing_score_nothing() -> None:
    card = scored(
        questionnaire(area("one", rating("a", weight=0)), area("two", rating("b"))),
        {"a": 3, "b": 0},
    )

    assert [each.score for each in card.areas] == [None, 0]
    assert card.score == 0


def test_the_overall_score_is_the_mean_of_exact_area_scores_by_area_weight() -> None:
    asked = questionnaire(
        area("long", rating("a"), rating("b"), rating("c"), weight=1),
        area("short", rating("d"), weight=Fraction(3, 2)),
    )

    card = scored(asked, {"a": 3, "b": 3, "c": 1, "d": 1})

    # (1 x 700/9 + 3/2 x 100/3) / (5/2) = (1150/9) / (5/2) = 460/9 = 51.1
    assert [each.exact for each in card.areas] == [Fraction(700, 9), Fraction(100, 3)]
    assert (card.exact, card.score, card.band) == (Fraction(460, 9), 51, MODERATE)


def test_the_overall_score_is_made_from_exact_area_scores_and_rounded_once() -> None:
    asked = questionnaire(area("one", rating("a"), rating("b")), area("two", rating("c")))

    card = scored(asked, {"a": 1, "b": 0, "c": 2})

    # 100/6 and 200/3: rounded first, (17 + 67) / 2 = 42; exactly, 41.67 and so 42.
    assert (card.exact, card.score) == (Fraction(125, 3), 42)

    card = scored(
        questionnaire(area("one", rating("a"), rating("b")), area("two", rating("c"), rating("d"))),
        {"a": 1, "b": 0, "c": 3, "d": 0},
    )

    # 100/6 and 50: rounded first, (17 + 50) / 2 = 33.5 and so 34; exactly, 33.33 and so 33.
    assert (card.exact, card.score) == (Fraction(100, 3), 33)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(0), 0),
        (Fraction(499, 1000), 0),
        (Fraction(1, 2), 1),
        (Fraction(101, 2) - Fraction(1, 10**9), 50),
        (Fraction(101, 2), 51),
        (Fraction(149, 2) - Fraction(1, 10**9), 74),
        (Fraction(149, 2), 75),
        (Fraction(100), 100),
        (Fraction(-1, 2), 0),
        (Fraction(-51, 100), -1),
    ],
)
def test_scores_are_rounded_half_up(exact: Fraction, rounded: int) -> None:
    assert whole(exact) == rounded


def of_a_hundred(points: int, halves: int = 0) -> Scorecard:
    scale = tuple(q.Level(each, str(each), Fraction(each, 2)) for each in range(201))
    asked = questionnaire(
        rating("a", descriptors={each: str(each) for each in range(201)}), scale=scale
    )
    return scored(asked, {"a": 2 * points + halves})


@pytest.mark.parametrize(
    ("points", "halves", "score", "band"),
    [
        (50, 0, 50, LOW),
        (50, 1, 51, MODERATE),
        (74, 0, 74, MODERATE),
        (74, 1, 75, HIGH),
        (100, 0, 100, HIGH),
        (0, 1, 1, LOW),
    ],
)
def test_the_band_is_chosen_from_the_rounded_score(
    points: int, halves: int, score: int, band: q.Band
) -> None:
    card = of_a_hundred(points, halves)

    (only,) = card.areas
    assert [(only.score, only.band), (card.score, card.band)] == [(score, band)] * 2


def test_a_number_earns_the_points_of_the_first_row_that_fits_it() -> None:
    asked = questionnaire(
        number("n", score_when=(at_least(95, 3), at_least(80, 2), at_most(10, 1), at_most(20, 2)))
    )
    numbers = ["95", "94.9", "80", "79", "10", "10.1", "20.1"]

    points = [one_area(asked, {"n": Decimal(each)}).points for each in numbers]

    assert points == [3, 2, 2, 0, 1, 2, 0]
    assert one_area(asked, {"n": Decimal(94)}).exact == Fraction(200, 3)


def test_a_calculated_figure_is_scored_by_its_exact_value() -> None:
    asked = questionnaire(
        number("a"),
        number("b"),
        calculated("rate", "ratio", "a", "b", score_when=(at_least(1, 2), at_most(0, 1))),
    )

    rates = [one_area(asked, {"a": Decimal(a), "b": Decimal(3)}).points for a in (0, 2, 3)]

    assert rates == [1, 0, 2]


def test_a_calculated_figure_that_is_not_available_leaves_the_score() -> None:
    asked = questionnaire(
        number("a"), rating("r"), calculated("k", "ratio", "a", 0, score_when=(at_least(1, 1),))
    )

    result = one_area(asked, {"a": Decimal(1), "r": 3})

    assert (result.score, result.answered, result.applicable) == (100, 1, 2)


def test_the_maximum_is_the_most_points_of_the_levels_a_rating_describes() -> None:
    asked = questionnaire(rating("a", descriptors={0: "No", 1: "Some", 2: "Yes"}), rating("b"))

    result = one_area(asked, {"a": 2, "b": 3})

    assert (result.score, counts(result)) == (100, [5, 5, 2, 2])


def test_an_essential_question_at_zero_caps_the_area_s_band_and_not_the_score() -> None:
    asked = questionnaire(
        area("one", essential("e"), *[rating(each) for each in "abcd"]),
        area("two", rating("f")),
    )
    values = dict.fromkeys("abcdf", 3)

    card = scored(asked, {"e": 0, **values})

    capped = card.areas[0]
    assert (capped.score, capped.band) == (80, LOW)
    assert capped.capped_by == capped.held_back_by == asked.questions["e"]
    assert (card.score, card.band) == (90, HIGH)


@pytest.mark.parametrize("entry", [1, NOT_APPLICABLE, None])
def test_an_essential_question_caps_nothing_above_zero_or_when_it_is_not_counted(
    entry: int | Answer | None,
) -> None:
    asked = questionnaire(essential("e"), *[rating(each) for each in "abcd"])
    values: dict[str, Value | Answer] = dict.fromkeys("abcd", 3)
    if entry is not None:
        values["e"] = entry

    result = one_area(asked, values)

    assert (result.band, result.capped_by) == (HIGH, None)


def test_the_lowest_of_several_caps_holds_and_the_first_of_equal_ones_is_named() -> None:
    asked = questionnaire(
        essential("m", "Moderate"),
        essential("l1"),
        essential("l2"),
        rating("a", weight=97),
    )

    result = one_area(asked, {"m": 0, "l1": 0, "l2": 0, "a": 3})

    assert (result.score, result.band) == (97, LOW)
    assert result.capped_by == asked.questions["l1"]


@pytest.mark.parametrize("caps_at", ["Low", "Moderate", "High"])
def test_a_cap_at_or_above_the_band_changes_nothing(caps_at: str) -> None:
    result = one_area(questionnaire(essential("e", caps_at), rating("a")), {"e": 0, "a": 1})

    assert (result.score, result.band, result.capped_by) == (17, LOW, None)


def test_a_cap_lowers_to_the_band_it_names() -> None:
    result = one_area(
        questionnaire(essential("e", "Moderate"), rating("a", weight=9)), {"e": 0, "a": 3}
    )

    assert (result.score, result.band) == (90, MODERATE)


def test_only_essential_questions_that_name_a_band_cap() -> None:
    asked = questionnaire(
        rating("no-cap", essential=True), rating("not-essential", caps_at="Low"), rating("a")
    )
    result = one_area(asked, {"no-cap": 0, "not-essential": 0, "a": 3})

    assert [cap_of(asked, each) for each in result.earned] == [None, None, None]


def test_a_number_below_every_threshold_caps_as_well() -> None:
    asked = questionnaire(
        number("n", essential=True, caps_at="Low", score_when=(at_least(5, 1),)),
        rating("a", weight=9),
    )

    assert one_area(asked, {"n": Decimal(4), "a": 3}).band == LOW
    assert one_area(asked, {"n": Decimal(5), "a": 3}).band == HIGH


def test_a_mean_of_nothing_is_none() -> None:
    assert mean([]) is None
    assert mean([(Fraction(5), Fraction(0))]) is None


def test_a_sum_is_exact_whatever_the_denominators() -> None:
    parts = [Fraction(1, 3), Fraction(1, 3), Fraction(1, 7), Fraction(-2, 3), Fraction(5)]

    assert total(parts) == Fraction(36, 7)
    assert total([]) == 0

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from healthcheck.core import questionnaires as q
from healthcheck.core.next_band import Lift, Route, area_route, overall_route

from .build import (
    HIGH,
    MODERATE,
    NOT_APPLICABLE,
    area,
    at_least,
    essential,
    number,
    questionnaire,
    rating,
    scored,
)


def lift(question: q.Question, now: int, needed: int) -> Lift:
    return Lift(question, Fraction(now), Fraction(needed))


def test_the_largest_gain_comes_first_and_reaches_no_further_than_it_must() -> None:
    asked = questionnaire(rating("a"), rating("b", weight=2), rating("c"))
    card = scored(asked, {"a": 2, "b": 0, "c": 2})

    # exact 100 x (2/3 + 0 + 2/3) / 4 = 33.3; b at 1 adds 16.7 and makes 50, at 2 adds 33.3: 66.7
    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 67, (lift(asked.questions["b"], 0, 2),)
    )


def test_several_answers_are_raised_when_one_is_not_enough() -> None:
    asked = questionnaire(rating("a"), rating("b"), rating("c"))
    card = scored(asked, {"a": 0, "b": 0, "c": 0})

    # two raised to the top make 66.7; the second lowered to 2 still makes 55.6
    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 56, (lift(asked.questions["a"], 0, 3), lift(asked.questions["b"], 0, 2))
    )


def test_reaching_the_lowest_score_of_a_band_exactly_is_enough() -> None:
    asked = questionnaire(rating("a", weight=51), rating("b", weight=49))
    card = scored(asked, {"a": 0, "b": 0})

    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 51, (lift(asked.questions["a"], 0, 3),)
    )


def test_a_rounded_half_is_enough() -> None:
    scale = tuple(q.Level(each, str(each), Fraction(each)) for each in (0, 99, 100, 101, 200))
    levels = {level.number: level.name for level in scale}
    asked = questionnaire(rating("a", descriptors=levels), scale=scale)
    card = scored(asked, {"a": 0})

    # 101 of 200 is 50.5, which rounds to 51
    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 51, (lift(asked.questions["a"], 0, 101),)
    )


def test_there_is_no_route_above_the_top_band_or_without_a_score() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b")))
    card = scored(asked, {"a": 3})
    nothing = scored(asked, {})

    assert [area_route(asked, each) for each in card.areas] == [None, None]
    assert overall_route(asked, card) is None
    assert overall_route(asked, nothing) is None


def test_a_question_that_caps_the_band_must_be_raised_and_a_step_is_enough() -> None:
    asked = questionnaire(essential("e"), rating("a", weight=9), rating("b", weight=9))
    card = scored(asked, {"a": 2, "b": 3, "e": 0})

    # 78.9 is High but for e; a has more to gain, yet only e lifts the cap: 78.9 + 1.75 = 80.7
    assert area_route(asked, card.areas[0]) == Route(HIGH, 81, (lift(asked.questions["e"], 0, 1),))


def test_every_question_that_caps_below_the_next_band_must_be_raised() -> None:
    asked = questionnaire(
        essential("m", "Moderate"), essential("l"), essential("k"), rating("a", weight=27)
    )
    card = scored(asked, {"m": 0, "l": 0, "k": 0, "a": 3})

    # both Low caps go; the Moderate one stays, so 90 + 2 x 1.1 = 92 is Moderate
    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 92, (lift(asked.questions["l"], 0, 1), lift(asked.questions["k"], 0, 1))
    )


def test_a_cap_and_a_low_score_are_both_lifted() -> None:
    asked = questionnaire(essential("e"), rating("a", weight=3), rating("b"))
    card = scored(asked, {"e": 0, "a": 0, "b": 1})

    # 6.7; e at 1 adds 6.7, a at the top adds 60: 73.3; a at 2 makes 53.3
    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 53, (lift(asked.questions["e"], 0, 1), lift(asked.questions["a"], 0, 2))
    )


def test_a_question_that_weighs_nothing_still_has_to_stop_capping() -> None:
    asked = questionnaire(essential("e", weight=0), rating("a"))
    card = scored(asked, {"e": 0, "a": 3})

    assert area_route(asked, card.areas[0]) == Route(HIGH, 100, (lift(asked.questions["e"], 0, 1),))


def test_a_coarse_step_that_jumps_over_a_band_says_so() -> None:
    asked = questionnaire(rating("a", descriptors={0: "No", 3: "Yes"}))
    card = scored(asked, {"a": 0})

    expected = Route(HIGH, 100, (lift(asked.questions["a"], 0, 3),))
    assert (area_route(asked, card.areas[0]), overall_route(asked, card)) == (expected, expected)


def test_the_overall_route_weighs_areas_and_questions_and_knows_no_caps() -> None:
    asked = questionnaire(
        area("one", essential("e"), rating("a"), rating("b"), rating("c")),
        area("two", rating("d", weight=3), rating("f"), weight=3),
        area("three", rating("z"), weight=9),
    )
    card = scored(asked, {"e": 0, "a": 3, "b": 3, "c": 3, "d": 1, "f": 3, "z": NOT_APPLICABLE})

    # (1 x 75 + 3 x 50) / 4 = 56.25; d is worth 3/4 x 3/4 x 2/3 = 37.5, at 2 half of it: 75
    assert overall_route(asked, card) == Route(HIGH, 75, (lift(asked.questions["d"], 1, 2),))


def test_the_points_of_a_figure_are_raised_along_its_thresholds() -> None:
    asked = questionnaire(
        number("n", score_when=(at_least(90, 4), at_least(50, 3), at_least(9, 1)))
    )
    card = scored(asked, {"n": Decimal(10)})

    assert area_route(asked, card.areas[0]) == Route(HIGH, 75, (lift(asked.questions["n"], 1, 3),))


def test_unanswered_and_set_aside_questions_are_no_part_of_a_route() -> None:
    asked = questionnaire(rating("a"), rating("b", weight=9), rating("c", weight=9))
    card = scored(asked, {"a": 1, "c": NOT_APPLICABLE})

    assert area_route(asked, card.areas[0]) == Route(
        MODERATE, 67, (lift(asked.questions["a"], 1, 2),)
    )

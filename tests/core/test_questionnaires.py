from __future__ import annotations

from fractions import Fraction

import pytest

from healthcheck.core import questionnaires as q

from .build import (
    HIGH,
    LOW,
    MODERATE,
    area,
    at_least,
    at_most,
    calculated,
    number,
    questionnaire,
    rating,
    yes_no,
)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, LOW), (50, LOW), (51, MODERATE), (74, MODERATE), (75, HIGH), (100, HIGH)],
)
def test_a_band_runs_from_its_lowest_score_to_the_next_band_s(score: int, band: q.Band) -> None:
    assert questionnaire(rating("a")).band_for(score) == band


def test_the_order_of_the_bands_in_the_file_does_not_matter() -> None:
    assert questionnaire(rating("a"), bands=(HIGH, LOW, MODERATE)).band_for(60) == MODERATE


def test_a_band_is_found_by_its_name() -> None:
    asked = questionnaire(rating("a"))

    assert asked.band("Moderate") == MODERATE
    with pytest.raises(KeyError):
        asked.band("Middling")


def test_the_figures_come_after_the_areas() -> None:
    figures = area("figures", number("n"))
    asked = questionnaire(area("one", rating("a"), rating("b")), figures=figures)

    assert [each.id for each in asked.sections] == ["one", "figures"]
    assert [each.id for each in asked.topics] == ["one-topic", "figures-topic"]
    assert list(asked.questions) == ["a", "b", "n"]


def test_without_figures_the_areas_are_all_there_is() -> None:
    asked = questionnaire(area("one", rating("a")))

    assert asked.sections == asked.areas


def test_an_area_lists_the_questions_of_all_its_topics() -> None:
    a, b = rating("a"), rating("b")
    both = q.Area("one", "One", "", (q.Topic("t", "T", (a,)), q.Topic("u", "U", (b,))))

    assert both.questions == (a, b)


def test_the_most_points_come_from_the_levels_described_or_from_the_thresholds() -> None:
    asked = questionnaire(
        rating("full"),
        rating("short", descriptors={0: "No", 2: "Yes"}),
        number("n", score_when=(at_least(90, 1), at_least(50, 5))),
        number("unscored"),
        yes_no("y"),
    )

    assert asked.maxima == {"full": 3, "short": 2, "n": 5}


def test_ratings_and_figures_with_thresholds_are_scored() -> None:
    rows = (at_least(1, 1),)
    questions = (
        rating("a"),
        number("b"),
        number("c", score_when=rows),
        calculated("d", "sum", "b", "c", score_when=rows),
        yes_no("e"),
    )

    assert [q.is_scored(each) for each in questions] == [True, False, True, True, False]


def test_everything_but_a_calculated_figure_is_asked() -> None:
    assert [q.is_asked(each) for each in (rating("a"), calculated("b", "sum", 1, 2))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("row", "value", "holds"),
    [
        (at_least(5, 1), Fraction(5), True),
        (at_least(5, 1), Fraction(49, 10), False),
        (at_most(5, 1), Fraction(5), True),
        (at_most(5, 1), Fraction(51, 10), False),
    ],
)
def test_a_threshold_includes_its_limit(row: q.Threshold, value: Fraction, *, holds: bool) -> None:
    assert row.holds(value) is holds


def test_every_question_is_found_on_its_topic() -> None:
    asked = questionnaire(area("one", rating("a")), figures=area("figures", number("n")))

    assert {each: topic.id for each, topic in asked.topic_of.items()} == {
        "a": "one-topic",
        "n": "figures-topic",
    }


def test_levels_are_found_by_number() -> None:
    assert questionnaire(rating("a")).levels[2].points == 2

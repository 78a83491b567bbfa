from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.answers import Answer
from healthcheck.reports.parts import Pointer, Route, Score, Step
from healthcheck.reports.view_scores import NOT_A_PLAN
from tests.core.build import (
    NOT_APPLICABLE,
    area,
    at_least,
    essential,
    number,
    over,
    questionnaire,
    rating,
    yes_no,
)

from .made import report_of

if TYPE_CHECKING:
    from healthcheck.core.answers import Value


def pointer(number: str, question_id: str, section: str = "Area one") -> Pointer:
    return Pointer(question_id, number, f"Question {question_id}", section)


def test_an_area_says_its_score_working_limiting_factor_and_route() -> None:
    asked = questionnaire(rating("a"), rating("b"), rating("c"))

    score = report_of(asked, {"a": 3, "b": 1, "c": 0}).areas[0].score

    # 3 + 1 + 0 = 4 of 9 points; 100 × 4 ÷ 9 = 44.4; one more point gives 55.6.
    assert score == Score(
        number=44,
        text="44 out of 100",
        band="Low",
        band_step=0,
        sentence="Much is missing.",
        coverage="3 of 3 rated questions answered",
        answered="3 of 3",
        working=(
            "4 of 9 points: 1 answer at “3. Embedded” (3 points), 1 answer at “1. Partly in place” "
            "(1 point) and 1 answer at “0. Not in place” (0 points). "
            "4 ÷ 9 × 100 = 44.4, rounded to 44."
        ),
        capped="",
        held_back="1.3 “Question c”, now at “0. Not in place”.",
        route=Route(
            "1 better answer would lift this area to Moderate, with 56 out of 100.",
            (Step(pointer("1.3", "c"), "0. Not in place", "1. Partly in place"),),
            NOT_A_PLAN,
        ),
    )


def test_the_whole_says_how_the_areas_make_it() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b"), rating("c")))

    score = report_of(asked, {"a": 3, "b": 1, "c": 2}).summary.score

    # (100 + 50) ÷ 2 = 75.
    assert score == Score(
        number=75,
        text="75 out of 100",
        band="High",
        band_step=2,
        sentence="Most is in place.",
        coverage="3 of 3 rated questions answered",
        answered="3 of 3",
        working="The plain average of the 2 areas: (100 + 50) ÷ 2 = 75.",
        capped="",
        held_back="The area with the lowest score is “Area two”, with 50 out of 100.",
        route=Route("The overall score is already in the highest band."),
    )


def test_an_overall_score_is_rounded_in_plain_sight() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b")))

    working = report_of(asked, {"a": 1, "b": 2}).summary.score.working

    assert working == "The plain average of the 2 areas: (33.3 + 66.7) ÷ 2 = 50."


def test_area_weights_are_shown() -> None:
    asked = questionnaire(area("one", rating("a"), weight=3), area("two", rating("b")))

    working = report_of(asked, {"a": 1, "b": 2}).summary.score.working

    # (33.3 × 3 + 66.7) ÷ 4 = 41.7
    assert working == (
        "The average of the 2 areas, weighted: (33.3 × 3 + 66.7 × 1) ÷ 4 = 41.7, rounded to 42."
    )


def test_question_weights_are_shown() -> None:
    asked = questionnaire(rating("a", weight=2), rating("b"))

    working = report_of(asked, {"a": 3, "b": 0}).areas[0].score.working

    # 2 × 3 + 0 = 6 of 2 × 3 + 3 = 9
    assert working == (
        "6 of 9 points: 1 answer at “3. Embedded” (6 points) and 1 answer at “0. Not in place” "
        "(0 points). Question 1.1 counts twice. 6 ÷ 9 × 100 = 66.7, rounded to 67."
    )


def test_answers_with_different_maximums_count_by_share() -> None:
    asked = questionnaire(
        rating("a"),
        number("n", score_when=(at_least(95, 2), at_least(80, 1)), unit="visits", weight=2),
    )

    score = report_of(asked, {"a": 3, "n": Decimal(85)}).areas[0].score

    # 3 of 3 counts 1, 1 of 2 counts 1/2 twice: (1 + 2 × 1/2) ÷ 3 = 66.7
    assert score.working == (
        "3 of 3 points and 1 of 2 points (counts twice). Each answer counts by its share of its "
        "own points. The average share is 66.7%, rounded to 67."
    )
    assert score.coverage == "2 of 2 scored questions answered"
    assert score.held_back == "1.2 “Question n”, now at “85 visits”."
    assert score.route.steps == (Step(pointer("1.2", "n"), "1 point", "2 points"),)


def test_a_whole_average_share_needs_no_rounding() -> None:
    asked = questionnaire(rating("a"), number("n", score_when=(at_least(5, 2),)))

    working = report_of(asked, {"a": 0, "n": Decimal(9)}).areas[0].score.working

    assert working == (
        "0 of 3 points and 2 of 2 points. Each answer counts by its share of its own points. "
        "The average share is 50%."
    )


def test_an_essential_question_holds_the_band_down_and_says_so() -> None:
    asked = questionnaire(essential("a"), rating("b"), rating("c"))

    score = report_of(asked, {"a": 0, "b": 3, "c": 3}).areas[0].score

    assert score.capped == (
        "The band is held at Low, because essential question 1.1 is at “0. Not in place”. "
        "The score alone would be Moderate."
    )
    assert (score.text, score.band, score.held_back) == (
        "67 out of 100",
        "Low",
        "1.1 “Question a”, now at “0. Not in place”.",
    )
    assert score.route.steps == (
        Step(pointer("1.1", "a"), "0. Not in place", "1. Partly in place"),
    )
    assert (score.held_down_by, score.band_in_full) == ("1.1", "Low, held down by 1.1")


def test_full_points_leave_nothing_to_hold_back() -> None:
    report = report_of(questionnaire(rating("a")), {"a": 3})

    assert report.areas[0].score.held_back == (
        "Nothing: every answer earns full points, so the score is 100."
    )
    assert report.areas[0].score.route == Route("This area is already in the highest band.")
    assert report.summary.score.held_back == ""


def test_nothing_answered_is_no_score_and_says_so() -> None:
    report = report_of(questionnaire(rating("a")), {})

    nothing = Score(
        number=None,
        text="No score",
        band="",
        band_step=None,
        sentence="There is no score yet, because no rated question of this area is answered.",
        coverage="0 of 1 rated question answered",
        answered="0 of 1",
        working="",
        capped="",
        held_back="",
        route=Route("There is no route to show until there is a score."),
    )
    assert report.areas[0].score == nothing
    assert not report.areas[0].score.is_scored
    assert report.summary.score.sentence == (
        "There is no overall score yet, because no rated question is answered."
    )


def test_an_area_that_does_not_apply_says_so() -> None:
    score = report_of(questionnaire(rating("a")), {"a": NOT_APPLICABLE}).areas[0].score

    assert (score.sentence, score.coverage) == (
        "There is no score, because no rated question of this area applies.",
        "0 of 0 rated questions answered, and 1 marked not applicable",
    )


def test_a_score_that_rests_on_some_of_its_questions_is_provisional() -> None:
    asked = questionnaire(
        area("one", rating("a"), rating("b"), rating("c")),
        area("two", yes_no("y"), rating("d"), rating("e", show_when=over("y", "is", "yes"))),
        area("three", rating("f")),
        area("four", rating("g")),
    )

    report = report_of(asked, {"a": 1, "d": 3, "f": 3})
    one, two, three, four = (each.score for each in report.areas)

    assert [each.is_provisional for each in (one, two, three, four)] == [True, True, False, False]
    assert one.band_in_full == "Low, provisional"
    assert one.route.note == (
        f"{NOT_A_PLAN} Answer the other 2 questions first: they may change the score."
    )
    assert two.coverage == "1 of 1 rated question answered, and 1 not yet known to apply"
    assert two.route.note == "Answer the other question first: it may change the score."
    assert (three.route.note, four.route.note) == ("", "")
    whole = report.summary.score
    assert whole.is_provisional
    # 3 of 6 asked questions are unanswered and 1 may yet be asked.
    assert whole.route.note == "Answer the other 4 questions first: they may change the score."
    # (33.3 + 100 + 100) ÷ 3 = 77.8
    assert whole.working == (
        "The plain average of the 3 areas that have a score so far: "
        "(33.3 + 100 + 100) ÷ 3 = 77.8, rounded to 78."
    )


def test_one_area_with_a_score_needs_no_average() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b")))

    assert report_of(asked, {"a": 1}).summary.score.working == (
        "Only 1 area has a score so far, so the overall score is the same: 33.3, rounded to 33."
    )


def test_an_essential_question_that_was_set_aside_is_named_with_its_reason() -> None:
    asked = questionnaire(
        area("one", essential("a"), rating("b")),
        area("two", essential("c")),
        area("three", essential("d")),
    )
    one: dict[str, Value | Answer] = {
        "a": Answer(not_applicable="We never\n\nhave  cases. " + "x" * 300),
        "b": 1,
        "d": 0,
    }

    first = report_of(asked, one)
    both = report_of(asked, {**one, "c": NOT_APPLICABLE})

    assert first.areas[0].score.set_aside == (
        "Essential question 1.1 was marked not applicable, so it cannot hold the band down. "
        f"The reason given: “We never have cases. {'x' * 178}…”."
    )
    assert [each.score.set_aside for each in first.areas[1:]] == ["", ""]
    assert first.summary.score.set_aside == (
        "Essential question 1.1 was marked not applicable, so it cannot hold its area’s band down."
    )
    assert both.summary.score.set_aside == (
        "Essential questions 1.1 and 2.1 were marked not applicable, "
        "so they cannot hold their areas’ bands down."
    )


def test_hidden_questions_are_in_no_count() -> None:
    asked = questionnaire(yes_no("y"), rating("a", show_when=over("y", "is", "yes")), rating("b"))

    shown = report_of(asked, {"y": True, "a": 0, "b": 3}).areas[0].score
    hidden = report_of(asked, {"y": False, "a": 0, "b": 3}).areas[0].score

    assert (shown.coverage, shown.number) == ("2 of 2 rated questions answered", 50)
    assert (hidden.coverage, hidden.number) == ("1 of 1 rated question answered", 100)


def test_the_same_level_is_counted_once() -> None:
    asked = questionnaire(rating("a"), rating("b"), rating("c", weight=Fraction(1, 2)))

    working = report_of(asked, {"a": 2, "b": 2, "c": 2}).areas[0].score.working

    # (2 + 2 + 1) of (3 + 3 + 1.5) points
    assert working == (
        "5 of 7.5 points: 3 answers at “2. In place” (5 points). Question 1.3 counts half. "
        "5 ÷ 7.5 × 100 = 66.7, rounded to 67."
    )

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q

from .build import area, at_least, number, questionnaire, rating, scored

if TYPE_CHECKING:
    from healthcheck.core.scoring import AreaScore, Scorecard


def only_area(asked: q.Questionnaire, values: dict[str, int]) -> AreaScore:
    (only,) = scored(asked, values).areas
    return only


def ids(card: Scorecard) -> tuple[list[str], list[str]]:
    return (
        [each.question.id for each in card.strengths],
        [each.question.id for each in card.improvements],
    )


def test_what_holds_an_area_back_is_the_answer_that_loses_most() -> None:
    asked = questionnaire(rating("a"), rating("b", weight=3), rating("c", weight=3), rating("d"))

    # lost: a 1 x 3/3, b 3 x 1/3, c 3 x 2/3, d 0
    assert only_area(asked, {"a": 0, "b": 2, "c": 1, "d": 3}).held_back_by == asked.questions["c"]


def test_the_first_of_those_that_lose_as_much_is_named_and_none_when_nothing_is_lost() -> None:
    asked = questionnaire(rating("a"), rating("b", weight=3))

    assert only_area(asked, {"a": 0, "b": 2}).held_back_by == asked.questions["a"]
    assert only_area(asked, {"a": 3, "b": 3}).held_back_by is None


def test_the_area_that_holds_the_whole_back_has_the_lowest_exact_score() -> None:
    asked = questionnaire(
        area("none", rating("z")),
        area("one", rating("a"), rating("b"), rating("c", weight="1/100")),
        area("two", rating("d")),
    )
    # both 67 when rounded; 0.6683 and 0.6667
    card = scored(asked, {"a": 2, "b": 2, "c": 3, "d": 2})

    assert card.held_back_by == card.areas[2]


def test_no_area_holds_a_perfect_score_back_and_a_score_of_nought_does() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b")))

    assert scored(asked, {"a": 3, "b": 3}).held_back_by is None
    nought = scored(asked, {"a": 3, "b": 0})
    assert nought.held_back_by == nought.areas[1]


def test_strengths_and_improvements_start_at_their_shares() -> None:
    asked = questionnaire(*[rating(each) for each in "abcd"])

    assert ids(scored(asked, {"a": 0, "b": 1, "c": 2, "d": 3})) == (["d", "c"], ["a", "b"])


def test_strengths_and_improvements_go_by_weight_and_then_by_the_file() -> None:
    asked = questionnaire(
        area("one", rating("a", weight=2), rating("b", weight=3), rating("c")),
        area("two", rating("d", weight=3), rating("e", weight=2), rating("f")),
    )

    # strengths: weight x share; a 2 x 1, b 3 x 2/3, c 1 x 1, d 3 x 1, e 2 x 2/3
    assert ids(scored(asked, {"a": 3, "b": 2, "c": 3, "d": 3, "e": 2})) == (
        ["d", "a", "b", "e", "c"],
        [],
    )
    # improvements: weight x (1 - share); a 2 x 1, b 3 x 2/3, c 1, d 3, e 2 x 2/3
    assert ids(scored(asked, {"a": 0, "b": 1, "c": 0, "d": 0, "e": 1})) == (
        [],
        ["d", "a", "b", "e", "c"],
    )


def test_the_questionnaire_sets_where_strengths_and_improvements_begin() -> None:
    rule = q.RollUp(strength_from=Fraction(1), improve_to=Fraction(0), explanation="")
    asked = questionnaire(*[rating(each) for each in "abcd"], roll_up=rule)

    assert ids(scored(asked, {"a": 0, "b": 1, "c": 2, "d": 3})) == (["d"], ["a"])


def test_figures_are_neither_scored_nor_strengths_nor_improvements() -> None:
    figures = area("figures", number("n", score_when=(at_least(1, 1),)), number("m"))
    asked = questionnaire(rating("a"), figures=figures)

    card = scored(asked, {"a": 1, "n": Decimal(1)})

    assert ([each.area.id for each in card.areas], ids(card)) == (["one"], ([], ["a"]))
    assert card.unanswered == ("m",)

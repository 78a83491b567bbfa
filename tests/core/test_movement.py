from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Answer
from healthcheck.core.movement import Moved, Movement, Step, movement
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core import questionnaires as q
    from healthcheck.core.answers import Value

ONE = build.questionnaire(build.rating("r"), build.rating("s"))


def moved(
    old: q.Questionnaire,
    then: Mapping[str, Value | Answer],
    new: q.Questionnaire,
    now: Mapping[str, Value | Answer],
) -> Movement:
    return movement(Step(old, build.journey(old, then)), Step(new, build.journey(new, now)))


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({"r": 1}, {"r": 2}, (33, 67, Moved.UP)),
        ({"r": 2}, {"r": 1}, (67, 33, Moved.DOWN)),
        ({"r": 2}, {"s": 2}, (67, 67, Moved.SAME)),
        ({}, {"r": 2}, (None, 67, Moved.NO_ANSWER)),
        ({"r": 2}, {}, (67, None, Moved.NO_ANSWER)),
    ],
)
def test_scores_of_the_same_edition(
    then: dict[str, Value | Answer],
    now: dict[str, Value | Answer],
    expected: tuple[int | None, int | None, Moved],
) -> None:
    found = moved(ONE, then, ONE, now)
    for each in (found.overall, *found.areas):
        assert (each.then, each.now, each.moved, each.why_not) == (*expected, ())
    assert [each.area_id for each in found.areas] == ["one"]


def scale_of(points: int) -> tuple[q.Level, ...]:
    return (*build.SCALE[:3], replace(build.SCALE[3], points=Fraction(points)))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (replace(ONE, scale=scale_of(4)), ("The levels or their points are others.",)),
        (
            build.questionnaire(build.rating("r"), build.rating("t"), build.rating("u")),
            ("2 scored questions are new.", "1 scored question is gone."),
        ),
        (
            build.questionnaire(build.rating("r", weight=2), build.rating("s")),
            ("1 scored question is answered or scored in another way.",),
        ),
        (
            build.questionnaire(
                build.rating("r", descriptors={**dict.fromkeys(range(4), "Other")}),
                build.rating("s"),
            ),
            ("1 scored question is answered or scored in another way.",),
        ),
    ],
)
def test_scores_made_in_another_way_are_not_compared(
    new: q.Questionnaire, why: tuple[str, ...]
) -> None:
    found = moved(ONE, {"r": 1}, new, {"r": 2})
    assert [each.moved for each in found.areas] == [Moved.NOT_COMPARABLE]
    assert found.areas[0].why_not == why
    assert found.overall.moved is Moved.NOT_COMPARABLE
    assert found.overall.why_not == ("The questions or points of at least one area are others.",)


def test_other_words_alone_do_not_prevent_comparing_and_are_said() -> None:
    old = build.questionnaire(replace(build.rating("r"), text="As it was"))
    new = build.questionnaire(build.rating("r", hint="New.", why="New."))
    found = moved(old, {"r": 1}, new, {"r": 3})
    assert found.areas[0].moved is Moved.UP
    assert (found.answers["r"].moved, found.answers["r"].is_reworded) == (Moved.UP, True)


def test_a_renamed_question_is_the_same_question() -> None:
    old = build.questionnaire(replace(build.rating("old"), text="R"))
    new = build.questionnaire(replace(build.rating("new", was="old"), text="R"))
    found = moved(old, {"old": 1}, new, {"new": 3})
    assert found.areas[0].moved is Moved.UP
    assert found.answers["new"].by == 2
    assert found.gone == ()


def test_a_new_area_and_other_weights_of_areas() -> None:
    first, second = build.area("a", build.rating("r")), build.area("b", build.rating("s"))
    old, new = build.questionnaire(first), build.questionnaire(first, second)
    found = moved(old, {"r": 1}, new, {"r": 1, "s": 1})
    assert [(each.moved, each.why_not) for each in found.areas] == [
        (Moved.SAME, ()),
        (Moved.NO_ANSWER, ()),
    ]
    assert found.overall.why_not == ("The areas, or how much each counts, are others.",)


@pytest.mark.parametrize(
    ("question", "then", "now", "expected"),
    [
        (build.rating("a"), 1, 3, (Moved.UP, 2)),
        (build.rating("a"), 3, 2, (Moved.DOWN, -1)),
        (build.rating("a"), 3, 3, (Moved.SAME, 0)),
        (build.number("a"), Decimal("90.5"), Decimal(90), (Moved.DOWN, Fraction(-1, 2))),
        (build.yes_no("a"), True, True, (Moved.SAME, 0)),
        (build.yes_no("a"), True, False, (Moved.CHANGED, 0)),
        (build.choice("a", "x", "y"), "x", "y", (Moved.CHANGED, 0)),
        (build.rating("a"), 1, build.NOT_APPLICABLE, (Moved.NO_ANSWER, 0)),
        (build.rating("a"), Answer(), 1, (Moved.NO_ANSWER, 0)),
        (build.rating("a"), build.NOT_APPLICABLE, build.NOT_APPLICABLE, (Moved.SAME, 0)),
    ],
)
def test_answers_then_and_now(
    question: q.Question,
    then: Value | Answer,
    now: Value | Answer,
    expected: tuple[Moved, Fraction | int],
) -> None:
    asked = build.questionnaire(question)
    found = moved(asked, {"a": then}, asked, {"a": now}).answers["a"]
    assert (found.moved, found.by) == expected


def test_figures_worked_out_move_too() -> None:
    asked = build.questionnaire(build.number("n"), build.calculated("c", "ratio", "n", 4))
    found = moved(asked, {"n": 1}, asked, {"n": 2}).answers["c"]
    assert (found.moved, found.by) == (Moved.UP, Fraction(1, 4))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (build.number("a", unit="people"), build.number("a", unit="posts")),
        (build.yes_no("a"), build.choice("a", "yes", "no")),
        (build.rating("a", descriptors={0: "A", 3: "B"}), build.rating("a")),
    ],
)
def test_answers_that_mean_something_else_are_not_compared(
    old: q.Question, new: q.Question
) -> None:
    found = moved(build.questionnaire(old), {}, build.questionnaire(new), {})
    assert found.answers["a"].moved is Moved.NOT_COMPARABLE


def test_ratings_on_another_scale_are_not_compared() -> None:
    found = moved(ONE, {"r": 1}, replace(ONE, scale=scale_of(4)), {"r": 1})
    assert found.answers["r"].moved is Moved.NOT_COMPARABLE


def test_new_questions_and_those_that_are_gone() -> None:
    old = build.questionnaire(
        build.yes_no("a"), build.yes_no("b"), build.yes_no("c"), build.yes_no("hidden")
    )
    new = build.questionnaire(
        build.yes_no("a"),
        build.yes_no("d"),
        build.yes_no("e", show_when=build.over("a", "is", "no")),
    )
    found = moved(old, {"a": True, "b": True}, new, {"a": True})
    assert {name: each.moved for name, each in found.answers.items()} == {
        "a": Moved.SAME,
        "d": Moved.NEW,
    }
    assert [each.question.id for each in found.gone] == ["b"]

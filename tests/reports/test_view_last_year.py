"""Last year beside this year, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer
from healthcheck.core.movement import Moved
from healthcheck.reports.view_last_year import Beside, Earlier, LastYear, last_year
from healthcheck.reports.view_questions import Sources, pointers
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Value


SHARE = q.Percentage(id="a", text="A")
NOTHING = "No answer to compare"
NA = "Not applicable"


def beside(
    old: q.Questionnaire,
    then: Mapping[str, Value | Answer],
    new: q.Questionnaire,
    now: Mapping[str, Value | Answer],
) -> LastYear:
    sources = Sources(new, build.journey(new, now), build.FACTS, pointers(new))
    earlier = Earlier("2026", old, build.journey(old, then), build.FACTS)
    return last_year(earlier, sources, "2027")


def says(question: q.Question, then: Value | Answer, now: Value | Answer) -> tuple[str, str, str]:
    asked = build.questionnaire(question)
    (section,) = beside(asked, {question.id: then}, asked, {question.id: now}).sections
    (line,) = section.lines
    return line.then, line.now, line.says


@pytest.mark.parametrize(
    ("question", "then", "now", "expected"),
    [
        (build.rating("a"), 1, 3, ("1. Partly in place", "3. Embedded", "Up 2 levels")),
        (build.rating("a"), 1, 0, ("1. Partly in place", "0. Not in place", "Down 1 level")),
        (build.rating("a"), 1, 1, ("1. Partly in place", "1. Partly in place", "No change")),
        (build.rating("a"), Answer(), 1, ("Not answered yet", "1. Partly in place", NOTHING)),
        (build.rating("a"), 1, build.NOT_APPLICABLE, ("1. Partly in place", NA, NOTHING)),
        (
            build.number("a", unit="posts", decimals=1),
            Decimal("1200.5"),
            Decimal(90),
            ("1,200.5 posts", "90 posts", "Down 1,110.5 posts"),
        ),
        (SHARE, Decimal(5), Decimal(6), ("5%", "6%", "Up 1 percentage point")),
        (SHARE, Decimal(5), Decimal(9), ("5%", "9%", "Up 4 percentage points")),
        (q.LongText(id="a", text="A"), "One.", "Two.", ("In words", "In words", "Changed")),
        (build.yes_no("a"), True, False, ("Yes", "No", "Changed")),
    ],
)  # fmt: skip
def test_a_question_says_both_answers_and_what_moved(
    question: q.Question, then: Value | Answer, now: Value | Answer, expected: tuple[str, str, str]
) -> None:
    assert says(question, then, now) == expected


def test_scores_stand_side_by_side_with_what_moved() -> None:
    asked = build.questionnaire(
        build.area("x", build.rating("a")), build.area("y", build.rating("b"))
    )
    found = beside(asked, {"a": 1}, asked, {"a": 2, "b": 0})
    assert (found.cycle, found.this_cycle) == ("2026", "2027")
    assert found.overall == Beside("", "", "Overall", "33", "33", Moved.SAME, "No change")
    assert found.areas == (
        Beside("x", "1", "Area x", "33", "67", Moved.UP, "Up 34 points"),
        Beside("y", "2", "Area y", "No score", "0", Moved.NO_ANSWER, "No answer to compare"),
    )
    assert found.sentence == (
        "Of the ratings that can be compared, 1 went up, 0 went down and 0 stayed."
    )


def test_what_cannot_be_compared_says_why() -> None:
    old = build.questionnaire(build.rating("a"), build.rating("gone"))
    new = build.questionnaire(
        replace(build.rating("a", descriptors=dict.fromkeys(range(4), "Other")), text="New words"),
        build.rating("new"),
    )
    found = beside(old, {"a": 1, "gone": 2}, new, {"a": 1, "new": 1})
    assert found.areas[0].says == (
        "Not comparable: 1 scored question is new. 1 scored question is gone."
        " 1 scored question is answered or scored in another way."
    )
    assert found.overall.says == (
        "Not comparable: The questions or points of at least one area are others."
    )
    (section,) = found.sections
    assert [(line.then, line.says) for line in section.lines] == [
        (
            "1. Partly in place",
            "Not comparable: what can be answered is not the same. The question’s words changed.",
        ),
        ("Not asked", "New"),
    ]
    assert found.gone == ("Question gone",)


def test_only_questions_answered_in_either_year_are_told() -> None:
    hidden = build.rating("hidden", show_when=build.over("y", "is", "yes"))
    asked = build.questionnaire(
        build.area("x", build.yes_no("y"), build.rating("b"), hidden),
        build.area("z", build.rating("c")),
    )
    found = beside(asked, {"y": False, "hidden": 1}, asked, {"y": True, "hidden": 1})
    (section,) = found.sections
    assert section.title == "Area x"
    assert [(line.number, line.then) for line in section.lines] == [
        ("1.1", "No"),
        ("1.3", "Not asked"),
    ]

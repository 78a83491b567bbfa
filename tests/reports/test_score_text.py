from __future__ import annotations

from healthcheck.reports.score_object import score_object
from healthcheck.reports.score_text import score_lines
from tests.core.build import area, essential, questionnaire, rating, scored

from .made import report_of

ASKED = questionnaire(
    area("one", essential("a"), rating("b"), rating("c", weight="1/2")), area("two", rating("d"))
)
VALUES = {"a": 0, "b": 3, "c": 3}


def test_scores_are_told_line_by_line() -> None:
    # 3 + 3/2 of 3 + 3 + 3/2 points is 60%.
    assert list(score_lines(report_of(ASKED, VALUES))) == [
        "Overall: 60 out of 100, Moderate, provisional",
        "3 of 4 rated questions answered",
        "",
        "1. Area one: 60 out of 100, Low, held down by 1.1",
        (
            "   4.5 of 7.5 points: 2 answers at “3. Embedded” (4.5 points) and 1 answer at "
            "“0. Not in place” (0 points). Question 1.3 counts half. 4.5 ÷ 7.5 × 100 = 60."
        ),
        (
            "   The band is held at Low, because essential question 1.1 is at “0. Not in place”. "
            "The score alone would be Moderate."
        ),
        "   What holds it back: 1.1 “Question a”, now at “0. Not in place”.",
        "",
        "2. Area two: No score",
    ]


def test_scores_are_given_as_one_object() -> None:
    assert score_object(scored(ASKED, VALUES)) == {
        "overall": {"score": 60, "band": "Moderate"},
        "areas": [
            {
                "id": "one",
                "score": 60,
                "band": "Low",
                "points": 4.5,
                "maximum": 7.5,
                "answered": 3,
                "applicable": 3,
                "capped_by": "a",
            },
            {
                "id": "two",
                "score": None,
                "band": None,
                "points": 0,
                "maximum": 0,
                "answered": 0,
                "applicable": 1,
                "capped_by": None,
            },
        ],
        "strengths": ["b", "c"],
        "improvements": ["a"],
        "unanswered": ["d"],
    }

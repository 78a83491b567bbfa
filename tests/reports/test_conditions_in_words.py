from __future__ import annotations

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import All, Any, Condition, Not, OverFact, OverQuestion
from healthcheck.reports.conditions_in_words import Speaker
from healthcheck.reports.view_questions import pointers
from tests.core.build import choice, multiple_choice, number, over, questionnaire, rating, yes_no

ASKED = questionnaire(
    yes_no("y"),
    rating("r"),
    number("n", unit="cases"),
    choice("c", "paper", "system"),
    multiple_choice("m", "stress", "sickness"),
    q.Date(id="d", text="Day"),
)
YES = over("y", "is", "yes")
MANY = over("n", "at_least", "5")


def said(condition: Condition) -> str:
    return Speaker(ASKED, pointers(ASKED)).say(condition)


def test_a_condition_becomes_an_instruction() -> None:
    assert Speaker(ASKED, pointers(ASKED)).only_if(YES) == (
        "Answer this only if the answer to 1.1 is “Yes”."
    )


@pytest.mark.parametrize(
    ("condition", "words", "opposite"),
    [
        (YES, "the answer to 1.1 is “Yes”", "the answer to 1.1 is not “Yes”"),
        (over("n", "is", "3"), "the answer to 1.3 is 3", "the answer to 1.3 is not 3"),
        (
            over("c", "is_any_of", "paper", "system"),
            "the answer to 1.4 is “Paper” or “System”",
            "the answer to 1.4 is not “Paper” or “System”",
        ),
        (
            over("m", "is", "stress"),
            "the answer to 1.5 includes “Stress”",
            "the answer to 1.5 leaves out “Stress”",
        ),
        (
            over("r", "at_least", "2"),
            "the answer to 1.2 is “2. In place” or higher",
            "the answer to 1.2 is lower than “2. In place”",
        ),
        (
            over("r", "at_most", "1"),
            "the answer to 1.2 is “1. Partly in place” or lower",
            "the answer to 1.2 is higher than “1. Partly in place”",
        ),
        (MANY, "the answer to 1.3 is 5 or more", "the answer to 1.3 is less than 5"),
        (
            over("n", "at_most", "5"),
            "the answer to 1.3 is 5 or less",
            "the answer to 1.3 is more than 5",
        ),
        (
            over("d", "at_least", "2026-01-01"),
            "the answer to 1.6 is 2026-01-01 or later",
            "the answer to 1.6 is earlier than 2026-01-01",
        ),
        (OverQuestion("y", "answered", ("true",)), "1.1 is answered", "1.1 is not answered"),
        (
            OverFact("nation", ("england", "wales")),
            "the nation is England or Wales",
            "the nation is not England or Wales",
        ),
        (
            OverFact("service", ("childrens", "out-of-hours")),
            "the service is Children’s services or out of hours",
            "the service is not Children’s services or out of hours",
        ),
        (
            OverFact("employer_type", ("council",)),
            "the kind of employer is Council",
            "the kind of employer is not Council",
        ),
        (
            All((YES, MANY)),
            "the answer to 1.1 is “Yes” and the answer to 1.3 is 5 or more",
            "either the answer to 1.1 is not “Yes”, or the answer to 1.3 is less than 5",
        ),
        (
            Any((YES, MANY)),
            "either the answer to 1.1 is “Yes”, or the answer to 1.3 is 5 or more",
            "the answer to 1.1 is not “Yes” and the answer to 1.3 is less than 5",
        ),
        (All((YES,)), "the answer to 1.1 is “Yes”", "the answer to 1.1 is not “Yes”"),
    ],
)
def test_a_condition_and_its_opposite_are_said_in_words(
    condition: Condition, words: str, opposite: str
) -> None:
    assert (said(condition), said(Not(condition)), said(Not(Not(condition)))) == (
        words,
        opposite,
        words,
    )

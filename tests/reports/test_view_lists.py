from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.journey import progress
from healthcheck.reports.back_matter import EvidenceItem, Lists, SetAside, SuggestedAction
from healthcheck.reports.parts import File, Finding, Pointer
from tests.core.build import (
    NOT_APPLICABLE,
    area,
    at_least,
    calculated,
    journey,
    number,
    over,
    questionnaire,
    rating,
    yes_no,
)

from .made import report_of

ADVICE = q.Improvement(
    finding="There is no agreed way.",
    quick_win="Set up a group.",
    longer_step="Try a scheme.",
    owner="Head of service",
    days=90,
    measure="Every team has a result.",
)


def pointer(question_id: str, number: str) -> Pointer:
    return Pointer(question_id, number, f"Question {question_id}", "Area one")


def test_strengths_and_improvements_are_sentences_in_order_of_weight() -> None:
    asked = questionnaire(
        rating("a", improve={1: ADVICE}),
        rating("b"),
        rating("c", weight=2),
        rating("d"),
    )

    report = report_of(asked, {"a": 1, "b": 2, "c": 3, "d": 0})

    assert report.strengths == (
        Finding(pointer("c", "1.3"), "Question c", "3. Embedded"),
        Finding(pointer("b", "1.2"), "Question b", "2. In place"),
    )
    assert report.improvements == (
        Finding(pointer("d", "1.4"), "“Question d”: 0. Not in place.", "0. Not in place"),
        Finding(pointer("a", "1.1"), "There is no agreed way.", "1. Partly in place"),
    )


def test_a_strength_without_the_evidence_it_asks_for_says_so() -> None:
    guide = q.EvidenceGuide("Attach it.", required_from=2)
    asked = questionnaire(rating("a", evidence=guide), rating("b", evidence=guide))

    report = report_of(asked, {"a": 2, "b": Answer(2, evidence="Minutes.")})

    assert [each.sentence for each in report.strengths] == [
        "Question a (no evidence given yet).",
        "Question b",
    ]


def test_a_scored_figure_can_be_an_area_for_improvement() -> None:
    asked = questionnaire(number("n", score_when=(at_least(95, 2),), unit="visits"))

    (finding,) = report_of(asked, {"n": Decimal(3)}).improvements

    assert (finding.sentence, finding.level) == ("“Question n”: 3 visits.", "3 visits")


def test_every_improvement_with_advice_proposes_an_action() -> None:
    asked = questionnaire(rating("a", improve={0: ADVICE, 1: ADVICE}), rating("b"))

    assert report_of(asked, {"a": 0, "b": 0}).actions == (
        SuggestedAction(
            question=pointer("a", "1.1"),
            level="0. Not in place",
            finding="There is no agreed way.",
            quick_win="Set up a group.",
            longer_step="Try a scheme.",
            owner="Head of service",
            when="Within 3 months (90 days)",
            measure="Every team has a result.",
        ),
    )


@pytest.mark.parametrize(
    ("letters", "found", "shown"),
    [(20, 2, 2), (20, 5, 5), (20, 9, 5), (200, 9, 4), (500, 9, 3), (500, 2, 2)],
)
def test_the_summary_shows_three_to_five_as_room_allows(
    letters: int, found: int, shown: int
) -> None:
    questions = [
        q.Rating(id=f"q{each}", text="x" * letters, descriptors={0: "a", 1: "b", 2: "c", 3: "d"})
        for each in range(found)
    ]

    summary = report_of(questionnaire(*questions), {each.id: 3 for each in questions}).summary

    assert len(summary.strengths) == shown
    assert summary.strengths_note == (
        ""
        if shown == found
        else f"The first {shown} of {found}. "
        "All of them are under “All strengths and areas for improvement”."
    )


def test_without_findings_the_summary_says_so() -> None:
    summary = report_of(questionnaire(rating("a")), {}).summary

    assert (summary.strengths_note, summary.improvements_note) == (
        "No answer counts as a strength yet.",
        "No answer counts as an area for improvement yet.",
    )


def test_the_lists_hold_what_was_given_and_what_is_left() -> None:
    guide = q.EvidenceGuide("Attach it.", required_from=1)
    file = Attachment("f", "Policy.pdf", "application/pdf", 2_000_000, "0")
    asked = questionnaire(
        rating("a"),
        rating("b", evidence=guide),
        rating("c"),
        rating("d"),
        yes_no("y"),
        rating("e", show_when=over("y", "is", "yes")),
    )
    values: dict[str, Any] = {
        "a": Answer(1, evidence="One two", links=("https://a.example/",), attachments=(file,)),
        "b": 2,
        "c": NOT_APPLICABLE,
        "d": Answer(evidence="Word"),
        "e": Answer(3, links=("https://b.example/",)),
    }

    assert report_of(asked, values).lists == Lists(
        evidence=(
            EvidenceItem(
                pointer("a", "1.1"),
                ("https://a.example/",),
                (File("f", "Policy.pdf", "2.0 MB"),),
            ),
            EvidenceItem(pointer("e", "1.6"), ("https://b.example/",), ()),
        ),
        evidence_missing=(pointer("b", "1.2"),),
        unanswered=(pointer("d", "1.4"), pointer("y", "1.5")),
        undetermined=(pointer("e", "1.6"),),
        not_applicable=(SetAside(pointer("c", "1.3"), ("We have no such team.",)),),
    )


def test_what_nobody_has_to_answer_is_in_no_list_of_what_is_left() -> None:
    needs_yes = over("y", "is", "yes")
    asked = questionnaire(
        yes_no("y"),
        rating("a", show_when=needs_yes),
        number("n", show_when=needs_yes, optional=True),
        calculated("c", "sum", "n", 1, show_when=needs_yes),
        rating("b"),
    )

    report = report_of(asked, {"b": 3})

    left = report.lists.unanswered + report.lists.undetermined
    done = progress(journey(asked, {"b": 3}), asked.questions.values())
    assert [each.id for each in left] == ["y", "a"]
    assert done.answered + len(left) == done.of


def test_a_section_names_what_is_left_in_one_line() -> None:
    asked = questionnaire(rating("a"), rating("b"), area("two", rating("c")), area("three"))

    areas = report_of(asked, {}).areas

    assert [each.left for each in areas] == [
        "2 questions are not answered yet: 1.1 and 1.2. They are listed at the end.",
        "1 question is not answered yet: 2.1. It is listed at the end.",
        "",
    ]


def test_hidden_questions_are_in_no_list() -> None:
    asked = questionnaire(
        yes_no("y"),
        rating("e", show_when=over("y", "is", "yes"), improve={0: ADVICE}),
    )

    report = report_of(asked, {"y": False, "e": Answer(0, evidence="Old.")})

    assert report.lists == Lists((), (), (), (), ())
    assert (report.actions, report.strengths, report.improvements) == ((), (), ())


def test_a_long_row_is_known_by_what_it_holds() -> None:
    short = SetAside(pointer("a", "1.1"), ("No such team.",))
    long = SetAside(pointer("a", "1.1"), ("Because. " * 500,))
    many = EvidenceItem(pointer("a", "1.1"), ("https://a.example/" + "x" * 1900,), ())

    assert [short.is_long, long.is_long, many.is_long] == [False, True, True]


def test_weights_decide_the_order_not_the_file() -> None:
    asked = questionnaire(rating("a"), rating("b", weight=Fraction(3)))

    report = report_of(asked, {"a": 0, "b": 1})

    # 3 × (1 − 1/3) = 2 is more than 1 × (1 − 0) = 1.
    assert [each.question.id for each in report.improvements] == ["b", "a"]

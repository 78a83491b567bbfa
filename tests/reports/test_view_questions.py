from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.facts import Audience
from healthcheck.reports.parts import Evidence, File, QuestionRow
from tests.core.build import (
    NOT_APPLICABLE,
    area,
    calculated,
    choice,
    essential,
    multiple_choice,
    number,
    over,
    questionnaire,
    rating,
    yes_no,
)

from .made import report_of

GUIDE = q.EvidenceGuide("Attach the scheme.", required_from=2)


def rows_of(asked: q.Questionnaire, values: dict[str, object]) -> list[QuestionRow]:
    report = report_of(asked, values)  # type: ignore[arg-type] # tests give plain values
    return [row for each in report.areas for topic in each.topics for row in topic.questions]


def test_a_rating_shows_its_level_descriptor_points_and_what_comes_next() -> None:
    asked = questionnaire(
        rating(
            "a", hint="Any method counts.", evidence=GUIDE, standards=("lga-1",), source="A paper."
        ),
        standards=(q.Standard("lga-1", "Standard 1"),),
    )
    given = Answer(
        2,
        evidence="Agreed in May.\n\nReviewed since.",
        links=("https://northmere.example/scheme",),
        attachments=(Attachment("f", "Scheme.pdf", "application/pdf", 12_000, "0"),),
    )

    assert rows_of(asked, {"a": given}) == [
        QuestionRow(
            id="a",
            number="1.1",
            text="Question a",
            hint="Any method counts.",
            kind="rating",
            state="answered",
            answer="In place",
            level=2,
            top=3,
            descriptor="In place",
            next_level="3. Embedded",
            next_descriptor="Embedded",
            points="2 of 3 points",
            evidence=Evidence(
                ("Agreed in May.", "Reviewed since."),
                ("https://northmere.example/scheme",),
                (File("f", "Scheme.pdf", "12 kB"),),
            ),
            standards=("Standard 1",),
            rests_on="Rests on: A paper. Linked to: Standard 1.",
        )
    ]


def test_the_top_level_has_no_next_one() -> None:
    (row,) = rows_of(questionnaire(rating("a")), {"a": 3})

    assert (row.answer, row.next_level, row.next_descriptor) == ("Embedded", "", "")


def test_missing_evidence_is_named_from_the_level_that_asks_for_it() -> None:
    asked = questionnaire(rating("a", evidence=GUIDE), rating("b", evidence=GUIDE))

    wanting, too_low = rows_of(asked, {"a": 2, "b": 1})

    assert wanting.evidence.missing == (
        "No evidence has been given yet. At “2. In place” some is expected. Attach the scheme."
    )
    assert too_low.evidence == Evidence()


def test_an_unanswered_question_says_so() -> None:
    asked = questionnaire(rating("a"), number("n", optional=True))

    assert [(row.state, row.answer, row.level) for row in rows_of(asked, {})] == [
        ("unanswered", "Not answered yet", None),
        ("unanswered", "Not given (optional)", None),
    ]


def test_only_questions_with_nothing_given_are_left_to_a_list() -> None:
    asked = questionnaire(
        yes_no("y"),
        rating("a"),
        rating("b"),
        rating("c", show_when=over("y", "is", "yes")),
        number("n", optional=True),
        calculated("x", "sum", "n", 1),
    )

    report = report_of(asked, {"a": 1, "b": Answer(evidence="Minutes of May.")})

    (topic,) = report.areas[0].topics
    assert [row.id for row in topic.questions if row.is_left] == ["y", "c"]
    assert [row.id for row in topic.told] == ["a", "b", "n", "x"]


def test_evidence_given_before_an_answer_is_shown() -> None:
    (row,) = rows_of(questionnaire(rating("a")), {"a": Answer(evidence="Minutes of May.")})

    assert (row.state, row.evidence.paragraphs) == ("unanswered", ("Minutes of May.",))


def test_a_question_set_aside_shows_its_reason() -> None:
    (row,) = rows_of(questionnaire(rating("a")), {"a": NOT_APPLICABLE})

    assert (row.state, row.answer, row.reason, row.points) == (
        "not-applicable",
        "Not applicable",
        ("We have no such team.",),
        "",
    )


def test_a_question_still_to_be_decided_says_so() -> None:
    asked = questionnaire(yes_no("y"), rating("a", show_when=over("y", "is", "yes")))

    assert rows_of(asked, {"a": 3})[1].answer == "Not yet known whether this applies"


def test_hidden_questions_are_absent_and_the_others_keep_their_numbers() -> None:
    asked = questionnaire(
        rating("a", applies_to=Audience(nation=("wales",))),
        rating("b"),
        area("two", rating("c", applies_to=Audience(nation=("wales",))), rating("d")),
    )
    report = report_of(asked, {"a": 0, "b": 3, "c": 0, "d": 0})

    assert [row.number for each in report.areas for t in each.topics for row in t.questions] == [
        "1.2",
        "2.2",
    ]


def test_a_topic_without_a_question_is_left_out() -> None:
    asked = questionnaire(rating("a", applies_to=Audience(nation=("wales",))))

    assert report_of(asked, {}).areas[0].topics == ()


def test_an_essential_question_says_what_it_does() -> None:
    (row,) = rows_of(questionnaire(essential("a")), {"a": 3})

    assert row.essential == (
        "This question is essential: while it earns no points, the area’s band is at most Low."
    )


@pytest.mark.parametrize(
    ("question", "value", "kind", "answer"),
    [
        (yes_no("x"), True, "choice", "Yes"),
        (yes_no("x"), False, "choice", "No"),
        (choice("x", "paper", "system"), "system", "choice", "System"),
        (multiple_choice("x", "a", "b", "c"), ("a", "c"), "choice", "A and C"),
        (number("x", unit="cases"), Decimal(1250), "figure", "1,250 cases"),
        (number("x", decimals=1), Decimal("12.50"), "figure", "12.5"),
        (q.Percentage(id="x", text="Share"), Decimal(40), "figure", "40%"),
        (q.Date(id="x", text="Day"), date(2025, 9, 30), "choice", "30 September 2025"),
        (q.ShortText(id="x", text="Who"), "HR", "words", "HR"),
        (q.LongText(id="x", text="How"), "One.\n\nTwo.", "words", "One.\n\nTwo."),
    ],
)
def test_each_type_of_answer_is_said_in_words(
    question: q.Question, value: object, kind: str, answer: str
) -> None:
    (row,) = rows_of(questionnaire(question), {"x": value})

    assert (row.kind, row.state, row.answer) == (kind, "answered", answer)


def test_a_figure_keeps_its_amount_apart_from_its_unit() -> None:
    asked = questionnaire(
        number("n", unit="cases"), calculated("c", "ratio", "n", 3, unit="a day", decimals=1)
    )

    assert [(row.amount, row.unit) for row in rows_of(asked, {"n": Decimal(50)})] == [
        ("50", "cases"),
        ("16.7", "a day"),
    ]


def test_a_text_is_given_in_paragraphs() -> None:
    (row,) = rows_of(questionnaire(q.LongText(id="x", text="How")), {"x": "One.\n\nTwo."})

    assert row.paragraphs == ("One.", "Two.")


@pytest.mark.parametrize(
    ("text", "long"),
    [("word " * 100, False), ("word " * 1000, True), ("a\n" * 10, False), ("a\n" * 100, True)],
)
def test_a_question_is_long_by_its_letters_or_its_lines(*, text: str, long: bool) -> None:
    (row,) = rows_of(questionnaire(rating("a")), {"a": Answer(1, evidence=text)})

    assert row.is_long is long


def test_a_rating_on_part_of_the_scale_stops_at_its_own_top() -> None:
    asked = questionnaire(rating("a", descriptors={0: "None.", 2: "All."}))

    (row,) = rows_of(asked, {"a": 0})

    assert (row.top, row.next_level, row.points) == (2, "2. In place", "0 of 2 points")


def test_a_percentage_can_be_worked_out() -> None:
    asked = questionnaire(
        number("n"), calculated("c", "percentage_of", "n", 3, unit="%", decimals=1)
    )

    (_, row) = rows_of(asked, {"n": Decimal(2)})

    assert (row.answer, row.worked_out) == ("66.7%", "1.1 as a percentage of 3.")

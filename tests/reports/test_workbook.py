from __future__ import annotations

from dataclasses import replace

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import All, OverFact
from healthcheck.core.facts import Audience, Facts
from healthcheck.reports.workbook import BlankQuestion, BlankSection, BlankTopic, Tick, workbook
from tests.core.build import (
    FACTS,
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

WALES = Facts("adults", "wales", "council")


def questions_of(asked: q.Questionnaire, facts: Facts | None = None) -> list[BlankQuestion]:
    sections = workbook(asked, facts).sections
    return [each for section in sections for topic in section.topics for each in topic.questions]


def test_a_rating_is_printed_with_everything_needed_to_judge_it() -> None:
    guide = q.EvidenceGuide("Attach it.", ("A list.",), ("A hope.",), required_from=2)
    asked = questionnaire(
        yes_no("y"),
        essential(
            "a",
            hint="Any method.",
            why="It matters.",
            source="A paper",
            evidence=guide,
            show_when=over("y", "is", "yes"),
            applies_to=Audience(service=("childrens",), nation=("england", "wales")),
        ),
    )

    assert questions_of(asked)[1] == BlankQuestion(
        id="a",
        number="1.2",
        text="Question a",
        hint="Any method.",
        why="It matters.",
        rests_on="Rests on: A paper.",
        only_for="Only for: Children’s services; England or Wales.",
        only_if="Answer this only if the answer to 1.1 is “Yes”.",
        room="ticks",
        instruction="Tick one.",
        ticks=(
            Tick("0. Not in place", "Not in place"),
            Tick("1. Partly in place", "Partly in place"),
            Tick("2. In place", "In place"),
            Tick("3. Embedded", "Embedded"),
        ),
        unit="",
        worked_out="",
        is_essential=True,
        is_optional=False,
        evidence=guide,
        evidence_from="Evidence is expected from “2. In place” up.",
        fills_page=True,
    )


@pytest.mark.parametrize(
    ("question", "room", "instruction", "ticks"),
    [
        (yes_no("x"), "ticks", "Tick one.", (Tick("Yes"), Tick("No"))),
        (choice("x", "a", "b"), "ticks", "Tick one.", (Tick("A"), Tick("B"))),
        (multiple_choice("x", "a"), "ticks", "Tick all that apply.", (Tick("A"),)),
        (number("x"), "line", "Give a whole number.", ()),
        (number("x", decimals=1), "line", "Give at most 1 decimal place.", ()),
        (q.Percentage(id="x", text="X", decimals=2), "line", "Give at most 2 decimal places.", ()),
        (q.Date(id="x", text="X"), "line", "Write day, month and year.", ()),
        (q.ShortText(id="x", text="X"), "line", "", ()),
        (q.LongText(id="x", text="X"), "box", "", ()),
    ],
)
def test_each_type_of_question_has_its_own_room_to_answer(
    question: q.Question, room: str, instruction: str, ticks: tuple[Tick, ...]
) -> None:
    (blank,) = questions_of(questionnaire(question))

    assert (blank.room, blank.instruction, blank.ticks) == (room, instruction, ticks)


def test_a_worked_out_figure_has_a_rule_instead_of_room() -> None:
    (_, blank) = questions_of(
        questionnaire(number("n"), calculated("c", "percentage_of", "n", 4, unit="%"))
    )

    assert (blank.room, blank.worked_out, blank.unit) == ("none", "1.1 as a percentage of 4", "%")


def test_a_box_for_evidence_fills_its_page_unless_a_small_question_comes_next() -> None:
    guide = q.EvidenceGuide("Attach it.")
    asked = questionnaire(
        rating("a", evidence=guide),
        yes_no("y"),
        rating("b", evidence=guide),
        rating("c", evidence=guide),
        area("two", yes_no("z")),
    )

    assert [(each.id, each.fills_page) for each in questions_of(asked)] == [
        ("a", False),
        ("y", False),
        ("b", True),
        ("c", True),
        ("z", False),
    ]


def test_with_facts_questions_that_can_never_be_asked_are_left_out() -> None:
    in_wales = OverFact("nation", ("wales",))
    asked = questionnaire(
        area("one", yes_no("y")),
        area(
            "two",
            rating("a", applies_to=Audience(nation=("england",))),
            rating("b", show_when=OverFact("nation", ("england",))),
        ),
        area(
            "three",
            rating("c", show_when=in_wales),
            rating("d", show_when=All((in_wales, over("y", "is", "yes")))),
        ),
    )

    assert [(each.number, each.only_if) for each in questions_of(asked, WALES)] == [
        ("1.1", ""),
        ("3.1", ""),
        (
            "3.2",
            "Answer this only if the nation is Wales and the answer to 1.1 is “Yes”.",
        ),
    ]
    assert [each.number for each in questions_of(asked)] == ["1.1", "2.1", "2.2", "3.1", "3.2"]


def test_the_book_is_worded_for_its_audience_and_says_which() -> None:
    term = q.Term(
        "director", "Director", (q.Saying(Audience(nation=("wales",)), "statutory Director"),)
    )
    section = q.Area(
        "figures", "Figures", "", area("f", number("n", optional=True)).topics, scored=False
    )
    asked = replace(
        questionnaire(rating("a"), figures=section),
        about="For the {director}.\n\nTwice.",
        source="Written here.",
        terms=(term,),
    )

    general, welsh = workbook(asked), workbook(asked, WALES)

    assert (general.audience, general.about) == ("", ("For the Director.", "Twice."))
    assert (welsh.audience, welsh.about[0]) == (
        "Adults’ services, Council, Wales",
        "For the statutory Director.",
    )
    assert (general.title, general.edition, general.source) == ("Tiny", "1", ("Written here.",))
    assert general.scale == ("0. Not in place", "1. Partly in place", "2. In place", "3. Embedded")
    assert [each.title for each in general.sections] == ["Area 1: Area one", "Figures"]
    assert general.sections[1].topics[0].questions[0].is_optional


def test_a_section_keeps_its_topics_and_their_words() -> None:
    topic = q.Topic("t", "Sharing work", (rating("a"),), "How work is shared.")
    asked = questionnaire(q.Area("one", "Workload", "About it.", (topic,)))

    (section,) = workbook(asked, FACTS).sections

    assert section == BlankSection(
        "one",
        "Area 1: Workload",
        ("About it.",),
        (BlankTopic("Sharing work", ("How work is shared.",), tuple(questions_of(asked))),),
    )

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, Value
from healthcheck.core.conditions import Not, OverFact
from healthcheck.core.facts import Audience, Facts
from healthcheck.core.journey import (
    Journey,
    Progress,
    Status,
    Visibility,
    lacks_evidence,
    out_of_range,
    progress,
    unanswered,
    walk,
    walk_again,
)

from .build import (
    FACTS,
    NOT_APPLICABLE,
    answered,
    area,
    calculated,
    journey,
    number,
    over,
    questionnaire,
    rating,
    yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

VISIBLE, HIDDEN, UNDETERMINED = Visibility.VISIBLE, Visibility.HIDDEN, Visibility.UNDETERMINED
IF_A = over("a", "is", "yes")
IF_B = over("b", "answered")
ASKED = questionnaire(yes_no("a"), rating("b", show_when=IF_A), rating("c", show_when=IF_B))


def seen(walked: Journey) -> dict[str, Visibility]:
    return {each: standing.visibility for each, standing in walked.items()}


def done(asked: q.Questionnaire, values: Mapping[str, Value | Answer]) -> Progress:
    return progress(journey(asked, values), asked.questions.values())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, (VISIBLE, UNDETERMINED, UNDETERMINED)),
        ({"a": True}, (VISIBLE, VISIBLE, UNDETERMINED)),
        ({"a": True, "b": 0}, (VISIBLE, VISIBLE, VISIBLE)),
        ({"a": True, "b": NOT_APPLICABLE}, (VISIBLE, VISIBLE, HIDDEN)),
        ({"a": False}, (VISIBLE, HIDDEN, HIDDEN)),
        ({"a": NOT_APPLICABLE}, (VISIBLE, HIDDEN, HIDDEN)),
        ({"a": False, "b": 3, "c": 3}, (VISIBLE, HIDDEN, HIDDEN)),
        ({"b": 3, "c": 3}, (VISIBLE, UNDETERMINED, UNDETERMINED)),
        ({"b": NOT_APPLICABLE}, (VISIBLE, UNDETERMINED, HIDDEN)),
    ],
)
def test_a_chain_of_conditions_is_visible_hidden_or_undetermined(
    values: dict[str, Value | Answer], expected: tuple[Visibility, ...]
) -> None:
    assert tuple(seen(journey(ASKED, values)).values()) == expected


def test_the_opposite_of_a_test_on_a_hidden_question_holds() -> None:
    asked = questionnaire(
        yes_no("a"), rating("b", show_when=IF_A), rating("c", show_when=Not(IF_B))
    )

    assert seen(journey(asked, {"a": False}))["c"] is VISIBLE


def test_answers_to_hidden_questions_are_kept_but_are_not_answered() -> None:
    standing = journey(ASKED, {"a": False, "b": 3})["b"]

    assert standing.answer == Answer(3)
    assert (standing.is_answered, standing.is_wanted, standing.is_unanswered) == (False,) * 3


@pytest.mark.parametrize("nation", ["england", "wales"])
def test_questions_for_others_are_hidden(nation: str) -> None:
    asked = questionnaire(
        rating("for-wales", applies_to=Audience(nation=("wales",))),
        rating("if-wales", show_when=OverFact("nation", ("wales",))),
    )
    facts = Facts(service="adults", nation=nation, employer_type="council")

    expected = VISIBLE if nation == "wales" else HIDDEN
    assert list(seen(walk(asked, facts, {})).values()) == [expected, expected]


def test_a_question_for_others_stays_hidden_whatever_its_condition_says() -> None:
    asked = questionnaire(
        yes_no("a"), rating("b", applies_to=Audience(nation=("wales",)), show_when=IF_A)
    )

    assert seen(journey(asked, {"a": True}))["b"] is HIDDEN


def test_an_optional_question_left_blank_settles_what_depends_on_it() -> None:
    asked = questionnaire(
        yes_no("a", optional=True), rating("b", show_when=IF_A), rating("c", show_when=Not(IF_A))
    )

    assert list(seen(journey(asked, {})).values()) == [VISIBLE, HIDDEN, VISIBLE]
    assert list(seen(journey(asked, {"a": True})).values()) == [VISIBLE, VISIBLE, HIDDEN]


def test_an_optional_question_that_may_not_be_asked_settles_nothing_yet() -> None:
    asked = questionnaire(
        yes_no("z"),
        yes_no("a", optional=True, show_when=over("z", "is", "yes")),
        rating("b", show_when=IF_A),
    )

    assert seen(journey(asked, {}))["b"] is UNDETERMINED


RATE = questionnaire(
    yes_no("any"),
    number("part", show_when=over("any", "is", "yes")),
    number("whole"),
    number("extra", optional=True),
    calculated("rate", "percentage_of", "part", "whole"),
    calculated("total", "sum", "rate", "extra"),
    rating("if-rate", show_when=over("rate", "at_least", "50")),
    rating("if-total", show_when=over("total", "answered")),
)


@pytest.mark.parametrize(
    ("values", "rate", "if_rate"),
    [
        ({}, None, UNDETERMINED),
        ({"any": True, "part": Decimal(1)}, None, UNDETERMINED),
        ({"any": True, "part": Decimal(1), "whole": Decimal(2)}, Fraction(50), VISIBLE),
        ({"any": True, "part": Decimal(1), "whole": Decimal(3)}, Fraction(100, 3), HIDDEN),
        ({"any": True, "part": Decimal(1), "whole": Decimal(0)}, None, HIDDEN),
        ({"any": True, "part": Decimal(1), "whole": NOT_APPLICABLE}, None, HIDDEN),
        ({"whole": NOT_APPLICABLE}, None, HIDDEN),
        ({"any": False, "whole": Decimal(2)}, None, HIDDEN),
        ({"any": False, "part": Decimal(1), "whole": Decimal(2)}, None, HIDDEN),
        ({"part": Decimal(1), "whole": Decimal(2)}, None, UNDETERMINED),
    ],
)
def test_a_calculated_figure_is_undetermined_only_while_its_parts_may_still_come(
    values: dict[str, Value | Answer], rate: Fraction | None, if_rate: Visibility
) -> None:
    walked = journey(RATE, values)

    assert (walked["rate"].value, walked["if-rate"].visibility) == (rate, if_rate)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"any": True, "part": Decimal(1)}, HIDDEN),
        ({"any": True, "part": Decimal(1), "extra": Decimal(9)}, UNDETERMINED),
        ({"any": True, "part": Decimal(1), "extra": Decimal(9), "whole": Decimal(1)}, VISIBLE),
        ({"any": True, "part": Decimal(1), "extra": Decimal(9), "whole": Decimal(0)}, HIDDEN),
    ],
)
def test_a_figure_over_a_figure_settles_with_it(
    values: dict[str, Value | Answer], expected: Visibility
) -> None:
    assert journey(RATE, values)["if-total"].visibility is expected


def test_a_calculated_figure_without_questions_among_its_parts_is_always_settled() -> None:
    asked = questionnaire(
        calculated("none", "ratio", 1, 0), rating("b", show_when=over("none", "answered"))
    )

    assert seen(journey(asked, {}))["b"] is HIDDEN


def test_an_answer_stored_for_a_calculated_figure_is_not_its_value() -> None:
    asked = questionnaire(calculated("k", "sum", 1, 2))

    assert journey(asked, {"k": Decimal(99)})["k"].value == 3


def test_what_is_not_a_number_is_no_part_of_a_figure() -> None:
    asked = questionnaire(q.ShortText(id="b", text="B"), calculated("k", "sum", "b", 1))

    assert journey(asked, {"b": "5"})["k"].value is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Progress(0, 3, started=False)),
        ({"a": True}, Progress(1, 3, started=True)),
        ({"a": False}, Progress(1, 1, started=True)),
        ({"a": NOT_APPLICABLE}, Progress(1, 1, started=True)),
        ({"a": True, "b": 0, "c": 1}, Progress(3, 3, started=True)),
        ({"a": Answer(evidence="Seen.")}, Progress(0, 3, started=True)),
        ({"b": 3}, Progress(0, 3, started=False)),
        ({"a": False, "b": 3, "c": 3}, Progress(1, 1, started=True)),
    ],
)
def test_progress_counts_what_is_answered_out_of_all_that_may_be_asked(
    values: dict[str, Value | Answer], expected: Progress
) -> None:
    assert done(ASKED, values) == expected


def test_optional_questions_and_worked_out_figures_are_nobody_s_task() -> None:
    asked = questionnaire(number("n", optional=True), calculated("k", "sum", "n", 1), rating("r"))

    assert done(asked, {}) == Progress(0, 1, started=False)
    assert done(asked, {"n": Decimal(1)}) == Progress(0, 1, started=True)
    assert unanswered(journey(asked, {})) == ("r",)


def test_an_answer_to_correct_is_begun_and_not_done_if_its_question_is_asked() -> None:
    asked = ASKED.questions.values()
    half = progress(journey(ASKED, {}), asked, {"a"})
    assert half == Progress(0, 3, started=True, to_correct=1)
    whole = progress(journey(ASKED, {"a": True, "b": 0, "c": 1}), asked, {"a"})
    assert whole == Progress(3, 3, started=True, to_correct=1)
    hidden = progress(journey(ASKED, {"a": False, "b": 3, "c": 3}), asked, {"b"})
    assert hidden == Progress(1, 1, started=True)


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (Progress(0, 3, started=False), Status.NOT_STARTED),
        (Progress(0, 3, started=True), Status.IN_PROGRESS),
        (Progress(2, 3, started=True), Status.IN_PROGRESS),
        (Progress(3, 3, started=True), Status.COMPLETED),
        (Progress(3, 3, started=True, to_correct=1), Status.IN_PROGRESS),
        (Progress(0, 0, started=False), Status.COMPLETED),
    ],
)
def test_the_status_follows_from_progress(made: Progress, status: Status) -> None:
    assert made.status is status


def test_progress_is_counted_for_the_questions_asked_about_only() -> None:
    asked = questionnaire(area("one", rating("a")), area("two", rating("b"), rating("c")))
    walked = journey(asked, {"a": 1, "b": 2})

    counts = [progress(walked, section.questions) for section in asked.sections]

    assert counts == [Progress(1, 1, started=True), Progress(1, 2, started=True)]


def test_the_unanswered_are_those_asked_now_in_the_order_of_the_file() -> None:
    asked = questionnaire(rating("z"), *ASKED.areas[0].questions)

    assert unanswered(journey(asked, {"a": True, "c": 3})) == ("z", "b")


def guided(question: q.Question, answer: Answer) -> bool:
    walked = walk(questionnaire(question), FACTS, answered({question.id: answer}))
    return lacks_evidence(walked[question.id])


GUIDE = q.EvidenceGuide("Show it.", required_from=2)


@pytest.mark.parametrize(
    ("question", "answer", "lacks"),
    [
        (rating("r", evidence=GUIDE), Answer(2), True),
        (rating("r", evidence=GUIDE), Answer(3), True),
        (rating("r", evidence=GUIDE), Answer(1), False),
        (rating("r", evidence=GUIDE), Answer(2, evidence="Seen."), False),
        (rating("r", evidence=GUIDE), NOT_APPLICABLE, False),
        (rating("r", evidence=GUIDE), Answer(), False),
        (rating("r", evidence=q.EvidenceGuide("Show it.")), Answer(3), False),
        (rating("r"), Answer(3), False),
        (
            rating("r", evidence=GUIDE, applies_to=Audience(nation=("wales",))),
            Answer(3),
            False,
        ),
        (
            yes_no("y", evidence=q.EvidenceGuide("Show it.", required_from=1)),
            Answer(value=True),
            False,
        ),
    ],
)
def test_evidence_is_lacking_from_the_level_that_asks_for_it(
    question: q.Question, answer: Answer, *, lacks: bool
) -> None:
    assert guided(question, answer) is lacks


@pytest.mark.parametrize(
    ("limits", "value", "out"),
    [
        ({"maximum": Decimal(100)}, "100", False),
        ({"maximum": Decimal(100)}, "100.01", True),
        ({"maximum": Decimal(100)}, "-1", False),
        ({"minimum": Decimal("0.5")}, "0.5", False),
        ({"minimum": Decimal("0.5")}, "0.49", True),
        ({"minimum": Decimal(0), "maximum": Decimal(1)}, "2", True),
        ({"maximum": Decimal(100)}, None, False),
        ({}, "1000", False),
    ],
)
def test_a_result_is_out_of_range_when_it_is_beyond_a_limit(
    limits: Mapping[str, Decimal], value: str | None, *, out: bool
) -> None:
    asked = questionnaire(number("n"), calculated("k", "product", "n", 1, **limits))
    walked = walk(asked, FACTS, answered({"n": Answer(value and Decimal(value))}))

    assert out_of_range(walked["k"]) is out
    assert walked["k"].value == (value and Fraction(value))


def test_only_a_result_that_is_shown_and_worked_out_can_be_out_of_range() -> None:
    asked = questionnaire(
        yes_no("a"),
        number("n", maximum=Decimal(1)),
        calculated("k", "sum", "n", 1, maximum=Decimal(1), show_when=IF_A),
    )
    walked = walk(asked, FACTS, answered({"a": Answer(value=False), "n": Answer(Decimal(5))}))

    assert [out_of_range(each) for each in walked.values()] == [False, False, False]


def test_the_questions_that_others_depend_on_are_known() -> None:
    asked = questionnaire(
        yes_no("a"),
        rating("b", show_when=Not(IF_A)),
        rating("c", show_when=OverFact("nation", ("wales",))),
        number("d"),
        number("e"),
        calculated("f", "sum", "d", 3),
    )
    assert asked.depended_on == {"a", "d"}


@pytest.mark.parametrize("changed", [{"a": False}, {"b": 2}, {"a": True, "b": 1}, {"nobody": 1}])
def test_a_walk_after_a_change_is_the_walk_of_everything(changed: dict[str, Value]) -> None:
    before: dict[str, Value] = {"a": True, "b": 0, "c": 1}
    after = answered(before | changed)
    walked = walk_again(journey(ASKED, before), ASKED, FACTS, answered(changed))
    assert walked == walk(ASKED, FACTS, after)

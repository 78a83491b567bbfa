from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.facts import EVERYONE, Audience
from healthcheck.reports.parts import Comparison, QuestionRow
from tests.core.build import NOT_APPLICABLE, area, calculated, number, questionnaire, rating

from .made import report_of

if TYPE_CHECKING:
    from healthcheck.core.answers import Answer, Value

ENGLAND = q.Comparator(
    label="Councils in England",
    applies_to=Audience(nation=("england",)),
    value=Decimal("14.2"),
    date=date(2025, 9, 30),
    source="Department for Education",
    low=Decimal("6.3"),
    middle=Decimal("14.4"),
    high=Decimal("23.6"),
)
WALES = q.Comparator(
    "Wales", Audience(nation=("wales",)), Decimal("7.9"), date(2022, 12, 31), "Social Care Wales"
)
PLAIN = q.Comparator("All", EVERYONE, Decimal("10.5"), date(2023, 9, 30), "Skills for Care")


def figures_of(*questions: q.Question, **values: Value | Answer) -> list[QuestionRow]:
    section = q.Area("figures", "Figures", "", area("f", *questions).topics, scored=False)
    asked = questionnaire(rating("a"), figures=section)
    figures = report_of(asked, values).figures
    assert figures is not None
    return [row for topic in figures.topics for row in topic.questions]


def rate(**more: object) -> q.Question:
    return calculated("rate", "percentage_of", "part", "whole", unit="%", decimals=1, **more)


def test_figures_have_numbers_of_their_own() -> None:
    rows = figures_of(number("part"), number("whole"), rate())

    assert [row.number for row in rows] == ["F1", "F2", "F3"]


def test_a_comparator_is_shown_with_its_spread_and_where_the_own_figure_stands() -> None:
    rows = figures_of(
        number("part"),
        number("whole"),
        rate(comparators=(ENGLAND, WALES)),
        part=Decimal(30),
        whole=Decimal(200),
    )

    assert rows[2].answer == "15.0%"
    assert rows[2].comparisons == (
        Comparison(
            label="Councils in England",
            value="14.2%",
            spread=(
                "One in five of them is at 6.3% or less, the middle one at 14.4%, "
                "and one in five at 23.6% or more."
            ),
            standing="The employer’s figure is in the middle three fifths.",
            date="30 September 2025",
            source="Department for Education",
        ),
    )


@pytest.mark.parametrize(
    ("part", "comparator", "standing"),
    [
        (236, ENGLAND, "The employer’s figure is among the highest fifth."),
        (63, ENGLAND, "The employer’s figure is among the lowest fifth."),
        (64, ENGLAND, "The employer’s figure is in the middle three fifths."),
        (105, PLAIN, "The employer’s figure is the same."),
        (106, PLAIN, "The employer’s figure is higher."),
        (104, PLAIN, "The employer’s figure is lower."),
    ],
)
def test_a_figure_stands_against_the_published_one(
    part: int, comparator: q.Comparator, standing: str
) -> None:
    rows = figures_of(
        number("part"),
        number("whole"),
        rate(comparators=(comparator,)),
        part=Decimal(part),
        whole=Decimal(1000),
    )

    assert rows[2].comparisons[0].standing == standing


def test_the_date_is_left_out_where_the_label_says_the_year() -> None:
    labelled = q.Comparator("Wales, 2022", EVERYONE, Decimal(8), date(2022, 9, 30), "Source")

    rows = figures_of(number("n", comparators=(labelled, PLAIN)))

    assert [each.date for each in rows[0].comparisons] == ["", "30 September 2023"]


def test_without_an_own_figure_the_published_one_stands_alone() -> None:
    rows = figures_of(number("part"), number("whole"), rate(comparators=(PLAIN,)))

    (comparison,) = rows[2].comparisons
    assert (comparison.value, comparison.spread, comparison.standing) == ("10.5%", "", "")


def test_a_comparator_of_a_count_carries_no_percent_sign() -> None:
    (row,) = figures_of(number("n", unit="cases", comparators=(PLAIN,)), n=Decimal(12))

    assert row.comparisons[0].value == "10.5"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "F1 as a percentage of F2. Not available, because there is no figure for F1 and F2."),
        (
            {"part": Decimal(1), "whole": NOT_APPLICABLE},
            "F1 as a percentage of F2. Not available, because there is no figure for F2.",
        ),
        (
            {"part": Decimal(1), "whole": Decimal(0)},
            "F1 as a percentage of F2. Not available, because nothing can be divided by 0.",
        ),
        ({"part": Decimal(1), "whole": Decimal(4)}, "F1 as a percentage of F2."),
    ],
)
def test_a_worked_out_figure_says_how_or_why_not(
    values: dict[str, Decimal | Answer], said: str
) -> None:
    rows = figures_of(number("part"), number("whole"), rate(), **values)

    assert rows[2].worked_out == said


def test_a_figure_that_cannot_be_worked_out_is_not_available() -> None:
    rows = figures_of(number("part"), number("whole"), rate(), part=Decimal(1), whole=Decimal(0))

    assert rows[2].answer == "Not available"


@pytest.mark.parametrize(
    ("operation", "operands", "said"),
    [
        ("sum", ("a", "b"), "1.1 plus 1.2."),
        ("difference", ("a", "b"), "1.1 minus 1.2."),
        ("product", ("a", 252), "1.1 times 252."),
        ("ratio", ("a", "b"), "1.1 divided by 1.2."),
    ],
)
def test_each_operation_is_said_in_words(
    operation: str, operands: tuple[str | int, ...], said: str
) -> None:
    asked = questionnaire(number("a"), number("b"), calculated("c", operation, *operands))

    report = report_of(asked, {"a": Decimal(6), "b": Decimal(3)})

    assert report.areas[0].topics[0].questions[2].worked_out == said


def test_each_source_is_listed_once() -> None:
    section = q.Area(
        "figures",
        "Figures",
        "About them.",
        area(
            "f", number("n", comparators=(PLAIN, ENGLAND)), number("m", comparators=(PLAIN,))
        ).topics,
    )

    figures = report_of(questionnaire(rating("a"), figures=section), {}).figures

    assert figures is not None
    assert figures.sources == ("Skills for Care", "Department for Education")
    assert (figures.title, figures.about) == ("Figures", ("About them.",))


@pytest.mark.parametrize(
    ("limits", "part", "said"),
    [
        ({"maximum": Decimal(100)}, 4, ""),
        (
            {"maximum": Decimal(100)},
            5,
            "Check the figures this comes from: it should be 100% or less.",
        ),
        (
            {"minimum": Decimal(10), "maximum": Decimal(90)},
            0,
            "Check the figures this comes from: it should be 10% or more and 90% or less.",
        ),
        ({}, 400, ""),
    ],
)
def test_a_figure_that_cannot_be_is_doubted_but_shown(
    limits: dict[str, Decimal], part: int, said: str
) -> None:
    rows = figures_of(
        number("part"), number("whole"), rate(**limits), part=Decimal(part), whole=Decimal(4)
    )

    assert rows[2].doubt == said
    assert rows[2].answer == f"{25 * part:,}.0%"
    assert rows[0].doubt == ""

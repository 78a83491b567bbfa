from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.facts import Facts
from healthcheck.reports.back_matter import BandRow, ScaleRow, Scoring
from healthcheck.reports.parts import Cover, Pointer
from healthcheck.reports.view_model import Subject, cover
from tests.core.build import area, essential, over, questionnaire, rating, yes_no

from .made import report_of

SUBJECT = Subject(
    "Aberwylan Council",
    Facts("family-support", "wales", "council"),
    "2026",
    "EHC-7",
    date(2026, 11, 3),
)


def test_the_cover_says_whose_report_it_is_and_that_it_is_a_draft() -> None:
    assert cover(SUBJECT) == Cover(
        employer="Aberwylan Council",
        employer_type="Council",
        nation="Wales",
        service="Family support",
        cycle="2026",
        reference="EHC-7",
        status="Draft, not signed off",
        is_draft=True,
        date_of="Answers as of",
        date="3 November 2026",
        date_iso="2026-11-03",
    )


def test_a_report_that_is_signed_off_is_no_draft() -> None:
    signed = cover(replace(SUBJECT, signed_off=True))

    assert (signed.status, signed.is_draft) == ("Signed off", False)
    assert signed.date_of == "Date"


def test_a_report_carries_what_the_questionnaire_says_of_itself() -> None:
    asked = replace(
        questionnaire(area("one", rating("a"))),
        about="What it is.\n\nWhat it is for.",
        source="Written for this tool.\n\nIn 2026.",
    )

    report = report_of(asked, {})

    assert (report.title, report.edition, report.about, report.source, report.figures) == (
        "Tiny",
        "1",
        ("What it is.", "What it is for."),
        ("Written for this tool.", "In 2026."),
        None,
    )
    assert report.source_in_short == "Written for this tool."


def test_scoring_is_explained_from_the_questionnaire() -> None:
    asked = questionnaire(
        yes_no("y"),
        essential("a"),
        essential("b", show_when=over("y", "is", "yes")),
    )

    assert report_of(asked, {"y": False}).scoring == Scoring(
        explanation=("The mean of the area scores.",),
        rules=(
            (
                "An answer is a strength when it earns at least two thirds of its points, and an "
                "area for improvement when it earns at most a third of them."
            ),
            (
                "A score is rounded to a whole number once, and half a point is rounded up. The "
                "band is chosen from the rounded score."
            ),
            (
                "A question keeps its number in every report. Where a number is left out, that "
                "question does not apply to this service."
            ),
        ),
        scale=(
            ScaleRow("0. Not in place", "0 points"),
            ScaleRow("1. Partly in place", "1 point"),
            ScaleRow("2. In place", "2 points"),
            ScaleRow("3. Embedded", "3 points"),
        ),
        bands=(
            BandRow("Low", 0, "0 to 50", "Much is missing."),
            BandRow("Moderate", 51, "51 to 74", "A good part is in place."),
            BandRow("High", 75, "75 to 100", "Most is in place."),
        ),
        essential=(Pointer("a", "1.2", "Question a", "Area one"),),
    )


@pytest.mark.parametrize(
    ("strength_from", "improve_to", "strong", "weak"),
    [
        (Fraction(1), Fraction(0), "all", "none"),
        (Fraction(3, 5), Fraction(2, 5), "at least 60%", "at most 40%"),
    ],
)
def test_the_shares_that_count_are_said_in_words(
    strength_from: Fraction, improve_to: Fraction, strong: str, weak: str
) -> None:
    asked = questionnaire(rating("a"), roll_up=q.RollUp(strength_from, improve_to, "."))

    assert report_of(asked, {}).scoring.rules[0] == (
        f"An answer is a strength when it earns {strong} of its points, and an area for "
        f"improvement when it earns {weak} of them."
    )

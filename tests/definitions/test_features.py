from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from healthcheck.core import conditions as c
from healthcheck.core import questionnaires as q
from healthcheck.core.checks import Compared, Fits, NoEvidence, Rose
from healthcheck.core.facts import EVERYONE, Audience, Facts
from healthcheck.core.wording import worded_for
from healthcheck.definitions.questionnaire_files import read_questionnaire

FEATURES = Path(__file__).parent / "features"
TESTED = {
    "answers-over-the-years", "as-written", "audiences", "calculated", "calculated-rates",
    "checks", "choice", "comparators", "conditions", "conditions-on-levels", "date", "essential",
    "evidence", "figures", "multiple-choice", "number", "percentage", "rating", "renamed",
    "score-when", "standards", "terms", "texts", "yes-no",
}  # fmt: skip


def feature(name: str) -> q.Questionnaire:
    questionnaire, problems = read_questionnaire(FEATURES / f"{name}.yaml")
    assert problems == ()
    assert questionnaire is not None
    return questionnaire


def questions(name: str) -> list[q.Question]:
    return list(feature(name).questions.values())


def question(name: str) -> q.Question:
    return questions(name)[0]


def test_every_feature_has_a_test() -> None:
    assert {path.stem for path in FEATURES.glob("*.yaml")} == TESTED


def test_the_least_questionnaire() -> None:
    assert feature("yes-no") == q.Questionnaire(
        id="tiny",
        edition="1",
        title="Tiny",
        about="About.",
        source="Made for a test.",
        scale=(
            q.Level(0, "Not in place", Fraction(0)),
            q.Level(1, "In place", Fraction(1)),
        ),
        bands=(q.Band("Low", 0, "Low."), q.Band("High", 50, "High.")),
        roll_up=q.RollUp(Fraction(2, 3), Fraction(1, 3), "The mean."),
        areas=(
            q.Area(
                id="area",
                title="Area",
                about="About.",
                topics=(q.Topic("topic", "Topic", (q.YesNo(id="a", text="A?"),)),),
            ),
        ),
    )


def test_a_rating() -> None:
    improvement = q.Improvement("It is not so.", "Ask.", "Do.", "Head", 90, "One.")
    assert question("rating") == q.Rating(
        id="r",
        text="It is so.",
        descriptors={0: "It is not.", 1: "It is."},
        improve={0: improvement},
    )


def test_a_choice() -> None:
    options = (q.Option("small", "Small"), q.Option("10-to-20", "10 to 20"))
    assert question("choice") == q.Choice(id="c", text="Which?", options=options)


def test_a_multiple_choice_with_an_exclusive_answer() -> None:
    options = (
        q.Option("x", "X"),
        q.Option("y", "Y"),
        q.Option("none", "None of these", exclusive=True),
    )
    expected = q.MultipleChoice(id="m", text="Which of these?", options=options)
    assert question("multiple-choice") == expected


def test_numbers() -> None:
    assert questions("number") == [
        q.Number(
            id="n",
            text="How many?",
            unit="people",
            minimum=Decimal("-1.50"),
            maximum=Decimal(250),
            decimals=2,
        ),
        q.Number(id="bare", text="How many?"),
    ]


def test_a_percentage() -> None:
    assert question("percentage") == q.Percentage(id="p", text="What share?", decimals=1)


def test_dates() -> None:
    assert questions("date") == [
        q.Date(id="d", text="When?"),
        q.Date(id="between", text="When?", minimum=date(2024, 1, 1), maximum=date(2028, 12, 31)),
    ]


def test_short_and_long_text() -> None:
    assert questions("texts") == [
        q.ShortText(id="s", text="In a line?"),
        q.LongText(id="l", text="In full?"),
    ]


def test_calculated_figures() -> None:
    assert questions("calculated")[2:] == [
        q.Calculated(
            id="total",
            text="Total",
            calculation=q.Calculation("sum", ("n", "p", Fraction(1))),
            unit="posts",
            decimals=1,
        ),
        q.Calculated(id="less", text="Less", calculation=q.Calculation("difference", ("n", "p"))),
        q.Calculated(
            id="times",
            text="Times",
            calculation=q.Calculation("product", ("total", Fraction(5, 2))),
        ),
    ]


def test_calculated_rates() -> None:
    assert questions("calculated-rates")[1:] == [
        q.Calculated(
            id="each", text="Each", calculation=q.Calculation("ratio", ("n", Fraction(4)))
        ),
        q.Calculated(
            id="rate",
            text="Rate",
            minimum=Decimal(0),
            maximum=Decimal("100.5"),
            calculation=q.Calculation("percentage_of", ("n", "each")),
        ),
    ]


def test_conditions_of_every_kind() -> None:
    assert feature("conditions").questions["last"].show_when == c.All(
        (
            c.OverQuestion("a", "is", ("yes",)),
            c.Any(
                (
                    c.OverQuestion("c", "is_any_of", ("x", "y")),
                    c.OverQuestion("n", "at_least", ("2",)),
                    c.OverQuestion("n", "at_most", ("1",)),
                )
            ),
            c.Not(c.OverQuestion("d", "answered", ())),
            c.OverFact("nation", ("wales",)),
            c.OverFact("service", ("adults", "fostering")),
        )
    )


def test_conditions_on_levels() -> None:
    assert [each.show_when for each in questions("conditions-on-levels")] == [
        None,
        c.OverQuestion("r", "at_least", ("1",)),
        c.OverQuestion("r", "is_any_of", ("0", "1")),
    ]


def test_audiences() -> None:
    assert [each.applies_to for each in questions("audiences")] == [
        EVERYONE,
        Audience(nation=("wales", "scotland"), employer_type=("council",)),
        Audience(service=("fostering",)),
    ]


@pytest.mark.parametrize(
    ("nation", "words"),
    [
        ("england", "director of children's services"),
        ("wales", "statutory director"),
        ("scotland", "director"),
    ],
)
def test_terms_take_the_words_of_the_nation(nation: str, words: str) -> None:
    worded = worded_for(feature("terms"), Facts("childrens", nation, "council"))
    assert worded.questions["a"].text == f"Has the {words} signed?"
    assert worded.questions["a"].hint == f"{words[0].upper()}{words[1:]} or deputy."


def test_standards_and_the_source() -> None:
    questionnaire = feature("standards")
    assert questionnaire.standards == (
        q.Standard("lga-1", "The first"),
        q.Standard("lga-2", "The second"),
    )
    assert questionnaire.questions["a"].standards == ("lga-2", "lga-1")
    assert questionnaire.questions["a"].source == "The paper."


def test_evidence() -> None:
    assert [each.evidence for each in questions("evidence")] == [
        q.EvidenceGuide(
            ask="Attach the minutes.",
            good=("Minutes with dates.", "An audit."),
            not_enough=("A policy alone.",),
            required_from=1,
        ),
        q.EvidenceGuide("Say how you know."),
    ]


def test_an_essential_question_with_a_weight() -> None:
    essential = question("essential")
    assert (essential.essential, essential.caps_at) == (True, "Low")
    assert essential.weight == Fraction(3, 2)


def test_thresholds_are_exact() -> None:
    assert [each.score_when for each in questions("score-when")] == [
        (
            q.Threshold("at_least", Fraction(191, 2), Fraction(2)),
            q.Threshold("at_least", Fraction(80), Fraction(1, 2)),
        ),
        (q.Threshold("at_most", Fraction(0), Fraction(1)),),
        (q.Threshold("at_most", Fraction(1, 3), Fraction(1)),),
    ]


def test_comparators() -> None:
    assert question("comparators").comparators == (
        q.Comparator(
            label="England, children's services",
            applies_to=Audience(nation=("england",), service=("childrens",)),
            value=Decimal("14.20"),
            low=Decimal("6.3"),
            middle=Decimal("14.4"),
            high=Decimal("23.6"),
            date=date(2025, 9, 30),
            source="Official statistics.",
        ),
        q.Comparator("Everywhere", EVERYONE, Decimal(12), date(2024, 1, 31), "A survey."),
    )


def test_figures_are_not_scored_and_areas_have_weights() -> None:
    questionnaire = feature("figures")
    counts = q.Topic("counts", "Counts", (q.Number(id="n", text="N?"),), "Count heads.")
    assert questionnaire.figures == q.Area(
        "workforce", "Workforce", "Numbers.", (counts,), scored=False
    )
    assert [area.weight for area in questionnaire.areas] == [2]


def test_answers_over_the_years() -> None:
    given = [(each.carry_forward, each.optional) for each in questions("answers-over-the-years")]
    assert given == [("never", False), ("confirm", True)]


def test_checks_of_every_kind() -> None:
    assert feature("checks").checks == (
        q.Check("bare", "The {boss} gave no evidence.", NoEvidence(1)),
        q.Check("many", "More than M.", Compared("above", "n", "m")),
        q.Check("few", "Fewer than half.", Compared("below", "m", Fraction(1, 2))),
        q.Check("leap", "It rose.", Rose(1)),
        q.Check(
            "odd",
            "They do not go together.",
            Fits(
                c.All(
                    (c.OverQuestion("a", "is", ("no",)), c.OverQuestion("m", "at_least", ("2",)))
                ),
                "n",
            ),
        ),
    )


def test_a_renamed_question() -> None:
    assert [each.was for each in questions("renamed")] == ["old-a", None]


def test_every_value_is_what_the_author_wrote() -> None:
    written = question("as-written")
    assert isinstance(written, q.Choice)
    assert (written.text, written.hint, written.source) == ("no", "1.10", "null")
    assert written.why == "One line and the next.\n\nA new paragraph."
    assert written.options == (q.Option("yes", "yes"), q.Option("no", "off"))

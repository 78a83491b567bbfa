from __future__ import annotations

from fractions import Fraction

from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import OverFact
from healthcheck.core.facts import Audience, Facts
from healthcheck.core.wording import terms_in, worded_for

from .build import FACTS, number, questionnaire, rating

BOARD = q.Term(
    "board",
    otherwise="the board",
    when=(
        q.Saying(Audience(employer_type=("council",)), "elected members"),
        q.Saying(Audience(nation=("england",)), "the board of governors"),
    ),
)
VOLUNTARY = Facts(service="adults", nation="england", employer_type="voluntary")
SCOTTISH = Facts(service="adults", nation="scotland", employer_type="voluntary")


def worded(text: str, facts: Facts = FACTS) -> str:
    asked = questionnaire(rating("a", hint=text), terms=(BOARD,))
    return worded_for(asked, facts).questions["a"].hint


def test_a_term_takes_the_first_words_that_fit_the_facts() -> None:
    words = [worded("Tell {board} now.", each) for each in (FACTS, VOLUNTARY, SCOTTISH)]

    assert words == [
        "Tell elected members now.",
        "Tell the board of governors now.",
        "Tell the board now.",
    ]


def test_a_term_that_begins_a_sentence_begins_with_a_capital() -> None:
    text = "{board} see it. {board} agree it? {board} act! Then {board} close it, e.g.{board}"

    assert worded(text) == (
        "Elected members see it. Elected members agree it? Elected members act!"
        " Then elected members close it, e.g.elected members"
    )


def test_braces_around_anything_else_stay_as_they_are() -> None:
    assert worded("{unknown} {Board} {} {1a} board") == "{unknown} {Board} {} {1a} board"


def test_terms_are_replaced_however_deep_the_text_lies() -> None:
    improvement = q.Improvement("{board} f", "q {board}", "l", "o", 30, "m")
    question = rating(
        "a",
        descriptors={0: "No {board}", 1: "Yes"},
        evidence=q.EvidenceGuide("Ask {board}", good=("Minutes of {board}",)),
        improve={0: improvement},
    )

    said = worded_for(questionnaire(question, terms=(BOARD,)), FACTS).questions["a"]

    assert said == rating(
        "a",
        descriptors={0: "No elected members", 1: "Yes"},
        evidence=q.EvidenceGuide("Ask elected members", good=("Minutes of elected members",)),
        improve={0: q.Improvement("Elected members f", "q elected members", "l", "o", 30, "m")},
    )


def test_what_is_not_text_comes_through_unchanged() -> None:
    question = number(
        "a",
        weight=Fraction(1, 3),
        hint="{board}",
        applies_to=Audience(service=("childrens",)),
        show_when=OverFact("nation", ("england",)),
    )

    said = worded_for(questionnaire(question, terms=(BOARD,)), FACTS).questions["a"]

    assert said == number(
        "a",
        weight=Fraction(1, 3),
        hint="Elected members",
        applies_to=question.applies_to,
        show_when=question.show_when,
    )


def test_a_questionnaire_without_terms_or_without_their_use_is_the_very_same_one() -> None:
    plain = questionnaire(rating("a", hint="{board}"))
    unused = questionnaire(rating("a", hint="board"), terms=(BOARD,))

    assert worded_for(plain, FACTS) is plain
    assert worded_for(unused, FACTS) is unused


def test_the_terms_themselves_are_kept_for_the_next_reader() -> None:
    asked = questionnaire(rating("a", hint="{board}"), terms=(BOARD,))

    assert worded_for(asked, FACTS).terms == (BOARD,)


def test_the_terms_in_a_text_are_named_in_order() -> None:
    assert terms_in("{b} and {a-1}, not { c } nor {D}") == ["b", "a-1"]

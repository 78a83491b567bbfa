from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import (
    Accepted,
    Answer,
    Attachment,
    Entry,
    Problem,
    Value,
    accept,
    accept_value,
    clean,
    comparable,
)
from healthcheck.core.typed import RefusedError

from .build import calculated, choice, multiple_choice, number, rating, yes_no

if TYPE_CHECKING:
    from healthcheck.core.conditions import Comparable

PERCENTAGE = q.Percentage(id="p", text="P", decimals=1)
DATE = q.Date(id="d", text="D")
YEAR = q.Date(id="d", text="D", minimum=date(2027, 1, 1), maximum=date(2027, 12, 31))
SHORT = q.ShortText(id="s", text="S")
LONG = q.LongText(id="l", text="L")
CHOICE = choice("c", "red", "blue")
SEVERAL = multiple_choice("m", "red", "blue", "none", alone="none")
NUMBER = number("n", minimum=Decimal(-5), maximum=Decimal("1000000.5"), decimals=2)
WHOLE = number("n")
FIGURE = calculated("k", "sum", 1, 2)
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"


def refusal(question: q.Question, *raw: str) -> str:
    with pytest.raises(RefusedError) as refused:
        accept_value(question, raw)
    return str(refused.value)


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (rating("r"), ("0",), 0),
        (rating("r"), (" 3 ",), 3),
        (CHOICE, ("blue",), "blue"),
        (SEVERAL, ("blue", "red"), ("red", "blue")),
        (SEVERAL, ("none",), ("none",)),
        (SEVERAL, ("red", "red"), ("red",)),
        (yes_no("y"), ("yes",), True),
        (yes_no("y"), ("no",), False),
        (NUMBER, ("12.50",), Decimal("12.5")),
        (NUMBER, ("-5",), Decimal(-5)),
        (NUMBER, ("\N{MINUS SIGN}5",), Decimal(-5)),
        (NUMBER, ("1,000,000.5",), Decimal("1000000.5")),
        (NUMBER, ("1000000.50",), Decimal("1000000.5")),
        (WHOLE, ("100",), Decimal(100)),
        (WHOLE, ("", "20.0"), Decimal(20)),
        (WHOLE, ("007",), Decimal(7)),
        (WHOLE, ("999999999999",), Decimal(999999999999)),
        (PERCENTAGE, ("12.5 %",), Decimal("12.5")),
        (PERCENTAGE, ("0",), Decimal(0)),
        (PERCENTAGE, ("100",), Decimal(100)),
        (DATE, ("2026-09-30",), date(2026, 9, 30)),
        (DATE, ("2024-2-29",), date(2024, 2, 29)),
        (DATE, (" 30 September 2026 ",), date(2026, 9, 30)),
        (SHORT, ("  one line ",), "one line"),
        (SHORT, ("two\r\nlines",), "two lines"),
        (LONG, (" one\r\ntwo\rthree\n",), "one\ntwo\nthree"),
        (LONG, ("bell\x07 and \ud800 half",), "bell and  half"),
    ],
)
def test_each_type_of_question_accepts_its_values(
    question: q.Question, raw: tuple[str, ...], value: Value
) -> None:
    accepted = accept_value(question, raw)

    assert (accepted, type(accepted)) == (value, type(value))


@pytest.mark.parametrize("raw", [(), ("",), (" ", "\t\r\n"), ("\x00\x07",)])
@pytest.mark.parametrize("question", [rating("r"), CHOICE, SEVERAL, WHOLE, DATE, LONG, FIGURE])
def test_a_blank_entry_is_no_answer_and_no_fault(
    question: q.Question, raw: tuple[str, ...]
) -> None:
    assert accept_value(question, raw) is None


@pytest.mark.parametrize(
    ("question", "raw", "message"),
    [
        (rating("r"), ("4",), "Choose one of the levels 0, 1, 2 or 3."),
        (rating("r"), ("02",), "Choose one of the levels 0, 1, 2 or 3."),
        (rating("r"), ("\N{ARABIC-INDIC DIGIT TWO}",), "Choose one of the levels 0, 1, 2 or 3."),
        (rating("r", descriptors={1: "Yes"}), ("0",), "Choose one of the levels 1."),
        (rating("r"), ("1", "2"), "Give one answer only."),
        (CHOICE, ("green",), "Choose from the answers listed: red or blue."),
        (SEVERAL, ("red", "Red"), "Choose from the answers listed: red, blue or none."),
        (SEVERAL, ("none", "red"), "“None” cannot be chosen with another answer."),
        (yes_no("y"), ("Yes",), "Choose yes or no."),
        (FIGURE, ("3",), "This figure is worked out from others and cannot be entered."),
        (NUMBER, ("-5.01",), "The number must be -5 or more."),
        (NUMBER, ("1000000.51",), "The number must be 1000000.5 or less."),
        (NUMBER, ("1.005",), "Enter no more than 2 decimal places."),
        (PERCENTAGE, ("1.25",), "Enter no more than 1 decimal place."),
        (PERCENTAGE, ("100.1",), "The number must be 100 or less."),
        (PERCENTAGE, ("-1",), "The number must be 0 or more."),
        (WHOLE, ("1.5",), "Enter a whole number, without a decimal point."),
        (DATE, ("2026-02-30",), "30 February 2026 is not a real date."),
        (YEAR, ("2026-12-31",), "The date must be between 1 January 2027 and 31 December 2027."),
        (SHORT, ("x" * 501,), "The answer must be 500 characters or fewer. It is 1 too long."),
        (
            LONG,
            ("x" * 12_000,),
            "The answer must be 10,000 characters or fewer. It is 2,000 too long.",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(
    question: q.Question, raw: tuple[str, ...], message: str
) -> None:
    assert refusal(question, *raw) == message


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\N{GRINNING FACE}" * 10_000,
        FAMILY * 2_000,
        "\r\n".join(["x"] * 5_000) + "y",
        "  " + "x" * 10_000 + "\r\n",
    ],
)
def test_text_of_exactly_the_longest_length_is_accepted_whole(text: str) -> None:
    expected = text.replace("\r\n", "\n").strip()

    assert len(expected) == 10_000
    assert accept_value(LONG, (text,)) == expected
    assert accept(rating("r"), Entry(evidence=text)) == Accepted(Answer(evidence=expected))


def test_one_character_more_of_evidence_is_refused_and_the_rating_is_kept() -> None:
    accepted = accept(rating("r"), Entry(("2",), evidence="x" * 10_001))

    assert accepted == Accepted(
        Answer(2),
        (
            Problem(
                "evidence",
                "Evidence must be 10,000 characters or fewer. It is 1 too long.",
            ),
        ),
    )


def test_a_whole_entry_becomes_an_answer() -> None:
    attachment = Attachment("a1", "policy.pdf", "application/pdf", 12, "00")
    entry = Entry(
        ("2",), evidence=" Seen.\r\n", links="https://a.example\r\n\r\nhttp://b.example/x"
    )

    assert accept(rating("r"), entry, (attachment,)) == Accepted(
        Answer(2, None, "Seen.", ("https://a.example", "http://b.example/x"), (attachment,))
    )


def test_not_applicable_needs_a_reason_and_then_takes_the_value_s_place() -> None:
    assert accept(rating("r"), Entry(("2",), not_applicable=True, reason=" No team. ")) == Accepted(
        Answer(None, "No team.")
    )
    assert accept(rating("r"), Entry(("2",), not_applicable=True, reason=" \x00")) == Accepted(
        Answer(), (Problem("reason", "Say why this does not apply to your service."),)
    )


def test_a_reason_without_the_mark_counts_for_nothing() -> None:
    assert accept(rating("r"), Entry(("2",), reason="No team.")) == Accepted(Answer(2))


def test_a_calculated_figure_cannot_be_set_aside() -> None:
    accepted = accept(FIGURE, Entry(not_applicable=True, reason="We would rather not."))

    assert accepted == Accepted(
        Answer(),
        (Problem("reason", "This figure is worked out from others and cannot be entered."),),
    )


def test_every_part_that_is_wrong_has_its_own_problem() -> None:
    accepted = accept(rating("r"), Entry(("9",), evidence="x" * 10_001, links="nonsense"))

    assert [each.part for each in accepted.problems] == ["value", "evidence", "links"]
    assert accepted.answer == Answer()


def test_links_stand_one_a_line_and_are_kept_once() -> None:
    links = "https://a.example\n https://b.example \nhttps://a.example"

    assert accept(rating("r"), Entry(links=links)).answer.links == (
        "https://a.example",
        "https://b.example",
    )


def test_a_link_that_is_no_web_address_is_shown_in_its_problem() -> None:
    accepted = accept(rating("r"), Entry(links=f"https://a.example\n{'x' * 99}"))

    assert accepted.problems == (
        Problem(
            "links",
            f"“{'x' * 60}” is not a web address. Start each with https:// on its own line.",
        ),
    )


def test_every_link_that_is_no_web_address_is_named() -> None:
    accepted = accept(rating("r"), Entry(links="one\nhttps://a.example\ntwo\nthree"))

    assert accepted.problems == (
        Problem(
            "links",
            "“one”, “two” and “three” are not web addresses."
            " Start each with https:// on its own line.",
        ),
    )


def test_twenty_links_are_accepted_and_one_more_is_not() -> None:
    links = [f"https://a.example/{number}" for number in range(21)]

    assert len(accept(rating("r"), Entry(links="\n".join(links[:20]))).answer.links) == 20
    assert accept(rating("r"), Entry(links="\n".join(links))).problems == (
        Problem("links", "Give at most 20 links."),
    )


@pytest.mark.parametrize(
    ("value", "compared"),
    [
        (None, None),
        (True, frozenset({"yes"})),
        (False, frozenset({"no"})),
        (2, Fraction(2)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        ("red", frozenset({"red"})),
        (("red", "blue"), frozenset({"red", "blue"})),
        (date(2026, 9, 30), frozenset({"2026-09-30"})),
    ],
)
def test_a_value_is_compared_as_a_number_or_as_words(
    value: Value | Fraction | None, compared: Comparable
) -> None:
    assert comparable(value) == compared


def test_cleaning_keeps_tabs_line_ends_and_every_script() -> None:
    text = "tab\tline\nŴŷ שלום \N{GRINNING FACE}"

    assert clean(text) == text


@pytest.mark.parametrize(
    ("entry", "blank"),
    [
        (Entry(), True),
        (Entry(("", " ")), True),
        (Entry(reason=" ", evidence="\n", links=" "), True),
        (Entry(("0",)), False),
        (Entry(not_applicable=True), False),
        (Entry(reason="x"), False),
        (Entry(evidence="x"), False),
        (Entry(links="x"), False),
    ],
)
def test_an_entry_is_blank_when_nothing_at_all_was_entered(entry: Entry, *, blank: bool) -> None:
    assert entry.is_blank is blank


@pytest.mark.parametrize(
    ("answer", "complete"),
    [(Answer(), False), (Answer(0), True), (Answer(value=False), True), (Answer(None, "No"), True)],
)
def test_an_answer_is_complete_with_a_value_or_a_reason(answer: Answer, *, complete: bool) -> None:
    assert answer.is_complete is complete


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (Answer(3), False),
        (Answer(evidence="Seen."), True),
        (Answer(links=("https://a.example",)), True),
        (Answer(attachments=(Attachment("a", "n", "t", 1, "0"),)), True),
    ],
)
def test_evidence_is_words_links_or_files(answer: Answer, *, given: bool) -> None:
    assert answer.has_evidence is given

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Entry
from healthcheck.core.caseload_filling import (
    NOT_ASKED,
    NOT_ASKED_YET,
    NOT_YOURS,
    SAVED_ALREADY,
    Place,
    Row,
    day_of,
    offered,
    rows,
)
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.saving import Offered, Saved
from healthcheck.core.workload.figures import Figure, Filling, Found
from tests.core.build import FACTS, journey, number, over, questionnaire, yes_no

WHEN = q.Date(id="when", text="When")
WAITING = number("waiting", maximum=100)
WAIT = number("wait", show_when=over("waiting", "at_least", "1"))
SET = yes_no("set")
SHARE = q.Percentage(id="share", text="Share", decimals=1, show_when=over("set", "is", "yes"))
ASKED = questionnaire(WHEN, WAITING, WAIT, SET, SHARE, number("other"))
FILLING = Filling(
    {
        "when": Figure.COUNTED_ON,
        "waiting": Figure.UNALLOCATED,
        "wait": Figure.LONGEST_WAIT,
        "share": Figure.SHARE_OVER,
        "of-another-edition": Figure.CASES_HELD,
    }
)
FIGURES = {
    Figure.COUNTED_ON: Found(Figure.COUNTED_ON, None, "", ("Two days.",)),
    Figure.UNALLOCATED: Found(Figure.UNALLOCATED, Fraction(3), "1 team"),
    Figure.LONGEST_WAIT: Found(Figure.LONGEST_WAIT, Fraction(30), "1 team"),
    Figure.SHARE_OVER: Found(Figure.SHARE_OVER, Fraction(100, 3), "1 team"),
    Figure.CASES_HELD: Found(Figure.CASES_HELD, Fraction(9), "1 team"),
}
DAYS = (date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31))


def place(*not_yours: str, **saved: str | Entry) -> Place:
    """Return a health check with these answers, each saved once."""
    entries = {
        name: each if isinstance(each, Entry) else Entry((each,)) for name, each in saved.items()
    }
    plain = {name: each.value[0] for name, each in entries.items() if each.value}
    values = {name: text == "yes" if name == "set" else int(text) for name, text in plain.items()}
    return Place(
        ASKED,
        FACTS,
        journey(ASKED, values),
        {name: Saved(each, 1, "Bob") for name, each in entries.items()},
        frozenset(ASKED.questions) - {*not_yours},
    )


def by_id(at: Place) -> dict[str, Row]:
    return {each.question.id: each for each in rows(at, FILLING, FIGURES)}


def test_each_question_has_its_figure_as_it_is_typed_and_blank_ones_are_proposed() -> None:
    found = by_id(place(set="yes"))
    assert [(name, each.text, each.is_ticked) for name, each in found.items()] == [
        ("when", "", False),
        ("waiting", "3", True),
        ("wait", "30", True),
        ("share", "33.3", True),
    ]


def test_an_answer_that_stands_stays_unless_it_is_ticked() -> None:
    row = by_id(place(waiting="7"))["waiting"]
    assert (row.can_be_saved, row.is_ticked, row.saved.revision) == (True, False, 1)


@pytest.mark.parametrize(
    ("at", "question", "hindrance"),
    [
        (place("waiting"), "waiting", NOT_YOURS),
        (place(waiting="3"), "waiting", SAVED_ALREADY),
        (place(waiting=" 3 "), "waiting", SAVED_ALREADY),
        (place(set="no"), "share", NOT_ASKED),
        (place(), "share", NOT_ASKED_YET),
        (place("waiting"), "wait", NOT_ASKED_YET),
        (place(waiting=Entry((), not_applicable=True, reason="None.")), "waiting", ""),
        (place(), "when", ""),
    ],
)
def test_what_keeps_a_figure_from_being_saved_is_said(
    at: Place, question: str, hindrance: str
) -> None:
    assert by_id(at)[question].hindrance == hindrance


def test_a_figure_that_its_question_refuses_says_why() -> None:
    too_many = {**FIGURES, Figure.UNALLOCATED: Found(Figure.UNALLOCATED, Fraction(101), "1 team")}
    found = {each.question.id: each for each in rows(place(), FILLING, too_many)}
    assert "100" in found["waiting"].hindrance
    assert found["wait"].hindrance == NOT_ASKED_YET


def test_what_is_chosen_is_offered_on_what_stood_there() -> None:
    stood = Entry((), not_applicable=True, reason="None.", evidence="A list.")
    at = place(waiting=stood)
    among = rows(at, FILLING, FIGURES)
    assert offered(at, among, {"waiting", "wait", "of-nobody"}) == {
        "waiting": Offered(Entry(("3",), evidence="A list."), 1),
        "wait": Offered(Entry(("30",)), 0),
    }


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"when"}, "“When” cannot be saved from here, so nothing was saved."),
        ({"share", "waiting"}, "“Share” cannot be saved from here"),
        ({"wait"}, "“Question wait” is only asked because of another figure here"),
    ],
)
def test_what_cannot_be_saved_is_refused(chosen: set[str], sentence: str) -> None:
    at = place()
    with pytest.raises(UnacceptableDetailsError, match=sentence):
        offered(at, rows(at, FILLING, FIGURES), chosen)


def test_the_day_is_the_newest_by_the_day_that_the_answers_name() -> None:
    def day(value: date | None) -> date | None:
        return day_of(journey(ASKED, {"when": value} if value else {}), FILLING, DAYS)

    assert day(None) == DAYS[0]
    assert day(date(2026, 10, 15)) == DAYS[1]
    assert day(date(2026, 1, 1)) == DAYS[0]
    assert day_of(journey(ASKED, {}), Filling({}), ()) is None

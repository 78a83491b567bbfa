from __future__ import annotations

from healthcheck.core.accounts import Employer
from healthcheck.core.public_status import WORDS, Line, Status, counts, missing
from healthcheck.core.steps import State, public_word

NORTHMERE = Employer("n", "Northmere", "england", "council")
LINES = (
    Line(NORTHMERE, "", {"childrens": Status("Accepted", "x"), "asylum": Status("Overdue")}),
    Line(NORTHMERE, "", {"childrens": Status("Overdue"), "adults": Status("Submitted")}),
)


def test_every_status_is_counted_also_those_nobody_has() -> None:
    assert dict(counts(LINES)) == {
        "Accepted": 1,
        "Submitted": 1,
        "In progress": 0,
        "Not started": 0,
        "Overdue": 2,
        "Withdrawn": 0,
    }


def test_every_word_a_state_can_have_in_public_is_counted() -> None:
    possible = {public_word(state, is_overdue=late) for state in State for late in (True, False)}
    assert possible == set(WORDS)


def test_employers_without_a_usual_service_are_counted() -> None:
    assert missing(LINES) == (("childrens", 0), ("adults", 1))


def test_services_of_an_employers_own_stand_apart() -> None:
    assert [line.others for line in LINES] == [("asylum",), ()]

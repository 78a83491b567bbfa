"""What may be written in a report, and what is refused in which words."""

from __future__ import annotations

import pytest

from healthcheck.core import caseload_rules as rules
from healthcheck.core.caseload_rules import Place, Typed
from healthcheck.core.errors import UnacceptableDetailsError

PLACES = rules.places(["childrens", "adults"], [("t", "Duty", "childrens")])


def test_places_are_the_teams_and_each_service_without_one() -> None:
    assert (
        Place("team-t", "Duty (Children’s services)", "childrens", "t"),
        Place(
            "service-childrens",
            "Children’s services, without saying which team",
            "childrens",
        ),
        Place("service-adults", "Adults’ services, without saying which team", "adults"),
    ) == PLACES
    (only,) = rules.places(["adults"], [])
    assert only.words == "Adults’ services"


def test_a_form_needs_a_place_and_a_problem() -> None:
    assert rules.problems(Typed(), PLACES) == {
        "place": "Choose where you work.",
        "problem": "Say what is too much. A sentence is enough.",
    }
    given = rules.tidied(Typed("team-t", " Forty cases.\r\nNo lunch. ", " \x00A colleague. "))
    assert given == Typed("team-t", "Forty cases.\nNo lunch.", "A colleague.")
    assert rules.problems(given, PLACES) == {}
    long = rules.problems(Typed("team-t", "x" * 2001, "y" * 2000), PLACES)
    assert long == {
        "problem": "You can write up to 2,000 characters about what is too much; this has 2,001."
    }


def test_what_seems_to_say_who_a_client_is_is_refused() -> None:
    found = rules.problems(Typed("team-t", "Too much.", "One, dob 12/3/09."), PLACES)
    sentence = "There is a date of birth in what you wrote. Take it out: a report is about the work"
    assert found == {"wish": f"{sentence}, never about a client."}


def test_an_answer_and_why_it_did_not_help_are_needed() -> None:
    assert rules.answer(" We recruit.\r\n") == "We recruit."
    with pytest.raises(UnacceptableDetailsError, match=r"^Say what will change\.$"):
        rules.answer(" \n")
    with pytest.raises(UnacceptableDetailsError, match="up to 2,000 characters"):
        rules.answer("x" * 2001)
    with pytest.raises(UnacceptableDetailsError, match=r"^Say what is still wrong\."):
        rules.still_wrong("")


def test_days_are_whole_and_within_bounds() -> None:
    assert [rules.answer_days(each) for each in ("", " 3 ", "28")] == [None, 3, 28]
    for typed in ("2", "29", "ten", "5.5", "-5", "\N{ARABIC-INDIC DIGIT FIVE}", "9" * 5000):
        with pytest.raises(UnacceptableDetailsError, match="from 3 to 28"):
            rules.answer_days(typed)

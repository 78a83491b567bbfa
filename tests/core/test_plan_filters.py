"""Which actions are wanted: read from an address, said in one, chosen, put in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from healthcheck.core import plan_filters
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.plan_filters import Filter, by_area, chosen, in_order, in_words, query, read
from healthcheck.core.plans import Delivery, Owner, Priority
from tests.core.build import questionnaire, rating
from tests.plan_made import NOBODY, action

TODAY = date(2026, 11, 23)
PRIYA = Owner("Priya Shah")
PLAN = (
    action(1, due=date(2026, 11, 22), owner=Owner("Priya Shah", team="Duty team")),
    action(2, due=TODAY, owner=Owner("Sam Jones", team="HR"), delivery=Delivery.AT_RISK),
    action(3, due=TODAY + timedelta(7), owner=Owner("priya  shah"), area_id="tools"),
    action(4, due=TODAY + timedelta(8), owner=Owner("IT department")),
    action(5, due=TODAY + timedelta(90), owner=NOBODY, priority=Priority.HIGH),
    action(6, owner=PRIYA, delivery=Delivery.OFF_TRACK),
    action(7, due=date(2026, 10, 1), owner=Owner("Sam Jones"), delivery=Delivery.COMPLETE),
    action(8, due=TODAY + timedelta(3), owner=Owner("Sam Jones"), delivery=Delivery.CANCELLED),
)


def numbers(**asked: str) -> set[int]:
    found = chosen(PLAN, read(asked), TODAY, lambda each: each.area_id or "")
    return {each.number for each in found}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, {1, 2, 3, 4, 5, 6, 7, 8}),
        ({"owner": "PRIYA SHAH"}, {1, 3, 6}),
        ({"owner": "nobody"}, {5}),
        ({"owner": "Priya"}, set()),
        ({"team": "hr"}, {2}),
        ({"team": "none"}, {3, 4, 5, 6, 7, 8}),
        ({"area": "tools"}, {3}),
        ({"area": "none"}, {1, 2, 4, 5, 6, 7, 8}),
        ({"due": "overdue"}, {1}),
        ({"due": "7 days"}, {2, 3}),
        ({"due": "30-Days"}, {2, 3, 4}),
        ({"due": "90-days"}, {2, 3, 4, 5}),
        ({"due": "no date"}, {6}),
        ({"status": "open"}, {1, 2, 3, 4, 5, 6}),
        ({"status": "overdue"}, {1}),
        ({"status": "on track"}, {1, 3, 4, 5}),
        ({"status": "at-risk"}, {2}),
        ({"status": "Off track"}, {6}),
        ({"status": "complete"}, {7}),
        ({"status": "cancelled"}, {8}),
        ({"owner": "sam jones", "due": "7-days", "status": "at-risk"}, {2}),
    ],
)
def test_a_filter_chooses(asked: dict[str, str], wanted: set[int]) -> None:
    assert numbers(**asked) == wanted


def test_the_earliest_due_comes_first_then_the_weightiest_then_the_oldest() -> None:
    day = date(2026, 12, 1)
    plan = [
        action(1, priority=Priority.HIGH),
        action(2, due=day, priority=Priority.LOW),
        action(4, due=day, priority=Priority.HIGH),
        action(3, due=day, priority=Priority.HIGH),
        action(5, due=day - timedelta(1), priority=Priority.LOW),
    ]
    assert [each.number for each in in_order(plan)] == [5, 3, 4, 2, 1]


def test_what_an_address_says_is_read_back_and_other_names_mean_nothing() -> None:
    asked = {"owner": "Priya Shah", "due": "30-days", "by": "area", "form": "whole", "team": ""}
    wanted = read(asked)
    assert wanted == Filter(owner="Priya Shah", due="30-days")
    assert query(wanted) == {"owner": "Priya Shah", "due": "30-days"}
    assert read(query(wanted)) == wanted
    assert query(Filter()) == {}
    assert Filter().is_blank
    assert not wanted.is_blank


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"due": "soon"},
            (
                "“soon” is no due date that can be asked for. Choose one of “overdue”, “7-days”,"
                " “30-days”, “90-days”, “no-date”."
            ),
        ),
        (
            {"status": "green"},
            (
                "“green” is no status that can be asked for. Choose one of “open”, “overdue”,"
                " “on-track”, “at-risk”, “off-track”, “complete”, “cancelled”."
            ),
        ),
        (
            {"owner": "x" * 201},
            "The owner to look for can be up to 200 characters, on one line.",
        ),
        (
            {"team": "a\x00b"},
            "The team to look for can be up to 200 characters, on one line.",
        ),
    ],
)
def test_what_nobody_can_ask_for_is_refused(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnacceptableDetailsError) as refused:
        read(asked)
    assert str(refused.value) == sentence


def test_an_action_belongs_to_its_questions_area_else_to_its_own() -> None:
    area_of = by_area(questionnaire(rating("q1")))
    assert area_of(action(question_id="q1", area_id="another")) == "one"
    assert area_of(action(question_id="gone", area_id="another")) == "another"
    assert area_of(action(area_id="another")) == "another"
    assert not area_of(action())


def test_a_filter_is_said_in_words() -> None:
    wanted = Filter("nobody", "Duty team", "tools", "no-date", "at-risk")
    assert in_words(wanted, {"tools": "The right tools"}) == (
        "Owner: nobody yet",
        "Team: Duty team",
        "Area: The right tools",
        "Due: no due date",
        "Status: at risk",
    )
    assert in_words(Filter(owner="Sam", area="gone"), {}) == ("Owner: Sam", "Area: gone")
    assert not in_words(Filter(), {})


def test_every_choice_has_its_words() -> None:
    assert list(plan_filters.STATUS.values()) == [
        "Open", "Overdue", "On track", "At risk", "Off track", "Complete", "Cancelled",
    ]  # fmt: skip

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from healthcheck.core import plan_rules
from healthcheck.core.plans import Delivery, Details, Owner, Progress

TODAY = date(2026, 3, 2)
WHOLE = Details("Agree a scheme.", due=date(2026, 9, 1))
DONE = Progress(Delivery.COMPLETE, evidence="The minutes.", completed=TODAY)


def test_an_action_needs_words_and_a_date_or_a_reason_for_none() -> None:
    assert plan_rules.problems(WHOLE) == {}
    assert plan_rules.problems(Details("  ", no_date_reason=" ")) == {
        "action": "Say what will be done.",
        "due": "Give a due date, or say why there is none.",
    }
    assert plan_rules.problems(Details("Do it.", no_date_reason="It never ends.")) == {}


def test_an_action_starts_on_the_day_it_is_due_at_the_latest() -> None:
    assert plan_rules.problems(replace(WHOLE, start=WHOLE.due)) == {}
    assert plan_rules.problems(replace(WHOLE, start=date(2026, 9, 2))) == {
        "start": "The start must be on or before the due date, 1 September 2026."
    }


def test_every_text_has_a_longest_length() -> None:
    long = "x" * 4_001
    given = replace(
        WHOLE, finding=long, resources=long, owner=Owner("y" * 201, email="z" * 250 + "@a.example")
    )
    assert plan_rules.problems(given) == {
        "finding": "The finding must be 4,000 characters or fewer. It is 1 too long.",
        "resources": "The resources must be 4,000 characters or fewer. It is 1 too long.",
        "owner_name": "The owner’s name must be 200 characters or fewer. It is 1 too long.",
        "owner_email": "Give an e-mail address like name@example.org, or leave it empty.",
    }


def test_details_are_stored_tidied_and_a_date_needs_no_reason() -> None:
    given = replace(
        WHOLE, action=" A\r\nB\x00 ", owner=Owner(" Dee \n Dale "), no_date_reason="None yet."
    )
    assert plan_rules.tidy(given) == replace(WHOLE, action="A\nB", owner=Owner("Dee Dale"))
    without = Details("Do it.", no_date_reason=" Always. ")
    assert plan_rules.tidy(without).no_date_reason == "Always."


@pytest.mark.parametrize("year", [1027, 1999, 2100, 2207])
def test_a_date_far_away_is_a_slip_of_the_finger(year: int) -> None:
    far = date(year, 1, 1)
    given = replace(WHOLE, due=far, start=far, review=far)
    assert plan_rules.problems(given) == {
        "due": "The due date must be in a year from 2000 to 2099.",
        "start": "The start must be in a year from 2000 to 2099.",
        "review": "The review date must be in a year from 2000 to 2099.",
    }
    assert plan_rules.progress_problems(replace(DONE, completed=far), date(2300, 1, 1)) == {
        "completed": "The day of completion must be in a year from 2000 to 2099."
    }
    limits = replace(WHOLE, due=date(2000, 1, 1), review=date(2099, 12, 31))
    assert plan_rules.problems(limits) == {}


@pytest.mark.parametrize("delivery", [Delivery.AT_RISK, Delivery.OFF_TRACK])
def test_trouble_needs_a_reason_and_a_recovery_step(delivery: Delivery) -> None:
    assert plan_rules.progress_problems(Progress(delivery), TODAY) == {
        "reason": f"Say why the action is {delivery.word.lower()}.",
        "recovery": "Say what will bring the action back on track.",
    }
    assert plan_rules.progress_problems(Progress(delivery, "Why.", "How."), TODAY) == {}


def test_a_cancelled_action_needs_a_reason_alone() -> None:
    cancelled = Progress(Delivery.CANCELLED)
    assert plan_rules.progress_problems(cancelled, TODAY) == {
        "reason": "Say why the action is cancelled."
    }
    assert plan_rules.progress_problems(replace(cancelled, reason="Moot."), TODAY) == {}


def test_a_complete_action_needs_its_day_and_what_shows_it() -> None:
    assert plan_rules.progress_problems(DONE, TODAY) == {}
    assert plan_rules.progress_problems(Progress(Delivery.COMPLETE), TODAY) == {
        "evidence": "Say what shows that the action is complete.",
        "completed": "Give the day the action was completed.",
    }
    assert plan_rules.progress_problems(replace(DONE, completed=date(2026, 3, 3)), TODAY) == {
        "completed": "The action cannot be completed after today, 2 March 2026."
    }


def test_progress_keeps_only_what_its_status_has_a_use_for() -> None:
    everything = Progress(Delivery.ON_TRACK, "a", "b", "c", TODAY)
    assert plan_rules.tidy_progress(everything) == Progress(evidence="c")
    cancelled = replace(everything, delivery=Delivery.CANCELLED)
    assert plan_rules.tidy_progress(cancelled) == Progress(Delivery.CANCELLED, "a", evidence="c")
    complete = replace(everything, delivery=Delivery.COMPLETE)
    assert plan_rules.tidy_progress(complete) == replace(DONE, evidence="c")


def test_notes_may_be_empty_and_reasons_may_not() -> None:
    too_long = "x" * 4_001
    assert plan_rules.note_problem(" ") is None
    assert plan_rules.note_problem(too_long) == (
        "The note must be 4,000 characters or fewer. It is 1 too long."
    )
    assert plan_rules.reason_problem(" ", "Say why.") == "Say why."
    assert plan_rules.reason_problem("Because.", "Say why.") is None
    assert plan_rules.reason_problem(too_long, "Say why.") == (
        "The reason must be 4,000 characters or fewer. It is 1 too long."
    )

from __future__ import annotations

from datetime import date, timedelta

import pytest

from healthcheck.core.accounts import Person
from healthcheck.core.cycles import Cycle
from healthcheck.core.reminders import EXPECTED, Duty, Reminded, Reminder, due_today, to_remind
from healthcheck.core.steps import State

DUE = date(2026, 9, 30)
CYCLE = Cycle("c", "small-check", "2026", "2026", date(2026, 3, 1), DUE, date(2026, 12, 29))
LEAD, OFFICER, HELPER = (Person(name, name.title(), f"{name}@a.example") for name in "loh")


def name_on(today: date, state: State = State.IN_PROGRESS, cycle: Cycle = CYCLE) -> str:
    reminder = due_today(state, DUE, cycle, today)
    return reminder.name if reminder else ""


@pytest.mark.parametrize(
    ("days_left", "name"),
    [
        (29, ""),
        (28, "due-28"),
        (25, "due-28"),
        (22, "due-28"),
        (21, ""),
        (8, ""),
        (7, "due-7"),
        (4, "due-7"),
        (2, "due-7"),
        (1, "due-1"),
        (0, "due-1"),
        (-1, "overdue-1"),
        (-7, "overdue-1"),
        (-8, "overdue-2"),
        (-14, "overdue-2"),
        (-15, "overdue-3"),
        (-90, "overdue-13"),
        (-91, ""),
    ],
)
def test_a_reminder_is_due_28_7_and_1_days_before_and_weekly_after(
    days_left: int, name: str
) -> None:
    assert name_on(DUE - timedelta(days_left)) == name


def test_run_every_day_each_reminder_is_due_on_its_own_day_first() -> None:
    first: dict[str, int] = {}
    for days in range(40, -30, -1):
        first.setdefault(name_on(DUE - timedelta(days)), days)

    del first[""]
    assert first == {
        "due-28": 28,
        "due-7": 7,
        "due-1": 1,
        **{f"overdue-{week + 1}": -1 - 7 * week for week in range(5)},
    }


def test_nothing_is_due_before_the_cycle_opens_or_after_it_closes() -> None:
    late = Cycle("c", "q", "2026", "2026", DUE - timedelta(7), DUE, DUE + timedelta(3))

    assert name_on(DUE - timedelta(28), cycle=late) == ""
    assert name_on(DUE - timedelta(7), cycle=late) == "due-7"
    assert name_on(DUE + timedelta(3), cycle=late) == "overdue-1"
    assert name_on(DUE + timedelta(4), cycle=late) == ""


@pytest.mark.parametrize("state", State)
def test_nobody_is_reminded_of_what_was_submitted_or_withdrawn(state: State) -> None:
    on = {name_on(DUE - timedelta(7), state), name_on(DUE + timedelta(8), state)}

    assert on == ({"due-7", "overdue-2"} if state in EXPECTED else {""})


def test_who_still_has_to_submit() -> None:
    assert {
        State.NOT_STARTED,
        State.IN_PROGRESS,
        State.READY,
        State.DECLINED,
        State.REOPENED,
    } == EXPECTED


@pytest.mark.parametrize(
    ("days_left", "words"),
    [
        (28, "in 28 days"),
        (2, "in 2 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "1 day ago"),
        (-8, "8 days ago"),
    ],
)
def test_how_far_the_deadline_is_in_words(days_left: int, words: str) -> None:
    assert Reminder("any", days_left).when == words


def test_the_key_tells_name_deadline_health_check_and_person_apart() -> None:
    assert Reminder("due-28", 28).key(DUE, "a1", "p1") == "due-28 2026-09-30 a1 p1"


def test_while_answers_are_open_leads_and_those_with_unfinished_topics_are_reminded() -> None:
    people = to_remind(State.DECLINED, [LEAD], [OFFICER], {HELPER: ("One", "Two")})

    assert people == (
        Reminded(HELPER, Duty.TOPICS, ("One", "Two")),
        Reminded(LEAD, Duty.LEAD),
    )


def test_when_it_waits_for_sign_off_the_officer_is_asked_to_sign() -> None:
    people = to_remind(State.READY, [LEAD], [OFFICER], {HELPER: ("One",)})

    assert people == (Reminded(LEAD, Duty.WAIT), Reminded(OFFICER, Duty.SIGN))


def test_somebody_with_several_duties_is_reminded_once_of_the_weightiest() -> None:
    assert to_remind(State.IN_PROGRESS, [LEAD], [LEAD], {LEAD: ("One",)}) == (
        Reminded(LEAD, Duty.LEAD),
    )
    assert to_remind(State.READY, [LEAD], [LEAD], {}) == (Reminded(LEAD, Duty.SIGN),)

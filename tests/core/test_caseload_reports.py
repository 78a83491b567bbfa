"""Where a report stands, who must act on it and from when, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from healthcheck.core import caseload_counts as counts
from healthcheck.core import caseload_reports as core
from healthcheck.core.accounts import Employer, Person
from healthcheck.core.caseload_reports import Answer, Report, Staff, State

MADE = date(2026, 3, 2)
DAY = timedelta(days=1)
MIRA, LEE, OLA = (
    Person(each, each.title(), f"{each}@x.example") for each in ("mira", "lee", "ola")
)
STAFF = Staff((MIRA,), (LEE,), (OLA,))
NAMED = Report(
    id="r",
    reference="CR-BCDFGH",
    employer=Employer("e", "E", "england", "council"),
    service="adults",
    team_id=None,
    team="",
    raised_by=Person("pat", "Pat", "pat@x.example"),
    problem="Too much.",
    wish="",
    days=10,
    made_on=MADE,
)
UNNAMED = replace(NAMED, raised_by=None)


def answered(report: Report, *days: int) -> Report:
    found = tuple(Answer("More staff.", "Mira", MADE + each * DAY) for each in days)
    return replace(report, answers=found)


def reopened(report: Report, day: int) -> Report:
    return replace(report, reopened_on=MADE + day * DAY, still_wrong="No.")


def test_a_report_waits_is_late_is_answered_and_is_open_again_once() -> None:
    assert NAMED.due == MADE + 10 * DAY
    assert [NAMED.state(MADE + each * DAY) for each in (0, 10, 11)] == [
        State.WAITING,
        State.WAITING,
        State.LATE,
    ]
    assert not NAMED.may_reopen
    done = answered(NAMED, 4)
    assert done.state(MADE + 99 * DAY) is State.ANSWERED
    assert done.may_reopen
    again = reopened(done, 6)
    assert (again.due, again.round, again.is_open) == (MADE + 16 * DAY, 2, True)
    assert [again.state(MADE + each * DAY) for each in (16, 17)] == [State.AGAIN, State.LATE]
    twice = reopened(answered(NAMED, 4, 9), 6)
    assert twice.state(MADE + 99 * DAY) is State.ANSWERED
    assert not twice.may_reopen


@pytest.mark.parametrize(
    ("staff", "by", "who", "late"),
    [
        (STAFF, None, (MIRA,), (OLA,)),
        (Staff(leads=(LEE,), officers=(OLA,)), None, (LEE,), (OLA,)),
        (Staff(leads=(LEE,)), None, (LEE,), (LEE,)),
        (STAFF, MIRA, (LEE,), (OLA,)),
        (STAFF, OLA, (MIRA,), (LEE,)),
        (Staff(leads=(LEE,), officers=(OLA,)), LEE, (OLA,), (OLA,)),
        (Staff(leads=(LEE,)), LEE, (LEE,), ()),
        (Staff(), None, (), ()),
    ],
)
def test_nobody_answers_their_own_report_while_there_is_somebody_else(
    staff: Staff, by: Person | None, who: tuple[Person, ...], late: tuple[Person, ...]
) -> None:
    report = replace(NAMED, raised_by=by)
    assert core.responsible(staff, report) == who
    assert core.escalated_to(staff, report) == late


def test_officers_must_act_once_it_was_ever_late_and_nobody_twice() -> None:
    assert core.must_act(STAFF, NAMED, NAMED.due) == (MIRA,)
    assert core.must_act(STAFF, NAMED, NAMED.due + DAY) == (MIRA, OLA)
    was_late = answered(replace(NAMED, escalated=1), 12)
    assert core.must_act(STAFF, was_late, NAMED.due) == (MIRA, OLA)
    both = Staff(leads=(OLA,), officers=(OLA,))
    assert core.must_act(both, was_late, NAMED.due) == (OLA,)


def test_without_a_name_each_step_is_seen_from_the_day_after() -> None:
    assert core.passed_on(NAMED, MADE) == NAMED
    assert core.passed_on(UNNAMED, MADE) is None
    assert core.passed_on(UNNAMED, MADE + DAY) == UNNAMED
    again = reopened(answered(UNNAMED, 4), 6)
    assert core.passed_on(again, MADE + 6 * DAY) == answered(UNNAMED, 4)
    assert core.passed_on(again, MADE + 7 * DAY) == again


def test_each_round_is_told_and_escalated_once() -> None:
    assert core.needs_telling(NAMED, MADE)
    assert not core.needs_telling(UNNAMED, MADE)
    assert core.needs_telling(UNNAMED, MADE + DAY)
    assert not core.needs_telling(replace(UNNAMED, told=1), MADE + DAY)
    assert not core.needs_telling(answered(UNNAMED, 4), MADE + 9 * DAY)
    again = replace(reopened(answered(UNNAMED, 4), 6), told=1, escalated=1)
    assert [core.needs_telling(again, MADE + each * DAY) for each in (6, 7)] == [False, True]
    assert not core.needs_escalating(again, again.due)
    assert core.needs_escalating(again, again.due + DAY)
    assert not core.needs_escalating(replace(again, escalated=2), again.due + DAY)


def test_counts_are_of_the_reports_made_in_a_time() -> None:
    reports = [
        answered(NAMED, 3),
        answered(NAMED, 12),
        reopened(answered(UNNAMED, 4), 6),
        replace(NAMED, made_on=MADE + 3 * DAY),
        replace(answered(NAMED, 1), made_on=MADE - DAY),
    ]
    found = counts.count(reports, MADE, MADE + 30 * DAY, MADE + 30 * DAY)
    # Answered after 3, 4 and 12 days: 4 is the one in the middle, 12 is more than 10.
    assert found == counts.Counts(4, 2, 2, 3, 2, 1, Fraction(4))
    assert counts.count([], MADE, MADE, MADE).median_days is None


def test_what_is_under_five_is_not_told_and_none_is() -> None:
    assert [counts.in_public(each) for each in (0, 1, 4, 5, 12)] == [
        "none",
        "fewer than 5",
        "fewer than 5",
        "5",
        "12",
    ]

    def days(median: Fraction | None, answers: int) -> str:
        return counts.shown(counts.Counts(9, 3, 1, answers, 0, 0, median)).median_days

    assert days(None, 0) == "no answers yet"
    assert days(Fraction(3), 4) == "not shown, because there are too few"
    assert [days(Fraction(each, 2), 5) for each in (2, 7, 8)] == ["1 day", "3½ days", "4 days"]


def test_the_year_before_ends_with_a_month() -> None:
    assert counts.year_before(MADE) == (date(2025, 3, 1), date(2026, 2, 28))
    assert counts.year_before(date(2028, 2, 29)) == (date(2027, 2, 1), date(2028, 1, 31))

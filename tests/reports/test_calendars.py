"""Calendars, read back by a calendar library and by the letter of RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from healthcheck.core.plans import Delivery
from healthcheck.reports.calendars import Entry, written
from tests.plan_made import action, full_action

if TYPE_CHECKING:
    from healthcheck.core.plans import Action

LINK = "https://healthcheck.example.org/assessments/x/plan/actions/action-7"
DUE = date(2027, 3, 31)


def calendar(*actions: Action) -> bytes:
    return written(
        "Northmere, 2026; plan", [Entry(each, "Northmere, 2026", LINK) for each in actions]
    )


def events(content: bytes) -> list[Any]:
    read = Calendar.from_ical(content)
    assert read.errors == []
    return list(read.walk("VEVENT"))


def test_a_due_date_is_an_event_of_the_whole_day() -> None:
    (event,) = events(calendar(full_action(7)))
    assert event.decoded("dtstart") == DUE
    assert event.decoded("dtend") == DUE + timedelta(1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["transp"]) == "TRANSPARENT"
    assert str(event["summary"]).startswith("Due: A7 Agree a workload scheme with practitioners")
    assert str(event["url"]) == LINK
    assert str(event["status"]) == "CONFIRMED"
    assert "Status: At risk\nOwner: Priya Shah\n" in str(event["description"])


def test_an_event_keeps_its_uid_and_its_sequence_grows_with_the_revision() -> None:
    first = full_action(7)
    then = replace(first, revision=5, details=replace(first.details, due=date(2027, 6, 1)))
    (before,), (after,) = events(calendar(first)), events(calendar(then))
    assert before["uid"] == after["uid"] == "action-action-7@employer-health-check"
    assert (before["sequence"], after["sequence"]) == (1, 5)
    assert before.decoded("dtstamp") == first.changed_at


def test_what_has_no_date_is_left_out_and_what_ended_says_so() -> None:
    done = action(1, due=DUE, delivery=Delivery.COMPLETE)
    stopped = action(2, due=DUE, delivery=Delivery.CANCELLED)
    found = events(calendar(done, stopped, action(3)))
    assert [str(each["summary"]) for each in found] == [
        "Complete: A1 Do thing 1.",
        "Cancelled: A2 Do thing 2.",
    ]
    assert [str(each["status"]) for each in found] == ["CONFIRMED", "CANCELLED"]


def test_what_people_typed_stays_inside_its_line() -> None:
    hostile = "Agree, now; then\\stop\r\nEND:VEVENT\nBEGIN:VALARM\x00\x07 “ok” " + "ü" * 300
    content = calendar(action(1, due=DUE, action=hostile))
    (event,) = events(content)
    lines = content.split(b"\r\n")
    assert content.count(b"BEGIN:VEVENT\r\n") == 1
    assert b"BEGIN:VALARM" not in lines
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line for line in lines)
    content.decode("utf-8")
    assert "Agree, now; then\\stop\nEND:VEVENT\nBEGIN:VALARM “ok” ü" in str(event["description"])
    assert str(event["summary"]).endswith("ü…")


def test_a_calendar_says_what_it_is_and_how_often_to_look() -> None:
    read = Calendar.from_ical(calendar())
    assert str(read["prodid"]) == "-//Employer Health Check//Improvement plan//EN"
    assert (str(read["version"]), str(read["method"])) == ("2.0", "PUBLISH")
    assert str(read["name"]) == "Northmere, 2026; plan"
    assert b"X-WR-CALNAME:Northmere\\, 2026\\; plan\r\n" in calendar()
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in calendar()


def test_the_same_actions_give_the_same_bytes() -> None:
    assert calendar(full_action(7)) == calendar(full_action(7))

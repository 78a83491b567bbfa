"""A person's private calendar address, and calendar files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from healthcheck.core.errors import NotFoundError, NotSignedInError, StepRefusedError
from healthcheck.core.permissions import Role
from healthcheck.core.plan_filters import Filter
from healthcheck.services import calendars
from healthcheck.storage import roles
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from tests.people import World


def titles(content: bytes) -> list[str]:
    return [str(each["summary"]) for each in Calendar.from_ical(content).walk("VEVENT")]


def test_the_address_shows_a_persons_own_actions_to_whatever_program_asks(world: World) -> None:
    mine = add(world)
    add(world, TOM)
    token = calendars.make(world.as_(BOB))
    content = calendars.feed(world.as_(None), token)
    assert titles(content) == ["Due: A1 Agree a scheme."]
    assert f"/assessments/{world.northmeres.id}/plan/actions/{mine.id}".encode() in (
        content.replace(b"\r\n ", b"")
    )
    assert calendars.own(world.as_(BOB)) == content
    assert calendars.made_at(world.as_(BOB)) == world.clock()
    assert titles(calendars.feed(world.as_(None), calendars.make(world.as_(CHARLIE)))) == []


def test_there_is_one_address_a_person_and_it_can_be_ended(world: World) -> None:
    first, other = calendars.make(world.as_(BOB)), calendars.make(world.as_(ALICE))
    second = calendars.make(world.as_(BOB))
    with pytest.raises(NotFoundError):
        calendars.feed(world.as_(None), first)
    calendars.end(world.as_(BOB))
    for token in (second, "of-nobody"):
        with pytest.raises(NotFoundError):
            calendars.feed(world.as_(None), token)
    with pytest.raises(StepRefusedError):
        calendars.end(world.as_(BOB))
    assert calendars.made_at(world.as_(BOB)) is None
    assert calendars.feed(world.as_(None), other)
    with pytest.raises(NotSignedInError):
        calendars.make(world.as_(None))


def test_who_left_the_employer_has_an_empty_calendar(world: World) -> None:
    add(world)
    token = calendars.make(world.as_(BOB))
    store = world.as_(None).store
    with store.writing():
        roles.take(store, BOB.id, Role.CONTRIBUTOR, NORTHMERE.id)
    assert titles(calendars.feed(world.as_(None), token)) == []


def test_a_plans_file_has_exactly_what_is_asked_for(world: World) -> None:
    add(world)
    add(world, TOM)
    content = calendars.of_plan(world.as_(VERA), world.northmeres.id, Filter(owner="Tom Reed"))
    assert titles(content) == ["Due: A2 Agree a scheme."]
    assert b"X-WR-CALNAME:Plan of Northmere Council\\, Children\xe2\x80\x99s services\\, 2026" in (
        content.replace(b"\r\n ", b"")
    )
    with pytest.raises(NotFoundError):
        calendars.of_plan(world.as_(CHARLIE), world.northmeres.id, Filter())

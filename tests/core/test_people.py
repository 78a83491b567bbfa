"""Roles that can be given, names that can be taken, and what a removed person is called."""

from __future__ import annotations

import pytest

from healthcheck.core import people
from healthcheck.core.permissions import AT_AN_EMPLOYER, AT_BASW, Role


def test_every_role_is_offered_in_one_place_and_said_what_it_does() -> None:
    assert set(people.ROLES_AT_AN_EMPLOYER) == AT_AN_EMPLOYER
    assert set(people.ROLES_AT_BASW) == AT_BASW
    assert set(people.ABOUT) == set(Role)


def test_roles_are_shown_in_one_order() -> None:
    assert people.in_order({Role.VIEWER, Role.REVIEWER, Role.LEAD}) == (
        Role.LEAD,
        Role.VIEWER,
        Role.REVIEWER,
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("at_basw", [True, False])
def test_only_leads_and_administrators_give_roles(role: Role, *, at_basw: bool) -> None:
    given = people.may_give({role}, at_basw=at_basw)
    if role is Role.LEAD and not at_basw:
        assert given == people.ROLES_AT_AN_EMPLOYER
    elif role is Role.ADMINISTRATOR:
        assert given == (people.ROLES_AT_BASW if at_basw else (Role.LEAD,))
    else:
        assert given == ()


def test_a_lead_stays_at_an_employer_and_an_administrator_at_basw() -> None:
    assert people.that_must_stay(at_basw=False) is Role.LEAD
    assert people.that_must_stay(at_basw=True) is Role.ADMINISTRATOR


@pytest.mark.parametrize("role", Role)
def test_a_role_is_in_one_of_the_two_places(role: Role) -> None:
    assert people.is_at(role, at_basw=True) is (role in AT_BASW)
    assert people.is_at(role, at_basw=False) is (role in AT_AN_EMPLOYER)


def test_a_name_is_stored_without_spare_spaces() -> None:
    assert people.tidy_name("  Tŷ \n Ŵyr ") == "Tŷ Ŵyr"


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Tŷ Ŵyr", True),
        ("X", True),
        ("x" * 100, True),
        ("", False),
        ("x" * 101, False),
        ("a\x00b", False),
        ("evil\u202egnp.exe", False),
    ],
)
def test_a_name_is_something_to_read_on_one_line(name: str, *, taken: bool) -> None:
    assert people.is_name(name) is taken


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        ({Role.LEAD, Role.VIEWER}, "Former lead"),
        ({Role.ACCOUNTABLE_OFFICER, Role.CONTRIBUTOR}, "Former accountable officer"),
        ({Role.CONTRIBUTOR}, "Former contributor"),
        ({Role.VIEWER}, "Former viewer"),
        ({Role.REVIEWER, Role.ADMINISTRATOR}, "Former BASW administrator"),
        ({Role.REVIEWER}, "Former BASW reviewer"),
        (set(), "Former colleague"),
    ],
)
def test_a_removed_person_is_named_for_what_they_were(roles: set[Role], name: str) -> None:
    assert people.former(roles) == name

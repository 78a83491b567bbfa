"""What people may be at an employer and at BASW, and what is left when one is removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.permissions import AT_BASW, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.accounts import Person

LONGEST_NAME = 100

ROLES_AT_AN_EMPLOYER = (
    Role.LEAD,
    Role.CONTRIBUTOR,
    Role.ACCOUNTABLE_OFFICER,
    Role.VIEWER,
    Role.MANAGER,
    Role.PRACTITIONER,
)
ROLES_AT_BASW = (Role.ADMINISTRATOR, Role.REVIEWER)

ABOUT: Mapping[Role, str] = {
    Role.LEAD: "Runs the health check: invites people, says who answers what, sends it for"
    " sign-off.",
    Role.CONTRIBUTOR: "Answers questions and adds evidence.",
    Role.ACCOUNTABLE_OFFICER: "Reads the health check and signs it off.",
    Role.VIEWER: "Reads everything and changes nothing.",
    Role.MANAGER: "Puts the caseload of their teams in, decides what to do about it and reports on"
    " their own actions, without seeing the health check.",
    Role.PRACTITIONER: "Sees their own workload, can report an excessive caseload and reports on"
    " their own actions, without seeing the health check.",
    Role.ADMINISTRATOR: "Adds employers, opens cycles, invites people, reads messages.",
    Role.REVIEWER: "Reviews what employers submit, asks for changes and accepts.",
}
"""What each role does, for whoever chooses one."""

_FORMER: Mapping[Role, str] = {
    Role.LEAD: "Former lead",
    Role.ACCOUNTABLE_OFFICER: "Former accountable officer",
    Role.CONTRIBUTOR: "Former contributor",
    Role.VIEWER: "Former viewer",
    Role.MANAGER: "Former team manager",
    Role.PRACTITIONER: "Former practitioner",
    Role.ADMINISTRATOR: "Former BASW administrator",
    Role.REVIEWER: "Former BASW reviewer",
}
"""What the record calls a removed person, by the first of these roles that they had."""
FORMER_COLLEAGUE = "Former colleague"


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the roles they hold at one employer, or at BASW, in the order of pages."""

    person: Person
    roles: tuple[Role, ...]


def in_order(roles: Collection[Role]) -> tuple[Role, ...]:
    """Return roles in the order that pages show them."""
    return tuple(role for role in (*ROLES_AT_AN_EMPLOYER, *ROLES_AT_BASW) if role in roles)


def may_give(roles: Collection[Role], *, at_basw: bool) -> tuple[Role, ...]:
    """Return the roles that somebody with these roles may give, at an employer or at BASW.

    A lead gives every role at their employer. An administrator gives those at BASW and, at an
    employer, only that of the lead: who answers and who signs is the employer's own choice.
    """
    if at_basw:
        return ROLES_AT_BASW if Role.ADMINISTRATOR in roles else ()
    if Role.LEAD in roles:
        return ROLES_AT_AN_EMPLOYER
    return (Role.LEAD,) if Role.ADMINISTRATOR in roles else ()


def that_must_stay(*, at_basw: bool) -> Role:
    """Return the role that somebody must always hold, or nobody could invite anyone."""
    return Role.ADMINISTRATOR if at_basw else Role.LEAD


def is_at(role: Role, *, at_basw: bool) -> bool:
    """Say whether a role is one of those at BASW, or one of those at an employer."""
    return (role in AT_BASW) is at_basw


def tidy_name(typed: str) -> str:
    """Return a name as stored: without spaces around, and with one between its words."""
    return " ".join(typed.split())


def is_name(name: str) -> bool:
    """Say whether a tidied name can be taken: something to read, on one line, not too long."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def former(roles: Collection[Role]) -> str:
    """Return what the record calls somebody who had these roles and was removed."""
    return next((name for role, name in _FORMER.items() if role in roles), FORMER_COLLEAGUE)

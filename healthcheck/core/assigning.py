"""Who answers which topic: the rule, and what a page of choices changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission, Role, can

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person

Chosen = Mapping[str, Collection[str]]
"""The ids of people by the id of a topic."""


@dataclass(frozen=True, slots=True)
class Board:
    """Who answers what in one health check, as one person meets it."""

    person_id: str = ""
    roles: frozenset[Role] = frozenset()
    people: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    def of(self, topic_id: str) -> tuple[Person, ...]:
        """Return the people a topic is assigned to, by name; none when it is open to all."""
        return self.people.get(topic_id, ())

    @property
    def mine(self) -> frozenset[str]:
        """The ids of the topics that are assigned to this person."""
        return frozenset(
            topic_id
            for topic_id, people in self.people.items()
            if self.person_id in {each.id for each in people}
        )

    @property
    def leads(self) -> bool:
        """Say whether this person may assign topics."""
        return can(self.roles, Permission.ASSIGN)

    def may_answer(self, topic_id: str) -> bool:
        """Say whether this person may answer a topic, as far as who they are goes."""
        return may_answer(self.roles, self.person_id, {each.id for each in self.of(topic_id)})


@dataclass(frozen=True, slots=True)
class Change:
    """What a page of choices changes, as pairs of topic and person."""

    given: tuple[tuple[str, str], ...]
    taken: tuple[tuple[str, str], ...]


def may_answer(roles: Collection[Role], person_id: str, assigned: Collection[str]) -> bool:
    """Say whether a person may answer a topic that is assigned to these people.

    With nobody assigned it is open to every contributor; otherwise only to those people. A lead
    may always answer.
    """
    if not can(roles, Permission.ANSWER):
        return False
    return Role.LEAD in roles or not assigned or person_id in assigned


def change(shown: Chosen, chosen: Chosen) -> Change:
    """Return what was ticked and unticked, leaving alone what the page did not show.

    So what a colleague assigned while the page was open stays.
    """
    before, after = _pairs(shown), _pairs(chosen)
    return Change(given=tuple(sorted(after - before)), taken=tuple(sorted(before - after)))


def _pairs(chosen: Chosen) -> set[tuple[str, str]]:
    return {(topic_id, person_id) for topic_id, people in chosen.items() for person_id in people}

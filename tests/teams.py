"""A team at Northmere with its manager, and the snapshot that tests begin with.

Mia manages the children's team at Northmere and Pat works in it; Charlie leads at Southmere.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.core.permissions import Role
from healthcheck.core.workload.snapshots import Case, Snapshot, Worker
from healthcheck.core.workload.team_rules import Details
from healthcheck.services import snapshots, teams
from healthcheck.storage import accounts
from healthcheck.storage import snapshots as stored_snapshots
from tests.people import ALICE, NORTHMERE, password_hash

if TYPE_CHECKING:
    from healthcheck.core.workload.teams import Kept, Team
    from healthcheck.services.context import Context
    from tests.people import World

MIA = Person("mia", "Mia Mason", "mia@northmere.example")
PAT = Person("pat", "Pat Price", "pat@northmere.example")
SCHEMES = ("contracted-hours", "ne-london-points", "simple-count")
DAY = date(2026, 3, 1)


def with_people(world: World) -> None:
    """Let Mia be a team manager at Northmere, and Pat a practitioner there."""
    store = world.as_(None).store
    with store.writing():
        for person, role in ((MIA, Role.MANAGER), (PAT, Role.PRACTITIONER)):
            accounts.add_person(store, person, password_hash(), world.clock())
            accounts.add_role(store, person.id, NORTHMERE.id, role)


def set_up(
    world: World, name: str = "Duty", schemes: tuple[str, ...] = SCHEMES, *managers: Person
) -> Team:
    """Set up a children's team at Northmere as its lead; without others, Mia manages it."""
    who = tuple(each.id for each in managers or (MIA,))
    details = Details(name, "childrens", schemes, who)
    return teams.add(world.as_(ALICE), NORTHMERE.id, details)


def snapshot(day: date = DAY, cases: int = 3) -> Snapshot:
    """Return two workers, AB with some cases of child protection and CD with one."""
    workers = (
        Worker(id="ab", name="AB", contracted_hours=Fraction(37)),
        Worker(id="cd", name="CD", contracted_hours=Fraction(37, 2), newly_qualified=True),
    )
    since = day - timedelta(days=28)
    held = [
        Case(id=f"c{number}", worker_id="ab", kind="child-protection")
        for number in range(1, cases + 1)
    ]
    others = (
        Case(id="other", worker_id="cd", kind="child-in-need", reference="C-7"),
        Case(id="waits", worker_id=None, kind="care-leaver", waiting_since=since),
    )
    return Snapshot("Duty", day, workers, (*held, *others))


def keep(world: World, team: Team, day: date = DAY, cases: int = 3) -> Kept:
    """Keep that snapshot of a team, as Northmere's lead."""
    return snapshots.save(world.as_(ALICE), team.id, snapshot(day, cases))


def kept_of(ctx: Context, team_id: str) -> tuple[Kept, ...]:
    """Return all that is kept of a team, newest first, whoever asks."""
    return stored_snapshots.of_team(ctx.store, team_id)


def names(initials: str, text: str) -> bool:
    """Say whether a text names somebody; letters inside a random id do not."""
    return re.search(rf"(?<![\w-]){initials}(?![\w-])", text) is not None

"""Plans to work with in tests: actions of Alice, of Bob, and of people without an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.plans import Details, Owner
from healthcheck.services import plans
from tests.people import ALICE, BOB

if TYPE_CHECKING:
    from typing import Any

    from healthcheck.core.plans import Action
    from tests.people import World

BOBS = Owner(role="Team manager", team="Duty team", person_id=BOB.id)
TOM = Owner("Tom Reed", "Supplier", "IT", "tom@it.example")
DUE = date(2026, 3, 20)


def add(world: World, owner: Owner = BOBS, due: date | None = DUE, **more: Any) -> Action:  # noqa: ANN401 - details of any kind
    """Let Alice add an action to Northmere's plan; without a due date it has a reason for none."""
    reason = "" if due else "It waits for a date."
    details = Details("Agree a scheme.", owner=owner, due=due, no_date_reason=reason)
    return plans.add(world.as_(ALICE), world.northmeres.id, replace(details, **more))


def now(world: World, action: Action) -> Action:
    """Return an action as it is now."""
    return plans.action(world.as_(ALICE), world.northmeres.id, action.id)

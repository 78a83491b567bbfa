"""Actions and plans made by hand, for tests of what is shown and printed of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from healthcheck.core.plans import (
    Action,
    Delivery,
    Details,
    Note,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)

TODAY = date(2026, 11, 23)
THEN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
PRIYA = Owner("Priya Shah", "Principal social worker", "Practice", person_id="priya")
TOM = Owner("Tom Reed", "Head of human resources", "Workforce")
NOBODY = Owner()


def action(number: int = 1, **more: Any) -> Action:  # noqa: ANN401 - as its class takes them
    """Return an action; what is given goes to its details, its progress or the action itself."""
    details: dict[str, Any] = {"action": f"Do thing {number}.", "owner": PRIYA}
    progress: dict[str, Any] = {}
    whole: dict[str, Any] = {}
    for name, value in more.items():
        part = (
            details
            if name in Details.__slots__
            else progress
            if name in Progress.__slots__
            else whole
        )
        part[name] = value
    return Action(
        id=f"action-{number}",
        assessment_id="check",
        number=number,
        origin=whole.pop("origin", Origin.PROPOSED),
        details=Details(**details),
        progress=Progress(**progress),
        revision=1,
        changed_at=THEN,
        changed_by="Priya Shah",
        created_at=THEN,
        **whole,
    )


def full_action(number: int = 1, **more: Any) -> Action:  # noqa: ANN401 - as its class takes them
    """Return an action with something in every part that a person can write."""
    given: dict[str, Any] = {
        "action": "Agree a workload scheme with practitioners and the union, and start using it.",
        "finding": "There is no agreed way to tell when somebody has too much work.",
        "outcome": "Everybody knows how much work is safe.",
        "measure": "Social workers over their safe level",
        "baseline": "34%",
        "target": "10%",
        "resources": "Two days a month of a senior practitioner",
        "start": date(2026, 10, 1),
        "due": date(2027, 3, 31),
        "priority": Priority.HIGH,
        "review": date(2027, 1, 15),
        "target_level": 2,
        "delivery": Delivery.AT_RISK,
        "reason": "Two of the three test teams have not begun.",
        "recovery": "The head of service meets both managers in December.",
    }
    return action(number, **(given | more))


def plan(*actions: Action, **more: Any) -> Plan:  # noqa: ANN401 - as its class takes them
    """Return a plan of these actions."""
    return replace(Plan("check", actions), **more)


def note(action_id: str, text: str, by: str = "Tom Reed", day: int = 5) -> Note:
    """Return a note written on a day of November 2026."""
    return Note(action_id, text, by, datetime(2026, 11, day, 9, 0, tzinfo=UTC))

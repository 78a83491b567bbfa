"""A plan as a version freezes it, read again, and what changed between two of them.

Frozen are the actions and the reasons for no action, without e-mail addresses, accounts, progress
notes and who gave a reason: whoever signs gives it. Versions made before there were plans hold the
proposals by question instead.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from healthcheck.core.plan_changes import Change, Difference, differences
from healthcheck.core.plans import (
    Action,
    Declined,
    Delivery,
    Details,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Plain = dict[str, Any]
DATES = ("start", "due", "review", "completed")
THE_EMPLOYER = "The employer"
OF_AN_OWNER = ("name", "role", "team")


@dataclass(frozen=True, slots=True)
class ActionChange:
    """One action that is not what it was in the version before; new ones have no differences."""

    action: Action
    is_new: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What changed in a plan between two versions, reasons for no action among it."""

    actions: tuple[ActionChange, ...] = ()
    declined: tuple[Declined, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changed."""
        return not (self.actions or self.declined)


def frozen(plan: Plan, requests: Mapping[str, int]) -> Plain:
    """Return a plan as a version holds it; `requests` are the numbers of change requests by id."""
    return {
        "actions": [_action(each, requests) for each in plan.actions],
        "declined": [
            {
                "question": each.question_id,
                "level": each.level,
                "reason": each.reason,
                "at": each.declined_at.isoformat(timespec="seconds"),
            }
            for _, each in sorted(plan.declined.items())
        ],
    }


def read(plain: Mapping[str, Any], at: datetime) -> Plan | None:
    """Return the plan that a version froze at a moment; None when it holds proposals instead."""
    if not isinstance(plain.get("actions"), list):
        return None
    declined = (
        Declined(
            each["question"],
            each["level"],
            each["reason"],
            THE_EMPLOYER,
            datetime.fromisoformat(each["at"]),
        )
        for each in plain["declined"]
    )
    return Plan(
        "",
        tuple(_read(each, at) for each in plain["actions"]),
        declined={each.question_id: each for each in declined},
    )


def changes(before: Plan, after: Plan) -> PlanChanges:
    """Return what changed between two frozen plans, in the order of the newer one."""
    old = {each.number: each for each in before.actions}
    changed = (
        ActionChange(each, is_new=True)
        if each.number not in old
        else ActionChange(each, is_new=False, differences=_differences(old[each.number], each))
        for each in after.actions
    )
    return PlanChanges(
        tuple(each for each in changed if each.is_new or each.differences),
        tuple(
            each
            for question_id, each in after.declined.items()
            if before.declined.get(question_id) != each
        ),
    )


def _action(action: Action, requests: Mapping[str, int]) -> Plain:
    details, progress = asdict(action.details), asdict(action.progress)
    owner = {name: details["owner"][name] for name in OF_AN_OWNER}
    parts = {
        **details,
        **progress,
        "owner": owner,
        "priority": action.details.priority.name,
        "delivery": action.progress.delivery.name,
        "number": action.number,
        "origin": action.origin.name,
        "question": action.question_id,
        "area": action.area_id,
        "request": requests.get(action.request_id or ""),
        "carried": action.carried_from is not None,
    }
    return {
        name: part.isoformat() if isinstance(part, date) else part for name, part in parts.items()
    }


def _read(plain: Mapping[str, Any], at: datetime) -> Action:
    parts = dict(plain)
    for name in DATES:
        parts[name] = date.fromisoformat(parts[name]) if parts[name] else None
    details = Details(
        **{name: parts[name] for name in Details.__dataclass_fields__ if name in parts}
    )
    progress = Progress(**{name: parts[name] for name in Progress.__dataclass_fields__})
    return Action(
        id=f"A{parts['number']}",
        assessment_id="",
        number=parts["number"],
        origin=Origin[parts["origin"]],
        details=replace(
            details, owner=Owner(**parts["owner"]), priority=Priority[parts["priority"]]
        ),
        progress=replace(progress, delivery=Delivery[parts["delivery"]]),
        revision=1,
        changed_at=at,
        changed_by="",
        created_at=at,
        question_id=parts["question"],
        area_id=parts["area"],
    )


def _differences(before: Action, after: Action) -> tuple[Difference, ...]:
    return differences(_state(before), _state(after))


def _state(action: Action) -> Change:
    return Change(action.revision, action.details, action.progress, "", "", "", action.changed_at)

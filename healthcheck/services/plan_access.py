"""Who may see a plan, change it, and report on an action: the checks before any work on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core.errors import (
    ChangedMeanwhileError,
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import Permission, can
from healthcheck.core.plan_changes import By
from healthcheck.core.steps import State
from healthcheck.services.permissions import permitted
from healthcheck.storage import events
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

BYTES_OF_AN_ID = 12
NO_SUCH_ACTION = "There is no such action in this plan."
STALE = (
    "Nothing was saved, because {name} changed {reference} after you opened it."
    " Look at what it says now, then decide what should stand."
)


def found_with_plan(ctx: Context, assessment_id: str, permission: Permission) -> Found:
    """Return the stored assessment when the person has the permission on its plan.

    People at BASW see the plan of an accepted health check only. Raises NotSignedInError,
    NotFoundError and NotAllowedError.
    """
    found = permitted(ctx, assessment_id, Permission.SEE_PLAN)
    if not can(found.roles, Permission.READ) and found.assessment.state is not State.ACCEPTED:
        raise NotFoundError("There is no plan here that you can open.")
    if permission is not Permission.SEE_PLAN:
        permitted(ctx, assessment_id, permission)
    return found


def may_change(found: Found) -> bool:
    """Say whether a person may change the plan as a whole: add, decline, change any action."""
    return can(found.roles, Permission.CHANGE_PLAN) and _is_worked(found.assessment)


def may_report(ctx: Context, found: Found, action: Action) -> bool:
    """Say whether the person may report progress on an action: a lead, or its owner."""
    own = action.details.owner.person_id == ctx.someone().id
    return may_change(found) or (
        own and can(found.roles, Permission.REPORT_PROGRESS) and _is_worked(found.assessment)
    )


def changeable(ctx: Context, assessment_id: str) -> Found:
    """Return the stored assessment when the person may change its plan now.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
    require_worked(found.assessment)
    return found


def require_worked(assessment: Assessment) -> None:
    """Raise StepRefusedError when the plan stands still."""
    if not _is_worked(assessment):
        raise StepRefusedError(
            "Nothing was saved. This health check was withdrawn, so its plan can be read but not"
            " changed."
        )


def require_current(action: Action, based_on: int) -> None:
    """Raise ChangedMeanwhileError when an action is past the revision a change is based on."""
    if action.revision != based_on:
        said = STALE.format(name=action.changed_by, reference=action.reference)
        raise ChangedMeanwhileError(said, action)


def require_here(ctx: Context, action: Action) -> None:
    """Raise StepRefusedError when an action goes on in the next cycle's plan."""
    next_one = stored.goes_on_in(ctx.store, action.id)
    if next_one is not None:
        after, cycle = next_one
        raise StepRefusedError(
            f"Nothing was saved. {action.reference} goes on as {after.reference} in the plan of"
            f" {cycle}. Change it, and report progress, there."
        )


def note_event(
    ctx: Context, assessment: Assessment, kind: str, about: Action, **more: str | int
) -> None:
    """Write an event about an action, inside the caller's transaction."""
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.person.id if ctx.person else None,
        assessment_id=assessment.id,
        employer_id=assessment.employer.id,
        detail={"action": about.reference, "id": about.id, "revision": about.revision, **more},
    )


def action_of(ctx: Context, assessment_id: str, action_id: str) -> Action:
    """Return an action of this plan. Raises NotFoundError."""
    found = stored.find(ctx.store, action_id)
    if found is None or found.assessment_id != assessment_id:
        raise NotFoundError(NO_SUCH_ACTION)
    return found


def me(ctx: Context) -> By:
    """Return the person signed in as who changes a plan. Raises NotSignedInError."""
    person = ctx.someone()
    return By(person.name, person.id)


def refuse(problems: Mapping[str, str]) -> None:
    """Raise UnacceptableDetailsError with every sentence, when there are any."""
    if problems:
        raise UnacceptableDetailsError(" ".join(problems.values()))


def text_given(text: str) -> str:
    """Return a note or a reason that may be empty. Raises UnacceptableDetailsError."""
    problem = rules.note_problem(text)
    if problem:
        raise UnacceptableDetailsError(problem)
    return rules.trimmed(text)


def _is_worked(assessment: Assessment) -> bool:
    return assessment.state is not State.WITHDRAWN

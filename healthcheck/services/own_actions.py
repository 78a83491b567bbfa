"""A person's own actions: listed, looked at one by one and reported on, with no plan around them.

An owner who may not read the plan, such as a team manager, sees of it what is here and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from healthcheck.core.errors import NotFoundError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import State
from healthcheck.services import plans
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import me
from healthcheck.storage import assessments, people
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.accounts import Person
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action, Note, Progress
    from healthcheck.services.context import Context

NOT_YOURS = "There is no action of yours here."


class Owned(NamedTuple):
    """An action of a person's own; `sees_plan` says whether they see the plan around it too."""

    assessment: Assessment
    action: Action
    sees_plan: bool


@dataclass(frozen=True, slots=True)
class Own:
    """One action as its owner meets it outside the plan, with the notes that they wrote themselves.

    `goes_on` is the action that carries it on, with its cycle; then there is nothing to report.
    """

    assessment: Assessment
    action: Action
    notes: tuple[Note, ...]
    goes_on: tuple[Action, str] | None
    sees_plan: bool
    today: date


def owned(ctx: Context) -> tuple[Owned, ...]:
    """Return the actions of the person signed in where they still belong to the employer.

    Those of withdrawn health checks are not among them. Raises NotSignedInError.
    """
    person = ctx.someone()
    theirs = {
        each.assessment.id: each
        for each in assessments.of_person(ctx.store, person.id)
        if can(each.roles, Permission.REPORT_PROGRESS)
    }
    return tuple(
        Owned(at.assessment, each, can(at.roles, Permission.SEE_PLAN))
        for each in stored.owned_by(ctx.store, person.id)
        if (at := theirs.get(each.assessment_id)) is not None
    )


def has_page(ctx: Context, person: Person) -> bool:
    """Say whether pages lead a person to their own actions: always where they see a plan.

    Somebody who sees none is led there only while an action is theirs.
    """
    held = people.roles_anywhere(ctx.store, person.id)
    if can(held, Permission.SEE_PLAN):
        return True
    return can(held, Permission.REPORT_PROGRESS) and bool(stored.owned_by(ctx.store, person.id))


def look(ctx: Context, action_id: str) -> Own:
    """Return one action of the person's own.

    Raises NotSignedInError, and NotFoundError for whatever is not theirs to report on.
    """
    with ctx.store.reading():
        return _own(ctx, action_id)


def report(ctx: Context, action_id: str, progress: Progress, note: str, based_on: int) -> Action:
    """Report how an action of the person's own goes, and return it as it is now.

    Raises NotSignedInError, NotFoundError, StepRefusedError, UnacceptableDetailsError, and
    ChangedMeanwhileError when the action is past the revision the report is based on.
    """
    with ctx.store.writing():
        own = _own(ctx, action_id)
        return plans.report_by(
            ctx,
            own.assessment,
            own.action,
            by=me(ctx),
            progress=progress,
            note=note,
            based_on=based_on,
            way="page",
        )


def _own(ctx: Context, action_id: str) -> Own:
    person = ctx.someone()
    action = stored.find(ctx.store, action_id)
    if action is None or action.details.owner.person_id != person.id:
        raise NotFoundError(NOT_YOURS)
    found = assessments.find(ctx.store, action.assessment_id, person.id)
    if found is None or not can(found.roles, Permission.REPORT_PROGRESS):
        raise NotFoundError(NOT_YOURS)
    if found.assessment.state is State.WITHDRAWN:
        raise NotFoundError(NOT_YOURS)
    return Own(
        found.assessment,
        action,
        stored.notes_by(ctx.store, action_id, person.id),
        stored.goes_on_in(ctx.store, action_id),
        can(found.roles, Permission.SEE_PLAN),
        today(ctx),
    )

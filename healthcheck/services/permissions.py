"""The checks every service makes before it does anything: each reads the one permission table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotAllowedError, NotFoundError, StepRefusedError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.services.open_now import require_open
from healthcheck.storage import accounts, roles
from healthcheck.storage import assessments as stored

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer, Person
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


def permitted(ctx: Context, assessment_id: str, permission: Permission) -> Found:
    """Return the stored assessment when the person has the permission there.

    People at BASW have theirs at every employer but those they belong to. Raises NotSignedInError,
    NotFoundError when it is not theirs and NotAllowedError when it is but they may not do this.
    """
    person = ctx.someone()
    found = stored.find(ctx.store, assessment_id, person.id)
    found = found or stored.find_for_basw(ctx.store, assessment_id, person.id)
    if found is None or not (
        can(found.roles, Permission.READ) or can(found.roles, Permission.READ_SUBMISSION)
    ):
        raise NotFoundError("There is no health check here that you can open.")
    if permission is Permission.READ and not can(found.roles, permission):
        raise NotFoundError("There is no health check here that you can open.")
    if not can(found.roles, permission):
        raise NotAllowedError(
            f"You can open this health check, but you cannot {permission.value}."
            " Ask your health check lead if you should be able to."
        )
    return found


def permitted_to_answer(ctx: Context, assessment_id: str) -> Found:
    """Return the stored assessment when the person may change its answers, and it is open to that.

    Raises what `permitted` does, StepRefusedError when somebody else is reading the answers, and
    NotReadyError outside the dates of its cycle.
    """
    found = permitted(ctx, assessment_id, Permission.ANSWER)
    state = found.assessment.state
    if state not in OPEN_TO_ANSWERS:
        raise StepRefusedError(
            f"Nothing was saved. This health check is now “{state.value}”, so its answers cannot be"
            " changed. The health check lead can take it back or ask to reopen it."
        )
    require_open(ctx, found)
    return found


def permitted_at(ctx: Context, employer_id: str, permission: Permission) -> Employer:
    """Return the employer when the person has the permission there, or through BASW.

    Raises NotSignedInError, NotFoundError when it is nothing of theirs and NotAllowedError when it
    is but they may not do this.
    """
    person = ctx.someone()
    employer = accounts.find_employer_by_id(ctx.store, employer_id)
    own = roles.at_employer(ctx.store, person.id, employer_id)
    held = own or roles.at_basw(ctx.store, person.id)
    if employer is None or not held:
        raise NotFoundError("There is no employer here that you can open.")
    if not can(held, permission):
        raise NotAllowedError(f"You cannot {permission.value} at {employer.name}.")
    return employer


def permitted_at_basw(ctx: Context, permission: Permission) -> Person:
    """Return the person signed in when a role at BASW gives them the permission.

    Raises NotSignedInError, NotFoundError when they have no role at BASW, so that nobody else
    learns what pages there are, and NotAllowedError when another role there is needed.
    """
    person = ctx.someone()
    held = roles.at_basw(ctx.store, person.id)
    if not held:
        raise NotFoundError("There is no page here that you can open.")
    if not can(held, permission):
        raise NotAllowedError(f"Your role at BASW does not let you {permission.value}.")
    return person

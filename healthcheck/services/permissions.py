"""The check every service makes before it does anything to an assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotAllowedError, NotFoundError
from healthcheck.core.permissions import Permission, can
from healthcheck.storage import assessments as stored

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


def permitted(ctx: Context, assessment_id: str, permission: Permission) -> Found:
    """Return the stored assessment when the person has the permission there.

    Raises NotSignedInError, NotFoundError when it is not theirs and NotAllowedError when it is but
    they may not do this.
    """
    found = stored.find(ctx.store, assessment_id, ctx.someone().id)
    if found is None or not can(found.roles, Permission.READ):
        raise NotFoundError("There is no health check here that you can open.")
    if not can(found.roles, permission):
        raise NotAllowedError(
            f"You can open this health check, but you cannot {permission.value}."
            " Ask your health check lead if you should be able to."
        )
    return found

"""What a person at BASW may do there, for its first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.permissions import PERMISSIONS, Permission, can
from healthcheck.services.permissions import permitted_at_basw
from healthcheck.storage import roles

if TYPE_CHECKING:
    from healthcheck.services.context import Context


def permissions(ctx: Context) -> frozenset[Permission]:
    """Return what the person may do through their roles at BASW, nothing when they have none."""
    held = roles.at_basw(ctx.store, ctx.person.id) if ctx.person else frozenset()
    return frozenset(each for each in PERMISSIONS if can(held, each))


def required(ctx: Context) -> frozenset[Permission]:
    """Return the same for somebody at BASW. Raises as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.SEE_QUEUE)
    return permissions(ctx)

"""That somebody at BASW looked at an employer's plan, noted so that the employer sees it.

The plan goes on after it was submitted, so this stands beside the reads of the submission. Each
function here is a transaction of its own: call it after what was read, never inside another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission, can
from healthcheck.services import submissions
from healthcheck.storage import versions

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

PLAN_READ = "plan read"
PLAN_DOWNLOADED = "plan downloaded"


def note_read(ctx: Context, found: Found) -> None:
    """Note that a person at BASW reads a plan, unless it was noted within the last hour."""
    version = versions.latest(ctx.store, found.assessment.id)
    if version is not None:
        submissions.note_read(ctx, found, version, PLAN_READ)


def note_download(ctx: Context, found: Found) -> None:
    """Note that a person at BASW downloads a plan as a table; the employer's own are not noted."""
    version = versions.latest(ctx.store, found.assessment.id)
    if version is not None and not can(found.roles, Permission.READ):
        with ctx.store.writing():
            submissions.note(ctx, found, PLAN_DOWNLOADED, version)

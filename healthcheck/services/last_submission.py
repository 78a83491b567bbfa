"""What an employer submitted a cycle earlier, for a reviewer to read beside this cycle's.

Only what was submitted: an earlier health check that was never sent stays the employer's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.services import submissions
from healthcheck.storage import assessments as stored
from healthcheck.storage import reviews, versions

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.versions import Version


def earlier(ctx: Context, found: Found) -> tuple[Found, Version] | None:
    """Return the newest version of the last cycle in which there is one, None without any.

    It is of the same employer, questionnaire and service, and found for the same person.
    """
    before = reviews.submitted_before(ctx.store, found.assessment.id)
    if before is None:
        return None
    then = stored.find_for_basw(ctx.store, before[0], ctx.someone().id)
    version = versions.find(ctx.store, *before)
    return None if then is None or version is None else (then, version)


def read(ctx: Context, found: Found) -> None:
    """Note that the earlier submission is read too, if there is one."""
    before = earlier(ctx, found)
    if before is not None:
        submissions.note_read(ctx, *before)


def opened(ctx: Context, found: Found) -> Opened | None:
    """Return the earlier submission opened; `read` notes that it was read."""
    before = earlier(ctx, found)
    return None if before is None else submissions.submission(ctx, *before).opened

"""The same employer's health check of the same service a cycle earlier.

What was submitted last counts; where nothing was, the answers as they stand. For the employer's own
people: what a reviewer may read of last year is in `last_submission`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.services import submissions
from healthcheck.services.opening import open_one
from healthcheck.storage import assessments as stored
from healthcheck.storage import carried, plans, versions

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found


def last_year(
    ctx: Context, assessment: Assessment, *, only_submitted: bool = False
) -> Opened | None:
    """Return last year's health check opened, None when there was none.

    It is of the latest earlier cycle with any answers, and was not withdrawn. The caller has
    checked that the person may read this employer's answers; what BASW will read beside this
    year's is `only_submitted`.
    """
    found = _earlier(ctx, assessment)
    version = versions.latest(ctx.store, found.assessment.id) if found else None
    if found is None or (version is None and only_submitted):
        return None
    if version is not None:
        return submissions.submission(ctx, found, version).opened
    return open_one(ctx, found)


def stands_at(ctx: Context, assessment: Assessment) -> str:
    """Return what changes when last year's answers, as they stand beside this year's, may have."""
    found = _earlier(ctx, assessment)
    version = versions.latest(ctx.store, found.assessment.id) if found else None
    plan = plans.stands_at(ctx.store, found.assessment.id) if found else ""
    return f"{found and repr(found.assessment)} {version and version.fingerprint} {plan}"


def _earlier(ctx: Context, assessment: Assessment) -> Found | None:
    earlier_id = carried.earlier(ctx.store, assessment.id)
    return stored.find_for_anybody(ctx.store, earlier_id) if earlier_id else None

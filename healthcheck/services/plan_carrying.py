"""Unfinished actions carried into the next cycle's plan."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from healthcheck.core import plan_carrying as core
from healthcheck.core.plan_changes import By
from healthcheck.services.opening import worded
from healthcheck.services.plan_access import BYTES_OF_AN_ID
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import carried, events, plans, versions

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context

THE_SERVICE = "The service"
"""Who carries actions on when nobody is signed in: a cycle begun from the command line."""


def carry(ctx: Context, assessment: Assessment) -> None:
    """Carry the open actions of the last submitted health check into this one's plan, once each.

    Inside the caller's transaction. Done again, only those not carried yet are. An action keeps
    its details and its progress; from then on it is worked here, and there it is history.
    """
    earlier_id = carried.earlier(ctx.store, assessment.id)
    found = stored_assessments.find_for_anybody(ctx.store, earlier_id) if earlier_id else None
    if found is None or versions.latest(ctx.store, found.assessment.id) is None:
        return
    both = plans.plans_of(ctx.store, found.assessment.id, assessment.id)
    here = {each.carried_from for each in both[assessment.id].actions}
    ids = core.new_ids(worded(ctx, found.assessment), worded(ctx, assessment))
    by = By(ctx.person.name, ctx.person.id) if ctx.person else By(THE_SERVICE)
    left = [each for each in both[found.assessment.id].actions if each.is_open]
    new = [
        plans.add(
            ctx.store,
            core.carried(each, secrets.token_urlsafe(BYTES_OF_AN_ID), assessment.id, ids),
            by=by,
            now=ctx.now,
            reason=f"Carried over from {found.assessment.cycle}, where it was {each.reference}.",
        )
        for each in left
        if each.id not in here
    ]
    if new:
        events.add(
            ctx.store,
            "actions carried over",
            ctx.now,
            person_id=by.person_id,
            assessment_id=assessment.id,
            employer_id=assessment.employer.id,
            detail={"actions": [each.reference for each in new], "cycle": found.assessment.cycle},
        )

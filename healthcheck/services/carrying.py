"""Last year's answers carried into this year's health check, and confirmed to be still true."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import carrying as core
from healthcheck.core.carrying import Wording
from healthcheck.core.errors import NotFoundError, NotReadyError
from healthcheck.core.permissions import Permission
from healthcheck.core.saving import Offered, Saved
from healthcheck.services import attachments, plan_carrying
from healthcheck.services.attachments import Judged
from healthcheck.services.last_year import last_year
from healthcheck.services.opening import open_one, worded
from healthcheck.services.permissions import permitted
from healthcheck.storage import assessments as stored
from healthcheck.storage import attachments as files
from healthcheck.storage import carried, events

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened

NEVER = Saved()


def carry(ctx: Context, assessment: Assessment) -> None:
    """Offer last year's answers to an assessment, inside the caller's transaction.

    Done again, answers that were not confirmed yet are offered anew. Nothing is offered when there
    was no health check of this employer and service in an earlier cycle.
    """
    then = last_year(ctx, assessment)
    if then is not None:
        found = core.carry(
            then.questionnaire,
            then.journey,
            then.saved,
            then.attachments,
            worded(ctx, assessment),
            assessment.facts,
        )
        carried.add(ctx.store, assessment.id, then.assessment.id, found)


def carry_on(ctx: Context, assessment: Assessment) -> None:
    """Offer these answers and actions to the next cycle's health check, should it have begun.

    For whoever submits a version late, inside their transaction.
    """
    later_id = carried.later(ctx.store, assessment.id)
    found = stored.find_for_anybody(ctx.store, later_id) if later_id else None
    if found is not None:
        carry(ctx, found.assessment)
        plan_carrying.carry(ctx, found.assessment)
        stored.change(ctx.store, found.assessment.id, ctx.now)


def unsettled(ctx: Context, assessment_id: str) -> tuple[str, ...]:
    """Return the questions whose answer of last year waits to be confirmed, in order.

    While there is one, nothing can be sent. Raises NotSignedInError and NotFoundError.
    """
    return waiting(open_one(ctx, permitted(ctx, assessment_id, Permission.READ)))


def waiting(opened: Opened) -> tuple[str, ...]:
    """Return the same of an opened assessment."""
    return core.to_confirm(opened.journey, opened.last.carried) if opened.last else ()


def confirmed(
    before: Opened, offered: Mapping[str, Offered], question_ids: Collection[str]
) -> Mapping[str, Offered]:
    """Return what was offered with last year's answer in it where a person says “still true”.

    Raises NotFoundError for a question that has no answer of last year, and NotReadyError for one
    that was worded anew: it must be answered anew.
    """
    found = dict(offered)
    for question_id in question_ids:
        last = _last(before, question_id)
        stands = before.saved.get(question_id, NEVER)
        offer = offered.get(question_id, Offered(stands.entry, stands.revision))
        found[question_id] = replace(offer, entry=core.confirmed(offer.entry, last))
    return found


def settle(
    ctx: Context,
    before: Opened,
    offered: Mapping[str, Offered],
    question_ids: Collection[str],
    refused: dict[str, tuple[str, ...]],
) -> list[str]:
    """Mark answers as confirmed and attach their files again, inside the caller's transaction.

    An answer that a person typed instead of last year's is not a confirmation. Returns the names of
    the files attached; for each that does not fit any more a sentence goes to those refused.
    """
    agreed = {
        question_id: _last(before, question_id)
        for question_id in question_ids
        if question_id not in offered or not core.gives_an_answer(offered[question_id].entry)
    }
    assessment_id = before.assessment.id
    person_id = ctx.someone().id
    if carried.settle(ctx.store, assessment_id, agreed, person_id=person_id, now=ctx.now):
        events.add(
            ctx.store,
            "answers confirmed",
            ctx.now,
            person_id=person_id,
            assessment_id=assessment_id,
            detail={"answers": sorted(agreed), "cycle": before.last.cycle if before.last else ""},
        )
    again = {
        question_id: [
            Judged(
                files.content(ctx.store, file.sha256),
                replace(file, id=secrets.token_urlsafe(12)),
            )
            for file in last.files
        ]
        for question_id, last in agreed.items()
        if last.files
    }
    if not again:
        return []
    taken, too_large = attachments.take(ctx, assessment_id, again)
    refused.update({each: (*refused.get(each, ()), *too_large[each]) for each in too_large})
    return taken


def _last(before: Opened, question_id: str) -> core.Carried:
    last = before.last.carried.get(question_id) if before.last else None
    if last is None:
        raise NotFoundError(
            "There is no answer of last year to this question, so nothing was saved."
        )
    if last.wording is not Wording.SAME:
        raise NotReadyError(
            "This question was worded anew since last year. Answer it in its new words."
        )
    return last

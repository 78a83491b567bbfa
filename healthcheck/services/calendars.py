"""Calendars of due dates: a person's private address to subscribe to, and files to download."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import Grouping
from healthcheck.reports.calendars import Entry, written
from healthcheck.services import plan_board, tries
from healthcheck.services.accounts import fingerprint
from healthcheck.services.own_actions import Owned
from healthcheck.storage import calendars as stored
from healthcheck.storage import events

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_filters import Filter
    from healthcheck.services.context import Context

NOTHING_HERE = "There is no calendar at this address. It may have been ended."
OWN = "Your health check actions"


def made_at(ctx: Context) -> datetime | None:
    """Return when the person's private address was made, None when they have none.

    Raises NotSignedInError.
    """
    return stored.made_at(ctx.store, ctx.someone().id)


def make(ctx: Context) -> str:
    """Make the person's private address and return its token, the only time it can be seen.

    An address that they had before ends. Raises NotSignedInError.
    """
    person, token = ctx.someone(), secrets.token_urlsafe(32)
    with ctx.store.writing():
        stored.end(ctx.store, person.id, ctx.now)
        stored.add(ctx.store, fingerprint(token), person.id, ctx.now)
        events.add(ctx.store, "calendar address made", ctx.now, person_id=person.id)
    return token


def end(ctx: Context) -> None:
    """End the person's private address. Raises NotSignedInError, and StepRefusedError if none."""
    person = ctx.someone()
    with ctx.store.writing():
        if not stored.end(ctx.store, person.id, ctx.now):
            raise StepRefusedError("You have no calendar address, so nothing was done.")
        events.add(ctx.store, "calendar address ended", ctx.now, person_id=person.id)


def feed(ctx: Context, token: str) -> bytes:
    """Return the calendar at a private address, for whatever program asks.

    Raises TooManyTriesError, and NotFoundError when the address was ended or never was.
    """
    tries.refuse_too_many(ctx)
    person = stored.whose(ctx.store, fingerprint(token))
    if person is None:
        raise NotFoundError(NOTHING_HERE)
    return own(replace(ctx, person=person))


def own(ctx: Context) -> bytes:
    """Return a calendar of the person's own actions. Raises NotSignedInError."""
    return written(OWN, [_entry(ctx, each) for each in plan_board.mine(ctx).actions])


def of_plan(ctx: Context, assessment_id: str, wanted: Filter) -> bytes:
    """Return a calendar of the actions of a plan that are wanted.

    Raises NotSignedInError and NotFoundError.
    """
    board = plan_board.board(ctx, assessment_id, wanted, Grouping.DUE)
    its = board.assessment
    entries = [_entry(ctx, Owned(its, each, sees_plan=True)) for each in board.actions]
    return written(f"Plan of {its.employer.name}, {_about(its)}", entries)


def _entry(ctx: Context, owned: Owned) -> Entry:
    assessment, action, sees_plan = owned
    about = f"{assessment.employer.name}, {_about(assessment)}"
    in_plan = f"/assessments/{assessment.id}/plan/actions/{action.id}"
    return Entry(action, about, ctx.site + (in_plan if sees_plan else f"/my-actions/{action.id}"))


def _about(assessment: Assessment) -> str:
    return f"{service_title(assessment.service)}, {assessment.cycle}"

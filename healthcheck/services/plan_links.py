"""Links for owners without an account: sent by the lead or a reminder, used, ended.

The link's token is in the message alone; the database has its fingerprint. Whatever is wrong with a
link, the answer is the same. Whoever holds a link sees one action and can report progress on it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core import plan_links as core
from healthcheck.core.errors import (
    LinkEndedError,
    StepRefusedError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Permission
from healthcheck.core.plan_board import when
from healthcheck.core.plan_links import Link
from healthcheck.core.steps import State
from healthcheck.services import messages, plans, tries
from healthcheck.services.accounts import fingerprint
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import action_of, changeable, found_with_plan, note_event
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import plan_board
from healthcheck.storage import plan_links as stored
from healthcheck.storage import plans as stored_plans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action, Note, Progress
    from healthcheck.services.context import Context

PATH = "/progress/{}"
BY_LINK = "link"
MOST_REPORTS = 40
WITHIN = timedelta(hours=1)
"""How many notes and changes can come by links to one action within how long."""
ENDED = (
    "This link has run out or was ended, or its address is not whole."
    " The health check lead of your employer can send a new one."
)


@dataclass(frozen=True)
class Listed:
    """The open actions of owners without an account, and the links to each, newest first."""

    assessment: Assessment
    actions: tuple[Action, ...]
    links: Mapping[str, tuple[Link, ...]]

    @property
    def reachable(self) -> tuple[Action, ...]:
        """The actions a link can be sent for, or was."""
        return tuple(
            each
            for each in self.actions
            if core.needs_link(each.details.owner) or self.links[each.id]
        )

    @property
    def without_address(self) -> tuple[Action, ...]:
        """The actions for which a link cannot be sent, because their owner has no address."""
        return tuple(each for each in self.actions if each not in self.reachable)


@dataclass(frozen=True, slots=True)
class Held:
    """What the holder of a link sees: one action, with what they reported on it before.

    What colleagues at the employer noted is not for people outside.
    """

    link: Link
    assessment: Assessment
    action: Action
    notes: tuple[Note, ...]
    today: date


def listed(ctx: Context, assessment_id: str) -> Listed:
    """Return whom links can be sent to, and the links there are.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
        plan = stored_plans.plans_of(ctx.store, assessment_id)[assessment_id]
        ids = [each.id for each in plan.actions]
        links, gone_on = stored.of_actions(ctx.store, ids), plan_board.carried_on(ctx.store, ids)
        actions = tuple(
            each
            for each in plan.actions
            if each.id not in gone_on and (_is_of_somebody_outside(each) or links[each.id])
        )
        return Listed(found.assessment, actions, links)


def send(ctx: Context, assessment_id: str, action_id: str, days: int = core.USUAL_DAYS) -> Link:
    """Send an action's owner a link, which works for so many days; earlier links end.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError, and
    UnacceptableDetailsError when the owner has an account or no address.
    """
    if days not in core.DAYS_TO_CHOOSE:
        raise UnacceptableDetailsError("Choose for how many days the link is to work.")
    with ctx.store.writing():
        found = changeable(ctx, assessment_id)
        action = action_of(ctx, assessment_id, action_id)
        _require_sendable(action)
        stored.revoke(ctx.store, action_id, ctx.now)
        token, link = add_inside(ctx, action, days)
        note_event(ctx, found.assessment, "progress link sent", action, link=link.id)
        messages.queue(
            ctx,
            Kind.PROGRESS_LINK,
            link.email,
            by=ctx.someone().name,
            **messages.about(found.assessment),
            actions=(action.details.action,),
            when=when(action, today(ctx)),
            due=link.expires_at,
            path=PATH.format(token),
        )
    return link


def revoke(ctx: Context, assessment_id: str, action_id: str) -> Action:
    """End every link to an action, and let no reminder carry a new one, until one is sent again.

    Raises NotSignedInError, NotFoundError, NotAllowedError, and StepRefusedError when there is
    none.
    """
    with ctx.store.writing():
        found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
        action = action_of(ctx, assessment_id, action_id)
        if not stored.revoke(ctx.store, action_id, ctx.now):
            raise StepRefusedError("This action’s links had ended already, so nothing was done.")
        note_event(ctx, found.assessment, "progress link ended", action)
    return action


def look(ctx: Context, token: str) -> Held:
    """Return the action that a link is for, to anyone who has it.

    Raises TooManyTriesError, and LinkEndedError, which is the same for every reason.
    """
    tries.refuse_too_many(ctx)
    with ctx.store.reading():
        return _held(ctx, token)


def report(ctx: Context, token: str, progress: Progress, note: str, based_on: int) -> Action:
    """Report progress for the owner who holds a link, and return the action as it is now.

    Raises TooManyTriesError, LinkEndedError, StepRefusedError, UnacceptableDetailsError and
    ChangedMeanwhileError.
    """
    tries.refuse_too_many(ctx)
    try:
        held = _held(ctx, token)
    except LinkEndedError:
        with ctx.store.writing():
            tries.note(ctx, token)
        raise
    _refuse_a_flood(ctx, held)
    after = plans.report_for(ctx, held.action, held.link.name, progress, note, based_on, BY_LINK)
    with ctx.store.writing():
        stored.use(ctx.store, held.link.id, ctx.now)
    return after


def add_inside(
    ctx: Context, action: Action, days: int = core.USUAL_DAYS, *, is_reminder: bool = False
) -> tuple[str, Link]:
    """Write a link to an action inside the caller's transaction; return its token and the link."""
    token, sender = secrets.token_urlsafe(32), None if is_reminder else ctx.someone()
    owner = action.details.owner
    link = Link(
        id=secrets.token_urlsafe(12),
        action_id=action.id,
        name=owner.name,
        email=owner.email,
        sent_by=sender.name if sender else "",
        created_at=ctx.now,
        expires_at=core.runs_out(ctx.now, days),
    )
    stored.add(ctx.store, link, fingerprint(token), sender.id if sender else None)
    return token, link


def _refuse_a_flood(ctx: Context, held: Held) -> None:
    """Raise TooManyTriesError when more came by links to an action than anybody has to say."""
    after = ctx.now - WITHIN
    changes = stored_plans.history(ctx.store, held.action.id)
    moments = [each.written_at for each in held.notes]
    moments += [each.at for each in changes if each.way == BY_LINK]
    if sum(each > after for each in moments) >= MOST_REPORTS:
        raise TooManyTriesError(
            "So much was reported on this action within an hour that no more is taken for now."
            " What was reported before is saved."
        )


def _is_of_somebody_outside(action: Action) -> bool:
    owner = action.details.owner
    return action.is_open and owner.person_id is None and bool(owner.name)


def _require_sendable(action: Action) -> None:
    owner = action.details.owner
    if not action.is_open:
        raise StepRefusedError(f"{action.reference} has ended, so there is no progress to report.")
    if owner.person_id is not None:
        raise UnacceptableDetailsError(
            f"{owner.name} has an account and reports progress by signing in."
        )
    if not core.needs_link(owner):
        raise UnacceptableDetailsError(
            f"{action.reference} has no e-mail address of its owner. Change the action to add one."
        )


def _held(ctx: Context, token: str) -> Held:
    link = stored.find(ctx.store, fingerprint(token))
    action = stored_plans.find(ctx.store, link.action_id) if link else None
    if link is None or action is None or not core.works(link, action, ctx.now):
        raise LinkEndedError(ENDED)
    found = stored_assessments.find_for_anybody(ctx.store, action.assessment_id)
    goes_on = stored_plans.goes_on_in(ctx.store, action.id)
    if found is None or goes_on or found.assessment.state is State.WITHDRAWN:
        raise LinkEndedError(ENDED)
    plan = stored_plans.plans_of(ctx.store, action.assessment_id)[action.assessment_id]
    every = plan.notes.get(action.id, ())
    notes = tuple(each for each in every if (each.way, each.written_by) == (BY_LINK, link.name))
    return Held(link, found.assessment, action, notes, today(ctx))

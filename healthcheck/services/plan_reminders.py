"""Queueing the reminders of actions that are due, for whoever runs the installation.

An owner with an account is reminded there, one without by links, and for an owner who cannot be
reached the leads are. Each person gets at most one message a day, with all that is due.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core import plan_links, plan_reminders
from healthcheck.core.facts import service_title
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Permission, Role, can
from healthcheck.services import messages
from healthcheck.services.accounts import fingerprint
from healthcheck.services.open_now import today
from healthcheck.services.plan_links import PATH, add_inside
from healthcheck.storage import assessments, plans, roles
from healthcheck.storage import plan_links as stored_links
from healthcheck.storage import plan_reminders as stored

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_links import Link
    from healthcheck.core.plan_reminders import Due
    from healthcheck.services.context import Context

MINE = "/my-actions"


@dataclass(frozen=True, slots=True)
class Queued:
    """One message queued: how many actions it lists."""

    actions: int


@dataclass(frozen=True, slots=True)
class Item:
    """An action that is due, and the health check whose plan it is in."""

    due: Due
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one person is to be told: their own actions, and those of owners nobody can reach.

    `to` stands for them in reasons: an account's id, else a fingerprint, because an address there
    could not be taken out again.
    """

    to: str
    email: str
    has_account: bool
    own: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """Everything in it."""
        return [*self.own, *self.others]


def remind(ctx: Context) -> tuple[Queued, ...]:
    """Queue every reminder of an action that is due today and was not queued before.

    Each message is queued in a transaction of its own together with its reasons, so two runs at
    once, or a run that is broken off, remind nobody twice. Raises BusyError and NoRoomError.
    """
    queued = []
    for parcel in _parcels(ctx):
        with ctx.store.writing():
            if _queue(ctx, parcel):
                queued.append(Queued(len(parcel.items)))
    return tuple(queued)


def _parcels(ctx: Context) -> tuple[Parcel, ...]:
    """Return what each address is to be told, the most pressing action of each first."""
    day = today(ctx)
    latest = day + timedelta(days=max(plan_reminders.DAYS_BEFORE))
    found = stored.candidates(ctx.store, latest, day)
    parcels: dict[str, Parcel] = {}
    links = stored_links.of_actions(ctx.store, found)
    for assessment_id in dict.fromkeys(found.values()):
        opened = assessments.find_for_anybody(ctx.store, assessment_id)
        plan = plans.plans_of(ctx.store, assessment_id)[assessment_id]
        for action in plan.actions if opened else ():
            due = plan_reminders.due_today(action, day) if action.id in found else None
            if opened is not None and due is not None:
                _put(ctx, parcels, Item(due, opened.assessment), links[action.id])
    for parcel in parcels.values():
        for items in (parcel.own, parcel.others):
            items.sort(key=lambda each: str(each.due.action.details.due or "9999"))
    return tuple(parcels.values())


def _put(
    ctx: Context,
    parcels: dict[str, Parcel],
    item: Item,
    links: tuple[Link, ...],
) -> None:
    """Put an action into the parcel of its owner, else into those of the leads."""
    owner, employer_id = item.due.action.details.owner, item.assessment.employer.id

    def parcel(email: str, person_id: str | None = None) -> Parcel:
        to = person_id or fingerprint(email.casefold())
        return parcels.setdefault(to, Parcel(to, email, has_account=person_id is not None))

    if owner.person_id is not None and can(
        roles.at_employer(ctx.store, owner.person_id, employer_id), Permission.REPORT_PROGRESS
    ):
        parcel(owner.email, owner.person_id).own.append(item)
    elif plan_links.needs_link(owner) and plan_links.may_be_sent_again(links, owner):
        parcel(owner.email).own.append(item)
    else:
        for lead in roles.holders(ctx.store, employer_id, Role.LEAD):
            parcel(lead.email, lead.id).others.append(item)


def _queue(ctx: Context, parcel: Parcel) -> bool:
    """Queue a parcel as one message, inside the caller's transaction; False when nothing is new."""
    reasons = [reason for each in parcel.items for reason in each.due.keys(parcel.to)]
    new = [reason for reason in reasons if not stored.is_used(ctx.store, reason)]
    once = f"actions {today(ctx).isoformat()} {parcel.to}"
    queue = _queue_message if parcel.has_account else _queue_links
    if not new or messages.is_queued(ctx, once) or not queue(ctx, parcel, once):
        return False
    for reason in new:
        stored.use(ctx.store, reason, ctx.now)
    return True


def _queue_message(ctx: Context, parcel: Parcel, once: str) -> bool:
    day = today(ctx)
    plan = f"/assessments/{parcel.items[0].assessment.id}/plan"
    return messages.queue(
        ctx,
        Kind.ACTIONS_DUE,
        parcel.email,
        once=once,
        actions=_in_words(parcel.own, day),
        others=_in_words(parcel.others, day),
        path=MINE if parcel.own else plan,
    )


def _queue_links(ctx: Context, parcel: Parcel, once: str) -> bool:
    actions = [each.due.action for each in parcel.own]
    paths = [PATH.format(add_inside(ctx, each, is_reminder=True)[0]) for each in actions]
    return messages.queue(
        ctx,
        Kind.ACTIONS_DUE_BY_LINK,
        parcel.email,
        once=once,
        actions=_in_words(parcel.own, today(ctx)),
        links=tuple(ctx.site + path for path in paths),
        path=paths[0],
    )


def _in_words(items: list[Item], day: date) -> tuple[str, ...]:
    """Return each action on one line; where they are of several health checks, with which."""
    several = len({each.assessment.id for each in items}) > 1
    return tuple(
        f"{each.due.words(day)}, {_about(each.assessment)}" if several else each.due.words(day)
        for each in items
    )


def _about(assessment: Assessment) -> str:
    return f"{assessment.employer.name}, {service_title(assessment.service)}, {assessment.cycle}"

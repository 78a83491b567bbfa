"""Messages to people: worded and queued with the change they tell of, sent by another process.

Administrators see every message, so a link that is a key needs care. The link of a new password
would let them into somebody's account, to sign for them for instance: no page ever shows it. It
goes through the mail server or, when there is none, into a file of the outbox folder, which only
those who run the machine can read (they could give out a new password anyway). The same goes for a
link to report progress, by which an administrator could write in an employer's name. The link of an
invitation opens no account that is there already: with a mail server it is hidden too; without one
it is shown, because nobody could join otherwise. What an employer's people write for each other, as
in why an officer declined to sign, and the actions of its plan, is no business of BASW's: no page
shows it either. Messages of a confidential kind are not even listed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.messages import CONFIDENTIAL, masked, withheld
from healthcheck.core.permissions import Permission
from healthcheck.reports import messages as worded
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at_basw
from healthcheck.storage import events
from healthcheck.storage import messages as stored
from healthcheck.storage.messages import OUTBOX, Line, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.messages import Kind
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail

__all__ = [
    "Line",
    "Listed",
    "Shown",
    "about",
    "forget_old",
    "listed",
    "queue",
    "shown",
    "try_again",
]

BYTES_OF_AN_ID = 12
ON_A_PAGE = 50
TIME_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list: which of how many, and how many messages met a problem in all."""

    messages: tuple[Line, ...]
    page: int
    pages: int
    count: int
    not_delivered: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as administrators see it; `is_hidden` when its link was taken out.

    `is_withheld` says that what people at the employer wrote in it was taken out too.
    """

    message: Message
    is_hidden: bool
    is_withheld: bool


def queue(
    ctx: Context, kind: Kind, email: str, *, once: str | None = None, **values: object
) -> bool:
    """Queue a message inside the caller's transaction; say whether it is new.

    The values are those that the kind names; more are left unused. A message is queued `once` for
    what is given so: when it was used before, nothing is queued. Nothing is sent here: a process
    beside the web does that at once where a server runs; else `healthcheck send-messages` does.
    Raises TypeError when a value is missing, and ValueError when the path is not one of ours.
    """
    if once is not None and stored.is_used(ctx.store, once):
        return False
    message = worded.worded(kind, ctx.site, values)
    stored.add(
        ctx.store,
        secrets.token_urlsafe(BYTES_OF_AN_ID),
        kind,
        reason=once,
        recipient=email,
        subject=message.subject,
        text=message.text,
        html=message.html,
        now=ctx.now,
    )
    ctx.wake_renderer()
    return True


def about(assessment: Assessment) -> dict[str, str]:
    """Return the values that say which health check a message is about."""
    return {
        "employer": assessment.employer.name,
        "service": assessment.service,
        "cycle": assessment.cycle,
        "reference": assessment.reference,
    }


def is_queued(ctx: Context, once: str) -> bool:
    """Say whether a message was queued for this reason before."""
    return stored.is_used(ctx.store, once)


def listed(ctx: Context, page: int = 1) -> Listed:
    """Return one page of messages, newest first; a page that is not there is the nearest.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    permitted_at_basw(ctx, Permission.READ_MESSAGES)
    with ctx.store.reading():
        count = stored.count(ctx.store, CONFIDENTIAL)
        pages = max(1, -(-count // ON_A_PAGE))
        page = min(max(1, page), pages)
        messages = stored.page(ctx.store, (page - 1) * ON_A_PAGE, ON_A_PAGE, CONFIDENTIAL)
        failed = stored.count_not_delivered(ctx.store, CONFIDENTIAL)
        return Listed(messages, page, pages, count, failed)


def shown(ctx: Context, message_id: str) -> Shown:
    """Return a message, without its link when that is a key that administrators must not have.

    What the employer's people wrote for each other alone is taken out as well.
    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    permitted_at_basw(ctx, Permission.READ_MESSAGES)
    message = _get(ctx, message_id)
    about = message.kind.value
    goes_by_mail = ctx.has_mail_server and message.way != OUTBOX
    is_key = about.opens_accounts or about.lets_people_report
    is_hidden = is_key or (about.lets_people_join and goes_by_mail)
    if is_hidden:
        message = replace(message, text=masked(message.text), html=masked(message.html))
    if about.is_employers_own:
        message = replace(message, text=withheld(message.text), html=withheld(message.html))
    return Shown(message, is_hidden, about.is_employers_own)


def try_again(ctx: Context, message_id: str) -> None:
    """Have a message that was not delivered tried again at once.

    Raises NotSignedInError, NotFoundError, NotAllowedError, and StepRefusedError when it was
    delivered meanwhile.
    """
    person = permitted_at_basw(ctx, Permission.READ_MESSAGES)
    message = _get(ctx, message_id)
    with ctx.store.writing():
        if not stored.try_again(ctx.store, message.id, ctx.now):
            raise StepRefusedError("This message was delivered meanwhile.")
        events.add(
            ctx.store,
            "message tried again",
            ctx.now,
            person_id=person.id,
            detail={"message": message.id},
        )
    ctx.wake_renderer()


def forget_old(ctx: Context) -> int:
    """Take out what was queued more than a year ago and is done with; return how many.

    Messages hold names and addresses. For whoever runs the installation; it is an event.
    """
    with ctx.store.writing():
        forgotten = stored.forget_before(ctx.store, ctx.now - TIME_KEPT, today(ctx))
        if forgotten:
            detail: Mapping[str, Detail] = {"messages": forgotten}
            events.add(ctx.store, "old messages removed", ctx.now, detail=detail)
    return forgotten


def _get(ctx: Context, message_id: str) -> Message:
    message = stored.find(ctx.store, message_id)
    if message is None or message.kind in CONFIDENTIAL:
        raise NotFoundError("There is no such message.")
    return message

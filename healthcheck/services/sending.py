"""Sending what waits: run by `healthcheck send-messages`, by hand, by cron or beside the server.

One process sends at a time. No connection to the database is used while a mail server is spoken to,
so a slow one holds up nobody's save.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.messages import masked, next_try
from healthcheck.services import mail
from healthcheck.services.locks import alone
from healthcheck.services.mail import NoMailServerError, NotDeliveredError
from healthcheck.storage import messages as stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from healthcheck.core.mail import MailServer
    from healthcheck.services.context import Context
    from healthcheck.services.mail import Link, Post
    from healthcheck.storage.messages import Message

    OpenContext = Callable[[], AbstractContextManager[Context]]


@dataclass
class Outcome:
    """What became of one run: how many went out and how many did not, and every new problem."""

    delivered: int = 0
    not_delivered: int = 0
    problems: tuple[str, ...] = ()
    is_busy: bool = False

    def note(self, problem: str, messages: int = 1) -> None:
        """Count messages that did not go out."""
        self.not_delivered += messages
        if problem not in self.problems:
            self.problems += (problem,)


def send_waiting(open_context: OpenContext, post: Post) -> Outcome:
    """Send every message that is to be sent now, and say what became of them.

    When another process is sending, nothing is done and the outcome says that it is busy.
    Raises BusyError and NoRoomError when an outcome cannot be stored; the message is then sent
    again.
    """
    outcome = Outcome()
    with alone(post.lock) as is_alone:
        if not is_alone:
            return Outcome(is_busy=True)
        while waiting := _waiting(open_context):
            if post.server is None:
                _write_all(open_context, post, waiting, outcome)
            else:
                _send_all(open_context, post, post.server, waiting, outcome)
        with open_context() as ctx:
            mail.tidy(post.outbox, stored.ids(ctx.store))
    return outcome


def is_any_due(ctx: Context) -> bool:
    """Say whether a message is to be sent now."""
    return stored.is_any_due(ctx.store, ctx.now)


def _waiting(open_context: OpenContext) -> tuple[Message, ...]:
    with open_context() as ctx:
        return stored.due(ctx.store, ctx.now)


def _send_all(
    open_context: OpenContext,
    post: Post,
    server: MailServer,
    waiting: tuple[Message, ...],
    outcome: Outcome,
) -> None:
    """Send one after another; when the mail server fails, all the rest waits for another try."""
    left = list(waiting)
    try:
        with mail.connected(server) as link:
            while left:
                _send(open_context, post, link, left[0], outcome)
                left.pop(0)
    except NoMailServerError as failure:
        for message in left:
            _failed(open_context, message, str(failure), is_final=False)
        outcome.note(str(failure), len(left))


def _send(
    open_context: OpenContext, post: Post, link: Link, message: Message, outcome: Outcome
) -> None:
    try:
        mail.deliver(link, mail.as_mail(message, post.sender))
    except NotDeliveredError as failure:
        _failed(open_context, message, str(failure), is_final=failure.is_final)
        outcome.note(str(failure))
    else:
        _sent(open_context, message, stored.MAIL_SERVER, is_masked=message.kind.value.has_secret)
        outcome.delivered += 1


def _write_all(
    open_context: OpenContext, post: Post, waiting: tuple[Message, ...], outcome: Outcome
) -> None:
    for message in waiting:
        try:
            mail.write(post.outbox, message, mail.as_mail(message, post.sender))
        except NotDeliveredError as failure:
            _failed(open_context, message, str(failure), is_final=failure.is_final)
            outcome.note(str(failure))
        else:
            is_masked = message.kind.value.opens_accounts
            _sent(open_context, message, stored.OUTBOX, is_masked=is_masked)
            outcome.delivered += 1


def _sent(open_context: OpenContext, message: Message, way: str, *, is_masked: bool) -> None:
    text, html = message.text, message.html
    if is_masked:
        text, html = masked(text), masked(html)
    with open_context() as ctx, ctx.store.writing():
        stored.sent(ctx.store, message.id, way, ctx.now, text, html)


def _failed(open_context: OpenContext, message: Message, problem: str, *, is_final: bool) -> None:
    with open_context() as ctx, ctx.store.writing():
        again = None if is_final else next_try(message.tries + 1, ctx.now)
        stored.failed(ctx.store, message.id, problem, again)

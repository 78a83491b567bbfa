from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    ProductError,
    StepRefusedError,
)
from healthcheck.core.messages import Kind
from healthcheck.services import messages
from healthcheck.storage import events, people
from healthcheck.storage import messages as stored
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.reviewing import ADA, OLIVE, REMI

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

PATH = "/join/a-s3cret-token"


@pytest.fixture
def basw(world: World) -> World:
    reviewing.with_basw(world)
    return world


def queue(
    world: World, kind: Kind = Kind.ACCEPTED, once: str | None = None, **more: object
) -> bool:
    ctx = world.as_(None)
    values: dict[str, object] = {
        "employer": "Northmere Council",
        "service": "adults",
        "cycle": "2026",
        "reference": "EHC-1",
        "by": "Alice Archer",
        "role": "Contributor",
        "due": "1 May",
        "path": PATH,
    }
    with ctx.store.writing():
        return messages.queue(ctx, kind, BOB.email, once=once, **values, **more)


def newest(world: World) -> str:
    return stored.page(world.as_(None).store, 0, 1)[0].id


def test_a_message_waits_from_the_moment_it_is_queued(basw: World) -> None:
    assert queue(basw, surprise="left unused")

    (line,) = messages.listed(basw.as_(ADA)).messages
    assert (line.kind, line.recipient, line.state) == (Kind.ACCEPTED, BOB.email, "Waiting")
    assert line.subject == "Northmere Council: the 2026 health check is accepted (EHC-1)"
    assert (line.created_at, line.next_try_at, line.sent_at) == (basw.clock(), basw.clock(), None)


def test_nobody_is_written_to_twice_for_the_same_reason(basw: World) -> None:
    assert queue(basw, once="accepted x")
    assert not queue(basw, once="accepted x")
    assert queue(basw, once="accepted y")
    assert queue(basw)
    assert queue(basw)

    assert messages.listed(basw.as_(ADA)).count == 4


def test_a_message_goes_with_the_change_it_tells_of(basw: World) -> None:
    ctx = basw.as_(None)

    def queue_and_fail() -> None:
        with ctx.store.writing():
            messages.queue(ctx, Kind.PASSWORD_LINK, BOB.email, due="1 May", path=PATH)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue_and_fail()

    assert messages.listed(basw.as_(ADA)).count == 0


def test_queueing_wakes_whoever_sends(basw: World) -> None:
    woken: list[bool] = []
    ctx = replace(
        basw.as_(None), wake_renderer=lambda: woken.append(True), site="https://e.example"
    )
    with ctx.store.writing():
        messages.queue(ctx, Kind.PASSWORD_LINK, BOB.email, due="1 May", path=PATH)

    assert woken == [True]
    assert f"https://e.example{PATH}" in ctx.store.rows("SELECT text FROM messages")[0][0]


def test_the_list_is_paged_newest_first(basw: World) -> None:
    for number in range(messages.ON_A_PAGE + 2):
        queue(basw, once=str(number))
    ctx = basw.as_(ADA)

    first, second = messages.listed(ctx), messages.listed(ctx, 2)

    assert (first.page, first.pages, first.count) == (1, 2, 52)
    assert [each.number for each in first.messages] == list(range(52, 2, -1))
    assert [each.number for each in second.messages] == [2, 1]
    assert messages.listed(ctx, 99) == second
    assert messages.listed(ctx, -1) == first


@pytest.mark.parametrize("person", [REMI, ALICE, OLIVE, VERA, CHARLIE, None])
def test_messages_are_for_administrators_alone(basw: World, person: Person | None) -> None:
    queue(basw)
    ctx, id_ = basw.as_(person), newest(basw)
    error: type[ProductError] = NotSignedInError if person is None else NotFoundError
    if person is REMI:
        error = NotAllowedError

    for ask in (
        lambda: messages.listed(ctx),
        lambda: messages.shown(ctx, id_),
        lambda: messages.try_again(ctx, id_),
    ):
        with pytest.raises(error):
            ask()


def test_a_message_that_is_not_there_is_not_found(basw: World) -> None:
    with pytest.raises(NotFoundError):
        messages.shown(basw.as_(ADA), "of-nobody")
    with pytest.raises(NotFoundError):
        messages.try_again(basw.as_(ADA), "of-nobody")


@pytest.mark.parametrize(
    ("kind", "has_server", "is_hidden"),
    [
        (Kind.PASSWORD_LINK, True, True),
        (Kind.PASSWORD_LINK, False, True),
        (Kind.INVITATION, True, True),
        (Kind.INVITATION, False, False),
        (Kind.ACCEPTED, True, False),
        (Kind.ACCEPTED, False, False),
    ],
)
def test_an_administrator_sees_no_link_that_lets_them_be_somebody_else(
    basw: World, kind: Kind, *, has_server: bool, is_hidden: bool
) -> None:
    queue(basw, kind)
    ctx = replace(basw.as_(ADA), has_mail_server=has_server)

    shown = messages.shown(ctx, newest(basw))

    assert shown.is_hidden == is_hidden
    assert (PATH in shown.message.text, PATH in shown.message.html) == (not is_hidden,) * 2
    assert ("/join/(hidden)" in shown.message.text) == is_hidden


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.DECLINED, {"reason": "Two figures\nare MADE UP.\n- and one more"}),
        (Kind.ACTIONS_DUE, {"actions": ["MADE UP " * 30], "others": ["MADE UP too"]}),
        (Kind.ACTIONS_DUE_BY_LINK, {"actions": ["MADE UP <ul>", "MADE UP"], "links": ["a", "b"]}),
        (Kind.PROGRESS_LINK, {"actions": ["MADE UP </blockquote> MADE UP"], "when": "Soon"}),
    ],
)
def test_what_the_employers_people_wrote_for_each_other_is_not_for_basw(
    basw: World, kind: Kind, written: dict[str, Any]
) -> None:
    queue(basw, kind, **written)
    sent = stored.find(basw.as_(None).store, newest(basw))
    assert sent is not None
    assert "MADE UP" in sent.text
    shown = messages.shown(basw.as_(ADA), newest(basw))
    assert shown.is_withheld
    for page in (shown.message.text, shown.message.html):
        assert "MADE UP" not in page
        assert "figures" not in page
        assert "(hidden)" in page
        assert "Employer Health Check" in page


def test_an_invitation_in_the_outbox_stays_readable_once_there_is_a_mail_server(
    basw: World,
) -> None:
    queue(basw, Kind.INVITATION)
    ctx, id_ = replace(basw.as_(ADA), has_mail_server=True), newest(basw)
    message = messages.shown(basw.as_(ADA), id_).message
    with ctx.store.writing():
        stored.sent(ctx.store, id_, stored.OUTBOX, ctx.now, message.text, message.html)

    assert PATH in messages.shown(ctx, id_).message.text


def test_a_message_that_was_not_delivered_is_tried_again_when_asked(basw: World) -> None:
    queue(basw)
    woken: list[bool] = []
    ctx = replace(basw.as_(ADA), wake_renderer=lambda: woken.append(True))
    id_ = newest(basw)
    with ctx.store.writing():
        stored.failed(ctx.store, id_, "Refused.", None)
    assert messages.listed(ctx).not_delivered == 1
    assert messages.shown(ctx, id_).message.state == "Not delivered"
    basw.clock.forward(timedelta(hours=1))

    later = replace(ctx, now=basw.clock())
    messages.try_again(later, id_)

    message = messages.shown(ctx, id_).message
    assert (message.tries, message.next_try_at, message.problem) == (0, basw.clock(), "Refused.")
    assert [each.id for each in stored.due(ctx.store, later.now)] == [id_]
    assert woken == [True]
    (row,) = ctx.store.rows("SELECT kind, person_id FROM events ORDER BY number DESC LIMIT 1")
    assert row == ("message tried again", ADA.id)


def test_a_message_that_was_delivered_is_not_sent_again(basw: World) -> None:
    queue(basw)
    ctx, id_ = basw.as_(ADA), newest(basw)
    with ctx.store.writing():
        stored.sent(ctx.store, id_, stored.MAIL_SERVER, ctx.now, "", "")

    with pytest.raises(StepRefusedError, match="was delivered meanwhile"):
        messages.try_again(ctx, id_)
    assert not events.timeline(ctx.store, basw.northmeres.id, "message tried again")


def test_messages_to_somebody_who_is_removed_are_gone(basw: World) -> None:
    queue(basw)
    ctx = basw.as_(ADA)
    with ctx.store.writing():
        people.forget(ctx.store, BOB, "Former contributor", "", ctx.now)

    assert messages.listed(ctx).count == 0


def test_what_is_older_than_a_year_and_done_with_is_removed(world: World) -> None:
    for once in (None, f"due-7 {world.northmeres.id} alice", "of no health check"):
        queue(world, once=once)
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE messages SET next_try_at = NULL, sent_at = created_at")
        ctx.store.run("UPDATE cycles SET closes = '2027-06-01'")
    queue(world)  # waits still
    world.clock.forward(timedelta(days=365))
    queue(world)  # new
    assert messages.forget_old(world.as_(None)) == 0
    world.clock.forward(timedelta(seconds=1))
    assert messages.forget_old(world.as_(None)) == 2
    left = ctx.store.rows("SELECT reason FROM messages ORDER BY number")
    assert left == [(f"due-7 {world.northmeres.id} alice",), (None,), (None,)]
    told = ctx.store.rows("SELECT detail FROM events WHERE kind = 'old messages removed'")
    assert told == [('{"messages": 2}',)]


def test_a_reminder_goes_when_its_cycle_has_closed(world: World) -> None:
    queue(world, once=f"due-7 {world.northmeres.id} alice")
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE messages SET next_try_at = NULL")
        ctx.store.run("UPDATE cycles SET closes = '2027-03-03'")
    world.clock.forward(timedelta(days=366))
    assert messages.forget_old(world.as_(None)) == 0
    world.clock.forward(timedelta(days=1))
    assert messages.forget_old(world.as_(None)) == 1

"""“You said, we did”: written, published, changed and taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    PageTakenDownError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.staff_page import Line, Shown
from healthcheck.services import plans, staff_page
from healthcheck.storage import events
from tests.people import ALICE, BOB, CHARLIE
from tests.plans import COMPLETE
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from tests.people import World


def put(world: World, action: Action, said: str = "We have too much work.") -> None:
    line = Line(action.id, said, "We agreed a scheme.")
    staff_page.save_line(world.as_(ALICE), world.northmeres.id, line)


def test_what_is_public_is_what_was_published_until_it_is_published_again(world: World) -> None:
    ctx, check = world.as_(ALICE), world.northmeres.id
    first, second = add(world, TOM), add(world)
    put(world, first)
    page = staff_page.publish(ctx, check)
    plans.report_progress(ctx, check, first.id, COMPLETE, "A private note.", 1)
    put(world, second, "We never meet.")

    anybody = world.as_(None)
    under_way = Shown("We have too much work.", "We agreed a scheme.", "▶", "Under way")
    assert staff_page.read(anybody, page.address).page.lines == (under_way,)
    assert staff_page.place(ctx, check).is_newer

    assert staff_page.publish(ctx, check).address == page.address
    now = staff_page.read(anybody, page.address).page
    assert [(each.said, each.status) for each in now.lines] == [
        ("We have too much work.", "Done"),
        ("We never meet.", "Under way"),
    ]
    assert not staff_page.place(ctx, check).is_newer
    assert staff_page.lines(world.as_(BOB), check) == now.lines
    for name in ("Tom Reed", "Bob Baker", "Alice Archer", "A private note."):
        assert name not in repr(now)


def test_taken_down_the_address_says_so_and_a_new_one_is_made(world: World) -> None:
    ctx, check = world.as_(ALICE), world.northmeres.id
    put(world, add(world))
    first = staff_page.publish(ctx, check).address
    staff_page.take_down(ctx, check, " It was wrong. ")
    with pytest.raises(PageTakenDownError, match=r"took this page down on 2 March 2026"):
        staff_page.read(world.as_(None), first)
    with pytest.raises(StepRefusedError):
        staff_page.take_down(ctx, check, "Again.")
    assert staff_page.publish(ctx, check).address != first
    assert [each.reason for each in staff_page.place(ctx, check).earlier] == ["It was wrong."]
    with pytest.raises(NotFoundError):
        staff_page.read(world.as_(None), "nowhere")
    kinds = [kind for kind, _, _ in events.of(ctx.store, check)]
    assert kinds[-4:] == [
        "line for staff saved",
        "page for staff published",
        "page for staff taken down",
        "page for staff published",
    ]


def test_an_action_is_left_out_again(world: World) -> None:
    ctx, check = world.as_(ALICE), world.northmeres.id
    action = add(world)
    put(world, action)
    staff_page.leave_out(ctx, check, action.id)
    now = staff_page.place(ctx, check)
    assert (now.lines, now.left_out) == ({}, (action,))
    with pytest.raises(StepRefusedError):
        staff_page.leave_out(ctx, check, action.id)
    with pytest.raises(StepRefusedError, match="Put at least one action"):
        staff_page.publish(ctx, check)


def test_it_is_the_leads_alone_and_says_what_is_wrong(world: World) -> None:
    check, action = world.northmeres.id, add(world)
    line = Line(action.id, "Too much work.", "A scheme.")
    for person, refused in ((BOB, NotAllowedError), (CHARLIE, NotFoundError)):
        ctx = world.as_(person)
        for do in (
            lambda ctx=ctx: staff_page.place(ctx, check),
            lambda ctx=ctx: staff_page.save_line(ctx, check, line),
            lambda ctx=ctx: staff_page.leave_out(ctx, check, action.id),
            lambda ctx=ctx: staff_page.publish(ctx, check),
            lambda ctx=ctx: staff_page.take_down(ctx, check, "Why"),
        ):
            with pytest.raises(refused):
                do()
    with pytest.raises(NotFoundError):
        staff_page.lines(world.as_(CHARLIE), check)
    with pytest.raises(NotFoundError):
        staff_page.save_line(world.as_(CHARLIE), world.southmeres.id, line)
    with pytest.raises(NotFoundError):
        staff_page.place(world.as_(ALICE), check).action("of-nobody")
    with pytest.raises(UnacceptableDetailsError):
        staff_page.save_line(world.as_(ALICE), check, Line(action.id, "", ""))
    with pytest.raises(UnacceptableDetailsError):
        staff_page.take_down(world.as_(ALICE), check, "")

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import AT_BASW, Permission, Role, can
from healthcheck.core.steps import OPEN_TO_ANSWERS, STEPS, State, Step
from healthcheck.services import attachments, sign_off, steps
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import Upload
from healthcheck.services.permissions import permitted
from healthcheck.storage import roles
from tests.people import ALICE, BOB, CHARLIE, NOW, VERA, offer

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World

READERS = [role for role in Role if can({role}, Permission.READ_SUBMISSION)]
"""The roles to which a health check is there at all."""


def put(ctx: Context, assessment_id: str, state: State) -> None:
    """Let an assessment stand somewhere, without the steps that lead there."""
    with ctx.store.writing():
        ctx.store.run("UPDATE assessments SET state = ? WHERE id = ?", state.name, assessment_id)


def as_role(world: World, role: Role) -> Context:
    """Return a context for Charlie with this role and nothing else at Northmere or BASW."""
    ctx = world.as_(CHARLIE)
    with ctx.store.writing():
        at = None if role in AT_BASW else world.northmeres.employer.id
        roles.give(ctx.store, CHARLIE.id, role, at)
    return ctx


@pytest.mark.parametrize("role", READERS)
def test_only_roles_of_the_table_are_offered_a_step(world: World, role: Role) -> None:
    ctx = as_role(world, role)
    for state in State:
        put(ctx, world.northmeres.id, state)
        found = permitted(ctx, world.northmeres.id, Permission.READ_SUBMISSION)
        for step in Step:
            should = (state, step) in STEPS and can({role}, step.value.permission)
            assert (step in steps.offered(found)) is should, (state, step)


def test_charlie_takes_no_step_at_northmere(world: World) -> None:
    put(world.as_(ALICE), world.northmeres.id, State.READY)
    for step in sign_off.BY_THEMSELVES:
        with pytest.raises(NotFoundError):
            sign_off.take(world.as_(CHARLIE), world.northmeres.id, step, "A reason.")
    with pytest.raises(NotFoundError):
        steps.timeline(world.as_(CHARLIE), world.northmeres.id)


def test_a_step_with_more_to_it_is_not_taken_by_itself(world: World) -> None:
    put(world.as_(ALICE), world.northmeres.id, State.IN_PROGRESS)
    with pytest.raises(StepRefusedError, match=r"^“Send for sign-off” has a page of its own\.$"):
        sign_off.take(world.as_(ALICE), world.northmeres.id, Step.SEND)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_step_that_needs_a_reason_is_not_taken_without(world: World, reason: str) -> None:
    put(world.as_(ALICE), world.northmeres.id, State.ACCEPTED)
    with pytest.raises(UnacceptableDetailsError, match=r"^Give a reason to ask to reopen\.$"):
        sign_off.take(world.as_(ALICE), world.northmeres.id, Step.ASK_TO_REOPEN, reason)


def test_a_reason_can_be_too_long(world: World) -> None:
    put(world.as_(ALICE), world.northmeres.id, State.ACCEPTED)
    with pytest.raises(UnacceptableDetailsError, match="2,001"):
        sign_off.take(world.as_(ALICE), world.northmeres.id, Step.ASK_TO_REOPEN, "x" * 2001)


def test_the_timeline_has_every_step_the_newest_first(world: World) -> None:
    ctx = world.as_(ALICE)
    save_topic(ctx, world.northmeres.id, "scheme", {"agreed-scheme": offer("2")}, {})
    put(ctx, world.northmeres.id, State.SUBMITTED)
    later = replace(ctx, now=NOW + timedelta(days=1))
    sign_off.take(later, world.northmeres.id, Step.RECALL, "Figures were wrong.")
    recalled, began = steps.timeline(world.as_(VERA), world.northmeres.id)
    assert (recalled.kind, recalled.person, recalled.happened_at) == (
        "recalled the submission",
        ALICE.name,
        NOW + timedelta(days=1),
    )
    assert recalled.detail == {
        "from": "SUBMITTED",
        "to": "IN_PROGRESS",
        "reason": "Figures were wrong.",
    }
    assert (began.kind, began.person, began.happened_at) == ("began answering", ALICE.name, NOW)


def test_of_two_who_take_a_step_one_wins_and_the_other_is_told(world: World) -> None:
    put(world.as_(ALICE), world.northmeres.id, State.SUBMITTED)
    first, second = world.as_(ALICE), world.as_(ALICE)
    found = permitted(second, world.northmeres.id, Permission.SEND)
    sign_off.take(first, world.northmeres.id, Step.RECALL)
    with pytest.raises(StepRefusedError, match="quicker"), second.store.writing():
        steps.take_found(second, found, Step.RECALL)
    assert len(steps.timeline(first, world.northmeres.id)) == 1


@pytest.mark.parametrize("state", State)
def test_answers_change_only_while_nobody_else_reads_them(world: World, state: State) -> None:
    ctx = world.as_(BOB)
    before = save_topic(
        ctx, world.northmeres.id, "posts", {}, {"vacancies": [Upload("posts.csv", b"team,posts\n")]}
    )
    file = before.opened.attachments["vacancies"][0].id
    put(ctx, world.northmeres.id, state)
    found = opened(ctx, world.northmeres.id)
    assert found.may_answer is (state in OPEN_TO_ANSWERS)
    if state in OPEN_TO_ANSWERS:
        save_topic(ctx, world.northmeres.id, "scheme", {"agreed-scheme": offer("2")}, {})
        attachments.remove_attachment(ctx, world.northmeres.id, file)
        return
    with pytest.raises(StepRefusedError, match=f"is now “{state.value}”"):
        save_topic(ctx, world.northmeres.id, "scheme", {"agreed-scheme": offer("2")}, {})
    with pytest.raises(StepRefusedError):
        attachments.remove_attachment(ctx, world.northmeres.id, file)
    assert opened(ctx, world.northmeres.id).saved == found.saved

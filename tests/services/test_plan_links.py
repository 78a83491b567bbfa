"""Links for owners without an account: sent, used, run out, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    ChangedMeanwhileError,
    LinkEndedError,
    NotAllowedError,
    NotFoundError,
    StepRefusedError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.core.messages import Kind
from healthcheck.core.plans import Owner, Progress
from healthcheck.core.steps import State
from healthcheck.services import messages, plan_links, plans
from healthcheck.storage import assessments, events
from healthcheck.storage import messages as stored_messages
from tests.letters import last_text, sent, token
from tests.people import ALICE, BOB, CHARLIE
from tests.plans import AT_RISK, COMPLETE
from tests.reviewing import ADA, with_basw
from tests.working_plans import TOM, add, now

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from tests.people import World


def send(world: World, action: Action, days: int = 30) -> str:
    """Let Alice send a link, and return its token."""
    plan_links.send(world.as_(ALICE), world.northmeres.id, action.id, days)
    return token(world, "/progress")


def test_the_holder_of_a_link_sees_one_action_and_reports_on_it(world: World) -> None:
    action = add(world, TOM)
    add(world, replace(TOM, name="Ana"), action="Not for Tom.")
    secret = send(world, action)

    held = plan_links.look(world.as_(None), secret)
    assert (held.action, held.assessment.id, held.notes) == (action, world.northmeres.id, ())

    plan_links.report(world.as_(None), secret, AT_RISK, "The supplier is late.", 1)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "Ours.", 2)
    after = now(world, action)
    assert (after.progress, after.changed_by, after.revision) == (AT_RISK, "Tom Reed", 2)
    (note,) = plan_links.look(world.as_(None), secret).notes
    assert (note.text, note.written_by, note.way) == ("The supplier is late.", "Tom Reed", "link")
    (link,) = plan_links.listed(world.as_(ALICE), world.northmeres.id).links[action.id]
    assert (link.email, link.sent_by, link.used_at) == (TOM.email, "Alice Archer", world.clock())


def test_the_message_says_whose_action_it_is_and_keeps_its_link_from_administrators(
    world: World,
) -> None:
    with_basw(world)
    secret = send(world, add(world, TOM))
    assert sent(world)[-1] == (Kind.PROGRESS_LINK.name, TOM.email)
    said = " ".join(last_text(world).split())
    assert "Alice Archer asks you how an action is going." in said
    assert "> Agree a scheme. Due in 18 days." in said
    assert "it works until 10:30 on 1 April 2026" in said or "11:30 on 1 April 2026" in said
    store = world.as_(None).store
    message_id = stored_messages.page(store, 0, 1)[0].id
    shown = messages.shown(world.as_(ADA), message_id)
    assert shown.is_hidden
    assert secret not in shown.message.text + shown.message.html
    assert secret not in "\n".join(map(repr, events.of(store, world.northmeres.id)))
    assert not [row for row in store.rows("SELECT * FROM progress_links") if secret in row]


def test_a_link_ends_when_it_runs_out_is_ended_replaced_or_its_action_changes_hands(
    world: World,
) -> None:
    action = add(world, TOM)
    first = send(world, action)
    second = send(world, action, 14)
    third_of = add(world, TOM)
    third = send(world, third_of)
    plan_links.revoke(world.as_(ALICE), world.northmeres.id, third_of.id)
    fourth_of = add(world, TOM)
    fourth = send(world, fourth_of)
    ana = replace(fourth_of.details, owner=Owner("Ana", email="ana@it.example"))
    plans.change(world.as_(ALICE), world.northmeres.id, fourth_of.id, ana, 1)

    assert plan_links.look(world.as_(None), second).action == action
    world.clock.forward(timedelta(days=14))
    said = set()
    for each in (first, second, third, fourth, "of-nobody"):
        with pytest.raises(LinkEndedError) as ended:
            plan_links.look(world.as_(None), each)
        with pytest.raises(LinkEndedError):
            plan_links.report(world.as_(None), each, AT_RISK, "", 1)
        said.add(str(ended.value))
    assert said == {plan_links.ENDED}
    assert now(world, action) == action


def test_of_a_withdrawn_health_check_no_link_works(world: World) -> None:
    secret = send(world, add(world, TOM))
    store = world.as_(None).store
    with store.writing():
        assessments.move(
            store, world.northmeres.id, State.NOT_STARTED, State.WITHDRAWN, world.clock()
        )
    with pytest.raises(LinkEndedError):
        plan_links.look(world.as_(None), secret)


def test_a_stale_report_by_link_meets_the_action_as_it_is(world: World) -> None:
    action = add(world, TOM)
    secret = send(world, action)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    with pytest.raises(ChangedMeanwhileError) as stale:
        plan_links.report(world.as_(None), secret, COMPLETE, "", 1)
    assert stale.value.action.progress == AT_RISK


def test_whoever_guesses_is_stopped(world: World) -> None:
    secret = send(world, add(world, TOM))
    for turn in range(20):
        with pytest.raises(LinkEndedError):
            plan_links.report(world.as_(None, "192.0.2.9"), f"guess-{turn}", AT_RISK, "", 1)
    with pytest.raises(TooManyTriesError):
        plan_links.report(world.as_(None, "192.0.2.9"), secret, AT_RISK, "", 1)
    with pytest.raises(TooManyTriesError):
        plan_links.look(world.as_(None, "192.0.2.9"), secret)
    assert plan_links.look(world.as_(None, "192.0.2.10"), secret).link.email == TOM.email


def test_no_more_is_taken_by_link_than_anybody_has_to_say(world: World) -> None:
    action = add(world, TOM)
    secret = send(world, action)
    for turn in range(40):
        plan_links.report(world.as_(None), secret, Progress(), f"Note {turn}.", 1)
    with pytest.raises(TooManyTriesError, match="What was reported before is saved"):
        plan_links.report(world.as_(None), secret, AT_RISK, "", 1)
    world.clock.forward(timedelta(hours=1))
    plan_links.report(world.as_(None), secret, AT_RISK, "", 1)
    assert now(world, action).progress == AT_RISK


def test_only_an_open_action_of_somebody_with_an_address_and_no_account_gets_a_link(
    world: World,
) -> None:
    def refusal(action: Action, days: int = 30) -> str:
        with pytest.raises((UnacceptableDetailsError, StepRefusedError)) as refused:
            plan_links.send(world.as_(ALICE), world.northmeres.id, action.id, days)
        return str(refused.value)

    done = add(world, TOM)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, done.id, COMPLETE, "", 1)
    assert refusal(add(world)) == "Bob Baker has an account and reports progress by signing in."
    assert "has no e-mail address of its owner" in refusal(add(world, Owner("IT")))
    assert refusal(done) == "A1 has ended, so there is no progress to report."
    assert refusal(add(world, TOM), 1000) == "Choose for how many days the link is to work."


def test_only_the_lead_sends_and_ends_links(world: World) -> None:
    action = add(world, TOM)
    for person, refused in ((BOB, NotAllowedError), (CHARLIE, NotFoundError)):
        ctx = world.as_(person)
        with pytest.raises(refused):
            plan_links.listed(ctx, world.northmeres.id)
        with pytest.raises(refused):
            plan_links.send(ctx, world.northmeres.id, action.id)
        with pytest.raises(refused):
            plan_links.revoke(ctx, world.northmeres.id, action.id)
    with pytest.raises(NotFoundError):
        plan_links.send(world.as_(CHARLIE), world.southmeres.id, action.id)
    with pytest.raises(StepRefusedError):
        plan_links.revoke(world.as_(ALICE), world.northmeres.id, action.id)
    assert plan_links.listed(world.as_(ALICE), world.northmeres.id).actions == (action,)

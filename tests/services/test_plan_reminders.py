"""Reminders of actions: whom they reach, how often, and what each message lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Role
from healthcheck.core.plans import Details, Owner
from healthcheck.core.steps import State
from healthcheck.services import plan_links, plans
from healthcheck.services.accounts import fingerprint
from healthcheck.services.plan_reminders import Queued, remind
from healthcheck.storage import assessments, roles
from tests.letters import last_text, sent, token
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE
from tests.plans import COMPLETE
from tests.teams import MIA, with_people
from tests.working_plans import DUE, TOM, add

if TYPE_CHECKING:
    from tests.people import World

TO_BOB = (Kind.ACTIONS_DUE.name, BOB.email)
TO_ALICE = (Kind.ACTIONS_DUE.name, ALICE.email)
TO_TOM = (Kind.ACTIONS_DUE_BY_LINK.name, TOM.email)


def on(world: World, days_left: int, hour: int = 9) -> tuple[Queued, ...]:
    """Run the command so many days before the action is due."""
    day = DUE - timedelta(days_left)
    world.clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return remind(world.as_(None))


def test_run_every_few_hours_for_months_each_reminder_goes_out_once(world: World) -> None:
    add(world)
    found = [
        (days, hour) for days in range(20, -16, -1) for hour in (1, 12) if on(world, days, hour)
    ]
    assert found == [(14, 1), (1, 1), (-1, 1), (-8, 1), (-15, 1)]
    assert sent(world) == [TO_BOB] * 5


def test_no_address_stays_among_the_reasons(world: World) -> None:
    add(world)
    add(world, TOM)
    on(world, 1)
    rows = world.as_(None).store.rows("SELECT reason FROM action_reminders")
    assert len(rows) == 2
    assert "@" not in repr(rows)
    assert fingerprint(BOB.email) not in repr(rows)


def test_one_message_a_day_lists_everything_that_is_due(world: World) -> None:
    add(world, action="The first.")
    add(world, due=DUE - timedelta(20), action="The late one.")
    assert on(world, 1) == (Queued(2),)
    said = " ".join(last_text(world).split())
    assert "- A2 The late one. (Overdue by 19 days) - A1 The first. (Due tomorrow)" in said
    assert "/my-actions" in said
    add(world, action="Added later that day.")
    assert on(world, 1, 15) == ()
    assert on(world, 0) == (Queued(3),)


def test_a_date_that_moved_is_a_new_reason_and_what_ended_reminds_nobody(world: World) -> None:
    action = add(world)
    on(world, 14)
    later = replace(action.details, due=DUE + timedelta(7))
    moved = plans.change(world.as_(ALICE), world.northmeres.id, action.id, later, 1)
    assert on(world, 7)
    done = replace(COMPLETE, completed=date(2026, 3, 1))
    plans.report_progress(world.as_(BOB), world.northmeres.id, moved.id, done, "", 2)
    assert on(world, -8) == ()
    assert sent(world) == [TO_BOB, TO_BOB]


def test_an_owner_without_an_account_gets_a_link_for_each_action(world: World) -> None:
    first = add(world, TOM, action="The first.")
    assert on(world, 1) == (Queued(1),)
    held = plan_links.look(world.as_(None), token(world, "/progress"))
    assert (held.action, held.link.sent_by) == (first, "")
    second = add(world, TOM, action="The second.")
    assert on(world, 0) == (Queued(2),)
    links = [word for word in last_text(world).split() if "/progress/" in word]
    found = [plan_links.look(world.as_(None), each.rpartition("/")[2]).action for each in links]
    assert found == [first, second, first]
    assert sent(world) == [TO_TOM, TO_TOM]


def test_an_owner_who_sees_no_plan_is_reminded_by_their_account(world: World) -> None:
    with_people(world)
    add(world, Owner(person_id=MIA.id), action="Move two cases.")
    assert on(world, 1) == (Queued(1),)
    assert sent(world) == [(Kind.ACTIONS_DUE.name, MIA.email)]
    assert "Move two cases." in last_text(world)
    assert "/my-actions" in last_text(world)
    assert "/assessments/" not in last_text(world)
    store = world.as_(None).store
    with store.writing():
        roles.take(store, MIA.id, Role.MANAGER, NORTHMERE.id)
    assert on(world, -1) == (Queued(1),)
    assert sent(world)[-1] == TO_ALICE


def test_whom_nobody_can_reach_the_lead_is_reminded_for(world: World) -> None:
    ended = add(world, TOM, action="Of Tom, whose link was ended.")
    plan_links.send(world.as_(ALICE), world.northmeres.id, ended.id)
    plan_links.revoke(world.as_(ALICE), world.northmeres.id, ended.id)
    add(world, Owner("IT"), action="Of a department.")
    add(world, action="Of somebody who left.")
    add(world, Owner(person_id=ALICE.id), action="Of Alice herself.")
    store = world.as_(None).store
    with store.writing():
        roles.take(store, BOB.id, Role.CONTRIBUTOR, NORTHMERE.id)
        store.run("DELETE FROM messages")

    assert on(world, 1) == (Queued(4),)

    assert sent(world) == [TO_ALICE]
    own, _, others = " ".join(last_text(world).split()).partition("These are due as well.")
    assert "Of Alice herself." in own
    for words in ("Of Tom, whose link was ended.", "Of a department.", "Of somebody who left."):
        assert words in others


def test_without_actions_of_their_own_the_leads_button_opens_the_plan(world: World) -> None:
    add(world, Owner())
    on(world, 1)
    assert f"/assessments/{world.northmeres.id}/plan\n" in last_text(world)


def test_a_withdrawn_health_check_and_a_plan_carried_on_remind_nobody(world: World) -> None:
    old = add(world)
    store = world.as_(None).store
    with store.writing():
        store.run(
            "INSERT INTO actions (id, assessment_id, number, origin, carried_from, details,"
            " progress, revision, changer, changed_at, created_at)"
            " SELECT 'new', ?, 1, 'CARRIED', id, json_set(details, '$.due', '2027-01-01'),"
            " progress, 1, changer, changed_at, created_at FROM actions WHERE id = ?",
            world.southmeres.id,
            old.id,
        )
    assert on(world, 1) == ()
    with store.writing():
        assessments.move(
            store, world.southmeres.id, State.NOT_STARTED, State.WITHDRAWN, world.clock()
        )
    assert on(world, 1) == (Queued(1),)
    with store.writing():
        assessments.move(
            store, world.northmeres.id, State.NOT_STARTED, State.WITHDRAWN, world.clock()
        )
    assert on(world, 0) == ()


def test_actions_of_several_health_checks_say_of_which(world: World) -> None:
    add(world)
    store = world.as_(None).store
    with store.writing():
        roles.give(store, BOB.id, Role.VIEWER, world.southmeres.employer.id)
    details = Details("Theirs.", owner=Owner(person_id=BOB.id), due=DUE)
    plans.add(world.as_(CHARLIE), world.southmeres.id, details)
    assert on(world, 1) == (Queued(2),)
    said = " ".join(last_text(world).split())
    assert "A1 Agree a scheme. (Due tomorrow), Northmere Council, Children’s services, 2026" in said
    assert "A1 Theirs. (Due tomorrow), Southmere Trust, Children’s services, 2026" in said

"""A plan through its pages: proposals decided, actions written, changed and reported on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.services import plans, review_steps
from tests import next_year, reviewing
from tests.people import ALICE, BOB
from tests.plans import AT_RISK, COMPLETE, DETAILS
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.plans import Action
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

WEAK = "protected-caseloads"


@pytest.fixture(name="plan")
def plan_of_northmere(world: World, at: Addresses) -> str:
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"])
    return f"{at.tasks}/plan"


@pytest.fixture(name="action")
def an_action(world: World, plan: str) -> Action:
    assert plan
    return plans.add(world.as_(ALICE), world.northmeres.id, DETAILS, question_id=WEAK)


def said(page: Page) -> list[str]:
    return [text for _, text in page.errors]


def actions(world: World) -> tuple[Action, ...]:
    return plans.plan(world.as_(ALICE), world.northmeres.id).actions


def test_a_proposal_is_adopted_as_actions_of_its_own(
    world: World, alice: Someone, plan: str
) -> None:
    page = alice.get(f"{plan}/proposals")
    assert "1 weak answer waits for an action" in page.words
    step = ["QUICK_WIN", "LONGER_STEP"]
    page = alice.follow(alice.submit(page, {"step": step}, "Adopt for 1.3"))
    assert "A1 and A2 are in the plan." in page.words
    assert "Every weak answer has an action, or a reason for none." in page.words
    assert [each.question_id for each in actions(world)] == [WEAK, WEAK]


def test_a_reason_declines_a_proposal_and_can_be_taken_back(alice: Someone, plan: str) -> None:
    page = alice.get(f"{plan}/proposals")
    refused = alice.submit(page, {"reason": " "}, "Keep the reason for 1.3", status=422)
    assert said(refused) == ["Say why there is no action for this answer."]
    page = alice.follow(alice.submit(page, {"reason": "No money."}, "Keep the reason for 1.3"))
    assert "No action, because:No money." in page.words
    page = alice.follow(alice.submit(page, {}, "Take this reason back for 1.3"))
    assert "1 weak answer waits" in page.words
    stale = alice.submit(page, {"level": "x"}, "Adopt for 1.3", status=422)
    assert said(stale) == [
        (
            "The answer to this question changed after you opened the page, so nothing was done."
            " Look at what it proposes now."
        )
    ]


def test_who_cannot_change_the_plan_reads_the_proposals(vera: Someone, plan: str) -> None:
    page = vera.get(f"{plan}/proposals")
    assert "There is no scheme." in page.words
    assert page.tree.findall(".//main//form") == []


def test_an_action_is_edited_before_it_is_adopted(world: World, alice: Someone, plan: str) -> None:
    page = alice.get(f"{plan}/actions/new?question={WEAK}&step=LONGER_STEP")
    fields = page.fields("Add to the plan")
    assert fields["action"] == ["Agree one scheme."]
    assert fields["due.day"] == ["31"]
    refused = alice.submit(
        page, {"action": "", "due.month": "13", "owner_email": "x"}, "Add to the plan", status=422
    )
    assert said(refused) == [
        "Say what will be done.",
        "Give an e-mail address like name@example.org, or leave it empty.",
        "The month must be a number from 1 to 12, or its name.",
    ]
    typed = {"action": "Agree two.", "owner": BOB.id, "target_level": "2", "priority": "HIGH"}
    page = alice.follow(alice.submit(page, typed, "Add to the plan"))
    assert page.heading == "A1: Agree two."
    (added,) = actions(world)
    assert (added.question_id, added.details.owner.name) == (WEAK, "Bob Baker")
    assert (added.details.target_level, added.details.priority.value) == (2, "High")
    assert "Target rating2. In place" in page.words
    change = alice.get(f"{plan}/actions/{added.id}/change")
    alice.submit(change, {"resources": "A day a week."}, "Save the action")
    assert actions(world)[0].details.target_level == 2


def test_an_action_of_ones_own_can_belong_to_an_area(
    world: World, alice: Someone, plan: str
) -> None:
    typed = {"action": "Buy desks.", "no_date_reason": "Always.", "area": "workload"}
    page = alice.submit(alice.get(f"{plan}/actions/new"), typed, "Add to the plan")
    assert "AreaWorkload" in alice.follow(page).words
    assert actions(world)[0].area_id == "workload"
    sent = {**typed, "owner": "charlie"}
    page = alice.submit(alice.get(f"{plan}/actions/new"), sent, "Add to the plan", status=422)
    assert "Choose an owner who belongs to this employer" in said(page)[0]


def test_a_change_is_saved_and_stands_in_the_history(
    alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}/change")
    typed = {"due.day": "2", "reason": "A day more."}
    page = alice.follow(alice.submit(page, typed, "Save the action"))
    assert "A1 is saved." in page.words
    assert "Due: from 1 September 2026 to 2 September 2026" in page.words
    assert "A day more." in page.words
    page = alice.get(f"{plan}/actions/{action.id}/change")
    empty = alice.submit(page, {"action": ""}, "Save the action", status=422)
    assert said(empty) == ["Say what will be done."]
    sent = {"owner": "charlie", "owner_name": ""}
    page = alice.submit(page, sent, "Save the action", status=422)
    assert "Choose an owner who belongs to this employer" in said(page)[0]


def test_of_an_account_and_a_typed_owner_none_vanishes(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}/change")
    for typed in ({"owner_name": "Eve"}, {"owner_name": "", "owner_email": "eve@east.example"}):
        both = {**typed, "owner": BOB.id}
        asked = alice.submit(page, both, "Save the action", status=422)
        assert said(asked)[0].startswith("Which of the two is the owner?")
        fields = asked.fields("Save the action")
        assert {name: fields[name] for name in both} == {name: [it] for name, it in both.items()}
    alice.submit(page, {"owner": BOB.id, "owner_name": " "}, "Save the action")
    assert actions(world)[0].details.owner.person_id == BOB.id


def test_a_note_can_be_added_to_what_a_colleague_saved_meanwhile(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}")
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    typed = {"delivery": "CANCELLED", "reason": "Moot.", "note": "We met twice."}
    clash = alice.submit(page, typed, "Save the progress", status=409)
    assert "Keep what is saved now and drop your note" in clash.links
    add = "Keep what is saved now and add your note"
    kept = alice.follow(alice.submit(clash, {}, add))
    assert "We met twice." in kept.words
    assert actions(world)[0].progress == AT_RISK


def test_what_was_changed_on_an_earlier_day_is_shown_with_its_day(
    world: World, signed_in: Callable[[Person], Someone], plan: str, action: Action
) -> None:
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    world.clock.forward(timedelta(days=3))
    alice = signed_in(ALICE)
    page = alice.get(f"{plan}/actions/{action.id}/change")
    clash = alice.submit(page, {"action": "Mine.", "based_on": "1"}, "Save the action", status=409)
    assert "changed this action at 10:30 on 2 March 2026, while you had it open" in clash.words


def test_a_stale_change_shows_both_versions_and_loses_neither(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}/change")
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    typed = {"action": "Mine.", "owner": BOB.id, "owner_name": ""}
    clash = alice.submit(page, typed, "Save the action", status=409)
    assert clash.heading == "Choose which version of A1 to keep"
    assert "ActionAgree a scheme.Mine." in clash.words
    assert "OwnerDee Dale, Head of serviceBob Baker, Head of service" in clash.words
    edit = alice.submit(clash, {}, "Edit mine first", status=200)
    assert edit.fields("Save the action")["action"] == ["Mine."]
    alice.submit(clash, {}, "Save mine")
    (saved,) = actions(world)
    assert (saved.details.action, saved.progress) == ("Mine.", AT_RISK)


def test_progress_is_reported_with_a_note_and_its_problems_named(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}")
    refused = alice.submit(page, {"delivery": "AT_RISK"}, "Save the progress", status=422)
    assert said(refused) == [
        "Say why the action is at risk.",
        "Say what will bring the action back on track.",
    ]
    refused = alice.submit(page, {"delivery": None}, "Save the progress", status=422)
    assert said(refused) == ["Choose how the action is going."]
    too_long = alice.submit(page, {"note": "x" * 4_001}, "Save the progress", status=422)
    assert "The note must be 4,000 characters or fewer" in said(too_long)[0]
    typed = {"delivery": "AT_RISK", "reason": "Ill.", "recovery": "Wait.", "note": "Half way."}
    page = alice.follow(alice.submit(page, typed, "Save the progress"))
    assert "▲ At risk" in page.words
    assert "Half way." in page.words
    assert actions(world)[0].progress.recovery == "Wait."


def test_stale_progress_is_kept_with_its_note_until_somebody_chooses(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    page = alice.get(f"{plan}/actions/{action.id}")
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    typed = {
        "delivery": "COMPLETE",
        "evidence": "The minutes.",
        "completed.day": "1",
        "completed.month": "3",
        "completed.year": "2026",
        "note": "All done.",
    }
    clash = alice.submit(page, typed, "Save the progress", status=409)
    assert "Delivery statusAt riskComplete" in clash.words
    assert "Your note, not saved yet:All done." in clash.words
    edit = alice.submit(clash, {}, "Edit mine first", status=200)
    assert edit.fields("Save the progress")["note"] == ["All done."]
    page = alice.follow(alice.submit(clash, {}, "Save mine"))
    assert "All done." in page.words
    assert actions(world)[0].progress == COMPLETE


def test_only_its_owner_and_the_lead_have_the_form_of_an_action(
    world: World, bob: Someone, plan: str, action: Action
) -> None:
    page = bob.get(f"{plan}/actions/{action.id}")
    assert page.tree.findall(".//main//form") == []
    token = bob.get("/about").tree.find(".//input[@name='csrf_token']")
    assert token is not None
    sent = {"csrf_token": token.get("value"), "based_on": "1", "delivery": "ON_TRACK"}
    bob.post(f"{plan}/actions/{action.id}/progress", sent, 403)
    bob.post(f"{plan}/actions/{action.id}/progress", {"csrf_token": sent["csrf_token"]}, 403)
    bob.post(f"{plan}/actions/{action.id}/change", sent, 403)
    bob.get(f"{plan}/actions/{action.id}/change", 403)
    bob.get(f"{plan}/actions/new", 403)
    assert actions(world) == (action,)


def test_a_completed_action_asks_for_the_rating(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, COMPLETE, "", 1)
    page = alice.get(f"{plan}/actions/{action.id}")
    assert "Has the rating changed?" in page.words
    assert page.fields("Record the rating")["level"] == ["1"]
    refused = alice.submit(page, {"level": "3"}, "Record the rating", status=422)
    assert said(refused) == ["Say what shows that the rating has changed."]
    typed = {"level": "3", "rating_note": "An audit."}
    page = alice.follow(alice.submit(page, typed, "Record the rating"))
    assert "The rating changed from 1. Partly in place to 3. Embedded." in page.words
    assert "Has the rating changed?" not in page.words


def test_a_question_without_an_answer_has_no_rating_that_could_have_changed(
    world: World, alice: Someone, plan: str
) -> None:
    id_ = world.northmeres.id
    early = plans.add(world.as_(ALICE), id_, DETAILS, question_id="fair-allocation")
    plans.report_progress(world.as_(ALICE), id_, early.id, COMPLETE, "", 1)
    page = alice.get(f"{plan}/actions/{early.id}")
    assert "✓ Complete" in page.words
    assert "Has the rating changed?" not in page.words


def test_an_action_that_goes_on_next_year_leads_there(
    world: World, alice: Someone, plan: str, action: Action
) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    new = next_year.begin(world)
    page = alice.get(f"{plan}/actions/{action.id}")
    assert "This action goes on as A1 in the plan of 2027" in page.words
    page = alice.get(page.links["A1 in the plan of 2027"])
    assert page.address.startswith(f"/assessments/{new.id}/")
    assert "Carried over from last year’s plan, where it was A1." in page.words


def test_a_change_request_leads_to_an_action_that_answers_it(
    world: World, alice: Someone, at: Addresses
) -> None:
    reviewing.start(world)
    reviewing.ask_and_send(world)
    page = alice.get(f"{at.tasks}/requests")
    page = alice.get(page.links["Put an action into the plan for request 1"])
    assert "Change request 1 by BASW:Attach it." in page.words
    typed = {"action": "Attach it.", "no_date_reason": "Done today."}
    page = alice.follow(alice.submit(page, typed, "Add to the plan"))
    assert "From a reviewer’s change request, number 1." in page.words
    assert "We put an action into our plan for this, A1" in alice.get(f"{at.tasks}/requests").words


def test_a_reviewer_reads_the_submitted_plan_and_what_changed_in_it(
    world: World, signed_in: Callable[[Person], Someone], action: Action
) -> None:
    reviewing.start(world)
    rhona, review = signed_in(RHONA), f"/basw/reviews/{world.northmeres.id}"
    page = rhona.get(review)
    assert "A1 Agree a scheme." in page.words
    assert "Dee Dale" in page.words
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    plans.add(world.as_(ALICE), world.northmeres.id, DETAILS)
    reviewing.resubmit(world)
    page = rhona.get(f"{review}/changes")
    assert "A1 changed.Delivery status: from On track to At risk" in page.words
    assert "A2 is new: Agree a scheme." in page.words


def test_results_and_sign_off_lead_to_the_plan(
    alice: Someone, at: Addresses, action: Action
) -> None:
    page = alice.get(at.results)
    assert "1 action: 1 on track." in page.words
    assert action.details.action in page.words
    page = alice.get(f"{at.tasks}/sign-off")
    assert "neither an action" not in page.words


def test_basw_reads_an_action_of_an_accepted_plan_and_changes_nothing(
    world: World, signed_in: Callable[[Person], Someone], plan: str, action: Action
) -> None:
    reviewing.start(world)
    rhona = signed_in(RHONA)
    rhona.get(f"{plan}/actions/{action.id}", 404)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "Half.", 1)
    page = rhona.get(f"{plan}/actions/{action.id}")
    assert "▲ At risk" in page.words
    assert "Half." in page.words
    assert page.tree.findall(".//main//form") == []
    rhona.get(f"{plan}/proposals", 404)
    later = next_year.begin(world)
    page = rhona.get(f"{plan}/actions/{action.id}")
    assert "This action goes on in the plan of 2027." in page.words
    assert [each for each in page.links.values() if later.id in each] == []
    board = rhona.get(plan)
    assert "1 unfinished action goes on in the plan of 2027." in board.words
    assert [each for each in board.links.values() if later.id in each] == []

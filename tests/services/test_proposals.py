"""Proposals decided by a lead, and what they have to do with sending, signing and requests."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.plan_changes import By
from healthcheck.core.plans import Delivery, Details, Origin, Owner, Progress
from healthcheck.core.proposals import Step
from healthcheck.core.sign_off import Attestation
from healthcheck.services import (
    own_actions,
    plan_drafts,
    plan_requests,
    plans,
    proposals,
    reviews,
    sign_off,
)
from healthcheck.services.readiness import Lack
from healthcheck.storage import plans as stored
from healthcheck.storage import versions
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.plans import AT_RISK, DETAILS, REASON, settle
from tests.reviewing import OLIVE, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.services.context import Context
    from tests.people import World

WEAK = "protected-caseloads"


@pytest.fixture(name="answered")
def everything_answered(world: World) -> World:
    reviewing.with_basw(world)
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(
            world,
            topic,
            answers,
            {"agreed-scheme": [reviewing.SCHEME]} if topic == "scheme" else {},
        )
    return world


@pytest.fixture(name="alice")
def a_lead(answered: World) -> Context:
    return answered.as_(ALICE)


@pytest.fixture(name="id_")
def northmeres_id(answered: World) -> str:
    return answered.northmeres.id


def lacks(world: World) -> dict[Lack, int]:
    found = sign_off.draft(world.as_(VERA), world.northmeres.id).blockers
    return {each.lack: len(each.question_ids) or len(each.actions) for each in found}


def test_a_weak_answer_blocks_until_it_is_adopted(
    answered: World, alice: Context, id_: str
) -> None:
    assert lacks(answered) == {Lack.ACTION: 1}
    with pytest.raises(NotReadyError, match="1 weak answer has neither an action nor a reason"):
        sign_off.send(alice, id_, reviewing.CONSULTATION)

    quick, longer = proposals.adopt(alice, id_, WEAK, 1, set(Step))

    assert lacks(answered) == {}
    assert (quick.origin, quick.question_id) == (Origin.PROPOSED, WEAK)
    assert (quick.details.action, longer.details.action) == (
        "Ask a team what it does.",
        "Agree one scheme.",
    )
    assert proposals.board(alice, id_).to_settle == ()


def test_a_reason_settles_it_until_taken_back_or_the_answer_gets_weaker(
    answered: World, alice: Context, id_: str
) -> None:
    proposals.decline(alice, id_, WEAK, 1, " No money. ")
    assert lacks(answered) == {}
    proposals.take_back(alice, id_, WEAK)
    assert lacks(answered) == {Lack.ACTION: 1}
    proposals.decline(alice, id_, WEAK, 1, REASON)
    reviewing.save(answered, "scheme", {WEAK: Entry(("0",))})
    assert lacks(answered) == {Lack.ACTION: 1}
    (proposal,) = proposals.board(alice, id_).proposals
    assert proposal.was_declined_higher


def test_a_stronger_answer_proposes_nothing_and_its_actions_stay(
    answered: World, alice: Context, id_: str
) -> None:
    proposals.adopt(alice, id_, WEAK, 1, {Step.QUICK_WIN})
    reviewing.save(answered, "scheme", {WEAK: Entry(("3",))})
    assert proposals.board(alice, id_).proposals == ()
    assert [each.question_id for each in plans.plan(alice, id_).actions] == [WEAK]
    with pytest.raises(NotFoundError, match="proposes nothing"):
        proposals.adopt(alice, id_, WEAK, 1, {Step.QUICK_WIN})


def test_what_is_decided_is_decided_on_the_answer_as_it_was_read(alice: Context, id_: str) -> None:
    for decide in (
        lambda: proposals.adopt(alice, id_, WEAK, 0, {Step.QUICK_WIN}),
        lambda: proposals.decline(alice, id_, WEAK, 0, "No."),
    ):
        with pytest.raises(NotReadyError, match="The answer to this question changed"):
            decide()


def test_something_must_be_ticked_said_or_there_to_take_back(alice: Context, id_: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match="Tick what to adopt"):
        proposals.adopt(alice, id_, WEAK, 1, ())
    with pytest.raises(UnacceptableDetailsError, match="Say why there is no action"):
        proposals.decline(alice, id_, WEAK, 1, "  ")
    with pytest.raises(NotFoundError):
        proposals.take_back(alice, id_, WEAK)


def test_only_a_lead_decides_and_charlie_sees_nothing(answered: World, id_: str) -> None:
    assert not proposals.board(answered.as_(BOB), id_).may_change
    with pytest.raises(NotAllowedError, match="cannot change the improvement plan"):
        proposals.decline(answered.as_(BOB), id_, WEAK, 1, "No.")
    for act in (proposals.board, lambda ctx, a: proposals.take_back(ctx, a, WEAK)):
        with pytest.raises(NotFoundError):
            act(answered.as_(CHARLIE), id_)


def test_an_open_action_without_a_date_or_a_reason_blocks(
    answered: World, alice: Context, id_: str
) -> None:
    settle(alice, id_)
    added = plans.add(alice, id_, DETAILS)
    with alice.store.writing():
        undated = replace(added, details=replace(DETAILS, due=None))
        assert stored.save(alice.store, undated, 1, by=By(ALICE.name, ALICE.id), now=alice.now)
    assert lacks(answered) == {Lack.DATE: 1}


def test_a_gap_made_after_sending_is_not_signed(answered: World, alice: Context, id_: str) -> None:
    (quick,) = proposals.adopt(alice, id_, WEAK, 1, {Step.QUICK_WIN})
    sign_off.send(alice, id_, reviewing.CONSULTATION)
    cancelled = Progress(Delivery.CANCELLED, "Moot.")
    plans.report_progress(alice, id_, quick.id, cancelled, "", 1)
    attested = [each.name for each in Attestation]
    with pytest.raises(NotReadyError, match=r"^It was not signed\. 1 weak answer has neither"):
        sign_off.sign(answered.as_(OLIVE), id_, attested, "Olive Officer", "Director")


def test_a_version_freezes_the_plan_and_its_late_actions_are_looked_at_twice(
    answered: World, alice: Context, id_: str
) -> None:
    proposals.adopt(alice, id_, WEAK, 1, {Step.LONGER_STEP})
    plans.add(alice, id_, replace(DETAILS, due=answered.clock().date().replace(day=1)))
    sign_off.send(alice, id_, reviewing.CONSULTATION)
    read = sign_off.draft(answered.as_(OLIVE), id_)
    assert [each.action.reference for each in read.late] == ["A2"]
    attested = [each.name for each in Attestation]
    sign_off.sign(answered.as_(OLIVE), id_, attested, "Olive", "Director", read.fingerprint)

    version = versions.latest(alice.store, id_)
    assert version is not None
    said = json.loads(version.content)
    assert [each["action"] for each in said["plan"]["actions"]] == [
        "Agree one scheme.",
        DETAILS.action,
    ]
    assert "Action A2 was due on 1 March 2026" in said["checks"][-1]["text"]
    review = reviews.review(answered.as_(RHONA), id_)
    assert [each.action.reference for each in review.late] == ["A2"]
    assert review.plan_changes.is_empty


def test_after_signing_the_plan_is_worked_and_the_version_stays(
    answered: World, alice: Context, id_: str
) -> None:
    (quick,) = proposals.adopt(alice, id_, WEAK, 1, {Step.QUICK_WIN})
    reviewing.sign(answered)
    before = versions.latest(alice.store, id_)
    plans.report_progress(alice, id_, quick.id, AT_RISK, "It waits.", 1)
    plans.add(alice, id_, DETAILS)
    assert versions.latest(alice.store, id_) == before
    with pytest.raises(NotFoundError, match="no plan here"):
        plans.plan(answered.as_(RHONA), id_)


def test_basw_sees_progress_once_it_is_accepted_and_a_withdrawn_plan_stands_still(
    answered: World, alice: Context, id_: str
) -> None:
    added = plans.add(alice, id_, DETAILS)
    with alice.store.writing():
        alice.store.run("UPDATE assessments SET state = 'ACCEPTED' WHERE id = ?", id_)
    assert plans.plan(answered.as_(RHONA), id_).actions == (added,)
    with pytest.raises(NotAllowedError):
        plans.report_progress(answered.as_(RHONA), id_, added.id, AT_RISK, "", 1)
    with alice.store.writing():
        alice.store.run("UPDATE assessments SET state = 'WITHDRAWN' WHERE id = ?", id_)
    acts: tuple[Callable[[], object], ...] = (
        lambda: plans.add(alice, id_, DETAILS),
        lambda: plans.report_progress(alice, id_, added.id, AT_RISK, "", 1),
        lambda: plans.report_for(alice, added, "Lee", AT_RISK, "", 1, "link"),
    )
    for act in acts:
        with pytest.raises(StepRefusedError, match="was withdrawn"):
            act()
    assert plans.plan(alice, id_).actions == (added,)
    assert own_actions.owned(alice) == ()


def test_an_action_answers_a_change_request_that_waits(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.ask_and_send(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    drafted = plan_drafts.begun(alice, id_, request=request_id)
    assert (drafted.details.finding, drafted.origin) == ("Attach it.", Origin.REQUEST)

    action = plan_drafts.add(
        alice, drafted, replace(drafted.details, action="Attach it.", no_date_reason="Now.")
    )

    assert (action.request_id, action.question_id) == (request_id, "agreed-scheme")
    (request,) = reviewing.ledger(world).requests
    assert request.answer == "We put an action into our plan for this, A1: Attach it."
    plan_requests.add(alice, id_, request_id, DETAILS)
    assert reviewing.ledger(world).requests == (request,)
    with pytest.raises(NotFoundError):
        plan_drafts.begun(alice, id_, request="no-such")


def test_the_differences_between_two_versions_tell_the_plans_too(world: World) -> None:
    reviewing.start(world)
    plans.add(world.as_(ALICE), world.northmeres.id, DETAILS)
    reviewing.resubmit(world)
    review = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert [(each.action.reference, each.is_new) for each in review.plan_changes.actions] == [
        ("A1", True)
    ]


def test_an_action_is_begun_empty_from_a_question_or_from_a_proposals_step(
    alice: Context, id_: str
) -> None:
    assert plan_drafts.begun(alice, id_).details == Details("")
    of_question = plan_drafts.begun(alice, id_, question="fair-allocation")
    assert (of_question.details, of_question.question_id) == (Details(""), "fair-allocation")
    begun = plan_drafts.begun(alice, id_, question=WEAK, step="QUICK_WIN")
    assert begun.details.action == "Ask a team what it does."
    added = plan_drafts.add(alice, begun, replace(begun.details, owner=Owner("IT")))
    assert (added.origin, added.details.owner) == (Origin.PROPOSED, Owner("IT"))
    with pytest.raises(NotFoundError):
        plan_drafts.begun(alice, id_, question="no-such")

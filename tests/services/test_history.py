from __future__ import annotations

import threading
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthcheck.core.errors import NotAllowedError, NotFoundError, StepRefusedError
from healthcheck.core.permissions import AT_BASW, Permission, Role, can
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import STEPS, State, Step
from healthcheck.services import review_steps, sign_off, steps
from healthcheck.services.history import history
from healthcheck.services.permissions import permitted
from healthcheck.storage import events, roles
from tests import plans, reviewing
from tests.people import ALICE, CHARLIE, NORTHMERE, VERA
from tests.reviewing import CONSULTATION, OLIVE, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context
    from tests.people import World

pytestmark = pytest.mark.slow

ATTESTED = [each.name for each in Attestation]


@pytest.fixture(name="answered")
def everything_answered(world: World) -> World:
    reviewing.with_basw(world)
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(world, topic, answers)
    plans.settle(world.as_(ALICE), world.northmeres.id)
    return world


def act(ctx: Context, assessment_id: str, step: Step) -> object:
    """Take a step as the pages do; those of a review by themselves, without what they bring."""
    if step is Step.SEND:
        return sign_off.send(ctx, assessment_id, CONSULTATION)
    if step is Step.SIGN:
        return sign_off.sign(ctx, assessment_id, ATTESTED, "Olive Officer", "Director")
    if step is Step.DECLINE:
        return sign_off.decline(ctx, assessment_id, "A reason.")
    if step in sign_off.BY_THEMSELVES:
        return sign_off.take(ctx, assessment_id, step, "A reason.")
    with ctx.store.writing():
        return steps.take_found(ctx, permitted(ctx, assessment_id, step.value.permission), step)


def put(world: World, state: State) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET state = ? WHERE id = ?", state.name, world.northmeres.id)


def now(world: World) -> State:
    row = world.as_(None).store.row(
        "SELECT state FROM assessments WHERE id = ?", world.northmeres.id
    )
    assert row is not None
    return State[row[0]]


@pytest.mark.parametrize("role", Role)
def test_every_step_from_every_state_by_every_role(answered: World, role: Role) -> None:
    ctx = answered.as_(CHARLIE)
    with ctx.store.writing():
        roles.give(ctx.store, CHARLIE.id, role, None if role in AT_BASW else NORTHMERE.id)
    opens = can({role}, Permission.READ) or can({role}, Permission.READ_SUBMISSION)
    for state, step in product(State, Step):
        put(answered, state)
        if not can({role}, step.value.permission):
            with pytest.raises(NotAllowedError if opens else NotFoundError):
                act(ctx, answered.northmeres.id, step)
        elif (state, step) not in STEPS:
            with pytest.raises(StepRefusedError):
                act(ctx, answered.northmeres.id, step)
        else:
            act(ctx, answered.northmeres.id, step)
        is_taken = can({role}, step.value.permission) and (state, step) in STEPS
        assert now(answered) is (STEPS[state, step] if is_taken else state), (state, step)


ACTORS = {Role.LEAD: ALICE, Role.ACCOUNTABLE_OFFICER: OLIVE, Role.REVIEWER: RHONA}


def actor(step: Step) -> Person:
    return next(person for role, person in ACTORS.items() if can({role}, step.value.permission))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(Step), max_size=25))
def test_a_state_is_always_what_its_events_fold_to(answered: World, walked: list[Step]) -> None:
    put(answered, State.IN_PROGRESS)
    store = answered.as_(None).store
    start = store.rows("SELECT max(number) FROM events")[0][0]
    for step in walked:
        ctx = answered.as_(actor(step))
        before = now(answered)
        if (before, step) in STEPS:
            act(ctx, answered.northmeres.id, step)
        else:
            with pytest.raises(StepRefusedError):
                act(ctx, answered.northmeres.id, step)
        folded = State.IN_PROGRESS
        for each in reversed(steps.timeline(ctx, answered.northmeres.id)):
            if each.number > start:
                assert each.detail["from"] == folded.name
                folded = State[str(each.detail["to"])]
        assert folded is now(answered)
    assert events.first_break(store)[1] is None


def together(*acts: Callable[[], object]) -> list[Exception | None]:
    """Do things at the same time, each on its own thread; return what each raised."""
    barrier = threading.Barrier(len(acts))
    raised: list[Exception | None] = [None] * len(acts)

    def run(place: int) -> None:
        barrier.wait()
        try:
            acts[place]()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test wants to see it
            raised[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return raised


def test_of_two_officers_who_sign_at_once_one_wins_and_the_other_is_told(answered: World) -> None:
    id_ = answered.northmeres.id
    store = answered.as_(None).store
    with store.writing():
        roles.give(store, VERA.id, Role.ACCOUNTABLE_OFFICER, NORTHMERE.id)
    sign_off.send(answered.as_(ALICE), id_, CONSULTATION)
    read = sign_off.draft(answered.as_(OLIVE), id_).fingerprint
    olive, vera = answered.as_(OLIVE), answered.as_(VERA)
    raised = together(
        lambda: sign_off.sign(olive, id_, ATTESTED, "Olive", "Director", read),
        lambda: sign_off.sign(vera, id_, ATTESTED, "Vera", "Deputy", read),
    )
    assert sorted(type(each).__name__ for each in raised) == ["NoneType", "StepRefusedError"]
    assert len(history(answered.as_(ALICE), id_).versions) == 1
    assert now(answered) is State.SUBMITTED


def test_a_recall_and_the_start_of_a_review_cannot_both_be(answered: World) -> None:
    id_ = answered.northmeres.id
    reviewing.sign(answered)
    alice, rhona = answered.as_(ALICE), answered.as_(RHONA)
    raised = together(
        lambda: sign_off.take(alice, id_, Step.RECALL), lambda: review_steps.start(rhona, id_)
    )
    assert sorted(type(each).__name__ for each in raised) == ["NoneType", "StepRefusedError"]
    assert now(answered) is (State.IN_PROGRESS if raised[0] is None else State.IN_REVIEW)


def test_a_history_has_every_step_the_newest_first(answered: World) -> None:
    id_ = answered.northmeres.id
    sign_off.send(answered.as_(ALICE), id_, CONSULTATION)
    sign_off.decline(answered.as_(OLIVE), id_, "The figures are old.")
    reviewing.sign(answered)
    sign_off.take(answered.as_(ALICE), id_, Step.RECALL, "One more thing.")
    found = history(answered.as_(VERA), id_)
    assert [(each.person, each.did, each.reason, each.version) for each in found.moments] == [
        (ALICE.name, "recalled the submission", "One more thing.", 1),
        (OLIVE.name, "signed and submitted", "", 1),
        (ALICE.name, "sent for sign-off", "", 0),
        (OLIVE.name, "declined to sign", "The figures are old.", 0),
        (ALICE.name, "sent for sign-off", "", 0),
        (ALICE.name, "began answering", "", 0),
    ]
    assert (found.moments[0].old, found.moments[0].new) == (State.SUBMITTED, State.IN_PROGRESS)
    assert found.offered == ()
    assert Step.SEND in history(answered.as_(ALICE), id_).offered


def test_basw_sees_neither_recalled_versions_nor_the_employers_own_reasons(
    answered: World,
) -> None:
    id_ = answered.northmeres.id
    sign_off.send(answered.as_(ALICE), id_, CONSULTATION)
    sign_off.take(answered.as_(ALICE), id_, Step.TAKE_BACK, "Not yet.")
    sign_off.send(answered.as_(ALICE), id_, CONSULTATION)
    sign_off.decline(answered.as_(OLIVE), id_, "The figures are old.")
    reviewing.sign(answered)
    sign_off.take(answered.as_(ALICE), id_, Step.RECALL, "One more thing.")
    found = history(answered.as_(RHONA), id_)
    assert (found.versions, found.is_own) == ((), False)
    assert {each.reason for each in found.moments} == {"", "One more thing."}
    assert len(history(answered.as_(VERA), id_).versions) == 1


def test_charlie_has_no_history_of_northmeres(answered: World) -> None:
    with pytest.raises(NotFoundError):
        history(answered.as_(CHARLIE), answered.northmeres.id)

from __future__ import annotations

import pytest

from healthcheck.core.errors import StepRefusedError
from healthcheck.core.permissions import PERMISSIONS, Role
from healthcheck.core.steps import (
    HAS_SUBMITTED,
    OPEN_TO_ANSWERS,
    STEPS,
    WITH_BASW,
    State,
    Step,
    after,
    possible,
    public_word,
)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_step_leads_where_the_table_says_or_nowhere(state: State, step: Step) -> None:
    if (state, step) in STEPS:
        assert after(state, step) is STEPS[state, step]
        assert step in possible(state)
    else:
        assert step not in possible(state)
        with pytest.raises(StepRefusedError, match=f"is now “{state.value}”"):
            after(state, step)


def test_every_state_can_be_reached_from_the_start() -> None:
    reached = {State.NOT_STARTED}
    while more := {new for (old, _), new in STEPS.items() if old in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_no_state_is_a_dead_end() -> None:
    assert {state for state in State if not possible(state)} == set()


def test_every_step_is_used_somewhere() -> None:
    assert {step for _, step in STEPS} == set(Step)


def test_only_basw_takes_the_steps_of_a_review() -> None:
    review = {Step.START_REVIEW, Step.REQUEST_CHANGES, Step.ACCEPT}
    assert {
        step for step in Step if PERMISSIONS[step.value.permission] == {Role.REVIEWER}
    } == review


def test_answers_never_change_while_somebody_else_reads_them() -> None:
    assert OPEN_TO_ANSWERS.isdisjoint(WITH_BASW | {State.READY, State.READY_AGAIN})
    assert {State.ACCEPTED, State.WITHDRAWN}.isdisjoint(OPEN_TO_ANSWERS)


def test_what_is_withdrawn_or_changes_a_reader_gives_a_reason() -> None:
    assert {step for step in Step if step.value.needs_reason} == {
        Step.DECLINE,
        Step.ASK_TO_REOPEN,
        Step.REOPEN,
        Step.WITHDRAW,
    }


@pytest.mark.parametrize(
    ("state", "in_time", "late"),
    [
        (State.NOT_STARTED, "Not started", "Overdue"),
        (State.IN_PROGRESS, "In progress", "Overdue"),
        (State.READY, "In progress", "Overdue"),
        (State.DECLINED, "In progress", "Overdue"),
        (State.REOPENED, "In progress", "Overdue"),
        (State.SUBMITTED, "Submitted", "Submitted"),
        (State.IN_REVIEW, "Submitted", "Submitted"),
        (State.CHANGES_REQUESTED, "Submitted", "Submitted"),
        (State.READY_AGAIN, "Submitted", "Submitted"),
        (State.RESUBMITTED, "Submitted", "Submitted"),
        (State.ACCEPTED, "Accepted", "Accepted"),
        (State.WITHDRAWN, "Withdrawn", "Withdrawn"),
    ],
)
def test_the_public_sees_a_status_and_nothing_of_the_review(
    state: State, in_time: str, late: str
) -> None:
    assert public_word(state, is_overdue=False) == in_time
    assert public_word(state, is_overdue=True) == late


def test_an_employer_that_answers_change_requests_has_submitted() -> None:
    assert {State.CHANGES_REQUESTED, State.READY_AGAIN} < HAS_SUBMITTED

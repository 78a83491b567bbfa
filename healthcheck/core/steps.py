"""Where a health check stands, and the steps that move it: one table, (state, step) to state.

Services take steps from it, pages offer buttons from it, tests walk all of it. A step that is not
in the table for a state cannot be taken there, by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.errors import StepRefusedError
from healthcheck.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(Enum):
    """Where a health check stands; the value is the word pages show."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    READY = "Ready for sign-off"
    DECLINED = "Declined at sign-off"
    SUBMITTED = "Submitted"
    IN_REVIEW = "In review"
    CHANGES_REQUESTED = "Changes requested"
    READY_AGAIN = "Changes ready for sign-off"
    RESUBMITTED = "Resubmitted"
    ACCEPTED = "Accepted"
    WITHDRAWN = "Withdrawn"
    REOPENED = "Reopened"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a step is: its button, its past tense for the timeline, and what it needs."""

    button: str
    done: str
    permission: Permission
    needs_reason: bool = False


class Step(Enum):
    """What a person can do to a health check as a whole."""

    BEGIN = Kind("Begin", "began answering", Permission.ANSWER)
    SEND = Kind("Send for sign-off", "sent for sign-off", Permission.SEND)
    TAKE_BACK = Kind("Take back to change answers", "took back", Permission.SEND)
    SIGN = Kind("Sign and submit", "signed and submitted", Permission.SIGN)
    DECLINE = Kind("Decline to sign", "declined to sign", Permission.SIGN, needs_reason=True)
    RECALL = Kind("Recall the submission", "recalled the submission", Permission.SEND)
    ASK_TO_REOPEN = Kind("Ask to reopen", "asked to reopen", Permission.SEND, needs_reason=True)
    START_REVIEW = Kind("Start the review", "started the review", Permission.REVIEW)
    REQUEST_CHANGES = Kind("Send the change requests", "asked for changes", Permission.REVIEW)
    ACCEPT = Kind("Accept", "accepted", Permission.REVIEW)
    REOPEN = Kind("Reopen", "reopened", Permission.REOPEN, needs_reason=True)
    WITHDRAW = Kind("Withdraw", "withdrew", Permission.REOPEN, needs_reason=True)


STEPS: Mapping[tuple[State, Step], State] = {
    (State.NOT_STARTED, Step.BEGIN): State.IN_PROGRESS,
    (State.IN_PROGRESS, Step.SEND): State.READY,
    (State.DECLINED, Step.SEND): State.READY,
    (State.REOPENED, Step.SEND): State.READY,
    (State.READY, Step.TAKE_BACK): State.IN_PROGRESS,
    (State.READY, Step.DECLINE): State.DECLINED,
    (State.READY, Step.SIGN): State.SUBMITTED,
    (State.SUBMITTED, Step.RECALL): State.IN_PROGRESS,
    (State.SUBMITTED, Step.START_REVIEW): State.IN_REVIEW,
    (State.IN_REVIEW, Step.ASK_TO_REOPEN): State.IN_REVIEW,
    (State.IN_REVIEW, Step.REQUEST_CHANGES): State.CHANGES_REQUESTED,
    (State.IN_REVIEW, Step.ACCEPT): State.ACCEPTED,
    (State.CHANGES_REQUESTED, Step.SEND): State.READY_AGAIN,
    (State.READY_AGAIN, Step.TAKE_BACK): State.CHANGES_REQUESTED,
    (State.READY_AGAIN, Step.DECLINE): State.CHANGES_REQUESTED,
    (State.READY_AGAIN, Step.SIGN): State.RESUBMITTED,
    (State.RESUBMITTED, Step.RECALL): State.CHANGES_REQUESTED,
    (State.RESUBMITTED, Step.START_REVIEW): State.IN_REVIEW,
    (State.ACCEPTED, Step.ASK_TO_REOPEN): State.ACCEPTED,
    **{
        (state, Step.REOPEN): State.REOPENED
        for state in (
            State.NOT_STARTED,  # this one and the next: their cycle has closed, or soon will
            State.IN_PROGRESS,
            State.IN_REVIEW,
            State.ACCEPTED,
            State.WITHDRAWN,
        )
    },
    **{
        (state, Step.WITHDRAW): State.WITHDRAWN
        for state in State
        if state not in {State.ACCEPTED, State.WITHDRAWN}
    },
}
"""Every step there is; what is not here cannot happen."""

OPEN_TO_ANSWERS = frozenset(
    {
        State.NOT_STARTED,
        State.IN_PROGRESS,
        State.DECLINED,
        State.CHANGES_REQUESTED,
        State.REOPENED,
    }
)
"""Where answers can be changed; elsewhere somebody reads them, or has put their name to them."""

WITH_BASW = frozenset({State.SUBMITTED, State.RESUBMITTED, State.IN_REVIEW})
"""Where the next step is a reviewer's."""

HAS_SUBMITTED = WITH_BASW | {State.CHANGES_REQUESTED, State.READY_AGAIN, State.ACCEPTED}
"""Where the employer has done its part of the cycle, whatever the review asks for."""

STILL_TO_COME = frozenset(State) - HAS_SUBMITTED - {State.WITHDRAWN}
"""Where the deadline matters: the employer's part of the cycle is still to be done."""


def possible(state: State) -> tuple[Step, ...]:
    """Return the steps that can be taken from a state, in the order of the table."""
    return tuple(step for (start, step) in STEPS if start is state)


def after(state: State, step: Step) -> State:
    """Return the state that a step leads to. Raises StepRefusedError when it cannot be taken."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise StepRefusedError(
            f"This health check is now “{state.value}”, so this step cannot be taken"
            f" ({step.value.button.lower()}). Somebody may have been quicker: look at its history."
        ) from None


def public_word(state: State, *, is_overdue: bool) -> str:
    """Return the status anyone may see: the review's own steps stay between the two sides."""
    if state is State.ACCEPTED:
        return "Accepted"
    if state is State.WITHDRAWN:
        return "Withdrawn"
    if state in HAS_SUBMITTED:
        return "Submitted"
    if is_overdue:
        return "Overdue"
    return "Not started" if state is State.NOT_STARTED else "In progress"

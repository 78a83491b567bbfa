"""What happens next to a health check, in one sentence for its employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.steps import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SENTENCES: Mapping[State, str] = {
    State.NOT_STARTED: "Next: answer the questions.",
    State.IN_PROGRESS: "Next: answer every question. Then the lead sends it for sign-off.",
    State.DECLINED: (
        "The accountable officer did not sign it. Next: see to the reason given, then send it for"
        " sign-off again."
    ),
    State.SUBMITTED: (
        "It is with BASW. The review has not begun, so the lead can still recall it."
    ),
    State.IN_REVIEW: "BASW is reviewing it.",
    State.CHANGES_REQUESTED: (
        "BASW asked for changes. Next: answer each request, then send it for sign-off again."
    ),
    State.RESUBMITTED: (
        "It is with BASW again. The review of what changed has not begun, so the lead can still"
        " recall it."
    ),
    State.ACCEPTED: "BASW has accepted it.",
    State.WITHDRAWN: "BASW has withdrawn it. Nothing more needs to be done.",
    State.REOPENED: (
        "BASW reopened it. Next: change what needs to be changed, then send it for sign-off again."
    ),
}
WAITS_FOR_OFFICER = frozenset({State.READY, State.READY_AGAIN})
NOBODY = "Nobody is the accountable officer yet, so nobody can sign it off."


def whats_next(state: State, officers: Sequence[str]) -> str:
    """Return what happens next; `officers` are the names of those who can sign it off."""
    if state not in WAITS_FOR_OFFICER:
        return SENTENCES[state]
    if not officers:
        return NOBODY
    return f"Waiting for {' or '.join(officers)} to sign off."

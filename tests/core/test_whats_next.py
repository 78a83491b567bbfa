from __future__ import annotations

import pytest

from healthcheck.core.steps import State
from healthcheck.core.whats_next import NOBODY, SENTENCES, WAITS_FOR_OFFICER, whats_next


@pytest.mark.parametrize("state", [State.READY, State.READY_AGAIN])
def test_what_waits_for_a_signature_names_who_can_give_it(state: State) -> None:
    assert whats_next(state, ["Anita Rao"]) == "Waiting for Anita Rao to sign off."
    assert whats_next(state, ["Anita Rao", "Bo"]) == "Waiting for Anita Rao or Bo to sign off."
    assert whats_next(state, []) == NOBODY


@pytest.mark.parametrize("state", [each for each in State if each not in WAITS_FOR_OFFICER])
def test_every_other_state_has_a_sentence_whoever_can_sign(state: State) -> None:
    assert whats_next(state, ["Anita Rao"]) == whats_next(state, []) == SENTENCES[state]
    assert SENTENCES[state].endswith(".")

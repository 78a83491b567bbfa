"""“You said, we did”: lines, their words, and what of an action is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.plans import Delivery
from healthcheck.core.staff_page import (
    LONGEST,
    Line,
    Shown,
    StaffPage,
    proposed,
    shown,
    tidied,
)
from tests.plan_made import action, full_action

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_line_begins_with_the_finding_and_the_action() -> None:
    found = proposed(full_action())
    assert found.said == "There is no agreed way to tell when somebody has too much work."
    assert found.did.startswith("Agree a workload scheme")
    assert len(proposed(action(finding="x" * 900)).said) == LONGEST


def test_only_chosen_actions_are_shown_and_what_is_done_comes_first() -> None:
    plan = (
        action(1, due=date(2026, 12, 1)),
        action(2, due=date(2027, 1, 1), delivery=Delivery.COMPLETE),
        action(3, due=date(2026, 11, 30), delivery=Delivery.OFF_TRACK),
        action(4),
    )
    lines = {f"action-{n}": Line(f"action-{n}", f"said {n}", f"did {n}") for n in (1, 2, 3)}
    assert shown(plan, lines) == (
        Shown("said 2", "did 2", "✓", "Done"),
        Shown("said 3", "did 3", "■", "Delayed"),
        Shown("said 1", "did 1", "▶", "Under way"),
    )
    assert shown(plan, {}) == ()


def test_a_line_is_tidied() -> None:
    assert tidied(Line("a", "  Too  much\r\n\r\nwork ", "We agreed.")) == Line(
        "a", "Too much\nwork", "We agreed."
    )


@pytest.mark.parametrize(
    ("said", "did", "sentence"),
    [
        (" ", "b", "Write what staff said, or leave this action out."),
        ("a", "", "Write what was done, or leave this action out."),
        ("a" * 601, "b", "What staff said can be up to 600 characters; this has 601."),
        ("a", "b" * 1601, "What was done can be up to 600 characters; this has 1,601."),
    ],
)
def test_a_line_that_says_nothing_or_too_much_is_refused(
    said: str, did: str, sentence: str
) -> None:
    with pytest.raises(UnacceptableDetailsError) as refused:
        tidied(Line("a", said, did))
    assert str(refused.value) == sentence


def test_a_page_stands_until_it_is_taken_down() -> None:
    assert StaffPage("check", "a", (), NOW).stands
    assert not StaffPage("check", "a", (), NOW, NOW, "Old").stands

"""Who may answer a topic, and what a page of choices changes."""

from __future__ import annotations

from itertools import product

import pytest

from healthcheck.core.accounts import Person
from healthcheck.core.assigning import Board, Change, change, may_answer
from healthcheck.core.permissions import AT_BASW, Role

ANN, BEN = Person("ann", "Ann", "ann@a.example"), Person("ben", "Ben", "ben@a.example")
BOARD = Board("ann", frozenset({Role.CONTRIBUTOR}), {"pay": (ANN, BEN), "hours": (BEN,)})


@pytest.mark.parametrize(("role", "assigned"), tuple(product(Role, [(), ("ann",), ("ben",)])))
def test_a_topic_is_for_those_it_is_assigned_to_and_the_lead(
    role: Role, assigned: tuple[str, ...]
) -> None:
    allowed = role is Role.LEAD or (role is Role.CONTRIBUTOR and assigned in {(), ("ann",)})
    assert may_answer({role}, "ann", assigned) is allowed


def test_roles_at_basw_answer_nothing_even_when_assigned() -> None:
    assert not may_answer(AT_BASW, "ann", {"ann"})


def test_a_board_says_whose_each_topic_is() -> None:
    assert BOARD.of("pay") == (ANN, BEN)
    assert BOARD.of("leave") == ()
    assert BOARD.mine == {"pay"}
    assert [BOARD.may_answer(each) for each in ("pay", "hours", "leave")] == [True, False, True]


def test_only_what_was_ticked_or_unticked_changes() -> None:
    shown = {"pay": ["ann"], "hours": ["ben"], "leave": []}
    chosen = {"pay": ["ann", "ben"], "hours": [], "leave": []}
    assert change(shown, chosen) == Change(given=(("pay", "ben"),), taken=(("hours", "ben"),))


def test_choosing_what_was_shown_changes_nothing() -> None:
    assert change({"pay": ["ann"]}, {"pay": ["ann"]}) == Change((), ())

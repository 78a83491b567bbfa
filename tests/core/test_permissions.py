from __future__ import annotations

from healthcheck.core.permissions import PERMISSIONS, Permission, Role, can

GRID = {
    (Role.LEAD, Permission.READ): True,
    (Role.LEAD, Permission.ANSWER): True,
    (Role.CONTRIBUTOR, Permission.READ): True,
    (Role.CONTRIBUTOR, Permission.ANSWER): True,
    (Role.VIEWER, Permission.READ): True,
    (Role.VIEWER, Permission.ANSWER): False,
    (Role.ACCOUNTABLE_OFFICER, Permission.READ): True,
    (Role.ACCOUNTABLE_OFFICER, Permission.ANSWER): False,
}


def test_every_role_may_do_what_the_grid_says_and_nothing_else() -> None:
    assert {(role, each): can({role}, each) for role in Role for each in Permission} == GRID


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert [can((), each) for each in Permission] == [False] * len(Permission)


def test_one_role_that_may_is_enough() -> None:
    assert can([Role.VIEWER, Role.CONTRIBUTOR], Permission.ANSWER)


def test_every_permission_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Permission)

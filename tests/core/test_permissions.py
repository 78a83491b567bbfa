from __future__ import annotations

import pytest

from healthcheck.core.permissions import PERMISSIONS, Permission, Role, can

ROLES = (
    Role.LEAD,
    Role.CONTRIBUTOR,
    Role.VIEWER,
    Role.ACCOUNTABLE_OFFICER,
    Role.MANAGER,
    Role.PRACTITIONER,
    Role.REVIEWER,
    Role.ADMINISTRATOR,
)
GRID = {
    # lead, contributor, viewer, officer, manager, practitioner, reviewer, administrator
    Permission.READ: "yes yes yes yes  -   -   -   - ",
    Permission.ANSWER: "yes yes  -   -   -   -   -   - ",
    Permission.ASSIGN: "yes  -   -   -   -   -   -   - ",
    Permission.INVITE: "yes  -   -   -   -   -   -  yes",
    Permission.EXPORT: "yes  -   -   -   -   -   -   - ",
    Permission.SEND: "yes  -   -   -   -   -   -   - ",
    Permission.SIGN: " -   -   -  yes  -   -   -   - ",
    Permission.ANSWER_REQUESTS: "yes yes  -   -   -   -   -   - ",
    Permission.PUBLISH: "yes  -   -  yes  -   -   -   - ",
    Permission.SEE_PLAN: "yes yes yes yes  -   -  yes yes",
    Permission.CHANGE_PLAN: "yes  -   -   -   -   -   -   - ",
    Permission.REPORT_PROGRESS: "yes yes yes yes yes yes  -   - ",
    Permission.SET_UP_TEAMS: "yes  -   -   -   -   -   -   - ",
    Permission.KEEP_CASELOADS: "yes  -   -   -  yes  -   -   - ",
    Permission.SEE_OWN_LOAD: " -   -   -   -  yes yes  -   - ",
    Permission.REPORT_CASELOAD: "yes yes yes yes yes yes  -   - ",
    Permission.ANSWER_CASELOADS: "yes  -   -  yes yes  -   -   - ",
    Permission.READ_SUBMISSION: "yes yes yes yes  -   -  yes yes",
    Permission.REVIEW: " -   -   -   -   -   -  yes  - ",
    Permission.REOPEN: " -   -   -   -   -   -  yes yes",
    Permission.SEE_QUEUE: " -   -   -   -   -   -  yes yes",
    Permission.RUN_CYCLES: " -   -   -   -   -   -   -  yes",
    Permission.MANAGE_EMPLOYERS: " -   -   -   -   -   -   -  yes",
    Permission.MANAGE_BASW: " -   -   -   -   -   -   -  yes",
    Permission.REMOVE_SECOND_FACTOR: " -   -   -   -   -   -   -  yes",
    Permission.READ_MESSAGES: " -   -   -   -   -   -   -  yes",
}


@pytest.mark.parametrize("permission", Permission)
def test_every_role_may_do_what_the_grid_says_and_nothing_else(permission: Permission) -> None:
    said = dict(zip(ROLES, GRID[permission].split(), strict=True))
    assert {role: "yes" if can({role}, permission) else "-" for role in Role} == said


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert [can((), each) for each in Permission] == [False] * len(Permission)


def test_one_role_that_may_is_enough() -> None:
    assert can([Role.VIEWER, Role.CONTRIBUTOR], Permission.ANSWER)


def test_every_permission_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Permission)

"""Who may do what: one table from permission to roles. Buttons, checks and tests read it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Role(Enum):
    """What a person is at an employer; the value is the word pages show."""

    LEAD = "Health check lead"
    CONTRIBUTOR = "Contributor"
    VIEWER = "Viewer"
    ACCOUNTABLE_OFFICER = "Accountable officer"


class Permission(Enum):
    """What can be done to an assessment."""

    READ = "read the answers, results and report"
    ANSWER = "answer questions and add evidence"


PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.READ: frozenset(Role),
    Permission.ANSWER: frozenset({Role.LEAD, Role.CONTRIBUTOR}),
}


def can(roles: Collection[Role], permission: Permission) -> bool:
    """Say whether any of these roles carries the permission."""
    return not PERMISSIONS[permission].isdisjoint(roles)

"""Who may do what: one table from permission to roles. Buttons, checks and tests read it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Role(Enum):
    """What a person is, at an employer or at BASW; the value is the word pages show."""

    LEAD = "Health check lead"
    CONTRIBUTOR = "Contributor"
    VIEWER = "Viewer"
    ACCOUNTABLE_OFFICER = "Accountable officer"
    MANAGER = "Team manager"
    PRACTITIONER = "Practitioner"
    REVIEWER = "BASW reviewer"
    ADMINISTRATOR = "BASW administrator"


AT_BASW = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})
"""The roles that people hold at BASW; they cover every employer but those they belong to."""
AT_AN_EMPLOYER = frozenset(Role) - AT_BASW


class Permission(Enum):
    """What can be done; the value completes "you cannot ..."."""

    READ = "read the answers, results and report"
    ANSWER = "answer questions and add evidence"
    ASSIGN = "say who answers which topic"
    INVITE = "invite people and change their roles"
    EXPORT = "download everything that is held about the employer"
    SEND = "send the health check for sign-off, take it back or ask to reopen it"
    SIGN = "sign the health check off or decline to"
    ANSWER_REQUESTS = "answer a reviewer’s change requests"
    PUBLISH = "publish the accepted report, or take it down"
    SEE_PLAN = "see the improvement plan"
    CHANGE_PLAN = "change the improvement plan"
    REPORT_PROGRESS = "report progress on an action of their own"
    SET_UP_TEAMS = "set up teams and choose how their workload is judged"
    KEEP_CASELOADS = "put a team’s caseload in and decide on it"
    SEE_OWN_LOAD = "see one’s own workload"
    REPORT_CASELOAD = "report an excessive caseload"
    ANSWER_CASELOADS = "answer a report of an excessive caseload"
    READ_SUBMISSION = "read what was submitted"
    REVIEW = "review: comment, moderate, ask for changes and accept"
    REOPEN = "reopen or withdraw a health check"
    SEE_QUEUE = "see where every employer stands"
    RUN_CYCLES = "open and change cycles"
    MANAGE_EMPLOYERS = "add and change employers"
    MANAGE_BASW = "give and take roles at BASW"
    REMOVE_SECOND_FACTOR = "remove the second factor of somebody who lost it"
    READ_MESSAGES = "read the messages that the service sends"


_EMPLOYER = AT_AN_EMPLOYER - {Role.MANAGER, Role.PRACTITIONER}
"""Those who work on the health check; managers and practitioners come for workload alone.

Of its plan these see the actions that are their own, and nothing around them.
"""
_LEADS = frozenset({Role.LEAD})
_BASW = AT_BASW
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.READ: _EMPLOYER,
    Permission.ANSWER: frozenset({Role.LEAD, Role.CONTRIBUTOR}),
    Permission.ASSIGN: _LEADS,
    Permission.INVITE: _LEADS | _ADMINISTRATORS,
    Permission.EXPORT: _LEADS,
    Permission.SEND: _LEADS,
    Permission.SIGN: frozenset({Role.ACCOUNTABLE_OFFICER}),
    Permission.ANSWER_REQUESTS: frozenset({Role.LEAD, Role.CONTRIBUTOR}),
    Permission.PUBLISH: frozenset({Role.LEAD, Role.ACCOUNTABLE_OFFICER}),
    Permission.SEE_PLAN: _EMPLOYER | _BASW,
    Permission.CHANGE_PLAN: _LEADS,
    Permission.REPORT_PROGRESS: AT_AN_EMPLOYER,
    Permission.SET_UP_TEAMS: _LEADS,
    Permission.KEEP_CASELOADS: frozenset({Role.LEAD, Role.MANAGER}),
    Permission.SEE_OWN_LOAD: frozenset({Role.MANAGER, Role.PRACTITIONER}),
    Permission.REPORT_CASELOAD: AT_AN_EMPLOYER,
    Permission.ANSWER_CASELOADS: frozenset({Role.LEAD, Role.MANAGER, Role.ACCOUNTABLE_OFFICER}),
    Permission.READ_SUBMISSION: _EMPLOYER | _BASW,
    Permission.REVIEW: frozenset({Role.REVIEWER}),
    Permission.REOPEN: _BASW,
    Permission.SEE_QUEUE: _BASW,
    Permission.RUN_CYCLES: _ADMINISTRATORS,
    Permission.MANAGE_EMPLOYERS: _ADMINISTRATORS,
    Permission.MANAGE_BASW: _ADMINISTRATORS,
    Permission.REMOVE_SECOND_FACTOR: _ADMINISTRATORS,
    Permission.READ_MESSAGES: _ADMINISTRATORS,
}


def can(roles: Collection[Role], permission: Permission) -> bool:
    """Say whether any of these roles carries the permission."""
    return not PERMISSIONS[permission].isdisjoint(roles)

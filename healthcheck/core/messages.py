"""The kinds of message the service sends, what each must be told, and what of it is secret.

The words of a message are in `report_templates/messages/`, one file a kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440, 1440))
"""How long a message waits after each try that failed; after the last it is given up."""

ADDRESS_IN_FULL = re.compile(r"(https?://[^\s\"<>]+/)[^\s\"<>/]+")
HIDDEN = "(hidden)"
OWN_LINES = re.compile(r"^(?:> |- ).*(?:\n(?:> |- |  ).*)*", re.MULTILINE)
"""Quotations and lists of a message's plain text: there stands what people wrote."""
OWN_PARTS = re.compile(r"<(blockquote|ul)\b[^>]*>.*?</\1>", re.DOTALL)
"""The same of its HTML, where what people wrote is escaped and can end no part."""


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of message is called on pages, the values its words name, and its secrecy.

    A message `opens_accounts` when whoever holds its link can use an account that is there already;
    it `lets_people_join` when whoever holds it can make a new one, and `lets_people_report` when
    they can report progress in its receiver's name. In one that `is_employers_own` stands what BASW
    may not read, such as why an officer declined to sign, or an action of a plan. One that is
    `confidential` is between people of an employer: nobody at BASW learns that it was sent.
    """

    words: str
    values: frozenset[str]
    opens_accounts: bool = False
    lets_people_join: bool = False
    lets_people_report: bool = False
    confidential: bool = False
    is_employers_own: bool = False

    @property
    def has_secret(self) -> bool:
        """Say whether the link in it is a key, rather than an address of a page."""
        return self.opens_accounts or self.lets_people_join or self.lets_people_report


def _named(*values: str) -> frozenset[str]:
    return frozenset(values)


_ABOUT_ONE = ("employer", "service", "cycle", "path")
"""One health check: the employer's name, the service's id or words, the cycle and the link."""


class Kind(Enum):
    """Why a message is sent. Each value names what the caller of `queue` hands over.

    `path` begins with a slash. `due` is a date, or a moment, which is shown in British time, as
    `moment` is. `service` is the id of a service or its words. `by` is a person's name; `reason` is
    what they wrote. `topics` is a list of titles. `role` is the word pages show. `when` and `duty`
    are those of `core.reminders`. `change` is a sentence without its full stop. `actions` and
    `others` are lists of actions in words, and `links` has the whole address that goes with each of
    the actions.
    """

    INVITATION = About(
        "Invitation", _named("by", "employer", "role", "due", "path"), lets_people_join=True
    )
    PASSWORD_LINK = About("New password", _named("due", "path"), opens_accounts=True)
    ACCOUNT_CHANGED = About("Account changed", _named("change", "moment", "path"))
    ASSIGNED = About("Topics to answer", _named("by", "topics", "due", *_ABOUT_ONE))
    CYCLE_OPENED = About("Health check opened", _named("due", *_ABOUT_ONE))
    REMINDER = About("Reminder", _named("due", "when", "duty", "topics", *_ABOUT_ONE))
    OVERDUE = About("Overdue", _named("due", "when", "duty", "topics", *_ABOUT_ONE))
    READY_FOR_SIGN_OFF = About("Ready for sign-off", _named("by", "due", *_ABOUT_ONE))
    DECLINED = About(
        "Declined at sign-off", _named("by", "reason", *_ABOUT_ONE), is_employers_own=True
    )
    SUBMITTED = About("Submitted", _named("by", "reference", *_ABOUT_ONE))
    RECALLED = About("Recalled", _named("by", "reference", *_ABOUT_ONE))
    CHANGES_REQUESTED = About("Changes requested", _named("reference", *_ABOUT_ONE))
    RESUBMITTED = About("Resubmitted", _named("by", "reference", *_ABOUT_ONE))
    ACCEPTED = About("Accepted", _named("reference", *_ABOUT_ONE))
    REOPENED = About("Reopened", _named("reference", "reason", *_ABOUT_ONE))
    WITHDRAWN = About("Withdrawn", _named("reference", "reason", *_ABOUT_ONE))
    ASKED_TO_REOPEN = About("Asked to reopen", _named("by", "reference", "reason", *_ABOUT_ONE))
    PROGRESS_LINK = About(
        "Link to report progress",
        _named("by", "actions", "when", "due", *_ABOUT_ONE),
        lets_people_report=True,
        is_employers_own=True,
    )
    ACTIONS_DUE = About("Actions due", _named("actions", "others", "path"), is_employers_own=True)
    ACTIONS_DUE_BY_LINK = About(
        "Actions due, with links",
        _named("actions", "links", "path"),
        lets_people_report=True,
        is_employers_own=True,
    )
    CASELOAD_REPORTED = About(
        "Caseload report",
        _named("employer", "reference", "due", "duty", "path"),
        confidential=True,
    )
    CASELOAD_LATE = About(
        "Caseload report late", _named("employer", "reference", "due", "path"), confidential=True
    )
    CASELOAD_ANSWERED = About(
        "Caseload report answered", _named("employer", "reference", "path"), confidential=True
    )


CONFIDENTIAL = tuple(kind for kind in Kind if kind.value.confidential)
"""The kinds that BASW's list of messages leaves out."""


def masked(text: str) -> str:
    """Return a message's text or HTML without the last part of each web address in it."""
    return ADDRESS_IN_FULL.sub(rf"\1{HIDDEN}", text)


def withheld(text: str) -> str:
    """Return a message's text or HTML without what people at the employer wrote in it."""
    return OWN_LINES.sub(HIDDEN, OWN_PARTS.sub(f"<p>{HIDDEN}</p>", text))


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many tries that failed, None when it is given up."""
    return now + PAUSES[tries - 1] if tries <= len(PAUSES) else None

"""What an action needs before it is taken: one rule and one wording for form, workbook and link.

The conventions are those of councils' plans: at risk and off track need a reason and a recovery
step, and an action without a due date a reason for having none (domain notes, section 8).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from healthcheck.core.accounts import is_email
from healthcheck.core.answers import clean
from healthcheck.core.cycles import day
from healthcheck.core.plans import NEEDS_RECOVERY, Delivery, Details, Owner, Progress

LONGEST_TEXT = 4_000
LONGEST_LINE = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""The dates that a plan can have; another one is a slip of the finger."""

Problems = dict[str, str]
"""A sentence for each field that is not right, by the field's name, in the order of the page."""

TEXTS = {
    "action": "The action",
    "finding": "The finding",
    "outcome": "The outcome",
    "measure": "The success measure",
    "baseline": "The baseline",
    "target": "The target",
    "resources": "The resources",
    "no_date_reason": "The reason for no date",
}
DATES = {"due": "The due date", "start": "The start", "review": "The review date"}
OF_AN_OWNER = ("name", "role", "team", "email")
OF_PROGRESS = {
    "reason": "The reason",
    "recovery": "The recovery step",
    "evidence": "The evidence of completion",
}


def tidy(details: Details) -> Details:
    """Return details as stored: no space around texts, names on one line, one kind of line end."""
    texts: dict[str, Any] = {name: trimmed(getattr(details, name)) for name in TEXTS}
    owner = {name: _line(getattr(details.owner, name)) for name in OF_AN_OWNER}
    if details.due is not None:
        texts["no_date_reason"] = ""
    return replace(details, **texts, owner=replace(details.owner, **owner))


def tidy_progress(progress: Progress) -> Progress:
    """Return progress as stored: trimmed, without what the status has no use for."""
    delivery = progress.delivery
    explained = delivery in NEEDS_RECOVERY or delivery is Delivery.CANCELLED
    return replace(
        progress,
        reason=trimmed(progress.reason) if explained else "",
        recovery=trimmed(progress.recovery) if delivery in NEEDS_RECOVERY else "",
        evidence=trimmed(progress.evidence),
        completed=progress.completed if delivery is Delivery.COMPLETE else None,
    )


def problems(details: Details) -> Problems:
    """Return what is not right with an action's details; fields as named in `Details`.

    The owner's fields are `owner_name`, `owner_role`, `owner_team` and `owner_email`.
    """
    given = tidy(details)
    found: Problems = {}
    if not given.action:
        found["action"] = "Say what will be done."
    for name, what in TEXTS.items():
        _too_long(found, name, getattr(given, name), what, LONGEST_TEXT)
    found |= _of_owner(given.owner)
    if given.due is None and not given.no_date_reason:
        found["due"] = "Give a due date, or say why there is none."
    for name, what in DATES.items():
        _out_of_range(found, name, getattr(given, name), what)
    if given.start is not None and given.due is not None and given.start > given.due:
        found.setdefault("start", f"The start must be on or before the due date, {day(given.due)}.")
    return found


def progress_problems(progress: Progress, today: date) -> Problems:
    """Return what is not right with reported progress; fields as named in `Progress`."""
    given = tidy_progress(progress)
    found: Problems = {}
    if given.delivery in NEEDS_RECOVERY:
        word = given.delivery.word.lower()
        if not given.reason:
            found["reason"] = f"Say why the action is {word}."
        if not given.recovery:
            found["recovery"] = "Say what will bring the action back on track."
    if given.delivery is Delivery.CANCELLED and not given.reason:
        found["reason"] = "Say why the action is cancelled."
    if given.delivery is Delivery.COMPLETE:
        if not given.evidence:
            found["evidence"] = "Say what shows that the action is complete."
        if given.completed is None:
            found["completed"] = "Give the day the action was completed."
        elif given.completed > today:
            found["completed"] = f"The action cannot be completed after today, {day(today)}."
        else:
            _out_of_range(found, "completed", given.completed, "The day of completion")
    for name, what in OF_PROGRESS.items():
        _too_long(found, name, getattr(given, name), what, LONGEST_TEXT)
    return found


def note_problem(note: str) -> str | None:
    """Return why a progress note cannot be taken, None when it can; it may be empty."""
    found: Problems = {}
    _too_long(found, "note", trimmed(note), "The note", LONGEST_TEXT)
    return found.get("note")


def reason_problem(reason: str, wanted: str) -> str | None:
    """Return why a reason that must be given cannot be taken; `wanted` says what to write."""
    given = trimmed(reason)
    if not given:
        return wanted
    found: Problems = {}
    _too_long(found, "reason", given, "The reason", LONGEST_TEXT)
    return found.get("reason")


def _of_owner(owner: Owner) -> Problems:
    found: Problems = {}
    for name in ("name", "role", "team"):
        _too_long(found, f"owner_{name}", getattr(owner, name), f"The owner’s {name}", LONGEST_LINE)
    if owner.email and not is_email(owner.email):
        found["owner_email"] = "Give an e-mail address like name@example.org, or leave it empty."
    return found


def _out_of_range(found: Problems, name: str, given: date | None, what: str) -> None:
    if given is not None and not EARLIEST <= given <= LATEST:
        found[name] = f"{what} must be in a year from {EARLIEST.year} to {LATEST.year}."


def _too_long(found: Problems, name: str, text: str, what: str, longest: int) -> None:
    over = len(text) - longest
    if over > 0:
        found[name] = f"{what} must be {longest:,} characters or fewer. It is {over:,} too long."


def trimmed(text: str) -> str:
    """Return a text as stored: without space around it, with one kind of line end."""
    return clean(text).strip()


def _line(text: str) -> str:
    return " ".join(clean(text).split())

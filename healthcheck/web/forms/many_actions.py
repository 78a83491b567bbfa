"""What was posted to change many actions: which of them, their new owner or due date, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core.accounts import is_email
from healthcheck.core.plans import Owner
from healthcheck.services.plan_board import ManyChange
from healthcheck.web.forms import days
from healthcheck.web.forms.days import EMPTY, Boxes

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

CHOSEN = re.compile(r"([\w-]{1,40})\.([0-9]{1,9})", re.ASCII)
ALL, TICKED = "all", "ticked"
SAME, SOMEBODY = "", "somebody"
"""What stands for the owners as they are, and for one without an account."""


@dataclass
class ManyForm:
    """What is on the page as typed, with every problem by its field."""

    which: str = TICKED
    ticked: frozenset[str] = frozenset()
    chosen: tuple[tuple[str, int], ...] = ()
    person: str = SAME
    name: str = ""
    role: str = ""
    team: str = ""
    email: str = ""
    due: Boxes = EMPTY
    reason: str = ""
    change: ManyChange = field(default_factory=ManyChange)
    problems: dict[str, str] = field(default_factory=dict)


def blank() -> ManyForm:
    """Return the form with nothing in it."""
    return ManyForm()


def posted(given: MultiDict[str, str]) -> ManyForm:
    """Return what was posted, with every problem of it."""
    which = ALL if given.get("which") == ALL else TICKED
    offered = given.get("all", "").split() if which == ALL else given.getlist("chosen")
    found = [match.groups() for each in offered if (match := CHOSEN.fullmatch(each))]
    form = ManyForm(
        which=which,
        ticked=frozenset(action_id for action_id, _ in found),
        chosen=tuple((action_id, int(revision)) for action_id, revision in found),
        person=_line(given, "person"),
        name=_line(given, "name"),
        role=_line(given, "role"),
        team=_line(given, "team"),
        email=_line(given, "email"),
        reason=given.get("reason", ""),
    )
    form.due, due = days.posted(given, "due", form.problems)
    form.change = ManyChange(_owner(form), due)
    form.problems = _problems(form) | form.problems
    return form


def _line(given: MultiDict[str, str], name: str) -> str:
    return " ".join(given.get(name, "").split())


def _owner(form: ManyForm) -> Owner | None:
    if form.person == SAME:
        return None
    if form.person == SOMEBODY:
        return Owner(form.name, form.role, form.team, form.email)
    return Owner(role=form.role, team=form.team, person_id=form.person)


def _problems(form: ManyForm) -> dict[str, str]:
    found = {
        "chosen": "" if form.chosen else "Choose the actions to change.",
        "person": ""
        if form.person != SAME or any(form.due)
        else "Choose another owner, or give another due date.",
        "name": "Write who it is." if form.person == SOMEBODY and not form.name else "",
        "email": ""
        if not form.email or is_email(form.email)
        else "Give an e-mail address like name@example.org, or leave it empty.",
        "why": rules.reason_problem(form.reason, "Say why you change these actions.") or "",
    }
    return {name: said for name, said in found.items() if said}

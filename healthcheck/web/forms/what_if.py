"""What was posted of a what-if: the changes made so far, and the one that was just asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.workload import changes as core
from healthcheck.core.workload.changes import Add, Close, Hours, Join, Move

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.datastructures import MultiDict

    from healthcheck.core.workload.changes import Change

FIRST_FIELD = {
    "move": "move_case",
    "close": "close_case",
    "add": "add_to",
    "hours": "hours_worker",
    "join": "join_name",
}
"""Where an error summary leads for each part of the form."""
SCORE = "add_score."
LONGEST = 100


@dataclass
class WhatIfForm:
    """The changes so far, what stands in the boxes, and what is wrong with the newest change.

    `part` is the part of the form that was used, blank for none.
    """

    changes: list[Change] = field(default_factory=list)
    typed: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    problem: str = ""

    @property
    def lines(self) -> list[str]:
        """The changes as the page carries them along."""
        return [core.written(each) for each in self.changes]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What the error summary says."""
        return [(FIRST_FIELD.get(self.part, "tried"), self.problem)] if self.problem else []


def posted(given: MultiDict[str, str]) -> WhatIfForm:
    """Return a what-if as posted; a change that cannot be read is left out, and it says so."""
    form = WhatIfForm(typed=given)
    for each in given.getlist("change")[: core.MOST_CHANGES]:
        try:
            form.changes.append(core.read(each))
        except UnacceptableDetailsError as fault:
            form.problem = str(fault)
    asked, _, number = given.get("do", "").partition("-")
    if asked == "undo" and number.isdecimal() and 0 < int(number[:3]) <= len(form.changes):
        del form.changes[int(number[:3]) - 1]
    elif asked in NEW:
        form.part = asked
        _ask(form, given)
    return form


def _ask(form: WhatIfForm, given: MultiDict[str, str]) -> None:
    """Add the change just asked for, unless something in it was not chosen."""
    first = FIRST_FIELD[form.part]
    if form.part != "add" and not given.get(first, "").strip():
        form.problem = LACKS[form.part]
    elif len(form.changes) >= core.MOST_CHANGES:
        form.problem = f"A what-if holds {core.MOST_CHANGES} changes. Take one out first."
    else:
        form.changes.append(NEW[form.part](given, core.next_number(form.changes)))


def _add(given: MultiDict[str, str], number: str) -> Add:
    scores = tuple(
        (name.removeprefix(SCORE)[:LONGEST], value[:LONGEST])
        for name, value in given.items()
        if name.startswith(SCORE) and value.strip()
    )
    where, kind, hours = (_text(given, name) for name in ("add_to", "add_kind", "add_hours"))
    return Add(where, kind, hours, scores, number)


def _text(given: MultiDict[str, str], name: str) -> str:
    return given.get(name, "").strip()[:LONGEST]


LACKS = {
    "move": "Choose the case that moves.",
    "close": "Choose the case that is closed.",
    "hours": "Choose whose hours change.",
    "join": "Give a name or initials.",
}
NEW: Mapping[str, Callable[[MultiDict[str, str], str], Change]] = {
    "move": lambda given, _: Move(_text(given, "move_case"), _text(given, "move_to")),
    "close": lambda given, _: Close(_text(given, "close_case")),
    "add": _add,
    "hours": lambda given, _: Hours(_text(given, "hours_worker"), _text(given, "hours_value")),
    "join": lambda given, number: Join(
        _text(given, "join_name"), _text(given, "join_hours"), "join_newly" in given, number
    ),
}

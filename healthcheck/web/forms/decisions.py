"""What was posted of a decision about workload; whether it will do is decided in the core."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core.plans import Owner
from healthcheck.core.workload import decisions as rules
from healthcheck.core.workload.decisions import Kind, Proposed
from healthcheck.web.forms import days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FIELDS = ("kind", "until", "reason", "what", "owner", "owner_name", "review")
"""In the order in which the page asks for them."""


@dataclass
class DecisionForm:
    """A decision as it stands in the boxes, and every problem by its field."""

    kind: str = ""
    what: str = ""
    reason: str = ""
    owner: str = ""
    owner_name: str = ""
    dates: dict[str, days.Boxes] = field(
        default_factory=lambda: {"until": days.EMPTY, "review": days.EMPTY}
    )
    days: dict[str, date | None] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def proposed(self) -> Proposed:
        """Return the decision described; a date that is no date counts as none."""
        return Proposed(
            kind=Kind[self.kind] if self.kind else None,
            what=self.what,
            reason=self.reason,
            until=self.days.get("until"),
            owner=Owner(person_id=self.owner) if self.owner else Owner(name=self.owner_name),
            review=self.days.get("review"),
        )


def posted(given: Mapping[str, str], today: date) -> DecisionForm:
    """Return a decision as posted, with every problem of it."""
    form = DecisionForm()
    for name in ("what", "reason", "owner", "owner_name"):
        setattr(form, name, given.get(name, "").replace("\r\n", "\n"))
    if given.get("kind") in Kind.__members__:
        form.kind = given["kind"]
    wrong: dict[str, str] = {}
    for name in form.dates:
        form.dates[name], form.days[name] = days.posted(given, name, wrong)
    if form.kind != Kind.ACCEPT.name:
        wrong.pop("until", None)
    found = {**rules.problems(form.proposed(), today), **wrong}
    form.problems = {name: found[name] for name in FIELDS if name in found} | found
    return form

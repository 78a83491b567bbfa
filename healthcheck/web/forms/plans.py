"""What was posted of an action: its details, its progress, its new rating; kept as typed.

Whether it can be taken is decided by `core.plan_rules` alone, whose sentences the page then shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from healthcheck.core import plan_rules as rules
from healthcheck.core.plans import Delivery, Details, Owner, Priority, Progress
from healthcheck.web.forms import days
from healthcheck.web.forms.days import EMPTY, PARTS, Boxes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DATES = ("start", "due", "review")
OWNER = ("name", "role", "team", "email")
TWO_OWNERS = (
    "Which of the two is the owner? Empty the name and e-mail address, or choose “Somebody else, or"
    " nobody yet”."
)


@dataclass
class ActionForm:
    """An action's details as they stand in the boxes, and every problem by its field.

    `owner` is the id of somebody with an account, empty for anybody else.
    """

    texts: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    dates: dict[str, Boxes] = field(default_factory=lambda: dict.fromkeys(DATES, EMPTY))
    priority: str = Priority.MEDIUM.name
    target_level: str = ""
    reason: str = ""
    based_on: int = 0
    days: dict[str, date] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def details(self) -> Details:
        """Return the details described; a date that is no date counts as none."""
        said = {name: self.texts.get(f"owner_{name}", "") for name in OWNER}
        owner = Owner(**said, person_id=self.owner or None)
        if self.owner:
            owner = Owner("", said["role"], said["team"], "", self.owner)
        given: dict[str, Any] = {name: self.texts.get(name, "") for name in rules.TEXTS}
        return Details(
            **{**given, **self.days},
            owner=owner,
            priority=Priority[self.priority],
            target_level=int(self.target_level) if self.target_level else None,
        )

    def hidden(self) -> list[tuple[str, str]]:
        """Return every field as a page carries it along unseen."""
        dates = [
            (f"{name}.{part}", text)
            for name, parts in self.dates.items()
            for part, text in zip(PARTS, parts, strict=True)
        ]
        rest = [(name, getattr(self, name)) for name in ("owner", "priority", "target_level")]
        return [*self.texts.items(), *rest, *dates, ("reason", self.reason)]


@dataclass
class ProgressForm:
    """How an action goes as it stands in the boxes, and every problem by its field."""

    delivery: str = ""
    reason: str = ""
    recovery: str = ""
    evidence: str = ""
    note: str = ""
    completed: Boxes = EMPTY
    based_on: int = 0
    day: date | None = None
    problems: dict[str, str] = field(default_factory=dict)

    def progress(self) -> Progress:
        """Return the progress described, on track while no status is chosen."""
        texts = {name: getattr(self, name) for name in rules.OF_PROGRESS}
        delivery = Delivery[self.delivery] if self.delivery else Delivery.ON_TRACK
        return Progress(delivery, **texts, completed=self.day)

    def hidden(self) -> list[tuple[str, str]]:
        """Return every field as a page carries it along unseen."""
        texts = [(name, getattr(self, name)) for name in ("delivery", *rules.OF_PROGRESS, "note")]
        dates = zip((f"completed.{part}" for part in PARTS), self.completed, strict=True)
        return [*texts, *dates]


def of_details(details: Details, based_on: int = 0) -> ActionForm:
    """Return the form with an action's details in it."""
    texts = {name: getattr(details, name) for name in rules.TEXTS}
    texts |= {f"owner_{name}": getattr(details.owner, name) for name in OWNER}
    if details.owner.person_id:
        texts |= {"owner_name": "", "owner_email": ""}
    level = details.target_level
    return ActionForm(
        texts=texts,
        owner=details.owner.person_id or "",
        dates={name: days.in_boxes(getattr(details, name)) for name in DATES},
        priority=details.priority.name,
        target_level="" if level is None else str(level),
        based_on=based_on,
    )


def of_progress(progress: Progress, based_on: int) -> ProgressForm:
    """Return the form with an action's progress in it."""
    return ProgressForm(
        progress.delivery.name,
        progress.reason,
        progress.recovery,
        progress.evidence,
        completed=days.in_boxes(progress.completed),
        based_on=based_on,
    )


def posted_details(posted: Mapping[str, str], levels: Mapping[int, object]) -> ActionForm:
    """Return an action's details as posted, with every problem of them."""
    names = [*rules.TEXTS, *(f"owner_{name}" for name in OWNER)]
    form = ActionForm(
        texts={name: posted.get(name, "").replace("\r\n", "\n") for name in names},
        owner=posted.get("owner", ""),
        reason=posted.get("reason", ""),
        based_on=based_on(posted),
    )
    if posted.get("priority") in Priority.__members__:
        form.priority = posted["priority"]
    level = posted.get("target_level", "")
    if level in {str(each) for each in levels}:
        form.target_level = level
    for name in DATES:
        form.dates[name], given = days.posted(posted, name, form.problems)
        if given is not None:
            form.days[name] = given
    found = rules.problems(form.details())
    form.problems = {**found, **form.problems}
    if form.owner and any(form.texts[name].strip() for name in ("owner_name", "owner_email")):
        form.problems["owner"] = TWO_OWNERS
    return form


def posted_progress(posted: Mapping[str, str], today: date) -> ProgressForm:
    """Return progress as posted, with every problem of it."""
    form = ProgressForm(based_on=based_on(posted))
    for name in (*rules.OF_PROGRESS, "note"):
        setattr(form, name, posted.get(name, "").replace("\r\n", "\n"))
    if posted.get("delivery") in Delivery.__members__:
        form.delivery = posted["delivery"]
    form.completed, form.day = days.posted(posted, "completed", form.problems)
    problem = rules.note_problem(form.note)
    if problem:
        form.problems["note"] = problem
    if not form.delivery:
        form.problems["delivery"] = "Choose how the action is going."
        return form
    form.problems = {**rules.progress_problems(form.progress(), today), **form.problems}
    return form


def based_on(posted: Mapping[str, str]) -> int:
    """Return the revision that a form was filled in on; 0, which is none, when it is not told."""
    told = posted.get("based_on", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0  # noqa: PLR2004 - a revision

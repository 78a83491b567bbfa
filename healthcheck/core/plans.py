"""The improvement plan: its actions, who owns them, and how far each has come.

What is written here is decided from the action and the day alone; nothing computed is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


class Delivery(Enum):
    """How an action is going, as its owner says: the word, and the symbol beside it."""

    ON_TRACK = ("On track", "▶")
    AT_RISK = ("At risk", "▲")
    OFF_TRACK = ("Off track", "■")
    COMPLETE = ("Complete", "✓")
    CANCELLED = ("Cancelled", "✕")

    @property
    def word(self) -> str:
        """The word that pages and paper show."""
        return self.value[0]

    @property
    def symbol(self) -> str:
        """The sign beside the word, which tells it apart without colour."""
        return self.value[1]


ENDED = frozenset({Delivery.COMPLETE, Delivery.CANCELLED})
NEEDS_RECOVERY = frozenset({Delivery.AT_RISK, Delivery.OFF_TRACK})
"""Where an owner says why, and what will bring the action back."""


class Priority(Enum):
    """How much an action matters beside the others."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


class Origin(Enum):
    """Where an action comes from; the value is the sentence a page shows."""

    PROPOSED = "From an answer"
    OWN = "Added by the employer"
    REQUEST = "From a reviewer’s change request"
    WORKLOAD = "From a decision about workload"
    CARRIED = "Carried over from last year’s plan"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who carries an action: a member of staff, or a department or body outside.

    `person_id` is set when it is somebody with an account; `email` lets a link be sent to others.
    """

    name: str = ""
    role: str = ""
    team: str = ""
    email: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """All of an action that its lead writes: what, why, who, by when, and how anyone will know."""

    action: str
    finding: str = ""
    outcome: str = ""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    owner: Owner = field(default_factory=Owner)
    resources: str = ""
    start: date | None = None
    due: date | None = None
    no_date_reason: str = ""
    priority: Priority = Priority.MEDIUM
    review: date | None = None
    target_level: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What its owner says of an action: how it goes, and what shows that it is done."""

    delivery: Delivery = Delivery.ON_TRACK
    reason: str = ""
    recovery: str = ""
    evidence: str = ""
    completed: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One action of one health check's plan; `number` counts within the plan from 1.

    `revision` grows by one with every change. `question_id` is the question whose answer it
    tackles, None for one that stands alone; then `area_id` may say which area it belongs to.
    `request_id` is the change request it answers, `carried_from` last year's action it goes on.
    """

    id: str
    assessment_id: str
    number: int
    origin: Origin
    details: Details
    progress: Progress
    revision: int
    changed_at: datetime
    changed_by: str
    created_at: datetime
    question_id: str | None = None
    area_id: str | None = None
    request_id: str | None = None
    carried_from: str | None = None

    @property
    def reference(self) -> str:
        """What people call it, such as "A7"; unique in its plan and never used again."""
        return f"A{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.progress.delivery not in ENDED

    @property
    def lacks_date(self) -> bool:
        """Whether it has neither a due date nor a reason for having none."""
        return self.details.due is None and not self.details.no_date_reason


@dataclass(frozen=True, slots=True)
class Note:
    """One dated note on an action's progress; `way` is how it came: page, link or workbook."""

    action_id: str
    text: str
    written_by: str
    written_at: datetime
    way: str = "page"


@dataclass(frozen=True, slots=True)
class Declined:
    """A weak answer for which no action was taken, at the level it then had, and why."""

    question_id: str
    level: int
    reason: str
    declined_by: str
    declined_at: datetime


@dataclass(frozen=True, slots=True)
class LevelUpdate:
    """A rating that an action changed during the year; what was submitted stays as it was."""

    question_id: str
    action_id: str
    before: int | None
    after: int
    note: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """One health check's plan: actions by number, notes by action oldest first."""

    assessment_id: str
    actions: tuple[Action, ...] = ()
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    declined: Mapping[str, Declined] = field(default_factory=dict)
    updates: tuple[LevelUpdate, ...] = ()


def is_overdue(action: Action, today: date) -> bool:
    """Say whether an open action's due date has passed; the day itself still counts."""
    due = action.details.due
    return action.is_open and due is not None and due < today


def days_overdue(action: Action, today: date) -> int:
    """Return by how many days an action is overdue; 0 when it is not."""
    due = action.details.due
    return (today - due).days if due is not None and is_overdue(action, today) else 0

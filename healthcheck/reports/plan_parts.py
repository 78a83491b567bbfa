"""The parts of the plan's papers, with every word already decided.

Values only, like those of `parts`: texts are plain text, and are escaped where they are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from healthcheck.reports.parts import is_long

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.reports.parts import Pointer

Form = Literal["whole", "by-due", "owners", "sheets", "board", "poster"]


A_PAGE = 46
"""Lines of a table that a page has room for, on the safe side."""
WIDE, NARROW, NARROWEST = 42, 22, 16
"""The letters that a line of the plan's columns has room for, on the safe side."""
TO_DO, TO_DATE = 50, 20
"""The same of an owner's page."""


def lines(texts: Iterable[str], letters: int) -> int:
    """Return about how many lines texts take, where a line has room for so many letters."""
    return sum(1 + len(line) // letters for text in texts for line in text.split("\n"))


def _overflow(*columns: tuple[int, Iterable[str]]) -> bool:
    """Say whether any column, of so many letters a line, may need more than a page."""
    return any(lines(texts, letters) > A_PAGE for letters, texts in columns)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of every paper.

    `chosen` says in a sentence which actions a manager chose, blank for the whole plan. `counts`
    says how many are shown and how they are going.
    """

    title: str
    employer: str
    service: str
    cycle: str
    reference: str
    as_at: str
    as_at_iso: str
    chosen: str
    counts: str


@dataclass(frozen=True, slots=True)
class Status:
    """How an action is going: a word, its sign, and the name of its pattern.

    `late` is "12 days overdue", or blank.
    """

    word: str
    symbol: str
    pattern: str
    late: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A dated note; `by` says who wrote it, and that it came by a link or workbook if it did."""

    on: str
    by: str
    paragraphs: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long(self.paragraphs)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with all that is printed of it; what it lacks is blank.

    `source` says where the action comes from when it belongs to no question. `due` says "No due
    date" with the reason where there is none. `success` is the measure with its baseline and
    target. `rating` says where its question stands and what level is aimed at. `goes_on` says
    that it goes on in next year's plan.
    """

    reference: str
    origin: str
    question: Pointer | None
    area: str
    finding: tuple[str, ...]
    action: tuple[str, ...]
    outcome: tuple[str, ...]
    success: str
    owner: str
    role: str
    team: str
    resources: tuple[str, ...]
    start: str
    due: str
    review: str
    completed: str
    priority: str
    rating: str
    status: Status
    reason: tuple[str, ...]
    recovery: tuple[str, ...]
    evidence: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    is_open: bool
    is_done: bool
    has_date: bool
    goes_on: bool

    @property
    def latest(self) -> NoteRow | None:
        """The newest note."""
        return self.notes[-1] if self.notes else None

    @property
    def is_long(self) -> bool:
        """Say whether its row in the plan may need more than a page, and so may be split."""
        return _overflow(
            (WIDE, (*self.finding, *self.action, *self.outcome, self.success)),
            (NARROW, (*self.reason, *self.recovery, *self.evidence, *self._newest)),
            (NARROWEST, (self.owner, self.role, self.team, *self.resources)),
            (NARROWEST, (self.due,)),
        )

    @property
    def is_long_for_its_owner(self) -> bool:
        """Say whether its row on its owner's page may need more than a page."""
        return _overflow(
            (TO_DO, (*self.finding, *self.action, self.success, *self._newest)),
            (TO_DATE, (self.due, *self.recovery)),
        )

    @property
    def _newest(self) -> tuple[str, ...]:
        return self.latest.paragraphs if self.latest else ()


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under one heading; `counts` says how many there are and how they are going."""

    title: str
    counts: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """A weak answer for which no action was taken, and why."""

    question: Pointer
    level: str
    reason: tuple[str, ...]
    by: str

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long(self.reason)


@dataclass(frozen=True, slots=True)
class WholePlan:
    """The plan in groups; `without` lists what is left out of it, only where all of it is shown."""

    heading: Heading
    groups: tuple[Group, ...]
    without: tuple[Without, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many actions are going in one way."""

    status: Status
    many: int


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """One owner's actions in order of date."""

    title: str
    role: str
    team: str
    counts: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class OwnerPack:
    """A page, or as many as it takes, for each owner."""

    heading: Heading
    owners: tuple[OwnerPage, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One action's sheet, with how many empty lines its progress table has."""

    row: ActionRow
    lines: int


@dataclass(frozen=True, slots=True)
class Sheets:
    """A sheet for each action."""

    heading: Heading
    sheets: tuple[Sheet, ...]

"""BASW's queue: where every employer and service of a cycle stands, filtered, sorted and in pages.

A service that an employer assesses and that has no health check in the cycle is a line too, so
that a missing one is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.assessments import days_left
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, SERVICES, service_title
from healthcheck.core.steps import STILL_TO_COME, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from healthcheck.core.accounts import Employer

MISSING = "No health check"
"""The status of a service that has no health check in the cycle."""
NOT_ASSESSED = "Not in its list of services"
NOBODY = "nobody"
ON_A_PAGE = 50
STATES = tuple(State)
LAST = "\uffff"
"""What sorts behind every date and name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One employer and service in a cycle; without an assessment, most of it is blank.

    `beside` says in words where the employer's other services stand. `is_own` says that the person
    who looks belongs to this employer, and so cannot review it.
    """

    employer: Employer
    service: str
    assessment_id: str = ""
    reference: str = ""
    state: State | None = None
    due: date | None = None
    active_at: datetime | None = None
    reviewer_id: str = ""
    reviewer: str = ""
    is_own: bool = False
    beside: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        return MISSING if self.state is None else self.state.value

    @property
    def service_title(self) -> str:
        """The service's name for readers."""
        return service_title(self.service)

    @property
    def is_still_to_come(self) -> bool:
        """Say whether the employer's part of the cycle is still to be done."""
        return self.state is None or self.state in STILL_TO_COME

    @property
    def is_open_to_review(self) -> bool:
        """Say whether there is a review to claim, now or later."""
        return self.state is not None and self.state not in {State.ACCEPTED, State.WITHDRAWN}

    def days(self, today: date) -> int | None:
        """Return the days to the deadline, negative when overdue; None when nothing is due."""
        if self.due is None or not self.is_still_to_come:
            return None
        return days_left(self.due, today)

    def is_overdue(self, today: date) -> bool:
        """Say whether the deadline has passed and the employer's part is not done."""
        days = self.days(today)
        return days is not None and days < 0

    def deadline(self, today: date) -> str:
        """Return the deadline in words."""
        days = self.days(today)
        if days is None:
            return "None" if self.due is None else "Done"
        if days == 0:
            return "Due today"
        noun = "day" if abs(days) == 1 else "days"
        return f"{-days:,} {noun} overdue" if days < 0 else f"{days:,} {noun} left"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are wanted, and in which order; blank means all.

    `status` is a state's name, or "MISSING"; `sort` is a column, with a hyphen before it for the
    other way round.
    """

    status: str = ""
    nation: str = ""
    employer_type: str = ""
    service: str = ""
    reviewer: str = ""
    overdue: bool = False
    name: str = ""
    sort: str = "employer"
    page: int = 1

    def by(self, column: str) -> Wanted:
        """Return the same sorted by a column; by the one sorted by already, the other way round."""
        return replace(self, sort=f"-{column}" if self.sort == column else column, page=1)

    @property
    def column(self) -> str:
        """The column sorted by."""
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        """Say whether the largest comes first."""
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines, and how many there are altogether."""

    lines: tuple[Line, ...]
    number: int
    of: int
    total: int


SORTS: Mapping[str, Callable[[Line], str]] = {
    "employer": lambda line: line.employer.name.casefold(),
    "service": lambda line: line.service_title,
    "nation": lambda line: NATIONS[line.employer.nation],
    "type": lambda line: EMPLOYER_TYPES[line.employer.employer_type],
    "status": lambda line: f"{STATES.index(line.state):02}" if line.state else "",
    "deadline": lambda line: line.due.isoformat() if line.due and line.is_still_to_come else LAST,
    "activity": lambda line: line.active_at.isoformat() if line.active_at else "",
    "reviewer": lambda line: line.reviewer.casefold() or LAST,
    "beside": lambda line: " ".join(line.beside),
}
"""The text that each column is sorted by, before the employer's name and the service."""


def side_by_side(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines, each told where the employer's other services stand.

    Children's and adults' services are named even when the employer does not assess them.
    """
    listed = tuple(lines)
    of: dict[str, dict[str, str]] = {}
    for line in listed:
        of.setdefault(line.employer.id, {})[line.service] = line.status
    return tuple(
        replace(line, beside=_beside(line.service, of[line.employer.id])) for line in listed
    )


def chosen(lines: Iterable[Line], wanted: Wanted, today: date) -> tuple[Line, ...]:
    """Return the lines that are wanted, in the order wanted."""
    name = wanted.name.casefold().strip()
    found = [
        line
        for line in lines
        if (not wanted.status or wanted.status == (line.state.name if line.state else "MISSING"))
        and (not wanted.nation or wanted.nation == line.employer.nation)
        and (not wanted.employer_type or wanted.employer_type == line.employer.employer_type)
        and (not wanted.service or wanted.service == line.service)
        and (not wanted.reviewer or wanted.reviewer == (line.reviewer_id or NOBODY))
        and (not wanted.overdue or line.is_overdue(today))
        and (name in line.employer.name.casefold() or name == line.reference.casefold())
    ]
    found.sort(key=lambda line: (line.employer.name.casefold(), line.service_title))
    found.sort(key=SORTS.get(wanted.column, SORTS["employer"]), reverse=wanted.is_descending)
    return tuple(found)


def page_of(lines: Sequence[Line], number: int, on_a_page: int = ON_A_PAGE) -> Page:
    """Return one page; a number beyond the last gives the last, and one below 1 the first."""
    last = max(1, -(-len(lines) // on_a_page))
    number = min(max(number, 1), last)
    start = (number - 1) * on_a_page
    return Page(tuple(lines[start : start + on_a_page]), number, last, len(lines))


def _beside(service: str, states: Mapping[str, str]) -> tuple[str, ...]:
    others = {each: states.get(each, NOT_ASSESSED) for each in (*SERVICES, *states)}
    return tuple(
        f"{service_title(each)}: {state.lower()}"
        for each, state in others.items()
        if each != service
    )

"""The board of a plan: its actions in groups, how many stand where, and how far each date is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.plan_filters import DAYS, DUE
from healthcheck.core.plans import Delivery, days_overdue, is_overdue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from healthcheck.core.plans import Action

NO_OWNER = "Nobody yet"
NO_AREA = "Not in one area"
LATER = "Later"
ENDED = "Complete or cancelled"


PRESSING = (
    Delivery.OFF_TRACK,
    Delivery.AT_RISK,
    Delivery.ON_TRACK,
    Delivery.COMPLETE,
    Delivery.CANCELLED,
)
"""The statuses, the one that presses most first."""


class Grouping(Enum):
    """How the actions are put together; the value is the word pages show."""

    OWNER = "Owner"
    AREA = "Area"
    DUE = "Due date"
    STATUS = "Status"

    @property
    def id(self) -> str:
        """What stands for it in an address."""
        return self.name.lower()


GROUPINGS: Mapping[str, Grouping] = {each.id: each for each in Grouping}


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that belong together, in the order of the plan."""

    title: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions there are, and how many of them stand where."""

    all: int
    open: int
    overdue: int
    without_date: int
    by_delivery: tuple[tuple[Delivery, int], ...]


def grouped(
    actions: Iterable[Action],
    by: Grouping,
    today: date,
    area_of: Callable[[Action], str],
    areas: Mapping[str, str],
) -> tuple[Group, ...]:
    """Return the actions in groups, none of them empty; inside each, the order is kept.

    Owners come by name, areas as in the questionnaire (`areas` has their titles by id), due dates
    and statuses from the most pressing; whatever has none of these comes last.
    """
    found: dict[str, list[Action]] = {}
    titles: dict[str, str] = {}
    for each in actions:
        title = _title(each, by, today, area_of, areas)
        key = title.casefold()
        titles.setdefault(key, title)
        found.setdefault(key, []).append(each)
    order = _order(by, titles.values(), areas)
    return tuple(
        Group(titles[key], tuple(found[key]))
        for key in sorted(found, key=lambda key: order(titles[key]))
    )


def counts(
    actions: Iterable[Action], today: date, carried_on: Collection[str] = frozenset()
) -> Counts:
    """Count actions; a status that none has is counted as 0.

    What goes on in next year's plan, by id in `carried_on`, is open, overdue or without a date
    there, and is counted so there alone.
    """
    listed = tuple(actions)
    stand = Counter(each.progress.delivery for each in listed)
    still_here = [each for each in listed if each.is_open and each.id not in carried_on]
    return Counts(
        all=len(listed),
        open=len(still_here),
        overdue=sum(is_overdue(each, today) for each in still_here),
        without_date=sum(each.details.due is None for each in still_here),
        by_delivery=tuple((each, stand[each]) for each in Delivery),
    )


def when(action: Action, today: date) -> str:
    """Return how far an open action's due date is, in words; blank without one or when it ended."""
    due = action.details.due
    if due is None or not action.is_open:
        return ""
    if late := days_overdue(action, today):
        return f"Overdue by {late:,} {'day' if late == 1 else 'days'}"
    days = (due - today).days
    return {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due in {days:,} days")


def _title(
    action: Action,
    by: Grouping,
    today: date,
    area_of: Callable[[Action], str],
    areas: Mapping[str, str],
) -> str:
    if by is Grouping.OWNER:
        return " ".join(action.details.owner.name.split()) or NO_OWNER
    if by is Grouping.AREA:
        return areas.get(area_of(action), NO_AREA)
    if by is Grouping.STATUS:
        return action.progress.delivery.word
    return _due_title(action, today)


def _due_title(action: Action, today: date) -> str:
    due = action.details.due
    if not action.is_open:
        return ENDED
    if due is None:
        return DUE["no-date"]
    if is_overdue(action, today):
        return DUE["overdue"]
    return next((DUE[name] for name, days in DAYS.items() if due <= today + timedelta(days)), LATER)


def _order(
    by: Grouping, titles: Iterable[str], areas: Mapping[str, str]
) -> Callable[[str], tuple[int, str]]:
    """Return what sorts the titles of groups."""
    if by is Grouping.OWNER:
        return lambda title: (int(title == NO_OWNER), title.casefold())
    if by is Grouping.AREA:
        known = [*areas.values(), NO_AREA]
    elif by is Grouping.STATUS:
        known = [each.word for each in PRESSING]
    else:
        known = [DUE["overdue"], *(DUE[name] for name in DAYS), LATER, DUE["no-date"], ENDED]
    places = {title: known.index(title) for title in titles}
    return lambda title: (places[title], title)

"""Which actions of a plan are wanted, said in an address, on the command line or on paper alike.

One rule for all of them, so that what is printed or downloaded is what was on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.plans import Delivery, Priority, is_overdue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from healthcheck.core.plans import Action
    from healthcheck.core.questionnaires import Questionnaire

LONGEST = 200
"""The most characters that any part of a filter can have."""
NOBODY = "nobody"
"""The owner that stands for having none."""
NONE = "none"
"""The team, or the area, that stands for having none."""
OVERDUE = "overdue"
OPEN = "open"
NO_DATE = "no-date"

DUE: Mapping[str, str] = {
    OVERDUE: "Overdue",
    "7-days": "Due in the next 7 days",
    "30-days": "Due in the next 30 days",
    "90-days": "Due in the next 90 days",
    NO_DATE: "No due date",
}
"""What can be asked of due dates, and how pages call it; all but the last mean open actions."""
DAYS: Mapping[str, int] = {"7-days": 7, "30-days": 30, "90-days": 90}

DELIVERIES: Mapping[str, Delivery] = {
    each.word.lower().replace(" ", "-"): each for each in Delivery
}
STATUS: Mapping[str, str] = {
    OPEN: "Open",
    OVERDUE: "Overdue",
    **{name: each.word for name, each in DELIVERIES.items()},
}
"""What can be asked of the status, and how pages call it."""

PRIORITIES = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which actions are wanted; blank means all. Owner and team are names, area is an id."""

    owner: str = ""
    team: str = ""
    area: str = ""
    due: str = ""
    status: str = ""

    @property
    def is_blank(self) -> bool:
        """Say whether every action is wanted."""
        return self == Filter()


NAMES = tuple(each.name for each in fields(Filter))


def read(query: Mapping[str, str]) -> Filter:
    """Return what an address or a command asks for; other names in it mean nothing here.

    Case does not count, and "30 days" is "30-days". Raises UnacceptableDetailsError, which names
    what is allowed.
    """
    asked = {name: " ".join(query.get(name, "").split()) for name in NAMES}
    for name, value in asked.items():
        if len(value) > LONGEST or not value.isprintable():
            raise UnacceptableDetailsError(
                f"The {name} to look for can be up to {LONGEST} characters, on one line."
            )
    asked["due"] = _one_of("due date", asked["due"], DUE)
    asked["status"] = _one_of("status", asked["status"], STATUS)
    return Filter(**asked)


def query(wanted: Filter) -> dict[str, str]:
    """Return what an address says after its question mark; what is not asked for is left out."""
    return {name: value for name in NAMES if (value := getattr(wanted, name))}


def chosen(
    actions: Iterable[Action], wanted: Filter, today: date, area_of: Callable[[Action], str]
) -> tuple[Action, ...]:
    """Return the actions that are wanted, in the order of `in_order`.

    `area_of` tells the id of an action's area, blank for none; `by_area` makes one.
    """
    return in_order(
        each
        for each in actions
        if _is(wanted.owner, each.details.owner.name, NOBODY)
        and _is(wanted.team, each.details.owner.team, NONE)
        and _is(wanted.area, area_of(each) if wanted.area else "", NONE)
        and _is_due(each, wanted.due, today)
        and _stands(each, wanted.status, today)
    )


def in_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return actions as plans list them: the earliest due first, then by priority, then number.

    Those without a date come last.
    """
    return tuple(
        sorted(
            actions,
            key=lambda each: (
                each.details.due or date.max,
                PRIORITIES.index(each.details.priority),
                each.number,
            ),
        )
    )


def by_area(questionnaire: Questionnaire) -> Callable[[Action], str]:
    """Return what tells an action's area: that of its question, else its own, else blank."""
    areas = {question.id: area.id for area in questionnaire.sections for question in area.questions}
    return lambda action: areas.get(action.question_id or "", action.area_id or "")


def in_words(wanted: Filter, areas: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is asked for, each part in words; `areas` has the title of each area's id."""
    said = {
        "Owner": "nobody yet" if wanted.owner == NOBODY else wanted.owner,
        "Team": wanted.team,
        "Area": areas.get(wanted.area, wanted.area),
        "Due": DUE.get(wanted.due, "").lower(),
        "Status": STATUS.get(wanted.status, "").lower(),
    }
    return tuple(f"{name}: {words}" for name, words in said.items() if words)


def _one_of(name: str, typed: str, allowed: Mapping[str, str]) -> str:
    tidied = typed.lower().replace(" ", "-")
    if tidied and tidied not in allowed:
        choices = ", ".join(f"“{each}”" for each in allowed)
        raise UnacceptableDetailsError(
            f"“{typed}” is no {name} that can be asked for. Choose one of {choices}."
        )
    return tidied


def _is(wanted: str, there: str, none: str) -> bool:
    """Say whether a name is the one wanted; case does not count."""
    there = " ".join(there.split()).casefold()
    return not wanted or (there or none) == wanted.casefold()


def _is_due(action: Action, wanted: str, today: date) -> bool:
    due = action.details.due
    if wanted == OVERDUE:
        return is_overdue(action, today)
    if wanted == NO_DATE:
        return due is None
    if wanted in DAYS:
        latest = today + timedelta(days=DAYS[wanted])
        return action.is_open and due is not None and today <= due <= latest
    return True


def _stands(action: Action, wanted: str, today: date) -> bool:
    if wanted == OPEN:
        return action.is_open
    if wanted == OVERDUE:
        return is_overdue(action, today)
    return not wanted or action.progress.delivery is DELIVERIES[wanted]

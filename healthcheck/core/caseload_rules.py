"""What may be written in a report of an excessive caseload: one rule and one wording.

It is about work, never about a client. What is obvious is refused: an NHS number, a National
Insurance number, a date of birth, a name with a date beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import clean
from healthcheck.core.caseload_reports import FEWEST_DAYS, MOST_DAYS
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload import clients

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 2000
TEAM, SERVICE = "team-", "service-"
WHOLE = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, as a form offers it: a team, or a service without saying the team."""

    value: str
    words: str
    service: str
    team_id: str | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into the form, or the same made tidy."""

    place: str = ""
    problem: str = ""
    wish: str = ""


def places(services: Sequence[str], teams: Iterable[tuple[str, str, str]]) -> tuple[Place, ...]:
    """Return where somebody can say that they work; a team is its id, name and service."""
    known = [
        Place(TEAM + id_, f"{name} ({service_title(service)})", service, id_)
        for id_, name, service in teams
    ]
    end = ", without saying which team" if known else ""
    return (
        *known,
        *(Place(SERVICE + each, service_title(each) + end, each) for each in services),
    )


def tidied(typed: Typed) -> Typed:
    """Return what was typed without space around it, with one kind of line end."""
    return Typed(typed.place, clean(typed.problem).strip(), clean(typed.wish).strip())


def problems(typed: Typed, offered: Iterable[Place]) -> dict[str, str]:
    """Return a sentence for each field that cannot be taken, in the order of the form."""
    found = {
        "place": ""
        if typed.place in {each.value for each in offered}
        else "Choose where you work.",
        "problem": _text(typed.problem, "what is too much")
        if typed.problem
        else "Say what is too much. A sentence is enough.",
        "wish": _text(typed.wish, "what would help"),
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def answer(text: str) -> str:
    """Return an answer made tidy. Raises UnacceptableDetailsError with a sentence."""
    return _needed(text, "Say what will change.", "what will change")


def still_wrong(text: str) -> str:
    """Return, made tidy, why an answer did not help. Raises UnacceptableDetailsError."""
    return _needed(text, "Say what is still wrong. A sentence is enough.", "what is still wrong")


def answer_days(typed: str) -> int | None:
    """Return the days typed, None for nothing. Raises UnacceptableDetailsError."""
    text = typed.strip()
    if not text:
        return None
    if not WHOLE.fullmatch(text) or not FEWEST_DAYS <= int(text) <= MOST_DAYS:
        raise UnacceptableDetailsError(f"Enter a whole number from {FEWEST_DAYS} to {MOST_DAYS}.")
    return int(text)


def _needed(text: str, empty: str, what: str) -> str:
    tidy = clean(text).strip()
    problem = _text(tidy, what) if tidy else empty
    if problem:
        raise UnacceptableDetailsError(problem)
    return tidy


def _text(text: str, what: str) -> str:
    if len(text) > LONGEST:
        return f"You can write up to {LONGEST:,} characters about {what}; this has {len(text):,}."
    return clients.refused(text, "a report")

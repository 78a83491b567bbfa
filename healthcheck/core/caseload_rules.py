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
from healthcheck.core.workload.references import A_DATE, NATIONAL_INSURANCE, TEN_FIGURES, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 2000
TEAM, SERVICE = "team-", "service-"
WHOLE = re.compile(r"[0-9]{1,2}")
BORN = re.compile(r"\b(?:born|birthday|d\.?o\.?b\b\.?|date of birth)", re.IGNORECASE)
REACH = 30
"""Characters after a word for being born within which a date is one of birth."""
NAMES_BEFORE = re.compile(rf"(?<!\w)({WORD})\s+({WORD})[\s,:(-]{{1,4}}$")
NAMES_AFTER = re.compile(rf"^[\s,:)-]{{1,4}}({WORD})\s+({WORD})(?!\w)")
NOT_NAMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|since|from|on|until|till|by|before|after|week"
    r"|ending|team|the|it|i|we|in|at|and|duty|as|of|this|my",
    re.IGNORECASE,
)
LEAVE_OUT = "Take it out: a report is about the work, never about a client."


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


def names_a_client(text: str) -> str:
    """Return what in a text seems to say who a client is, nothing when nothing does."""
    if TEN_FIGURES.search(text):
        return "ten figures, which may be an NHS number"
    if NATIONAL_INSURANCE.search(text):
        return "a National Insurance number"
    for found in A_DATE.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if BORN.search(before[-REACH:]):
            return "a date of birth"
        for names in (NAMES_BEFORE.search(before), NAMES_AFTER.search(after)):
            if names and all(map(_looks_like_a_name, names.groups())):
                return "what looks like a name and a date"
    return ""


def _looks_like_a_name(word: str) -> bool:
    return word[0].isupper() and not NOT_NAMES.fullmatch(word)


def _needed(text: str, empty: str, what: str) -> str:
    tidy = clean(text).strip()
    problem = _text(tidy, what) if tidy else empty
    if problem:
        raise UnacceptableDetailsError(problem)
    return tidy


def _text(text: str, what: str) -> str:
    if len(text) > LONGEST:
        return f"You can write up to {LONGEST:,} characters about {what}; this has {len(text):,}."
    told = names_a_client(text)
    return f"There is {told} in what you wrote. {LEAVE_OUT}" if told else ""

"""A case reference is yours and never says who the client is: what is refused, and in which words.

The rule sees what is obvious: a date of birth, an NHS number, a National Insurance number, an
e-mail address, two names in a row. It cannot see everything, which is why pages say so as well.
"""

from __future__ import annotations

import re

from healthcheck.core.employers import NOT_SHOWN
from healthcheck.core.workload.clients import (
    A_DATE,
    NATIONAL_INSURANCE,
    TEN_FIGURES,
    WORD,
    is_of_birth,
    plain,
)

LONGEST = 30
ALLOWED = (
    "Use your own case number, such as C-1042, or leave it empty. Never a client’s name, date of"
    " birth or NHS number."
)
RUN = re.compile(rf"(?<!\w){WORD}\.?(?:(?:,? |,){WORD}\.?)+(?!\w)")
"""Two words or more in a row."""
INITIAL = re.compile(r"([^\W\d_])\.?,?")
NOT_NAMES = frozenset(
    {
        "case", "client", "family", "no", "number", "ref", "reference", "file", "the", "of", "and",
        "day", "team", "group", "court", "duty", "visit", "review", "child", "children", "sibling",
        "siblings", "adult", "adults", "care", "leaver", "in", "need", "to", "be", "set", "up",
        "open", "closed", "new", "old", "unit", "ward", "area", "north", "south", "east", "west",
    }
)  # fmt: skip
WEIGHTS = range(10, 1, -1)
LAST_OF_ELEVEN = 11


def problem(reference: str) -> str:
    """Return why a case reference cannot be taken, nothing when it can."""
    if len(reference) > LONGEST:
        return f"A case reference can have up to {LONGEST} characters. {ALLOWED}"
    told = _tells(plain(reference))
    if told:
        return f"A case reference cannot hold {told}. {ALLOWED}"
    if NOT_SHOWN.search(reference):
        return "The case reference has a character in it that cannot be seen. Type it again."
    return ""


def _tells(reference: str) -> str:
    """Return what a reference says of a client; nothing when it seems to say nothing."""
    if A_DATE.search(reference) or is_of_birth(reference):
        return "a date, which may be a date of birth"
    if any(_is_nhs_number(found[0]) for found in TEN_FIGURES.finditer(reference)):
        return "an NHS number"
    if NATIONAL_INSURANCE.search(reference):
        return "a National Insurance number"
    if "@" in reference:
        return "an e-mail address"
    if any(_looks_like_a_name(found[0]) for found in RUN.finditer(reference)):
        return "what looks like a name"
    return ""


def _looks_like_a_name(run: str) -> bool:
    """Say whether words in a row hold two that could be names, or one with an initial.

    One letter after a word, as in "Court A", is no initial unless a mark says so.
    """
    words = run.replace(",", ", ").split()
    named = [each for each in words if each.strip(".,").casefold() not in NOT_NAMES]
    long = [at for at, each in enumerate(named) if not INITIAL.fullmatch(each)]
    initials = [
        at
        for at, each in enumerate(named)
        if INITIAL.fullmatch(each)
        and each[0].isupper()
        and (at < max(long, default=0) or each.endswith(".") or named[at - 1].endswith(","))
    ]
    return len(long) > 1 or bool(long and initials)


def _is_nhs_number(text: str) -> bool:
    """Say whether ten figures carry the check digit of an NHS number (modulus 11)."""
    figures = [int(each) for each in text if each.isdigit()]
    total = sum(weight * figure for weight, figure in zip(WEIGHTS, figures, strict=False))
    return (LAST_OF_ELEVEN - total % LAST_OF_ELEVEN) % LAST_OF_ELEVEN == figures[-1]

"""A case reference is yours and never says who the client is: what is refused, and in which words.

The rule sees what is obvious: a date of birth, an NHS number, a National Insurance number, an
e-mail address, two names in a row. It cannot see everything, which is why pages say so as well.
"""

from __future__ import annotations

import re

from healthcheck.core.employers import NOT_SHOWN

LONGEST = 30
ALLOWED = (
    "Use your own case number, such as C-1042, or leave it empty. Never a client’s name, date of"
    " birth or NHS number."
)
A_DATE = re.compile(
    r"\b(?:0?[1-9]|[12]\d|3[01])(?P<gap>[/.\- ])(?:0?[1-9]|1[0-2])(?P=gap)(?:19|20)?\d\d\b"
    r"|\b(?:19|20)\d\d(?P<mark>[/.\-])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])\b"
    r"|\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[ \-]?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-,]*(?:19|20)?\d\d\b",
    re.ASCII | re.IGNORECASE,
)
TEN_FIGURES = re.compile(r"(?<!\d)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)", re.ASCII)
NATIONAL_INSURANCE = re.compile(
    r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.ASCII | re.IGNORECASE
)
WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
NAMES = re.compile(rf"(?<!\w){WORD}\.?,?\s+(?:{WORD}\.?\s+)*{WORD}(?!\w)")
NOT_NAMES = frozenset(
    {"case", "client", "family", "no", "number", "ref", "reference", "file", "the", "of", "and"}
)
WEIGHTS = range(10, 1, -1)
LAST_OF_ELEVEN = 11


def problem(reference: str) -> str:
    """Return why a case reference cannot be taken, nothing when it can."""
    told = _tells(reference)
    if told:
        return f"A case reference cannot hold {told}. {ALLOWED}"
    if len(reference) > LONGEST:
        return f"A case reference can have up to {LONGEST} characters. {ALLOWED}"
    if NOT_SHOWN.search(reference):
        return "The case reference has a character in it that cannot be seen. Type it again."
    return ""


def _tells(reference: str) -> str:
    """Return what a reference says of a client; nothing when it seems to say nothing."""
    if A_DATE.search(reference):
        return "a date, which may be a date of birth"
    if any(_is_nhs_number(found[0]) for found in TEN_FIGURES.finditer(reference)):
        return "an NHS number"
    if NATIONAL_INSURANCE.search(reference):
        return "a National Insurance number"
    if "@" in reference:
        return "an e-mail address"
    names = NAMES.search(reference)
    if names and _look_like_names(names[0]):
        return "what looks like a name"
    return ""


def _look_like_names(words: str) -> bool:
    """Say whether at least two of the words begin with a capital and are no usual words."""
    found = [each.strip(".,") for each in words.split()]
    named = [each for each in found if each[:1].isupper() and each.casefold() not in NOT_NAMES]
    return len([each for each in named if len(each) > 1]) > 1


def _is_nhs_number(text: str) -> bool:
    """Say whether ten figures carry the check digit of an NHS number (modulus 11)."""
    figures = [int(each) for each in text if each.isdigit()]
    total = sum(weight * figure for weight, figure in zip(WEIGHTS, figures, strict=False))
    return (LAST_OF_ELEVEN - total % LAST_OF_ELEVEN) % LAST_OF_ELEVEN == figures[-1]

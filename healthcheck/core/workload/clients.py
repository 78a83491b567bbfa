"""What in words that people write seems to say who a client is: one rule for every free text here.

Caseloads are about work, so no text in these rooms needs a client. What is obvious is seen: an NHS
number, a National Insurance number, a date of birth, names. It cannot see everything, which is why
pages say so as well.
"""

from __future__ import annotations

import re
import unicodedata

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:19|20)?\d\d\b"
A_DATE = re.compile(
    rf"\b{DAY_OF_MONTH}(?P<gap> ?[/.\\\-] ?| )(?:0?[1-9]|1[0-2])(?P=gap){YEAR}"
    rf"|\b(?:19|20)\d\d(?P<mark> ?[/.\\\-] ?)(?:0?[1-9]|1[0-2])(?P=mark){DAY_OF_MONTH}\b"
    rf"|\b{DAY_OF_MONTH}(?:st|nd|rd|th)?(?: of)?[ \-]?{MONTH}[ .\-,]*{YEAR}"
    rf"|\b{MONTH}\.? {DAY_OF_MONTH}(?:st|nd|rd|th)?[ ,]+{YEAR}",
    re.ASCII | re.IGNORECASE,
)
TEN_FIGURES = re.compile(r"(?<!\d)\d{3}[ .\-]{0,2}\d{3}[ .\-]{0,2}\d{4}(?!\d)", re.ASCII)
NATIONAL_INSURANCE = re.compile(
    r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.ASCII | re.IGNORECASE
)
BORN = re.compile(
    r"\b(?:born|birthday|d\.? ?o\.? ?b\b\.?|date +of +birth)", re.ASCII | re.IGNORECASE
)
IN_ONE = re.compile(r"(?<!\d)(?:\d{6}|\d{8})(?!\d)", re.ASCII)
"""A date without anything between its parts; one only after a word for being born."""
REACH = 30
"""Characters after a word for being born within which a date is one of birth."""
LONGEST_WORD = 40
WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
NAMES_BEFORE = re.compile(rf"(?<!\w)({WORD}) +({WORD})[ ,:(-]{{1,4}}$")
NAMES_AFTER = re.compile(rf"^[ ,:)-]{{1,4}}({WORD}) +({WORD})(?!\w)")
AROUND = 2 * LONGEST_WORD
"""Characters before and after a date within which names are looked for."""
NOT_NAMES = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "since",
        "from", "on", "until", "till", "by", "before", "after", "week", "ending", "team", "the",
        "it", "i", "we", "in", "at", "and", "duty", "as", "of", "or", "to", "this", "my",
        "practice", "educator", "annual", "leave", "sick", "sickness", "maternity", "paternity",
        "adoption", "parental", "study", "union", "phased", "return", "court", "training", "newly",
        "qualified", "representative", "half", "term", "bank", "holiday", "trade", "social",
        "worker", "manager", "lead", "carer", "long", "service", "agreed", "review", "reduced",
        "hours",
    }
)  # fmt: skip
DASHES = re.compile(r"[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]")


def plain(text: str) -> str:
    """Return a text as the rules read it: figures and letters of any form as the usual ones.

    Characters that cannot be seen are taken out and every kind of space is one, so that nothing is
    hidden by how it is written.
    """
    usual = unicodedata.normalize("NFKC", text)
    seen = "".join(
        str(unicodedata.digit(each, each)) for each in usual if unicodedata.category(each) != "Cf"
    )
    return re.sub(r"\s+", " ", DASHES.sub("-", seen))


def named_in(text: str) -> str:
    """Return what in a text seems to say who a client is, nothing when nothing does."""
    said = plain(text)
    if TEN_FIGURES.search(said):
        return "ten figures, which may be an NHS number"
    if NATIONAL_INSURANCE.search(said):
        return "a National Insurance number"
    if is_of_birth(said):
        return "a date of birth"
    if any(_has_names_beside(said, found) for found in A_DATE.finditer(said)):
        return "what looks like a name and a date"
    return ""


def is_of_birth(said: str) -> bool:
    """Say whether a plain text gives a date soon after a word for being born."""
    for word in BORN.finditer(said):
        after = said[word.end() :]
        found = A_DATE.search(after) or IN_ONE.search(after)
        if found is not None and found.start() <= REACH:
            return True
    return False


def refused(text: str, what: str, wrote: str = "what you wrote") -> str:
    """Return the sentence that refuses a text, nothing when it can be taken.

    `what` is what it belongs to, such as "a report".
    """
    told = named_in(text)
    if not told:
        return ""
    return (
        f"There is {told} in {wrote}. Take it out: {what} is about the work, never about a client."
    )


def _has_names_beside(said: str, found: re.Match[str]) -> bool:
    before = said[max(0, found.start() - AROUND) : found.start()]
    after = said[found.end() : found.end() + AROUND]
    return any(
        names is not None and all(map(_looks_like_a_name, names.groups()))
        for names in (NAMES_BEFORE.search(before), NAMES_AFTER.search(after))
    )


def _looks_like_a_name(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in NOT_NAMES

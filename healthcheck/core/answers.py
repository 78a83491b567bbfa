"""What a person enters for a question, and the one rule that turns it into an accepted answer.

The web form, the answers file and the command line all call `accept`, so there is one rule and one
wording. An entry that is not valid yet is kept as entered; only its answer is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from healthcheck.core import questionnaires as q
from healthcheck.core import typed
from healthcheck.core.links import is_web_address
from healthcheck.core.typed import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.conditions import Comparable

Value = int | bool | str | tuple[str, ...] | Decimal | date

LONGEST_TEXT = 10_000
LONGEST_LINE = 500
MOST_LINKS = 20
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WORKED_OUT = "This figure is worked out from others and cannot be entered."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file given as evidence; `size` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Exactly what was entered for one question; links stand one a line."""

    value: tuple[str, ...] = ()
    not_applicable: bool = False
    reason: str = ""
    evidence: str = ""
    links: str = ""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing at all was entered."""
        return not (
            any(each.strip() for each in self.value)
            or self.not_applicable
            or self.reason.strip()
            or self.evidence.strip()
            or self.links.strip()
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An accepted answer; `not_applicable` holds the reason, and then there is no value."""

    value: Value | None = None
    not_applicable: str | None = None
    evidence: str = ""
    links: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Say whether the question needs nothing more."""
        return self.value is not None or self.not_applicable is not None

    @property
    def has_evidence(self) -> bool:
        """Say whether any evidence was given, in words, links or files."""
        return bool(self.evidence or self.links or self.attachments)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of an entry, in words for the person who entered it."""

    part: str
    message: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The valid parts of an entry as an answer, and a problem for each part that is not."""

    answer: Answer
    problems: tuple[Problem, ...] = ()


def accept(
    question: q.Question, entry: Entry, attachments: tuple[Attachment, ...] = ()
) -> Accepted:
    """Return the answer an entry makes, with a problem for each part that is not valid."""
    problems: list[Problem] = []
    value: Value | None = None
    reason: str | None = None
    try:
        if entry.not_applicable:
            reason = _reason(question, entry.reason)
        else:
            value = accept_value(question, entry.value)
    except RefusedError as refused:
        part = "reason" if entry.not_applicable else "value"
        problems.append(Problem(part, str(refused)))
    evidence = ""
    links: tuple[str, ...] = ()
    try:
        evidence = _text(entry.evidence, LONGEST_TEXT, "Evidence")
    except RefusedError as refused:
        problems.append(Problem("evidence", str(refused)))
    try:
        links = _links(entry.links)
    except RefusedError as refused:
        problems.append(Problem("links", str(refused)))
    answer = Answer(value, reason, evidence, links, attachments)
    return Accepted(answer, tuple(problems))


def accept_value(  # noqa: C901, PLR0911, PLR0912 - one arm a question type
    question: q.Question, raw: Sequence[str]
) -> Value | None:
    """Return the value that the raw words stand for, None when they are blank.

    Raises RefusedError, whose text tells the person what is allowed.
    """
    given = [text for each in raw if (text := clean(each).strip())]
    if not given:
        return None
    if len(given) > 1 and not isinstance(question, q.MultipleChoice):
        raise RefusedError("Give one answer only.")
    first = given[0]
    match question:
        case q.Rating():
            return _level(question, first)
        case q.Choice():
            return _options(question.options, given)[0]
        case q.MultipleChoice():
            return _options(question.options, given)
        case q.YesNo():
            return _yes_or_no(first)
        case q.Number():
            return typed.number(first, question.minimum, question.maximum, question.decimals)
        case q.Percentage():
            return typed.number(
                first.removesuffix("%"), Decimal(0), Decimal(100), question.decimals
            )
        case q.Date():
            return typed.day(first, question.minimum, question.maximum)
        case q.ShortText():
            return _text(first.replace("\n", " "), LONGEST_LINE, "The answer")
        case q.LongText():
            return _text(first, LONGEST_TEXT, "The answer")
        case q.Calculated():
            raise RefusedError(WORKED_OUT)
        case _ as unhandled:
            assert_never(unhandled)


def comparable(value: Value | Fraction | None) -> Comparable:
    """Return a value as conditions compare it: numbers as fractions, the rest as ids or words."""
    if value is None:
        return None
    match value:
        case bool():
            return frozenset({"yes" if value else "no"})
        case int() | Decimal() | Fraction():
            return Fraction(value)
        case tuple():
            return frozenset(value)
        case str():
            return frozenset({value})
        case date():
            return frozenset({value.isoformat()})
        case _ as unhandled:
            assert_never(unhandled)


def clean(text: str) -> str:
    """Return text with line ends made one kind and control characters taken out."""
    if text.isprintable():
        return text
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _level(question: q.Rating, raw: str) -> int:
    allowed = [str(number) for number in question.descriptors]
    if raw not in allowed:
        raise RefusedError(f"Choose one of the levels {_either(allowed)}.")
    return int(raw)


def _options(options: tuple[q.Option, ...], given: Sequence[str]) -> tuple[str, ...]:
    allowed = [option.id for option in options]
    for each in given:
        if each not in allowed:
            raise RefusedError(f"Choose from the answers listed: {_either(allowed)}.")
    alone = [option for option in options if option.exclusive and option.id in given]
    if alone and len(set(given)) > 1:
        raise RefusedError(f"“{alone[0].text}” cannot be chosen with another answer.")
    return tuple(each for each in allowed if each in given)


def _yes_or_no(raw: str) -> bool:
    if raw not in {"yes", "no"}:
        raise RefusedError("Choose yes or no.")
    return raw == "yes"


def _text(raw: str, longest: int, what: str) -> str:
    text = clean(raw).strip()
    if len(text) > longest:
        over = len(text) - longest
        raise RefusedError(
            f"{what} must be {longest:,} characters or fewer. It is {over:,} too long."
        )
    return text


def _reason(question: q.Question, raw: str) -> str:
    if not q.is_asked(question):
        raise RefusedError(WORKED_OUT)
    reason = _text(raw, LONGEST_TEXT, "The reason")
    if not reason:
        raise RefusedError("Say why this does not apply to your service.")
    return reason


def _links(raw: str) -> tuple[str, ...]:
    if not raw:
        return ()
    links = tuple(dict.fromkeys(line.strip() for line in clean(raw).split("\n") if line.strip()))
    if len(links) > MOST_LINKS:
        raise RefusedError(f"Give at most {MOST_LINKS} links.")
    if wrong := [f"“{link[:60]}”" for link in links if not is_web_address(link)]:
        are = "is not a web address" if len(wrong) == 1 else "are not web addresses"
        named = _listed(wrong, "and")
        raise RefusedError(f"{named} {are}. Start each with https:// on its own line.")
    return links


def _either(words: Sequence[str]) -> str:
    return _listed(words, "or")


def _listed(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

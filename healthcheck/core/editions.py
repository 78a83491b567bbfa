"""What changed between two editions, of what kind each change is, and what becomes of an answer.

An answer is offered again only when the question is asked in the same way: see `as_asked`.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.edition_parts import Kind as Kind  # noqa: PLC0414 - re-export
from healthcheck.core.edition_parts import parts_of_question, parts_of_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.core.edition_parts import Parts


class Carries(Enum):
    """What becomes of last year's answer; the value is the sentence shown."""

    CONFIRM = "Carries, one click to confirm"
    ANEW = "Must be answered anew, with the old and the new words shown"
    EMPTY = "Left empty (carry_forward: never)"
    GONE = "Gone; the old health check keeps it"
    NEW = "New, with nothing to carry"
    WORKED_OUT = "Worked out from other figures"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of which part, and what stood there before and stands there now, as text."""

    kind: Kind
    part: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """One question in either edition: every change to it, and what becomes of its answer.

    `id` is the newest it has; `old_id` is None for a new question.
    """

    id: str
    old_id: str | None
    text: str
    changes: tuple[Change, ...]
    carries: Carries


@dataclass(frozen=True, slots=True)
class Differences:
    """Every change to the questionnaire as a whole, and every question of either edition."""

    old: str
    new: str
    whole: tuple[Change, ...]
    questions: tuple[QuestionDifference, ...]


ASKED = frozenset(
    {"type", "text", "hint", "descriptors", "options", "unit", "minimum", "maximum", "decimals"}
)
"""The parts of a question that say what is asked and what can be answered; see `as_asked`."""


def differences(old: q.Questionnaire, new: q.Questionnaire) -> Differences:
    """Return every difference between two editions, questions in the order of the new one."""
    return Differences(
        old.edition,
        new.edition,
        tuple(_changes(parts_of_whole(old), parts_of_whole(new))),
        tuple(_questions(old, new)),
    )


def old_id(question: q.Question, old: Mapping[str, object]) -> str | None:
    """Return the id a question had in an earlier edition, None when it was not there."""
    if question.was is not None and question.was in old:
        return question.was
    return question.id if question.id in old else None


def carries(
    old: q.Questionnaire, new: q.Questionnaire, question: q.Question, before: q.Question
) -> Carries:
    """Return what becomes of the answer to a question that was in the old edition as `before`."""
    if isinstance(question, q.Calculated):
        return Carries.WORKED_OUT
    if question.carry_forward == "never":
        return Carries.EMPTY
    same = as_asked(new, question) == as_asked(old, before)
    return Carries.CONFIRM if same else Carries.ANEW


def as_asked(questionnaire: q.Questionnaire, question: q.Question) -> tuple[object, ...]:
    """Return what must be the same for an answer to be offered again with one click.

    That is the type, the text, the hint, the levels and their descriptors, the options, the unit
    and the limits; how a text is broken into lines is not. Why it matters, what evidence to give,
    what it scores and who is asked may change.
    """
    common = (type(question), _in_one_line(question.text), _in_one_line(question.hint))
    match question:
        case q.Rating(descriptors=descriptors):
            levels = tuple((level.number, level.name) for level in questionnaire.scale)
            words = tuple((level, _in_one_line(text)) for level, text in descriptors.items())
            return (*common, levels, words)
        case q.Choice(options=options) | q.MultipleChoice(options=options):
            return (
                *common,
                {(each.id, _in_one_line(each.text), each.exclusive) for each in options},
            )
        case q.Number(unit=unit, minimum=minimum, maximum=maximum, decimals=decimals):
            return (*common, unit, minimum, maximum, decimals)
        case q.Percentage(decimals=decimals):
            return (*common, decimals)
        case q.Date(minimum=first, maximum=last):
            return (*common, first, last)
        case _:
            return common


def rewordings(
    old: q.Questionnaire, new: q.Questionnaire, before: q.Question, question: q.Question
) -> tuple[Change, ...]:
    """Return every change for which an answer must be given anew, old and new words in full."""
    both_rated = isinstance(before, q.Rating) and isinstance(question, q.Rating)
    parts: list[Parts] = []
    for edition, asked in ((old, before), (new, question)):
        found = {
            name: part
            for name, part in parts_of_question(asked).items()
            if name.split(",")[0] in ASKED
        }
        for level in edition.scale if both_rated else ():
            found[f"level, {level.number}"] = (Kind.MEANING, level.name)
        parts.append(found)
    return tuple(_changes(*parts))


def _questions(old: q.Questionnaire, new: q.Questionnaire) -> Iterator[QuestionDifference]:
    then = {each.id: old_id(each, old.questions) for each in new.questions.values()}
    moved = _moved(old, new, then)
    for name, question in new.questions.items():
        was = then[name]
        if was is None:
            change = (Change(Kind.NEW, "question", "", question.text),)
            yield QuestionDifference(name, None, question.text, change, Carries.NEW)
            continue
        before = old.questions[was]
        changes = [Change(Kind.RENAMED, "id", was, name)] if was != name else []
        changes += _changes(parts_of_question(before), parts_of_question(question))
        changes += moved.get(name, [])
        fate = carries(old, new, question, before)
        yield QuestionDifference(name, was, question.text, tuple(changes), fate)
    for name, question in old.questions.items():
        if name not in then.values():
            change = (Change(Kind.REMOVED, "question", question.text, ""),)
            yield QuestionDifference(name, name, question.text, change, Carries.GONE)


def _changes(old: Parts, new: Parts) -> Iterator[Change]:
    for part, (kind, _) in {**old, **new}.items():
        before, after = (parts[part][1] if part in parts else "" for parts in (old, new))
        if _in_one_line(before) != _in_one_line(after):
            yield Change(kind, part, before, after)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _moved(
    old: q.Questionnaire, new: q.Questionnaire, then: Mapping[str, str | None]
) -> Mapping[str, list[Change]]:
    """Return, by new id, that a question stands in another topic or in another order."""
    places = {
        name: (_place(old, was), _place(new, name)) for name, was in then.items() if was is not None
    }
    found = {
        name: [Change(Kind.MOVED, "place", *both)]
        for name, both in places.items()
        if both[0] != both[1]
    }
    after = [was for name, was in then.items() if name in places and name not in found]
    before = [each for each in old.questions if each in after]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    still = {before[at] for block in blocks for at in range(block.a, block.a + block.size)}
    order = {
        name: [Change(Kind.MOVED, "order")]
        for name, was in then.items()
        if was in after and was not in still
    }
    return found | order


def _place(questionnaire: q.Questionnaire, question_id: str) -> str:
    """Return the ids of the area and the topic that a question stands in."""
    return next(
        f"{section.id}, {topic.id}"
        for section in questionnaire.sections
        for topic in section.topics
        if any(each.id == question_id for each in topic.questions)
    )

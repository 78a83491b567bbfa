"""An edition taken apart into named parts, each as plain text with the kind of change it would be.

Two editions are compared part by part; the texts are for people who compare files.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from healthcheck.core import questionnaires as q
from healthcheck.core.checks import Compared, Fits, NoEvidence, Rose
from healthcheck.core.conditions import All, Any, Not, OverFact, OverQuestion
from healthcheck.core.facts import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.core.checks import CheckKind
    from healthcheck.core.conditions import Condition
    from healthcheck.core.facts import Audience


class Kind(Enum):
    """What kind of change it is; the value is the word shown."""

    NEW = "new"
    REMOVED = "removed"
    RENAMED = "renamed"
    WORDING = "wording"
    MEANING = "meaning"
    SCORING = "scoring"
    MOVED = "moved"


Parts = dict[str, tuple[Kind, str]]
"""Parts by name, such as “evidence, ask”; a part that is not there is left out."""
Named = tuple[Kind, str, object]

WORDED = ("text", "hint", "why", "source")
LIMITS = ("unit", "minimum", "maximum", "decimals")
IMPROVEMENT = ("finding", "quick_win", "longer_step", "owner", "days", "measure")


def parts_of_question(question: q.Question) -> Parts:
    """Return every part of a question but its id."""
    return _there(_of_question(question))


def parts_of_whole(questionnaire: q.Questionnaire) -> Parts:
    """Return every part of an edition that is not a question's."""
    return _there(_of_whole(questionnaire))


def type_name(question: q.Question) -> str:
    """Return the name authors know a question's type by, such as multiple-choice."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(question).__name__).lower()


def _of_question(question: q.Question) -> Iterator[Named]:
    yield Kind.MEANING, "type", type_name(question)
    for name in WORDED:
        yield Kind.WORDING, name, getattr(question, name)
    yield Kind.WORDING, "standards", ", ".join(question.standards)
    for name in LIMITS:
        yield Kind.MEANING, name, getattr(question, name, "")
    yield from _answers(question)
    yield Kind.MEANING, "optional", _flag(question.optional)
    yield Kind.MEANING, "carry_forward", question.carry_forward
    yield Kind.MEANING, "applies_to", _audience(question.applies_to)
    condition = question.show_when
    yield Kind.MEANING, "show_when", "" if condition is None else _condition(condition)
    yield from _guidance(question)
    yield Kind.SCORING, "weight", question.weight
    yield Kind.SCORING, "essential", _flag(question.essential)
    yield Kind.SCORING, "caps_at", question.caps_at
    rows = (f"{row.operator} {row.limit}: {row.points}" for row in question.score_when)
    yield Kind.SCORING, "score_when", "; ".join(rows)


def _answers(question: q.Question) -> Iterator[Named]:
    """Yield what can be answered: levels, options, or how a figure is worked out."""
    match question:
        case q.Rating(descriptors=descriptors):
            for level, words in descriptors.items():
                yield Kind.MEANING, f"descriptors, {level}", words
        case q.Choice(options=options) | q.MultipleChoice(options=options):
            for option in options:
                alone = " (exclusive)" if option.exclusive else ""
                yield Kind.MEANING, f"options, {option.id}", f"{option.text}{alone}"
        case q.Calculated(calculation=calculation):
            operands = ", ".join(str(each) for each in calculation.operands)
            yield Kind.MEANING, "calculate", f"{calculation.operation}: {operands}"
        case _:
            return


def _guidance(question: q.Question) -> Iterator[Named]:
    guide = question.evidence
    if guide is not None:
        yield Kind.WORDING, "evidence, ask", guide.ask
        yield Kind.WORDING, "evidence, good", "\n".join(guide.good)
        yield Kind.WORDING, "evidence, not_enough", "\n".join(guide.not_enough)
        yield Kind.WORDING, "evidence, required_from", guide.required_from
    for level, improvement in question.improve.items():
        for name in IMPROVEMENT:
            yield Kind.WORDING, f"improve, {level}, {name}", getattr(improvement, name)
    for each in question.comparators:
        spread = ", ".join(str(one) for one in (each.low, each.middle, each.high) if one)
        words = f"{each.value} ({spread or 'no spread'}), {each.date}, {each.source}"
        audience = _audience(each.applies_to)
        yield Kind.WORDING, f"comparators, {each.label}", f"{words} {audience}".strip()


def _of_whole(questionnaire: q.Questionnaire) -> Iterator[Named]:
    for name in ("title", "about", "source"):
        yield Kind.WORDING, name, getattr(questionnaire, name)
    for level in questionnaire.scale:
        yield Kind.MEANING, f"scale, {level.number}, name", level.name
        yield Kind.SCORING, f"scale, {level.number}, points", level.points
    for band in questionnaire.bands:
        yield Kind.SCORING, f"bands, {band.name}, from", band.lowest
        yield Kind.WORDING, f"bands, {band.name}, sentence", band.sentence
    rule = questionnaire.roll_up
    yield Kind.SCORING, "roll_up, strength_from", rule.strength_from
    yield Kind.SCORING, "roll_up, improve_to", rule.improve_to
    yield Kind.WORDING, "roll_up, explanation", rule.explanation
    for term in questionnaire.terms:
        says = (f"{_audience(each.applies_to)}: {each.say}" for each in term.when)
        yield Kind.WORDING, f"terms, {term.id}", "; ".join([*says, f"otherwise: {term.otherwise}"])
    for standard in questionnaire.standards:
        yield Kind.WORDING, f"standards, {standard.id}", standard.title
    for section in questionnaire.sections:
        yield from _of_section(section)
    for check in questionnaire.checks:
        yield Kind.WORDING, f"checks, {check.id}, text", check.text
        yield Kind.MEANING, f"checks, {check.id}", _check(check.kind)


def _of_section(section: q.Area) -> Iterator[Named]:
    name = f"areas, {section.id}" if section.scored else "figures"
    yield Kind.WORDING, f"{name}, title", section.title
    yield Kind.WORDING, f"{name}, about", section.about
    yield Kind.SCORING, f"{name}, weight", section.weight if section.scored else ""
    for topic in section.topics:
        yield Kind.WORDING, f"topics, {topic.id}, title", topic.title
        yield Kind.WORDING, f"topics, {topic.id}, about", topic.about


def _check(kind: CheckKind) -> str:
    match kind:
        case NoEvidence(level):
            return f"no_evidence_from {level}"
        case Rose(levels):
            return f"rose_by {levels}"
        case Compared(side, figure, limit):
            return f"{figure} {side} {limit}"
        case Fits(condition, about):
            return f"{about}: {_condition(condition)}"
        case _ as unhandled:
            assert_never(unhandled)


def _condition(condition: Condition) -> str:
    match condition:
        case OverQuestion(name, operator, operand):
            return " ".join(filter(None, [name, operator, " or ".join(operand)]))
        case OverFact(name, operand):
            return f"{name} is {' or '.join(operand)}"
        case All(parts):
            return f"all of ({'; '.join(_condition(part) for part in parts)})"
        case Any(parts):
            return f"any of ({'; '.join(_condition(part) for part in parts)})"
        case Not(part):
            return f"not ({_condition(part)})"
        case _ as unhandled:
            assert_never(unhandled)


def _audience(audience: Audience) -> str:
    facts: Mapping[str, tuple[str, ...]] = {name: getattr(audience, name) for name in ALLOWED}
    return "; ".join(f"{name} {' or '.join(values)}" for name, values in facts.items() if values)


def _flag(flag: bool) -> str:  # noqa: FBT001 - a converter's only argument
    return "true" if flag else "false"


def _there(named: Iterator[Named]) -> Parts:
    """Return the parts that are there, as text."""
    return {name: (kind, str(value)) for kind, name, value in named if value not in {None, ""}}

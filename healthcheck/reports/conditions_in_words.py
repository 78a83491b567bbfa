"""Conditions as people say them: "Answer this only if the answer to 1.3 is “Yes”."."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from healthcheck.core import conditions as c
from healthcheck.core import questionnaires as q
from healthcheck.core.facts import ALLOWED, SERVICES
from healthcheck.reports import words
from healthcheck.reports.notes import level_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.reports.parts import Pointer

FACTS = {
    "service": "the service",
    "nation": "the nation",
    "employer_type": "the kind of employer",
}


@dataclass(frozen=True)
class Speaker:
    """What is needed to name questions, levels and options in a condition."""

    questionnaire: q.Questionnaire
    pointers: Mapping[str, Pointer]

    def only_if(self, condition: c.Condition) -> str:
        """Return the condition as an instruction in one sentence."""
        return f"Answer this only if {self.say(condition)}."

    def say(self, condition: c.Condition, *, holds: bool = True) -> str:
        """Return the condition as a clause, or its opposite when it must not hold."""
        match condition:
            case c.OverFact(fact, operand):
                named = [_fact_value(fact, each) for each in operand]
                return f"{FACTS[fact]} is {_not(holds)}{words.listed(named, 'or')}"
            case c.OverQuestion():
                return self._test(condition, holds=holds)
            case c.Not(part):
                return self.say(part, holds=not holds)
            case c.All(parts):
                return self._join(parts, "and" if holds else "or", holds=holds)
            case c.Any(parts):
                return self._join(parts, "or" if holds else "and", holds=holds)
            case _ as unhandled:
                assert_never(unhandled)

    def _join(self, parts: tuple[c.Condition, ...], joiner: str, *, holds: bool) -> str:
        clauses = [self.say(part, holds=holds) for part in parts]
        if len(clauses) == 1:
            return clauses[0]
        if joiner == "or":
            return f"either {', or '.join(clauses)}"
        return " and ".join(clauses)

    def _test(self, test: c.OverQuestion, *, holds: bool) -> str:
        number = self.pointers[test.question].number
        question = self.questionnaire.questions[test.question]
        values = [self._value(question, each) for each in test.operand]
        match test.operator:
            case "answered":
                return f"{number} is {_not(holds)}answered"
            case "is" | "is_any_of":
                verb = f"is {_not(holds)}"
                if isinstance(question, q.MultipleChoice):
                    verb = "includes " if holds else "leaves out "
                return f"the answer to {number} {verb}{words.listed(values, 'or')}"
            case "at_least":
                limit = _limit(question, values[0], up=holds, included=holds)
                return f"the answer to {number} is {limit}"
            case "at_most":
                limit = _limit(question, values[0], up=not holds, included=holds)
                return f"the answer to {number} is {limit}"
            case _ as unhandled:
                assert_never(unhandled)

    def _value(self, question: q.Question, raw: str) -> str:
        match question:
            case q.Rating():
                return words.quoted(level_title(self.questionnaire.levels[int(raw)]))
            case q.Choice() | q.MultipleChoice():
                return words.quoted(next(o.text for o in question.options if o.id == raw))
            case q.YesNo():
                return words.quoted(words.capital(raw))
            case _:
                return raw


def _fact_value(fact: str, value: str) -> str:
    known = ALLOWED[fact] or SERVICES
    return known.get(value) or value.replace("-", " ")


def _not(holds: bool) -> str:  # noqa: FBT001 - a converter's only argument
    return "" if holds else "not "


def _limit(question: q.Question, value: str, *, up: bool, included: bool) -> str:
    if isinstance(question, q.Rating):
        more, less = "higher", "lower"
    elif isinstance(question, q.Date):
        more, less = "later", "earlier"
    else:
        more, less = "more", "less"
    direction = more if up else less
    return f"{value} or {direction}" if included else f"{direction} than {value}"

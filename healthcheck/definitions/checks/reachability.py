"""Whether a question can ever be asked: a search over the facts and answers it depends on.

Sound, not complete: it only calls a question unreachable after trying every combination that could
matter. Numbers are tried at and around the limits that conditions name; beyond a set amount of
work it gives the question the benefit of the doubt.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING, assert_never

from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import OverFact, Truth, evaluate, leaves
from healthcheck.core.facts import ALLOWED, SERVICES, Facts
from healthcheck.definitions.checks.conditions import faults_of, tests_of
from healthcheck.definitions.checks.samples import samples
from healthcheck.definitions.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from healthcheck.core.conditions import Comparable
    from healthcheck.definitions.checks.subject import Placed, Subject
    from healthcheck.definitions.problems import Problem

MOST_WORK = 20_000
LONGEST_CHAIN = 50
MOST_OPTIONS = 6
ELSEWHERE = "another-service"


class TooMuchError(Exception):
    """Raised inside this module when a search is not worth going on with."""


def check(subject: Subject) -> Iterator[Problem]:
    """Yield a problem for every question that can never be asked."""
    for placed in subject.placed:
        if placed.question.show_when is not None and not _may_be_asked(subject, placed):
            sentence = (
                f"{shown(placed.question.id)} can never be asked: no answers to earlier "
                "questions make its condition true for those it applies to."
            )
            yield subject.problem(placed, "show_when", sentence)


def _may_be_asked(subject: Subject, placed: Placed) -> bool:
    if not _is_sound(subject, placed):
        return True  # its condition has a problem of its own
    try:
        return _Search(subject, placed).finds()
    except TooMuchError:
        return True


def _is_sound(subject: Subject, placed: Placed) -> bool:
    return all(
        test.question in subject.by_id and not any(faults_of(subject, placed, test))
        for test, _ in tests_of(placed)
    )


class _Search:
    """A search for facts and answers with which one question is asked."""

    def __init__(self, subject: Subject, goal: Placed) -> None:
        self.subject = subject
        self.goal = goal
        self.sound: dict[str, bool] = {}
        self.limits: dict[str, set[str]] = {}
        self.chain = self._chain()
        self.work = 0

    def finds(self) -> bool:
        """Say whether there are any; raises TooMuchError."""
        return any(self._finds(facts, {}) for facts in self._facts())

    def _finds(self, facts: Facts, values: Mapping[str, Comparable]) -> bool:
        self.work += 1
        if self.work > MOST_WORK:
            raise TooMuchError
        if len(values) == len(self.chain):
            return _is_asked(self.goal.question, facts, values)
        question = self.chain[len(values)].question
        return any(
            self._finds(facts, {**values, question.id: value})
            for value in self._values(question, facts, values)
        )

    def _values(
        self, question: q.Question, facts: Facts, values: Mapping[str, Comparable]
    ) -> Iterator[Comparable]:
        """Yield the values a question of the chain may have; None is hidden or not applicable."""
        if not self.sound[question.id] or _is_asked(question, facts, values):
            yield from self._domain(question)
        yield None

    def _chain(self) -> list[Placed]:
        """Return the questions the goal depends on, earliest first; raises TooMuchError.

        One whose condition has a problem of its own is taken as free to be asked or not.
        """
        found = {self.goal.question.id: self.goal}
        waiting = [self.goal]
        for placed in waiting:
            self.sound[placed.question.id] = _is_sound(self.subject, placed)
            if self.sound[placed.question.id]:
                for test, _ in tests_of(placed):
                    self.limits.setdefault(test.question, set()).update(test.operand)
                    if test.question not in found:
                        found[test.question] = self.subject.by_id[test.question]
                        waiting.append(found[test.question])
            if len(found) > LONGEST_CHAIN:
                raise TooMuchError
        return sorted(waiting[1:], key=lambda placed: placed.turn)

    def _facts(self) -> Iterator[Facts]:
        """Yield every combination of the facts that could matter."""
        questions = [placed.question for placed in (*self.chain, self.goal)]
        domains = [_fact_domain(fact, questions) for fact in ALLOWED]
        for values in product(*domains):
            yield Facts(**dict(zip(ALLOWED, values, strict=True)))

    def _domain(self, question: q.Question) -> Iterator[Comparable]:
        """Yield values that every value of the question tests like one of."""
        limits = self.limits[question.id]
        match question:
            case q.Rating():
                yield from (Fraction(level) for level in self.subject.questionnaire.levels)
            case q.Choice():
                yield from (frozenset({option.id}) for option in question.options)
            case q.MultipleChoice():
                yield from _selections(question, limits)
            case q.YesNo():
                yield from (frozenset({answer}) for answer in ("yes", "no"))
            case q.Number() | q.Percentage() | q.Calculated():
                yield from samples(question, {Fraction(each) for each in limits})
            case q.Date() | q.ShortText() | q.LongText():
                yield frozenset({"answered"})
            case _ as unhandled:
                assert_never(unhandled)


def _is_asked(question: q.Question, facts: Facts, values: Mapping[str, Comparable]) -> bool:
    if not question.applies_to.includes(facts):
        return False
    condition = question.show_when
    return condition is None or evaluate(condition, facts, values.__getitem__) is Truth.TRUE


def _fact_domain(fact: str, questions: Iterable[q.Question]) -> list[str]:
    """Return the values of a fact to try: one is enough when nothing looks at it."""
    mentioned: set[str] = set()
    for question in questions:
        mentioned.update(getattr(question.applies_to, fact))
        for leaf in leaves(question.show_when) if question.show_when else ():
            if isinstance(leaf, OverFact) and leaf.fact == fact:
                mentioned.update(leaf.operand)
    known = list(ALLOWED[fact] or [*SERVICES, ELSEWHERE])
    return list(dict.fromkeys([*known, *sorted(mentioned)])) if mentioned else known[:1]


def _selections(question: q.MultipleChoice, limits: set[str]) -> Iterator[Comparable]:
    """Yield every way to tick the options that tests name, and one option that they do not."""
    free = [option.id for option in question.options if not option.exclusive]
    named = [each for each in free if each in limits]
    others = [each for each in free if each not in limits][:1]
    if len(named) > MOST_OPTIONS:
        raise TooMuchError
    for size in range(1, len(named) + 2):
        yield from (frozenset(chosen) for chosen in combinations([*named, *others], size))
    yield from (frozenset({option.id}) for option in question.options if option.exclusive)

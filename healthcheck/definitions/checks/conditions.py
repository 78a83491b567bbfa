"""What questions depend on: conditions and calculations look back, and only at what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.definitions.checks.operators import misuse
from healthcheck.definitions.checks.subject import tests
from healthcheck.definitions.problems import both, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.core.conditions import OverQuestion
    from healthcheck.definitions.checks.subject import Placed, Subject
    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Place

FIGURES = (q.Number, q.Percentage, q.Calculated)


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of what a question looks at; unknown ids are for the names."""
    for placed in subject.placed:
        for test, place in tests_of(placed):
            for sentence in faults_of(subject, placed, test):
                yield subject.document.problem((*place, test.operator), sentence)
        for operand, place in _operands(placed):
            for sentence in _operand_faults(subject, placed, operand):
                yield subject.document.problem(place, sentence)


def tests_of(placed: Placed) -> Iterator[tuple[OverQuestion, Place]]:
    """Yield every test of an answer that decides whether a question is asked."""
    if placed.question.show_when is not None:
        yield from tests(placed.question.show_when, (*placed.place, "show_when"))


def faults_of(subject: Subject, placed: Placed, test: OverQuestion) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with one test."""
    target = subject.by_id.get(test.question)
    if target is None:
        return
    if target.turn >= placed.turn:
        yield _not_earlier(subject, placed, target, "condition")
    elif target.question.optional:
        yield (
            f"{shown(test.question)} is optional, so it may never be answered: "
            "a condition needs a question that must be answered."
        )
    yield from misuse(test, target.question, subject.questionnaire.levels)


def _operand_faults(subject: Subject, placed: Placed, operand: str) -> Iterator[str]:
    target = subject.by_id.get(operand)
    if target is None:
        return
    if target.turn >= placed.turn:
        yield _not_earlier(subject, placed, target, "calculation")
    if not isinstance(target.question, FIGURES):
        yield (
            f"{shown(operand)} is not a number: a calculation takes number, percentage "
            "and calculated questions."
        )


def _not_earlier(subject: Subject, placed: Placed, target: Placed, what: str) -> str:
    if target.turn == placed.turn:
        return f"The {what} of {shown(placed.question.id)} looks at the question itself."
    way = _way(subject, target, placed)
    if way:
        circle = " → ".join([placed.question.id, *way])
        names = both(shown(each) for each in sorted(set(way)))
        return f"{names} depend on each other in a circle: {circle}."
    line = subject.line(target.question.id)
    return (
        f"{shown(target.question.id)} is asked later (line {line}): "
        f"a {what} can only look at earlier questions."
    )


def _way(subject: Subject, start: Placed, end: Placed) -> list[str]:
    """Return the shortest way along what questions look at, from one to another; [] if none."""
    ways = [[start.question.id]]
    seen = {start.question.id}
    for way in ways:
        if way[-1] == end.question.id:
            return way
        for each in looked_at(subject.by_id[way[-1]]):
            if each in subject.by_id and each not in seen:
                seen.add(each)
                ways.append([*way, each])
    return []


def looked_at(placed: Placed) -> list[str]:
    """Return the ids of the questions that a question depends on."""
    tested = [test.question for test, _ in tests_of(placed)]
    return [*tested, *(operand for operand, _ in _operands(placed))]


def _operands(placed: Placed) -> Iterator[tuple[str, Place]]:
    if isinstance(placed.question, q.Calculated):
        calculation = placed.question.calculation
        for index, operand in enumerate(calculation.operands):
            if isinstance(operand, str):
                yield operand, (*placed.place, "calculate", calculation.operation, index)

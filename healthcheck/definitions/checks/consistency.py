"""What the questionnaire's own checks must hold: levels, figures and tests that can apply."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import checks as core
from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import OverFact, leaves
from healthcheck.definitions.checks.operators import misuse
from healthcheck.definitions.checks.samples import bounds
from healthcheck.definitions.checks.subject import tests
from healthcheck.definitions.problems import either, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.definitions.checks.subject import Subject
    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Place

FIGURES = (q.Number, q.Percentage, q.Calculated)


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of a check; unknown ids are for the names."""
    for index, each in enumerate(subject.questionnaire.checks):
        place = ("checks", index)
        match each.kind:
            case core.NoEvidence(level):
                yield from _level(subject, place, level)
            case core.Rose(levels):
                yield from _rise(subject, place, levels)
            case core.Compared() as compared:
                yield from _compared(subject, (*place, compared.side), compared)
            case fits:
                yield from _fits(subject, (*place, "when"), fits)


def _level(subject: Subject, place: Place, level: int) -> Iterator[Problem]:
    levels = subject.questionnaire.levels
    if level not in levels:
        sentence = f"“no_evidence_from” is level {level}, which is not on the scale."
        place = (*place, "no_evidence_from")
        yield subject.document.problem(place, f"{sentence} Allowed: {either(levels)}.")


def _rise(subject: Subject, place: Place, levels: int) -> Iterator[Problem]:
    most = max(subject.questionnaire.levels) - min(subject.questionnaire.levels)
    if not 1 <= levels <= most:
        sentence = f"“rose_by” is {levels}: on this scale a rating can rise by 1 to {most} levels."
        yield subject.document.problem((*place, "rose_by"), sentence)


def _compared(subject: Subject, place: Place, compared: core.Compared) -> Iterator[Problem]:
    problem = subject.document.problem
    for key, name in (("figure", compared.figure), ("limit", compared.limit)):
        placed = subject.by_id.get(name) if isinstance(name, str) else None
        if placed is not None and not isinstance(placed.question, FIGURES):
            sentence = f"{shown(name)} is not a number: a check compares number, percentage and"
            yield problem((*place, key), f"{sentence} calculated questions.")
    if compared.limit == compared.figure:
        yield problem((*place, "limit"), f"{shown(compared.figure)} is compared with itself.")
    if isinstance(compared.limit, Fraction) and compared.figure in subject.by_id:
        question = subject.by_id[compared.figure].question
        lowest, highest = bounds(question)
        edge = highest if compared.side == "above" else lowest
        limit = compared.limit
        if edge is not None and (limit >= edge if compared.side == "above" else limit <= edge):
            end = "most" if compared.side == "above" else "least"
            sentence = f"{shown(question.id)} is at {end} {edge}: it can never be {compared.side}"
            yield problem((*place, "limit"), f"{sentence} {float(limit):g}.")


def _fits(subject: Subject, place: Place, fits: core.Fits) -> Iterator[Problem]:
    if any(isinstance(each, OverFact) for each in leaves(fits.condition)):
        sentence = "A check tests answers, not facts: the question itself says who is asked."
        yield subject.document.problem(place, sentence)
    for test, at in tests(fits.condition, place):
        placed = subject.by_id.get(test.question)
        if placed is not None:
            for sentence in misuse(test, placed.question, subject.questionnaire.levels):
                yield subject.document.problem((*at, test.operator), sentence)

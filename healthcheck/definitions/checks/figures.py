"""What figures must hold: limits (of dates too), sums, thresholds and published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.definitions.checks.samples import samples
from healthcheck.definitions.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.definitions.checks.subject import Placed, Subject
    from healthcheck.definitions.problems import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of a figure or a date."""
    for placed in subject.placed:
        yield from _limits(subject, placed)
        yield from _division(subject, placed)
        yield from _thresholds(subject, placed)
        yield from _comparators(subject, placed)


def _limits(subject: Subject, placed: Placed) -> Iterator[Problem]:
    match placed.question:
        case q.Number(id=name, minimum=Decimal() as low, maximum=Decimal() as high) as question:
            decimals = question.decimals
            limits = f"its minimum is {low}, its maximum {high} and its decimals {decimals}"
            if not samples(question, ()):
                sentence = f"{shown(name)} accepts no number: {limits}."
                yield subject.problem(placed, "minimum", sentence)
        case q.Date(id=name, minimum=date() as first, maximum=date() as last) if first > last:
            sentence = f"{shown(name)} accepts no date: its minimum is {first} and its maximum"
            yield subject.problem(placed, "minimum", f"{sentence} {last}.")
        case q.Calculated(id=name, minimum=Decimal() as low, maximum=Decimal() as high) if (
            low > high
        ):
            sentence = f"No result of {shown(name)} can be right: its minimum is {low} and its"
            yield subject.problem(placed, "minimum", f"{sentence} maximum {high}.")
        case _:
            return


def _division(subject: Subject, placed: Placed) -> Iterator[Problem]:
    if isinstance(placed.question, q.Calculated):
        calculation = placed.question.calculation
        divides = calculation.operation in {"ratio", "percentage_of"}
        if divides and calculation.operands[1] == 0:
            place = (*placed.place, "calculate", calculation.operation, 1)
            sentence = f"“{calculation.operation}” divides by 0: there is never a result."
            yield subject.document.problem(place, sentence)


def _thresholds(subject: Subject, placed: Placed) -> Iterator[Problem]:
    question, rows = placed.question, placed.question.score_when
    if not rows:
        return
    if not placed.scored:
        sentence = f"{shown(question.id)} is in “figures”, which has no score: remove “score_when”."
        yield subject.problem(placed, "score_when", sentence)
    if max(row.points for row in rows) == 0:
        sentence = f"No row of “score_when” earns {shown(question.id)} any points."
        yield subject.problem(placed, "score_when", sentence)
    numbers = samples(question, [row.limit for row in rows])
    used = {
        next((index for index, row in enumerate(rows) if row.holds(number)), len(rows))
        for number in numbers
    }
    for index, row in enumerate(rows):
        if index not in used:
            sentence = (
                f"The row “{row.operator}: {row.limit}” can never be the first that fits: earlier "
                "rows or the question’s own limits leave it nothing."
            )
            place = (*placed.place, "score_when", index)
            yield subject.document.problem(place, sentence)


def _comparators(subject: Subject, placed: Placed) -> Iterator[Problem]:
    for index, comparator in enumerate(placed.question.comparators):
        spread = (comparator.low, comparator.middle, comparator.high)
        place = (*placed.place, "comparators", index)
        known = [each for each in spread if each is not None]
        if known and len(known) < len(spread):
            sentence = f"{shown(comparator.label)} needs all of low, middle and high, or none."
            yield subject.document.problem(place, sentence)
        if known != sorted(known):
            written = ", ".join(str(each) for each in known)
            sentence = f"{shown(comparator.label)} must have low, middle and high in order, not"
            yield subject.document.problem(place, f"{sentence} {written}.")

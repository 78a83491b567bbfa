"""Scoring: 10,000 complete assessments of the shipped questionnaire, one after another."""

from __future__ import annotations

import random
from decimal import Decimal
from time import process_time
from typing import TYPE_CHECKING

from healthcheck import resources
from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, accept_value
from healthcheck.core.facts import Facts
from healthcheck.core.journey import walk
from healthcheck.core.scoring import score
from healthcheck.definitions import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.questionnaires import Question, Questionnaire

ASSESSMENTS = 10_000
MOST_SECONDS = 10.0
FACTS = Facts(service="childrens", nation="england", employer_type="council")


def measure() -> dict[str, float]:
    """Return the seconds of one core that walking and scoring take, and the most they may."""
    shipped = library.load(resources.folder("questionnaires"))
    asked = shipped.worded("employer-health-check", "2026", FACTS)
    chance = random.Random(2026)  # noqa: S311 - made-up answers, not secrets
    answers = [complete(asked, chance) for _ in range(ASSESSMENTS)]
    begun = process_time()
    scores = [score(asked, walk(asked, FACTS, each)).score for each in answers]
    seconds = process_time() - begun
    return {
        "assessments": float(len(scores)),
        "seconds": seconds,
        "most_seconds": MOST_SECONDS,
        "a_second": len(scores) / seconds,
    }


def complete(asked: Questionnaire, chance: random.Random) -> Mapping[str, Answer]:
    """Return an answer to every question that a person is asked."""
    return {each.id: answer(each, chance) for each in asked.questions.values() if q.is_asked(each)}


def answer(question: Question, chance: random.Random) -> Answer:
    """Return an answer of the question's type, ratings with evidence."""
    match question:
        case q.Rating():
            return Answer(chance.choice(list(question.descriptors)), evidence="Seen in the notes.")
        case q.YesNo():
            return Answer(value=True)
        case q.Number() | q.Percentage():
            return Answer(Decimal(chance.randint(1, 100)))
        case q.Choice() | q.MultipleChoice():
            return Answer(accept_value(question, (chance.choice(question.options).id,)))
        case q.Date():
            return Answer(accept_value(question, ("2026-09-30",)))
        case _:
            return Answer("The case-recording system.")


if __name__ == "__main__":
    print(measure())

"""How areas, topics and questions are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.definitions.problems import both, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.definitions.checks.subject import Placed, Subject
    from healthcheck.definitions.problems import Problem

MOST_QUESTIONS = 5


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of how the questionnaire is put together."""
    for place, area in subject.sections:
        if not area.topics:
            sentence = f"{shown(area.title)} is empty: give it one topic or more."
            yield subject.document.problem((*place, "topics"), sentence)
    for place, topic, _ in subject.topics:
        count = len(topic.questions)
        if not 1 <= count <= MOST_QUESTIONS:
            sentence = f"{shown(topic.title)} has {count} questions: a page holds 1 to"
            yield subject.document.problem((*place, "questions"), f"{sentence} {MOST_QUESTIONS}.")
    for placed in subject.placed:
        yield from _question(subject, placed)


def _question(subject: Subject, placed: Placed) -> Iterator[Problem]:
    question = placed.question
    if isinstance(question, q.Rating) and not placed.scored:
        sentence = f"{shown(question.id)} is a rating in “figures”, which has no score: move it"
        yield subject.problem(placed, "type", f"{sentence} to an area.")
    guide = question.evidence
    if guide and guide.required_from is not None and not isinstance(question, q.Rating):
        sentence = f"“required_from” is for ratings only: {shown(question.id)} has no levels."
        yield subject.document.problem((*placed.place, "evidence", "required_from"), sentence)
    if isinstance(question, q.Choice | q.MultipleChoice):
        yield from _exclusive(subject, placed, question)


def _exclusive(
    subject: Subject, placed: Placed, question: q.Choice | q.MultipleChoice
) -> Iterator[Problem]:
    places = [
        (*placed.place, "options", index, "exclusive")
        for index, option in enumerate(question.options)
        if option.exclusive
    ]
    if places and isinstance(question, q.Choice):
        sentence = f"{shown(question.id)} is a choice, where every option stands alone: remove"
        yield subject.document.problem(places[0], f"{sentence} “exclusive”.")
    elif len(places) > 1:
        named = both(shown(option.id) for option in question.options if option.exclusive)
        sentence = f"Only one option of {shown(question.id)} can be exclusive, not {named}."
        yield subject.document.problem(places[1], sentence)

"""What the checks look at: the questionnaire, where each question stands, and the lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import conditions as c
from healthcheck.core import questionnaires as q

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Document, Place

TYPES: dict[type[q.Question], str] = {
    q.Rating: "rating",
    q.Choice: "choice",
    q.MultipleChoice: "multiple-choice",
    q.YesNo: "yes-no",
    q.Number: "number",
    q.Percentage: "percentage",
    q.Date: "date",
    q.ShortText: "short-text",
    q.LongText: "long-text",
    q.Calculated: "calculated",
}
"""The name authors know each type by."""

Figure = q.Number | q.Percentage | q.Calculated


@dataclass(frozen=True)
class Placed:
    """A question with its place in the file and its turn, counted from 0 in the order asked."""

    question: q.Question
    place: Place
    turn: int
    scored: bool


@dataclass(frozen=True)
class Subject:
    """A whole questionnaire that the schema has accepted, and the document it came from."""

    questionnaire: q.Questionnaire
    document: Document

    @cached_property
    def sections(self) -> tuple[tuple[Place, q.Area], ...]:
        """Every area with its place, then the figures."""
        areas = [(("areas", index), area) for index, area in enumerate(self.questionnaire.areas)]
        figures = self.questionnaire.figures
        return (*areas, *([(("figures",), figures)] if figures else []))

    @cached_property
    def topics(self) -> tuple[tuple[Place, q.Topic, q.Area], ...]:
        """Every topic with its place and its area."""
        return tuple(
            ((*place, "topics", index), topic, area)
            for place, area in self.sections
            for index, topic in enumerate(area.topics)
        )

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every question, in the order asked."""
        found = [
            (question, (*place, "questions", index), area.scored)
            for place, topic, area in self.topics
            for index, question in enumerate(topic.questions)
        ]
        return tuple(
            Placed(question, place, turn, scored)
            for turn, (question, place, scored) in enumerate(found)
        )

    @cached_property
    def by_id(self) -> Mapping[str, Placed]:
        """Every question by id; the first, should two share one."""
        return {placed.question.id: placed for placed in reversed(self.placed)}

    def line(self, question_id: str) -> int:
        """Return the line of a question."""
        return self.document.line(self.by_id[question_id].place)

    def problem(self, placed: Placed, key: str, sentence: str) -> Problem:
        """Return a problem with a key of a question."""
        return self.document.problem((*placed.place, key), sentence)


def tests(condition: c.Condition, place: Place) -> Iterator[tuple[c.OverQuestion, Place]]:
    """Yield every test of an answer in a condition, with its place."""
    if isinstance(condition, c.OverQuestion):
        yield condition, place
    elif isinstance(condition, c.Not):
        yield from tests(condition.part, (*place, "not"))
    elif isinstance(condition, c.All | c.Any):
        word = "all" if isinstance(condition, c.All) else "any"
        for index, part in enumerate(condition.parts):
            yield from tests(part, (*place, word, index))

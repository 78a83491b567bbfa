"""Which question takes which figure of caseloads: one file beside the workload schemes.

A published edition never changes, so this stands beside the editions and holds for all of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from healthcheck.core import questionnaires as q
from healthcheck.core.questionnaires import Questionnaire
from healthcheck.core.workload.figures import Figure, Filling
from healthcheck.definitions import reading
from healthcheck.definitions.problems import Problem, both, hint, in_order, shown
from healthcheck.definitions.reading import Document, Place
from healthcheck.definitions.scalars import Id, listed
from healthcheck.definitions.schema_parts import Part
from healthcheck.definitions.validation import validate

FILE = "figures.yaml"
"""Its name, in the folder of the workload schemes."""
TAKEN_BY: Mapping[Figure, tuple[type[q.Common], str]] = {
    Figure.COUNTED_ON: (q.Date, "date"),
    Figure.SOURCE: (q.ShortText, "short-text"),
    Figure.SHARE_OVER: (q.Percentage, "percentage"),
    Figure.SHARE_OFTEN_OVER: (q.Percentage, "percentage"),
}
"""The type of question for each figure; a number for all the others."""


class Taken(Part):
    """A figure, and the question that takes it."""

    noun: ClassVar[str] = "figure taken"
    figure: Annotated[str, *listed(tuple(each.value for each in Figure))] = Field(
        description="The figure."
    )
    question: Id = Field(description="The id of the question, in one edition or more.")


class Fill(Part):
    """The questions of one questionnaire that figures of caseloads can fill, on request."""

    noun: ClassVar[str] = "questionnaire to fill"
    questionnaire: Id = Field(description="The id of the questionnaire.")
    figures: Annotated[tuple[Taken, ...], Field(min_length=1)] = Field(
        description="The figures that its questions take: one or more."
    )
    evidence: tuple[Id, ...] = Field(
        (), description="The ids of questions to whose evidence the totals can be attached."
    )

    def build(self) -> Filling:
        """Return the core's value."""
        return Filling({each.question: Figure(each.figure) for each in self.figures}, self.evidence)


class Fills(Part):
    """Which question takes which figure of caseloads."""

    noun: ClassVar[str] = "file of figures"
    fills: Annotated[tuple[Fill, ...], Field(min_length=1)] = Field(
        description="The questionnaires: one or more."
    )


def read_fills(
    path: Path, editions: Iterable[Questionnaire]
) -> tuple[Mapping[str, Filling], tuple[Problem, ...]]:
    """Return what fills each questionnaire, by its id, and every problem of the file.

    It is empty when there is any problem, and when there is no such file.
    """
    if not path.exists():
        return {}, ()
    document, problems = reading.read(path)
    if document is None:
        return {}, problems
    part, faults = validate(Fills, document.data, document)
    found = [*problems, *faults]
    if part is not None:
        by_id: dict[str, list[Questionnaire]] = {}
        for each in editions:
            by_id.setdefault(each.id, []).append(each)
        found += _check(part, by_id, document)
    if found or part is None:
        return {}, in_order(found)
    return {each.questionnaire: each.build() for each in part.fills}, ()


def _check(
    part: Fills, editions: Mapping[str, Sequence[Questionnaire]], document: Document
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, fill in enumerate(part.fills):
        at: Place = ("fills", number)
        if fill.questionnaire in seen:
            sentence = f"{shown(fill.questionnaire)} is filled already: write it once."
            yield document.problem((*at, "questionnaire"), sentence)
        elif fill.questionnaire not in editions:
            sentence = f"There is no questionnaire {shown(fill.questionnaire)} here."
            named = hint(fill.questionnaire, editions)
            yield document.problem((*at, "questionnaire"), sentence + named)
        else:
            yield from _check_fill(fill, editions[fill.questionnaire], document, at)
        seen.add(fill.questionnaire)


def _check_fill(
    fill: Fill, editions: Sequence[Questionnaire], document: Document, at: Place
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, each in enumerate(fill.figures):
        place = (*at, "figures", number, "question")
        if each.question in seen:
            sentence = f"{shown(each.question)} takes a figure already."
            yield document.problem(place, sentence)
        seen.add(each.question)
        wanted, word = TAKEN_BY.get(Figure(each.figure), (q.Number, "number"))
        for edition, question in _asked(each.question, editions, document, place):
            if isinstance(question, Problem):
                yield question
            elif not isinstance(question, wanted):
                sentence = (
                    f"“{each.figure}” needs a {word} question: {shown(each.question)} is another"
                    f" type in edition {edition}."
                )
                yield document.problem(place, sentence)
    for number, question_id in enumerate(fill.evidence):
        place = (*at, "evidence", number)
        for edition, question in _asked(question_id, editions, document, place):
            if isinstance(question, Problem):
                yield question
            elif question.evidence is None:
                sentence = f"{shown(question_id)} asks for no evidence in edition {edition}."
                yield document.problem(place, sentence)


def _asked(
    question_id: str, editions: Sequence[Questionnaire], document: Document, place: Place
) -> Iterator[tuple[str, q.Question | Problem]]:
    """Yield a question of every edition that has it; a problem when none has."""
    found = [
        (each.edition, each.questions[question_id])
        for each in editions
        if question_id in each.questions
    ]
    if found:
        yield from found
        return
    names = both(each.edition for each in editions)
    known = dict.fromkeys(name for each in editions for name in each.questions)
    sentence = f"No edition ({names}) has a question {shown(question_id)}."
    yield "", document.problem(place, sentence + hint(question_id, known))

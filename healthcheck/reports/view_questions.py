"""Each question with its answer, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, assert_never

from healthcheck.core import questionnaires as q
from healthcheck.core.journey import Standing, Visibility, lacks_evidence
from healthcheck.core.scoring import earned_by
from healthcheck.reports import words
from healthcheck.reports.notes import is_left, level_title, rests_on, standards_of
from healthcheck.reports.parts import Evidence, File, Pointer, QuestionRow, State, TopicRows
from healthcheck.reports.view_figures import comparisons, doubt, how_worked_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Value
    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey

Kind = Literal["rating", "figure", "choice", "words"]


@dataclass(frozen=True)
class Sources:
    """What every row is made from."""

    questionnaire: q.Questionnaire
    journey: Journey
    facts: Facts
    pointers: Mapping[str, Pointer]


def pointers(questionnaire: q.Questionnaire) -> dict[str, Pointer]:
    """Return every question's pointer by id.

    A number such as "1.3" or "F2" counts all questions of the file, shown or not, so that a
    question has the same number in every report of the edition and in its blank workbook.
    """
    found = {
        question.id: Pointer(question.id, f"{place}.{index}", question.text, area.title)
        for place, area in enumerate(questionnaire.areas, start=1)
        for index, question in enumerate(area.questions, start=1)
    }
    figures = questionnaire.figures
    for index, question in enumerate(figures.questions if figures else (), start=1):
        title = figures.title if figures else ""
        found[question.id] = Pointer(question.id, f"F{index}", question.text, title)
    return found


def topic_rows(sources: Sources, section: q.Area) -> tuple[TopicRows, ...]:
    """Return the topics of a section that have a question which is not hidden."""
    topics = (
        TopicRows(
            topic.id,
            topic.title,
            words.paragraphs(topic.about),
            tuple(
                question_row(sources, sources.journey[each.id])
                for each in topic.questions
                if sources.journey[each.id].visibility is not Visibility.HIDDEN
            ),
        )
        for topic in section.topics
    )
    return tuple(topic for topic in topics if topic.questions)


def question_row(sources: Sources, standing: Standing) -> QuestionRow:
    """Return the row of one question that is not hidden."""
    question = standing.question
    state = state_of(standing)
    value = standing.value if state == "answered" else None
    level, next_level = _levels(sources.questionnaire, question, value)
    descriptors = question.descriptors if isinstance(question, q.Rating) else {}
    earned = earned_by(sources.questionnaire, standing)
    decimals = decimals_of(question)
    return QuestionRow(
        id=question.id,
        number=sources.pointers[question.id].number,
        text=question.text,
        hint=question.hint,
        kind=kind_of(question),
        state=state,
        answer=_answer(sources.questionnaire, standing, state),
        paragraphs=_paragraphs(question, value),
        amount=_amount(question, value),
        unit=unit_of(question),
        worked_out=how_worked_out(question, sources.journey, sources.pointers),
        doubt=doubt(standing),
        level=level.number if level else None,
        top=max(descriptors) if level else None,
        descriptor=descriptors[level.number] if level else "",
        next_level=level_title(next_level) if next_level else "",
        next_descriptor=descriptors[next_level.number] if next_level else "",
        points=words.points(earned.points, earned.maximum) if earned else "",
        essential=_essential(question),
        reason=words.paragraphs(standing.answer.not_applicable or ""),
        evidence=_evidence(sources.questionnaire, standing),
        comparisons=comparisons(question, sources.facts, value, decimals),
        standards=standards_of(sources.questionnaire, question),
        rests_on=rests_on(sources.questionnaire, question),
        is_left=is_left(standing) and not standing.answer.has_evidence,
    )


def state_of(standing: Standing) -> State:
    """Return how far the answer to a question has come."""
    if standing.visibility is Visibility.UNDETERMINED:
        return "undetermined"
    if standing.is_not_applicable:
        return "not-applicable"
    return "answered" if standing.is_answered else "unanswered"


def kind_of(question: q.Question) -> Kind:
    """Return how the question's answer is drawn."""
    match question:
        case q.Rating():
            return "rating"
        case q.Number() | q.Percentage() | q.Calculated():
            return "figure"
        case q.Choice() | q.MultipleChoice() | q.YesNo() | q.Date():
            return "choice"
        case q.ShortText() | q.LongText():
            return "words"
        case _ as unhandled:
            assert_never(unhandled)


def unit_of(question: q.Question) -> str:
    """Return the unit of a figure, blank for anything else."""
    if isinstance(question, q.Percentage):
        return "%"
    return question.unit if isinstance(question, q.Number | q.Calculated) else ""


def decimals_of(question: q.Question) -> int:
    """Return the decimal places of a figure, 0 for anything else."""
    if isinstance(question, q.Number | q.Percentage | q.Calculated):
        return question.decimals
    return 0


def level_of(
    questionnaire: q.Questionnaire, question: q.Question, value: Value | Fraction | None
) -> q.Level | None:
    """Return the level chosen in a rating, None for anything else."""
    if isinstance(question, q.Rating) and isinstance(value, int):
        return questionnaire.levels[value]
    return None


def value_words(question: q.Question, value: Value | Fraction) -> str:
    """Return the answer to anything but a rating, in words."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case int() | Decimal() | Fraction():
            return words.with_unit(_amount(question, value), unit_of(question))
        case date():
            return words.day(value)
        case str() if isinstance(question, q.Choice):
            return _option(question, value)
        case tuple() if isinstance(question, q.MultipleChoice):
            return words.listed([_option(question, each) for each in value])
        case _:
            return str(value)


def _levels(
    questionnaire: q.Questionnaire, question: q.Question, value: Value | Fraction | None
) -> tuple[q.Level | None, q.Level | None]:
    level = level_of(questionnaire, question, value)
    if level is None or not isinstance(question, q.Rating):
        return None, None
    higher = min((each for each in question.descriptors if each > level.number), default=None)
    return level, None if higher is None else questionnaire.levels[higher]


def _answer(questionnaire: q.Questionnaire, standing: Standing, state: State) -> str:
    match state:
        case "undetermined":
            return "Not yet known whether this applies"
        case "not-applicable":
            return "Not applicable"
        case "unanswered":
            return _no_answer(standing.question)
        case "answered":
            level = level_of(questionnaire, standing.question, standing.value)
            if level is not None:
                return level.name
            return "" if standing.value is None else value_words(standing.question, standing.value)
        case _ as unhandled:
            assert_never(unhandled)


def _paragraphs(question: q.Question, value: Value | Fraction | None) -> tuple[str, ...]:
    if isinstance(question, q.ShortText | q.LongText) and isinstance(value, str):
        return words.paragraphs(value)
    return ()


def _no_answer(question: q.Question) -> str:
    if isinstance(question, q.Calculated):
        return words.NOT_AVAILABLE
    return "Not given (optional)" if question.optional else "Not answered yet"


def _amount(question: q.Question, value: Value | Fraction | None) -> str:
    if isinstance(question, q.Calculated) and isinstance(value, Fraction):
        return words.number(value, question.decimals)
    if isinstance(value, Decimal):
        return words.trimmed(value, decimals_of(question))
    return ""


def _option(question: q.Choice | q.MultipleChoice, option_id: str) -> str:
    return next(option.text for option in question.options if option.id == option_id)


def _essential(question: q.Question) -> str:
    if not question.essential or question.caps_at is None:
        return ""
    return (
        "This question is essential: while it earns no points, "
        f"the area’s band is at most {question.caps_at}."
    )


def _evidence(questionnaire: q.Questionnaire, standing: Standing) -> Evidence:
    answer = standing.answer
    missing = ""
    level = level_of(questionnaire, standing.question, standing.value)
    guide = standing.question.evidence
    if lacks_evidence(standing) and level is not None and guide is not None:
        missing = (
            f"No evidence has been given yet. At {words.quoted(level_title(level))} "
            f"some is expected. {guide.ask}"
        )
    return Evidence(
        paragraphs=words.paragraphs(answer.evidence),
        links=answer.links,
        files=tuple(File(each.id, each.name, words.size(each.size)) for each in answer.attachments),
        missing=missing,
    )

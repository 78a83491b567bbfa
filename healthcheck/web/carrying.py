"""Last year's answer as a topic's page shows it beside a question that is not answered yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import accept
from healthcheck.core.carrying import Wording, is_offered
from healthcheck.core.editions import rewordings
from healthcheck.core.journey import Standing, Visibility
from healthcheck.reports.view_questions import Sources, pointers, question_row

if TYPE_CHECKING:
    from healthcheck.core.editions import Change
    from healthcheck.core.questionnaires import Question
    from healthcheck.reports.parts import QuestionRow
    from healthcheck.services.shelf import Opened

NAMES = {
    "text": "The question",
    "hint": "The hint",
    "type": "The kind of answer",
    "unit": "The unit",
    "minimum": "The smallest answer",
    "maximum": "The largest answer",
    "decimals": "Decimal places",
    "descriptors": "Level",
    "level": "The name of level",
    "options": "An answer to choose",
}
NUMBERED = frozenset({"descriptors", "level"})


@dataclass(frozen=True)
class Reworded:
    """One part of a question whose words are others this year; blank where there were none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class LastAnswer:
    """Last year's answer in last year's words; `reworded` says why it must be given anew."""

    cycle: str
    assessment_id: str
    row: QuestionRow
    can_confirm: bool
    reworded: tuple[Reworded, ...]


def last_answer(opened: Opened, question: Question) -> LastAnswer | None:
    """Return last year's answer to a question, None where none stands beside it."""
    last = opened.last
    carried = last.carried.get(question.id) if last else None
    if last is None or carried is None or not is_offered(opened.journey[question.id]):
        return None
    asked = last.questionnaire.questions[carried.from_question_id]
    answer = accept(asked, carried.entry, carried.files).answer
    standing = Standing(asked, Visibility.VISIBLE, answer, answer.value)
    facts = opened.assessment.facts
    sources = Sources(last.questionnaire, {}, facts, pointers(last.questionnaire))
    changes = rewordings(last.questionnaire, opened.questionnaire, asked, question)
    return LastAnswer(
        cycle=last.cycle,
        assessment_id=last.assessment_id,
        row=question_row(sources, standing),
        can_confirm=carried.wording is Wording.SAME,
        reworded=tuple(_named(change) for change in changes),
    )


def _named(change: Change) -> Reworded:
    part, _, inside = change.part.partition(", ")
    name = f"{NAMES[part]} {inside}" if part in NUMBERED else NAMES[part]
    return Reworded(name, change.old, change.new)

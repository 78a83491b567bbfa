"""What of last year's answers is offered again, and what one click makes of an entry.

Nothing is copied before a person confirms it: until then the question is simply unanswered, with
last year's answer beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.editions import Carries, carries, old_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from healthcheck.core.answers import Attachment, Entry
    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Question, Questionnaire
    from healthcheck.core.saving import Saved


class Wording(Enum):
    """Whether the question is asked as it was; only then can one click confirm its answer."""

    SAME = "same"
    REWORDED = "reworded"


WORDINGS = {Carries.CONFIRM: Wording.SAME, Carries.ANEW: Wording.REWORDED}


@dataclass(frozen=True, slots=True)
class Carried:
    """Last year's answer to one question, as it was entered, with the files it rested on."""

    question_id: str
    from_question_id: str
    wording: Wording
    entry: Entry
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class LastAnswers:
    """The answers an assessment was begun with, none of them copied, and how they were asked.

    `questionnaire` is last year's edition in the words it had for this employer; `cycle` names
    last year and `assessment_id` the health check they were given in.
    """

    assessment_id: str
    cycle: str
    questionnaire: Questionnaire
    carried: Mapping[str, Carried]


def carry(  # noqa: PLR0913, PLR0917 - last year's health check, and what it is carried into
    old: Questionnaire,
    journey: Journey,
    saved: Mapping[str, Saved],
    files: Mapping[str, tuple[Attachment, ...]],
    new: Questionnaire,
    facts: Facts,
) -> tuple[Carried, ...]:
    """Return what is carried, in the order of the new edition.

    An answer carries when it was complete and its question is still there, asked of this employer,
    and not `carry_forward: never`.
    """
    return tuple(
        Carried(question.id, was, wording, saved[was].entry, files.get(was, ()))
        for question, was, wording in _offered(old, new, facts)
        if was in saved and journey[was].is_visible and journey[was].answer.is_complete
    )


def is_offered(standing: Standing) -> bool:
    """Say whether last year's answer still stands beside a question: it is asked and not done."""
    return standing.is_visible and not standing.answer.is_complete


def offered(
    questions: Iterable[Question], journey: Journey, carried: Mapping[str, Carried]
) -> tuple[str, ...]:
    """Return which of these questions one click can answer as last year, in their order."""
    return tuple(
        each.id
        for each in questions
        if each.id in carried
        and carried[each.id].wording is Wording.SAME
        and is_offered(journey[each.id])
    )


def to_confirm(journey: Journey, carried: Mapping[str, Carried]) -> tuple[str, ...]:
    """Return the questions whose answer waits for “still true?”, in the order of the file.

    One that may be left empty is offered too, and does not wait.
    """
    return tuple(
        each
        for each, standing in journey.items()
        if standing.is_unanswered and each in carried and carried[each].wording is Wording.SAME
    )


def confirmed(typed: Entry, carried: Carried) -> Entry:
    """Return the entry that “still true” makes of what stands on the page.

    An answer typed there wins, for nothing typed is lost; so does evidence.
    """
    if gives_an_answer(typed):
        return typed
    last = carried.entry
    return replace(
        last,
        evidence=typed.evidence if typed.evidence.strip() else last.evidence,
        links=typed.links if typed.links.strip() else last.links,
    )


def gives_an_answer(entry: Entry) -> bool:
    """Say whether an entry has a value or sets the question aside."""
    return entry.not_applicable or any(each.strip() for each in entry.value)


def _offered(
    old: Questionnaire, new: Questionnaire, facts: Facts
) -> Iterator[tuple[Question, str, Wording]]:
    """Yield each question that takes an answer over, its old id, and how it is asked now."""
    for question in new.questions.values():
        was = old_id(question, old.questions)
        if was is None or not question.applies_to.includes(facts):
            continue
        wording = WORDINGS.get(carries(old, new, question, old.questions[was]))
        if wording is not None:
            yield question, was, wording

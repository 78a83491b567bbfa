"""Questions beside the figures of caseloads that could be saved as their answers.

Pure: what stands there comes in, and what keeps a figure from being saved is said in words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry, accept
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.journey import Visibility, walk
from healthcheck.core.questionnaires import Number, Percentage
from healthcheck.core.saving import Offered, Saved, says_same
from healthcheck.core.workload.figures import Figure, as_typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey
    from healthcheck.core.questionnaires import Question, Questionnaire
    from healthcheck.core.workload.figures import Filling, Found

NEVER = Saved()
NOT_YOURS = "Others answer this topic, so you cannot save it."
NOT_ASKED = "This question is not asked, because of another answer."
NOT_ASKED_YET = "Another question decides whether this one is asked: answer that one first."
SAVED_ALREADY = "This stands there already."
WHY_NOT = {
    Visibility.VISIBLE: "",
    Visibility.HIDDEN: NOT_ASKED,
    Visibility.UNDETERMINED: NOT_ASKED_YET,
}
"""What keeps a figure from being saved, by whether its question is asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """A health check as it stands: its questionnaire, its facts, its answers, what was saved.

    `yours` are the questions that the person looking may answer.
    """

    questionnaire: Questionnaire
    facts: Facts
    journey: Journey
    saved: Mapping[str, Saved]
    yours: Collection[str]


@dataclass(frozen=True)
class Row:
    """A question and the figure for it: as it would be typed, blank when none is offered.

    `hindrance` says why it cannot be saved although there is a figure; blank when it can.
    """

    question: Question
    found: Found
    text: str
    saved: Saved
    hindrance: str = ""

    @property
    def can_be_saved(self) -> bool:
        """Say whether there is a figure to save."""
        return bool(self.text) and not self.hindrance

    @property
    def is_ticked(self) -> bool:
        """Say whether it is proposed: what somebody answered stays unless they say otherwise."""
        return self.can_be_saved and not self.saved.entry.value


def rows(place: Place, filling: Filling, figures: Mapping[Figure, Found]) -> tuple[Row, ...]:
    """Return a row for each question that takes a figure, in the questionnaire's order."""
    found = [
        _row(place, question, figures[filling.questions[question.id]])
        for question in place.questionnaire.questions.values()
        if question.id in filling.questions
    ]
    visibility = _visibility(place, found)
    return tuple(
        replace(each, hindrance=WHY_NOT[visibility[each.question.id]])
        if each.can_be_saved
        else each
        for each in found
    )


def offered(place: Place, among: Iterable[Row], chosen: Collection[str]) -> dict[str, Offered]:
    """Return the rows chosen, by question, as they are offered to be saved.

    Raises UnacceptableDetailsError for one that cannot be saved, or not without another.
    """
    taken = [each for each in among if each.question.id in chosen]
    visibility = _visibility(place, taken)
    for each in taken:
        if not each.can_be_saved:
            raise UnacceptableDetailsError(
                f"“{each.question.text}” cannot be saved from here, so nothing was saved."
            )
        if visibility[each.question.id] is not Visibility.VISIBLE:
            raise UnacceptableDetailsError(
                f"“{each.question.text}” is only asked because of another figure here, so nothing"
                " was saved. Tick that one too."
            )
    return {
        each.question.id: Offered(_entry(each.saved, each.text), each.saved.revision)
        for each in taken
    }


def day_of(journey: Journey, filling: Filling, days: Sequence[date]) -> date | None:
    """Return the newest of these days, newest first, by the day that the answers are for.

    Without such a day it is the newest of all; None when there is none.
    """
    asked = [
        journey[question_id].value
        for question_id, figure in filling.questions.items()
        if figure is Figure.COUNTED_ON and question_id in journey
    ]
    until = next((each for each in asked if isinstance(each, date)), None)
    by_then = [each for each in days if until is None or each <= until]
    return next(iter(by_then or days), None)


def _row(place: Place, question: Question, found: Found) -> Row:
    decimals = question.decimals if isinstance(question, Number | Percentage) else 0
    text = "" if found.value is None else as_typed(found.value, decimals)
    saved, hindrance = place.saved.get(question.id, NEVER), ""
    if question.id not in place.yours:
        hindrance = NOT_YOURS
    elif says_same(saved.entry, _entry(saved, text)):
        hindrance = SAVED_ALREADY
    elif problems := accept(question, Entry((text,))).problems:
        hindrance = problems[0].message
    return Row(question, found, text, saved, hindrance if text else "")


def _entry(saved: Saved, text: str) -> Entry:
    """Return what was entered with this answer in place of the one there is."""
    return replace(saved.entry, value=(text,), not_applicable=False, reason="")


def _visibility(place: Place, saving: Iterable[Row]) -> dict[str, Visibility]:
    """Return whether each question is asked once these rows are saved."""
    answers = {name: standing.answer for name, standing in place.journey.items()}
    for each in saving:
        if each.can_be_saved:
            answers[each.question.id] = accept(each.question, Entry((each.text,))).answer
    walked = walk(place.questionnaire, place.facts, answers)
    return {name: standing.visibility for name, standing in walked.items()}

"""Last year beside this year in words: per area and per question, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.movement import Moved, Step, movement
from healthcheck.core.questionnaires import Rating
from healthcheck.reports import words
from healthcheck.reports.view_questions import (
    Sources,
    decimals_of,
    pointers,
    question_row,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.movement import AnswerMove, Movement, ScoreMove
    from healthcheck.core.plans import Action
    from healthcheck.core.questionnaires import Area, Questionnaire

NO_SCORE = "No score"
REWORDED = "The question’s words changed."
OTHER_ANSWERS = "what can be answered is not the same."


@dataclass(frozen=True, slots=True)
class Earlier:
    """The health check to compare with, in the words it had; `cycle` names its year.

    `actions` are those of its plan.
    """

    cycle: str
    questionnaire: Questionnaire
    journey: Journey
    facts: Facts
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One line: what stood there then, what stands there now, and what moved, in words.

    `moved` is the word for it alone; `says` is the whole phrase. Only the overall line lacks a
    number.
    """

    id: str
    number: str
    title: str
    then: str
    now: str
    moved: Moved
    says: str


@dataclass(frozen=True, slots=True)
class BesideSection:
    """The questions of an area, or the figures, that were answered then or now."""

    title: str
    lines: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year beside this year. `gone` names answered questions that are not asked any more."""

    cycle: str
    this_cycle: str
    overall: Beside
    areas: tuple[Beside, ...]
    sections: tuple[BesideSection, ...]
    gone: tuple[str, ...]
    sentence: str


def last_year(earlier: Earlier, sources: Sources, cycle: str) -> LastYear:
    """Return last year beside the health check of these sources, whose year is `cycle`."""
    then = Sources(
        earlier.questionnaire, earlier.journey, earlier.facts, pointers(earlier.questionnaire)
    )
    moves = movement(
        Step(earlier.questionnaire, earlier.journey), Step(sources.questionnaire, sources.journey)
    )
    titles = {area.id: area.title for area in sources.questionnaire.areas}
    sections = tuple(
        section
        for area in sources.questionnaire.sections
        if (section := _section(area, moves, then, sources)).lines
    )
    return LastYear(
        cycle=earlier.cycle,
        this_cycle=cycle,
        overall=_score_line(moves.overall, "Overall"),
        areas=tuple(
            _score_line(each, titles[each.area_id or ""], str(place))
            for place, each in enumerate(moves.areas, start=1)
        ),
        sections=sections,
        gone=tuple(standing.question.text for standing in moves.gone),
        sentence=_sentence(moves),
    )


def _score_line(move: ScoreMove, title: str, number: str = "") -> Beside:
    then, now = (NO_SCORE if each is None else str(each) for each in (move.then, move.now))
    says = _says(move.moved)
    if move.then is not None and move.now is not None and move.moved in {Moved.UP, Moved.DOWN}:
        says = f"{_says(move.moved)} {words.count(abs(move.now - move.then), 'point')}"
    if move.why_not:
        says = f"{says}: {' '.join(move.why_not)}"
    return Beside(move.area_id or "", number, title, then, now, move.moved, says)


def _section(area: Area, moves: Movement, then: Sources, now: Sources) -> BesideSection:
    lines = (
        _line(moves.answers[each.id], then, now)
        for each in area.questions
        if each.id in moves.answers and _is_told(moves.answers[each.id])
    )
    return BesideSection(area.title, tuple(lines))


def _is_told(move: AnswerMove) -> bool:
    """Say whether there is an answer on either side."""
    sides = (move.now, move.then)
    return any(each is not None and (each.is_answered or each.is_not_applicable) for each in sides)


def _line(move: AnswerMove, then: Sources, now: Sources) -> Beside:
    question = move.now.question
    says = _says(move.moved)
    if move.moved in {Moved.UP, Moved.DOWN}:
        says = f"{says} {_amount(move)}"
    if move.moved is Moved.NOT_COMPARABLE:
        says = f"{says}: {OTHER_ANSWERS}"
    if move.is_reworded:
        says = f"{says.rstrip('.')}. {REWORDED}"
    return Beside(
        question.id,
        now.pointers[question.id].number,
        question.text,
        "Not asked" if move.then is None else _words(move.then, then),
        _words(move.now, now),
        move.moved,
        says,
    )


def _amount(move: AnswerMove) -> str:
    """Return by how much something moved, with its unit."""
    question, by = move.now.question, abs(move.by)
    if isinstance(question, Rating):
        return words.count(int(by), "level")
    amount = words.trimmed(by, decimals_of(question))
    unit = unit_of(question)
    if unit == "%":
        return f"{amount} percentage {'point' if amount == '1' else 'points'}"
    return words.with_unit(amount, unit)


def _words(standing: Standing, sources: Sources) -> str:
    """Return an answer in a few words."""
    if not standing.is_visible:
        return "Not asked"
    row = question_row(sources, standing)
    if row.paragraphs:
        return "In words"
    return f"{row.level}. {row.answer}" if row.level is not None else row.answer


def _says(moved: Moved) -> str:
    return words.capital(moved.value)


def _sentence(moves: Movement) -> str:
    """Return how many ratings rose, fell and stayed."""
    rated = [each for each in moves.answers.values() if isinstance(each.now.question, Rating)]
    counts: Mapping[Moved, int] = {
        kind: sum(each.moved is kind for each in rated)
        for kind in (Moved.UP, Moved.DOWN, Moved.SAME)
    }
    return (
        f"Of the ratings that can be compared, {counts[Moved.UP]} went up, {counts[Moved.DOWN]}"
        f" went down and {counts[Moved.SAME]} stayed."
    )

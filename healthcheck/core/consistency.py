"""Consistency prompts: where a questionnaire's checks ask a reader to look at an answer twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from healthcheck.core.checks import Check, Compared, Fits, NoEvidence, Rose
from healthcheck.core.conditions import OverQuestion, Truth, evaluate, leaves
from healthcheck.core.facts import Facts
from healthcheck.core.journey import figure, known
from healthcheck.core.questionnaires import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.core.answers import Answer
    from healthcheck.core.conditions import Condition
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Question, Questionnaire

NO_FACTS = Facts("", "", "")
"""Checks test answers only; a questionnaire whose checks test facts is refused when it is read."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to look at twice: about which question, and what to say.

    `question` is the question's own words, for lists where the prompt does not stand beside it;
    `looked_at` are the ids of the other questions whose answers made it apply.
    """

    question_id: str
    text: str
    check_id: str
    question: str
    looked_at: tuple[str, ...] = ()


def prompts(
    questionnaire: Questionnaire, journey: Journey, last_year: Journey | None
) -> tuple[Prompt, ...]:
    """Return every prompt in the order of the questions, then of the checks.

    Without last year's answers, checks that look at them say nothing.
    """
    found: dict[str, list[Prompt]] = {}
    for check in questionnaire.checks:
        for about, looked_at in _applies(check, journey, last_year):
            words = journey[about].question.text
            prompt = Prompt(about, check.text, check.id, words, looked_at)
            found.setdefault(about, []).append(prompt)
    return tuple(prompt for each in journey for prompt in found.get(each, ()))


def before(question: Question, last_year: Mapping[str, Standing]) -> Standing | None:
    """Return a question's standing last year, under the id it had then; None when it had none."""
    if question.was is not None and question.was in last_year:
        return last_year[question.was]
    return last_year.get(question.id)


def same_evidence(one: Answer, other: Answer) -> bool:
    """Say whether two answers rest on the same words, links and files; nothing is the same too."""
    files, others = ({each.sha256 for each in answer.attachments} for answer in (one, other))
    words, other_words = (" ".join(answer.evidence.split()) for answer in (one, other))
    return words == other_words and set(one.links) == set(other.links) and files == others


def _applies(
    check: Check, journey: Journey, last_year: Journey | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each question a check applies to, with those it looked at for that."""
    match check.kind:
        case NoEvidence(level):
            yield from ((each, ()) for each in journey if _lacks_evidence(journey[each], level))
        case Compared() as compared:
            if _is_beyond(compared, journey):
                limit = compared.limit
                yield compared.figure, (limit,) if isinstance(limit, str) else ()
        case Rose(levels):
            rises = {each: _rise(journey[each], last_year or {}) for each in journey}
            yield from ((each, ()) for each, rise in rises.items() if rise >= levels)
        case Fits(condition, about):
            if _holds(condition, journey) and journey[about].is_visible:
                tested = dict.fromkeys(
                    each.question for each in leaves(condition) if isinstance(each, OverQuestion)
                )
                yield about, tuple(each for each in tested if each != about)
        case _ as unhandled:
            assert_never(unhandled)


def _lacks_evidence(standing: Standing, lowest: int) -> bool:
    level = _level(standing)
    return level is not None and level >= lowest and not standing.answer.has_evidence


def _holds(condition: Condition, journey: Journey) -> bool:
    return evaluate(condition, NO_FACTS, lambda each: known(journey, each)) is Truth.TRUE


def _is_beyond(compared: Compared, journey: Journey) -> bool:
    limit = compared.limit
    value = figure(journey[compared.figure])
    edge = figure(journey[limit]) if isinstance(limit, str) else limit
    if value is None or edge is None:
        return False
    return value > edge if compared.side == "above" else value < edge


def _rise(standing: Standing, last_year: Journey) -> int:
    """Return how many levels a rating rose since last year on the same evidence, else 0."""
    then = before(standing.question, last_year)
    level, was = _level(standing), None if then is None else _level(then)
    if then is None or level is None or was is None:
        return 0
    if not same_evidence(standing.answer, then.answer) or not _same_levels(standing, then):
        return 0
    return level - was


def _same_levels(one: Standing, other: Standing) -> bool:
    """Say whether two ratings can be compared: their levels have the same numbers."""
    levels = [
        set(each.question.descriptors) for each in (one, other) if isinstance(each.question, Rating)
    ]
    return levels[0] == levels[1]


def _level(standing: Standing) -> int | None:
    rated = isinstance(standing.question, Rating) and standing.is_answered
    return int(standing.value) if rated and isinstance(standing.value, int) else None

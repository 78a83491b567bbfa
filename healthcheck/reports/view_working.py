"""How scores were worked out, told in sentences that can be followed with a pencil."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.view_questions import level_of, value_words

if TYPE_CHECKING:
    from healthcheck.core import questionnaires as q
    from healthcheck.core.scoring import AreaScore, Earned, Scorecard
    from healthcheck.reports.view_questions import Sources

ONE = Fraction(1)


def level_words(sources: Sources, question: q.Question) -> str:
    """Return the level of a rating, or the value of a scored figure, in words."""
    value = sources.journey[question.id].value
    level = level_of(sources.questionnaire, question, value)
    if level is not None:
        return level_title(level)
    return "" if value is None else value_words(question, value)


def area_working(sources: Sources, area: AreaScore) -> str:
    """Return how the points of an area make its score; blank without a score."""
    if area.exact is None or area.score is None:
        return ""
    if len({each.maximum for each in area.earned}) > 1:
        return _working_by_share(area)
    by_level = groupby(
        sorted(area.earned, key=lambda each: (-each.points, level_words(sources, each.question))),
        key=lambda each: (each.points, level_words(sources, each.question)),
    )
    terms = [_term(level, list(group)) for (_, level), group in by_level]
    total = words.points(area.points, area.maximum)
    division = _division(words.trimmed(area.points), words.trimmed(area.maximum), area)
    return f"{total}: {words.listed(terms)}. {_weighted(sources, area)}{division}"


def overall_working(scorecard: Scorecard) -> str:
    """Return how the areas make the overall score; blank without a score."""
    if scorecard.exact is None:
        return ""
    scored = [(each.exact, each.area.weight) for each in scorecard.areas if each.exact is not None]
    shown = words.trimmed(scorecard.exact, 1)
    rounds = "" if scorecard.exact == scorecard.score else f", rounded to {scorecard.score}"
    if len(scored) == 1:
        return f"Only 1 area has a score so far, so the overall score is the same: {shown}{rounds}."
    plain = len({weight for _, weight in scored}) == 1
    if plain:
        terms, by = [words.trimmed(exact, 1) for exact, _ in scored], f"{len(scored):,}"
    else:
        terms = [f"{words.trimmed(exact, 1)} × {words.trimmed(part)}" for exact, part in scored]
        by = words.trimmed(sum((weight for _, weight in scored), Fraction(0)))
    which = f"{len(scored):,} areas"
    if len(scored) < len(scorecard.areas):
        which += " that have a score so far"
    rule = f"The plain average of the {which}" if plain else f"The average of the {which}, weighted"
    return f"{rule}: ({' + '.join(terms)}) ÷ {by} = {shown}{rounds}."


def _term(level: str, group: list[Earned]) -> str:
    gained = sum((each.question.weight * each.points for each in group), Fraction(0))
    return f"{words.count(len(group), 'answer')} at {words.quoted(level)} ({words.points(gained)})"


def _weighted(sources: Sources, area: AreaScore) -> str:
    said = [
        f"Question {sources.pointers[each.question.id].number} counts "
        f"{words.times(each.question.weight)}. "
        for each in area.earned
        if each.question.weight != ONE
    ]
    return "".join(said)


def _division(points: str, maximum: str, area: AreaScore) -> str:
    exact, score = area.exact or Fraction(0), area.score
    shown = words.trimmed(exact, 1)
    rounds = "" if exact == score else f", rounded to {score}"
    return f"{points} ÷ {maximum} × 100 = {shown}{rounds}."


def _working_by_share(area: AreaScore) -> str:
    exact, score = area.exact or Fraction(0), area.score
    shares = [
        f"{words.points(each.points, each.maximum)}"
        + ("" if each.question.weight == ONE else f" (counts {words.times(each.question.weight)})")
        for each in area.earned
    ]
    rounds = "" if exact == score else f", rounded to {score}"
    return (
        f"{words.capital(words.listed(shares))}. Each answer counts by its share of its own "
        f"points. The average share is {words.trimmed(exact, 1)}%{rounds}."
    )

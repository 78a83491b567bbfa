"""Scores in words: band, working, what holds it back, and the shortest route to the next band."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.next_band import area_route, overall_route
from healthcheck.core.scoring import FULL_SCORE, whole
from healthcheck.reports import words
from healthcheck.reports.parts import AreaReport, Route, Score, Step
from healthcheck.reports.view_questions import level_of, topic_rows, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.next_band import Lift
    from healthcheck.core.next_band import Route as CoreRoute
    from healthcheck.core.scoring import AreaScore, Earned, Scorecard
    from healthcheck.reports.view_questions import Sources

NO_SCORE = "No score"
ONE = Fraction(1)


def area_reports(sources: Sources, scorecard: Scorecard) -> tuple[AreaReport, ...]:
    """Return every area with its score and its questions."""
    return tuple(
        AreaReport(
            area.area.id,
            str(place),
            area.area.title,
            words.paragraphs(area.area.about),
            _area_score(sources, area),
            topic_rows(sources, area.area),
        )
        for place, area in enumerate(scorecard.areas, start=1)
    )


def overall_score(sources: Sources, scorecard: Scorecard) -> Score:
    """Return the overall score in words."""
    questionnaire = sources.questionnaire
    lowest = scorecard.held_back_by
    held_back = ""
    if lowest is not None and lowest.score is not None:
        held_back = (
            f"The lowest area is {words.quoted(lowest.area.title)}, "
            f"with {words.out_of_100(lowest.score)}."
        )
    route = overall_route(questionnaire, scorecard)
    return Score(
        number=scorecard.score,
        text=_score_text(scorecard.score),
        band=scorecard.band.name if scorecard.band else "",
        band_step=_band_step(questionnaire, scorecard.band),
        sentence=scorecard.band.sentence if scorecard.band else _nothing_scored(),
        coverage=_coverage(sources, questionnaire.areas, scorecard.answered, scorecard.applicable),
        answered=f"{scorecard.answered:,} of {scorecard.applicable:,}",
        working=_overall_working(scorecard),
        capped="",
        held_back=held_back,
        route=_route(sources, scorecard.band, route, "the overall score"),
    )


def level_words(sources: Sources, question: q.Question) -> str:
    """Return the level of a rating, or the value of a scored figure, in words."""
    value = sources.journey[question.id].value
    level = level_of(sources.questionnaire, question, value)
    if level is not None:
        return level.name
    return "" if value is None else value_words(question, value)


def _area_score(sources: Sources, area: AreaScore) -> Score:
    questionnaire = sources.questionnaire
    return Score(
        number=area.score,
        text=_score_text(area.score),
        band=area.band.name if area.band else "",
        band_step=_band_step(questionnaire, area.band),
        sentence=area.band.sentence if area.band else _nothing_scored(area),
        coverage=_coverage(sources, (area.area,), area.answered, area.applicable),
        answered=f"{area.answered:,} of {area.applicable:,}",
        working=_area_working(sources, area),
        capped=_capped(sources, area),
        held_back=_held_back(sources, area),
        route=_route(sources, area.band, area_route(questionnaire, area), "this area"),
    )


def _score_text(score: int | None) -> str:
    return NO_SCORE if score is None else words.out_of_100(score)


def _band_step(questionnaire: q.Questionnaire, band: q.Band | None) -> int | None:
    return None if band is None else questionnaire.bands.index(band)


def _nothing_scored(area: AreaScore | None = None) -> str:
    if area is None:
        return "There is no overall score yet, because no rated question is answered."
    if area.applicable:
        return "There is no score yet, because no rated question of this area is answered."
    return "There is no score, because no rated question of this area applies."


def _coverage(sources: Sources, areas: Sequence[q.Area], answered: int, applicable: int) -> str:
    scored = [each for area in areas for each in area.questions if q.is_scored(each)]
    noun = "rated" if all(isinstance(each, q.Rating) for each in scored) else "scored"
    questions = words.count(applicable, f"{noun} question")
    aside = sum(sources.journey[each.id].is_not_applicable for each in scored)
    also = f", and {aside:,} marked not applicable" if aside else ""
    return f"{answered:,} of {questions} answered{also}"


def _area_working(sources: Sources, area: AreaScore) -> str:
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


def _overall_working(scorecard: Scorecard) -> str:
    if scorecard.exact is None:
        return ""
    scored = [(each.exact, each.area.weight) for each in scorecard.areas if each.exact is not None]
    weight = sum((weight for _, weight in scored), Fraction(0))
    if len({weight for _, weight in scored}) == 1:
        terms, divisor, rule = [words.trimmed(exact, 1) for exact, _ in scored], len(scored), ""
        by = f"{divisor:,}"
    else:
        terms = [f"{words.trimmed(exact, 1)} × {words.trimmed(part)}" for exact, part in scored]
        by, rule = words.trimmed(weight), ", each area by its weight"
    shown = words.trimmed(scorecard.exact, 1)
    rounds = "" if scorecard.exact == scorecard.score else f", rounded to {scorecard.score}"
    return (
        f"The average of {words.count(len(scored), 'area score')}{rule}: "
        f"({' + '.join(terms)}) ÷ {by} = {shown}{rounds}."
    )


def _capped(sources: Sources, area: AreaScore) -> str:
    if area.capped_by is None or area.exact is None or area.band is None:
        return ""
    question = area.capped_by
    alone = sources.questionnaire.band_for(whole(area.exact)).name
    return (
        f"The band is held at {area.band.name}, because essential question "
        f"{sources.pointers[question.id].number} is at "
        f"{words.quoted(level_words(sources, question))}. The score alone would be {alone}."
    )


def _held_back(sources: Sources, area: AreaScore) -> str:
    question = area.held_back_by
    if area.exact is None:
        return ""
    if question is None:
        return f"Nothing: every answer earns full points, so the score is {FULL_SCORE}."
    return (
        f"{sources.pointers[question.id].number} {words.quoted(question.text)}, "
        f"now at {words.quoted(level_words(sources, question))}."
    )


def _route(sources: Sources, band: q.Band | None, route: CoreRoute | None, what: str) -> Route:
    if band is None:
        return Route("There is no route to show until there is a score.")
    if route is None:
        return Route(f"{words.capital(what)} is already in the highest band.")
    steps = tuple(_step(sources, lift) for lift in route.lifts)
    better = words.count(len(steps), "better answer")
    return Route(
        f"{better} would lift {what} to {route.band.name}, with {words.out_of_100(route.score)}.",
        steps,
    )


def _step(sources: Sources, lift: Lift) -> Step:
    question = lift.question
    pointer = sources.pointers[question.id]
    if not isinstance(question, q.Rating):
        return Step(pointer, words.points(lift.points_now), words.points(lift.points_needed))
    levels = sources.questionnaire.levels
    needed = next(
        levels[each].name
        for each in sorted(question.descriptors)
        if levels[each].points == lift.points_needed
    )
    return Step(pointer, level_words(sources, question), needed)

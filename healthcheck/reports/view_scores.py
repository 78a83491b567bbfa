"""Scores in words: band, working, what holds it back, and the shortest route to the next band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.journey import Visibility
from healthcheck.core.next_band import area_route, overall_route
from healthcheck.core.scoring import FULL_SCORE, whole
from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.parts import AreaReport, Route, Score, Step
from healthcheck.reports.view_lists import left
from healthcheck.reports.view_questions import topic_rows
from healthcheck.reports.view_working import area_working, level_words, overall_working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.next_band import Lift
    from healthcheck.core.next_band import Route as CoreRoute
    from healthcheck.core.scoring import AreaScore, Scorecard
    from healthcheck.reports.view_questions import Sources

NO_SCORE = "No score"
LONGEST_REASON = 200
NOT_A_PLAN = (
    "This is arithmetic, not a plan: it shows the fewest answers that would change the band. "
    "What to do first is for the improvement plan."
)


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
            left(sources, area.area),
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
            f"The area with the lowest score is {words.quoted(lowest.area.title)}, "
            f"with {words.out_of_100(lowest.score)}."
        )
    route = overall_route(questionnaire, scorecard)
    left_over = _left(sources, questionnaire.areas, scorecard.applicable - scorecard.answered)
    return Score(
        number=scorecard.score,
        text=_score_text(scorecard.score),
        band=scorecard.band.name if scorecard.band else "",
        band_step=_band_step(questionnaire, scorecard.band),
        sentence=scorecard.band.sentence if scorecard.band else _nothing_scored(),
        coverage=_coverage(sources, questionnaire.areas, scorecard.answered, scorecard.applicable),
        answered=f"{scorecard.answered:,} of {scorecard.applicable:,}",
        working=overall_working(scorecard),
        capped="",
        held_back=held_back,
        route=_route(sources, scorecard.band, route, "the overall score", left_over),
        is_provisional=scorecard.score is not None and left_over > 0,
        set_aside=_essentials_set_aside(sources),
    )


def _area_score(sources: Sources, area: AreaScore) -> Score:
    questionnaire = sources.questionnaire
    route = area_route(questionnaire, area)
    left_over = _left(sources, (area.area,), area.applicable - area.answered)
    return Score(
        number=area.score,
        text=_score_text(area.score),
        band=area.band.name if area.band else "",
        band_step=_band_step(questionnaire, area.band),
        sentence=area.band.sentence if area.band else _nothing_scored(area),
        coverage=_coverage(sources, (area.area,), area.answered, area.applicable),
        answered=f"{area.answered:,} of {area.applicable:,}",
        working=area_working(sources, area),
        capped=_capped(sources, area),
        held_back=_held_back(sources, area),
        route=_route(sources, area.band, route, "this area", left_over),
        is_provisional=area.score is not None and left_over > 0,
        held_down_by=sources.pointers[area.capped_by.id].number if area.capped_by else "",
        set_aside=" ".join(
            _set_aside(sources, each) for each in _set_aside_in(sources, (area.area,))
        ),
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
    scored = _scored_in(areas)
    noun = "rated" if all(isinstance(each, q.Rating) for each in scored) else "scored"
    questions = words.count(applicable, f"{noun} question")
    aside = sum(sources.journey[each.id].is_not_applicable for each in scored)
    open_still = _undetermined(sources, areas)
    return "".join(
        (
            f"{answered:,} of {questions} answered",
            f", and {aside:,} marked not applicable" if aside else "",
            f", and {open_still:,} not yet known to apply" if open_still else "",
        )
    )


def _scored_in(areas: Sequence[q.Area]) -> list[q.Question]:
    return [each for area in areas for each in area.questions if q.is_scored(each)]


def _undetermined(sources: Sources, areas: Sequence[q.Area]) -> int:
    """Return how many scored questions wait for an earlier answer, which decides about them."""
    return sum(
        sources.journey[each.id].visibility is Visibility.UNDETERMINED for each in _scored_in(areas)
    )


def _left(sources: Sources, areas: Sequence[q.Area], unanswered: int) -> int:
    """Return how many questions may still change a score."""
    return unanswered + _undetermined(sources, areas)


def _set_aside_in(sources: Sources, areas: Sequence[q.Area]) -> list[q.Question]:
    return [
        each
        for each in _scored_in(areas)
        if each.essential and sources.journey[each.id].is_not_applicable
    ]


def _set_aside(sources: Sources, question: q.Question) -> str:
    reason = " ".join((sources.journey[question.id].answer.not_applicable or "").split())
    return (
        f"Essential question {sources.pointers[question.id].number} was marked not applicable, "
        "so it cannot hold the band down. "
        f"The reason given: {words.quoted(words.shortened(reason, LONGEST_REASON))}."
    )


def _essentials_set_aside(sources: Sources) -> str:
    found = _set_aside_in(sources, sources.questionnaire.areas)
    numbers = words.listed([sources.pointers[each.id].number for each in found])
    if not found:
        return ""
    if len(found) == 1:
        return (
            f"Essential question {numbers} was marked not applicable, "
            "so it cannot hold its area’s band down."
        )
    return (
        f"Essential questions {numbers} were marked not applicable, "
        "so they cannot hold their areas’ bands down."
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


def _route(
    sources: Sources, band: q.Band | None, route: CoreRoute | None, what: str, left_over: int
) -> Route:
    if band is None:
        return Route("There is no route to show until there is a score.")
    first = _answer_first(left_over)
    if route is None:
        return Route(f"{words.capital(what)} is already in the highest band.", note=first)
    steps = tuple(_step(sources, lift) for lift in route.lifts)
    better = words.count(len(steps), "better answer")
    return Route(
        f"{better} would lift {what} to {route.band.name}, with {words.out_of_100(route.score)}.",
        steps,
        f"{NOT_A_PLAN} {first}".strip(),
    )


def _answer_first(left_over: int) -> str:
    if not left_over:
        return ""
    if left_over == 1:
        return "Answer the other question first: it may change the score."
    return f"Answer the other {left_over:,} questions first: they may change the score."


def _step(sources: Sources, lift: Lift) -> Step:
    question = lift.question
    pointer = sources.pointers[question.id]
    if not isinstance(question, q.Rating):
        return Step(pointer, words.points(lift.points_now), words.points(lift.points_needed))
    levels = sources.questionnaire.levels
    needed = next(
        level_title(levels[each])
        for each in sorted(question.descriptors)
        if levels[each].points == lift.points_needed
    )
    return Step(pointer, level_words(sources, question), needed)

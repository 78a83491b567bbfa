"""The shortest route to the next band: the fewest answers that would lift an area, or the whole.

Raising an answer to its most points adds a fixed amount to a score, so taking the largest gains
first needs the fewest answers. The targets are then lowered again as far as the band allows, so
nobody is told to reach further than they must. Only answers already given are looked at: what the
unanswered questions would earn is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.questionnaires import Band, Question, Questionnaire, Rating
from healthcheck.core.scoring import FULL_SCORE, AreaScore, Earned, Scorecard, cap_of, total, whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Lift:
    """One answer to raise: from the points it earns now to the points it needs."""

    question: Question
    points_now: Fraction
    points_needed: Fraction


@dataclass(frozen=True, slots=True)
class Route:
    """The answers to raise, and the band and whole score they lead to.

    Answers that cap the band come first, then the largest gains. The band is at least the next one;
    it is higher where the steps between answers are coarse, or where only a cap held the band down.
    """

    band: Band
    score: int
    lifts: tuple[Lift, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    earned: Earned
    worth: Fraction
    """What a share of 1 in this question adds to the exact score."""
    must: bool = False

    @property
    def gain(self) -> Fraction:
        return self.worth * (1 - self.earned.share)


def area_route(questionnaire: Questionnaire, area: AreaScore) -> Route | None:
    """Return the shortest route to the area's next band; None at the top or without a score."""
    target = _next_band(questionnaire, area.band)
    if target is None or area.exact is None:
        return None
    whole_weight = total(each.question.weight for each in area.earned)
    candidates = [
        _Candidate(
            each,
            FULL_SCORE * each.question.weight / whole_weight,
            must=_caps_below(questionnaire, each, target),
        )
        for each in area.earned
    ]
    route = _route(questionnaire, area.exact, target, candidates)
    raised = [lift.question for lift in route.lifts]
    left = [cap_of(questionnaire, each) for each in area.earned if each.question not in raised]
    reached = min([route.band, *filter(None, left)], key=lambda band: band.lowest)
    return replace(route, band=reached)


def overall_route(questionnaire: Questionnaire, scorecard: Scorecard) -> Route | None:
    """Return the shortest route to the next overall band; None at the top or without a score."""
    target = _next_band(questionnaire, scorecard.band)
    if target is None or scorecard.exact is None:
        return None
    scored = [each for each in scorecard.areas if each.exact is not None]
    all_weight = total(each.area.weight for each in scored)
    candidates = []
    for area in scored:
        area_weight = total(each.question.weight for each in area.earned)
        area_worth = FULL_SCORE * area.area.weight / all_weight
        candidates += [
            _Candidate(each, area_worth * each.question.weight / area_weight)
            for each in area.earned
        ]
    return _route(questionnaire, scorecard.exact, target, candidates)


def _next_band(questionnaire: Questionnaire, band: Band | None) -> Band | None:
    if band is None:
        return None
    return next((each for each in questionnaire.bands if each.lowest > band.lowest), None)


def _caps_below(questionnaire: Questionnaire, earned: Earned, target: Band) -> bool:
    cap = cap_of(questionnaire, earned)
    return cap is not None and cap.lowest < target.lowest


def _route(
    questionnaire: Questionnaire, exact: Fraction, target: Band, candidates: Iterable[_Candidate]
) -> Route:
    ordered = sorted(
        (each for each in candidates if each.gain or each.must),
        key=lambda each: (not each.must, -each.gain),
    )
    chosen: list[_Candidate] = []
    reached = exact
    for each in ordered:
        if whole(reached) >= target.lowest and not each.must:
            break
        chosen.append(each)
        reached += each.gain
    lifts: list[Lift] = []
    for each in reversed(chosen):
        points, reached = _least(questionnaire, each, reached, target.lowest)
        lifts.append(Lift(each.earned.question, each.earned.points, points))
    score = whole(reached)
    return Route(questionnaire.band_for(score), score, tuple(reversed(lifts)))


def _least(
    questionnaire: Questionnaire, candidate: _Candidate, reached: Fraction, lowest: int
) -> tuple[Fraction, Fraction]:
    """Return the fewest points that still reach the band, and the score with them."""
    earned = candidate.earned
    return next(
        (points, with_it)
        for points in _steps(questionnaire, earned.question)
        if points > earned.points
        and whole(with_it := reached - candidate.worth * (1 - points / earned.maximum)) >= lowest
    )


def _steps(questionnaire: Questionnaire, question: Question) -> list[Fraction]:
    if isinstance(question, Rating):
        return sorted(questionnaire.levels[number].points for number in question.descriptors)
    return sorted({row.points for row in question.score_when})

"""Scores, bands, strengths and areas for improvement, in exact arithmetic, with their working.

A question earns points ÷ maximum × weight. Hidden and not-applicable questions leave both sides;
unanswered ones leave the score and are reported as coverage. A score is rounded once, half up, and
the band is chosen from the rounded number. The rules are stated for authors in
`questionnaires/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING

from healthcheck.core.journey import unanswered
from healthcheck.core.questionnaires import Area, Band, Question, Questionnaire, Rating, is_scored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from healthcheck.core.journey import Journey, Standing

FULL_SCORE = 100
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Earned:
    """The points one answered question earned, out of its maximum.

    `share` is points ÷ maximum, from 0 to 1, and `counted` is weight × share: what the answer adds
    to its area. Both are worked out once, for speed.
    """

    question: Question
    points: Fraction
    maximum: Fraction
    share: Fraction
    counted: Fraction

    @property
    def missing(self) -> Fraction:
        """Weight × (1 − share): what a better answer could still add."""
        return self.question.weight - self.counted


@dataclass(frozen=True)
class AreaScore:
    """One area's score with everything it was made from.

    `exact` is unrounded, from 0 to 100; it, `score` and `band` are None when nothing is scored.
    `capped_by` is the essential question that lowered the band, if one did.
    """

    area: Area
    earned: tuple[Earned, ...]
    applicable: int
    exact: Fraction | None
    band: Band | None
    capped_by: Question | None

    @property
    def score(self) -> int | None:
        """The whole-number score from 0 to 100."""
        return None if self.exact is None else whole(self.exact)

    @property
    def answered(self) -> int:
        """How many scored questions are counted."""
        return len(self.earned)

    @cached_property
    def points(self) -> Fraction:
        """Weight × points, added up over the counted questions."""
        return total(each.question.weight * each.points for each in self.earned)

    @cached_property
    def maximum(self) -> Fraction:
        """Weight × maximum, added up over the counted questions."""
        return total(each.question.weight * each.maximum for each in self.earned)

    @property
    def held_back_by(self) -> Question | None:
        """The limiting factor: what caps the band, else the answer that loses most points."""
        if self.capped_by is not None:
            return self.capped_by
        most = max(self.earned, key=lambda each: each.missing, default=None)
        return most.question if most is not None and most.missing else None


@dataclass(frozen=True)
class Scorecard:
    """Every score of one assessment."""

    areas: tuple[AreaScore, ...]
    exact: Fraction | None
    band: Band | None
    strengths: tuple[Earned, ...]
    improvements: tuple[Earned, ...]
    unanswered: tuple[str, ...]

    @property
    def score(self) -> int | None:
        """The overall whole-number score from 0 to 100."""
        return None if self.exact is None else whole(self.exact)

    @property
    def held_back_by(self) -> AreaScore | None:
        """The area with the lowest exact score, the first of them when several share it."""
        scored = [area for area in self.areas if area.exact is not None]
        lowest = min(scored, key=lambda each: each.exact or ZERO, default=None)
        return lowest if lowest is not None and lowest.exact != FULL_SCORE else None

    @property
    def answered(self) -> int:
        """How many scored questions are counted, in all areas."""
        return sum(area.answered for area in self.areas)

    @property
    def applicable(self) -> int:
        """How many scored questions are asked and not set aside, in all areas."""
        return sum(area.applicable for area in self.areas)


def score(questionnaire: Questionnaire, journey: Journey) -> Scorecard:
    """Return the scorecard of the answers in this journey."""
    areas = tuple(_area_score(questionnaire, area, journey) for area in questionnaire.areas)
    exact = mean(
        [
            (each.exact * each.area.weight, each.area.weight)
            for each in areas
            if each.exact is not None
        ]
    )
    rule = questionnaire.roll_up
    earned = [each for area in areas for each in area.earned]
    strengths = [each for each in earned if each.share >= rule.strength_from]
    improvements = [each for each in earned if each.share <= rule.improve_to]
    return Scorecard(
        areas=areas,
        exact=exact,
        band=None if exact is None else questionnaire.band_for(whole(exact)),
        strengths=_largest_first([(each.counted, each) for each in strengths]),
        improvements=_largest_first([(each.missing, each) for each in improvements]),
        unanswered=unanswered(journey),
    )


def whole(exact: Fraction) -> int:
    """Return a score rounded to a whole number, half up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def mean(weighed: Collection[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Return the mean of (weight × value, weight) pairs, None when they weigh nothing."""
    weight = total(each for _, each in weighed)
    return total(each for each, _ in weighed) / weight if weight else None


def total(parts: Iterable[Fraction]) -> Fraction:
    """Return the exact sum: as whole numbers by denominator first, which is ten times faster."""
    numerators: dict[int, int] = {}
    for part in parts:
        denominator = part.denominator
        numerators[denominator] = numerators.get(denominator, 0) + part.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), ZERO)


def earned_by(questionnaire: Questionnaire, standing: Standing) -> Earned | None:
    """Return what an answered question earns; None when it is not counted."""
    question = standing.question
    value = standing.value
    if not standing.is_answered or standing.is_not_applicable or not is_scored(question):
        return None
    if isinstance(question, Rating):
        points = questionnaire.levels[int(value)].points  # type: ignore[arg-type]
    else:
        number = Fraction(value)  # type: ignore[arg-type]
        points = next((row.points for row in question.score_when if row.holds(number)), ZERO)
    maximum = questionnaire.maxima[question.id]
    share = points / maximum
    counted = share if question.weight == 1 else question.weight * share
    return Earned(question, points, maximum, share, counted)


def _largest_first(found: list[tuple[Fraction, Earned]]) -> tuple[Earned, ...]:
    """Return what was found by amount; ties keep the order of the file."""
    unit = lcm(*(amount.denominator for amount, _ in found))
    ordered = sorted(found, key=lambda each: -each[0].numerator * (unit // each[0].denominator))
    return tuple(each for _, each in ordered)


def cap_of(questionnaire: Questionnaire, earned: Earned) -> Band | None:
    """Return the band an essential question at zero points caps its area at; None for no cap."""
    question = earned.question
    if not question.essential or question.caps_at is None or earned.points:
        return None
    return questionnaire.band(question.caps_at)


def _area_score(questionnaire: Questionnaire, area: Area, journey: Journey) -> AreaScore:
    earned: list[Earned] = []
    applicable = 0
    for question in area.questions:
        standing = journey[question.id]
        if not is_scored(question) or not standing.is_visible or standing.is_not_applicable:
            continue
        applicable += 1
        gained = earned_by(questionnaire, standing)
        if gained is not None:
            earned.append(gained)
    part = mean([(each.counted, each.question.weight) for each in earned])
    exact = None if part is None else FULL_SCORE * part
    band = None if exact is None else questionnaire.band_for(whole(exact))
    band, capped_by = _capped(questionnaire, band, earned)
    return AreaScore(area, tuple(earned), applicable, exact, band, capped_by)


def _capped(
    questionnaire: Questionnaire, band: Band | None, earned: Iterable[Earned]
) -> tuple[Band | None, Question | None]:
    capped_by: Question | None = None
    for each in earned:
        cap = cap_of(questionnaire, each)
        if band is not None and cap is not None and cap.lowest < band.lowest:
            band, capped_by = cap, each.question
    return band, capped_by

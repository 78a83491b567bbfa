from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from healthcheck.core.journey import progress, walk
from healthcheck.core.next_band import Route, area_route, overall_route
from healthcheck.core.questionnaires import Questionnaire, Rating
from healthcheck.core.scoring import Earned, Scorecard, score

from .build import FACTS
from .plain import Given, Spec, marks
from .specs import built, cases, questions_of, value_for, values

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from healthcheck.core.answers import Answer

pytestmark = pytest.mark.slow

thorough = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def card_of(spec: Spec, entries: Given) -> Scorecard:
    asked = built(spec)
    return score(asked, walk(asked, FACTS, values(spec, entries)))


@thorough
@given(cases())
def test_the_rules_written_a_second_time_give_the_same_marks(case: tuple[Spec, Given]) -> None:
    card = card_of(*case)

    assert marks(*case) == {
        "overall": (card.score, card.band and card.band.name),
        "areas": [
            (
                each.score,
                each.band and each.band.name,
                each.capped_by and each.capped_by.id,
                each.answered,
            )
            for each in card.areas
        ],
        "applicable": [each.applicable for each in card.areas],
        "strengths": [each.question.id for each in card.strengths],
        "improvements": [each.question.id for each in card.improvements],
        "unanswered": list(card.unanswered),
    }


@thorough
@given(cases())
def test_every_score_lies_within_0_and_100(case: tuple[Spec, Given]) -> None:
    card = card_of(*case)

    for exact, whole in [(card.exact, card.score), *((a.exact, a.score) for a in card.areas)]:
        assert exact is None or 0 <= exact <= 100
        assert whole is None or 0 <= whole <= 100


@thorough
@given(cases(negations=False), st.data())
def test_hiding_a_question_never_raises_a_maximum(
    case: tuple[Spec, Given], data: st.DataObject
) -> None:
    spec, entries = case
    before = card_of(spec, entries)
    data.draw(st.sampled_from(questions_of(spec)))["for"] = "others"

    after = card_of(spec, entries)

    for one, other in zip(before.areas, after.areas, strict=True):
        assert other.maximum <= one.maximum
        assert other.applicable <= one.applicable
        assert other.answered <= one.answered


@thorough
@given(cases(), st.data())
def test_answering_more_never_lowers_progress(
    case: tuple[Spec, Given], data: st.DataObject
) -> None:
    spec, entries = case
    asked = built(spec)
    open_ones = [each for each in questions_of(spec) if each["id"] not in entries]
    assume(open_ones)
    question = data.draw(st.sampled_from(open_ones))
    entry = data.draw(st.just("n/a") | value_for(spec, question))
    more = {**entries, question["id"]: entry}

    before, after = (
        progress(walk(asked, FACTS, values(spec, each)), asked.questions.values())
        for each in (entries, more)
    )

    assert after.answered >= before.answered
    assert after.of <= before.of
    assert after.started >= before.started


def raised(spec: Spec, entries: Given, points: dict[str, Fraction]) -> Scorecard:
    """Return the scorecard when these questions earn these points instead."""
    asked = built(spec)
    answers: dict[str, Answer] = dict(values(spec, entries))
    levels = {level.points: level.number for level in asked.scale}
    for name, wanted in points.items():
        answers[name] = type(answers[name])(levels[wanted])
    return score(asked, walk(asked, FACTS, answers))


def tops(asked: Questionnaire, earned: Collection[Earned]) -> dict[str, Fraction]:
    return {each.question.id: asked.maxima[each.question.id] for each in earned}


def standing(card: Scorecard, place: int | None) -> int:
    """Return the lowest score of the band of one area, or of the whole."""
    band = card.band if place is None else card.areas[place].band
    assert band is not None
    return band.lowest


def check_route(spec: Spec, entries: Given, route: Route | None, place: int | None) -> None:
    asked = built(spec)
    now = card_of(spec, entries)
    result = now if place is None else now.areas[place]
    if result.band is None or result.band == asked.bands[-1]:
        assert route is None
        return
    assert route is not None
    lowest = standing(now, place)
    wanted = {each.question.id: each.points_needed for each in route.lifts}
    reached = raised(spec, entries, wanted)
    after = reached if place is None else reached.areas[place]
    # The lifts truly reach the band and score they promise, above the present band.
    assert (after.band, after.score) == (route.band, route.score)
    assert route.band.lowest > lowest
    assert all(each.points_needed > each.points_now for each in route.lifts)
    # No smaller set of answers does, however far they are raised.
    earned = [each for area in now.areas for each in area.earned]
    if place is not None:
        earned = list(now.areas[place].earned)
    for few in combinations(earned, len(wanted) - 1):
        other = raised(spec, entries, tops(asked, few))
        assert standing(other, place) <= lowest
    # No single lift can stop earlier.
    for each in route.lifts:
        assert isinstance(each.question, Rating)
        for level in asked.scale:
            if each.points_now < level.points < each.points_needed:
                lower = raised(spec, entries, {**wanted, each.question.id: level.points})
                assert standing(lower, place) <= lowest


@thorough
@given(cases(most=6, conditions=False, numbers=False))
def test_an_area_s_route_reaches_the_band_and_nothing_shorter_does(
    case: tuple[Spec, Given],
) -> None:
    spec, entries = case
    asked = built(spec)
    for place, area in enumerate(card_of(spec, entries).areas):
        check_route(spec, entries, area_route(asked, area), place)


@thorough
@given(cases(most=6, conditions=False, numbers=False))
def test_the_overall_route_reaches_the_band_and_nothing_shorter_does(
    case: tuple[Spec, Given],
) -> None:
    spec, entries = case
    check_route(spec, entries, overall_route(built(spec), card_of(spec, entries)), None)

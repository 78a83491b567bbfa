"""Worked examples: answers in; scores, bands, routes, findings and suggested actions out.

Beside each answers file stands `name.expect.yaml`: what it gives, with its arithmetic in comments.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from healthcheck import resources
from healthcheck.core.next_band import Route, area_route, overall_route
from healthcheck.definitions import library
from healthcheck.services.answers_files import Walked, walked

if TYPE_CHECKING:
    from healthcheck.core.questionnaires import Area, Question
    from healthcheck.core.scoring import AreaScore

HERE = Path(__file__).parent
EXPECTED = ".expect.yaml"
EXAMPLES = sorted(each.stem for each in HERE.glob("*.yaml") if not each.name.endswith(EXPECTED))


@cache
def library_of(questionnaire: str) -> library.Library:
    own = HERE / "questionnaires"
    return library.load(
        own if (own / questionnaire).is_dir() else resources.folder("questionnaires")
    )


def questionnaire_of(name: str) -> str:
    return str(yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))["questionnaire"])


def test_every_example_says_what_it_gives() -> None:
    assert sorted(each.name for each in HERE.glob(f"*{EXPECTED}")) == [
        f"{name}{EXPECTED}" for name in EXAMPLES
    ]


def test_there_are_three_examples_or_more_of_each_questionnaire() -> None:
    told = [questionnaire_of(name) for name in EXAMPLES]

    assert {each: told.count(each) for each in told} == {
        "team-room": 4,
        "employer-health-check": 3,
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answers_give_what_the_example_expects(name: str) -> None:
    expected = yaml.safe_load((HERE / f"{name}{EXPECTED}").read_text("utf-8"))

    opened, problems = walked(HERE / f"{name}.yaml", library_of(questionnaire_of(name)))

    assert [str(each) for each in problems] == []
    assert opened is not None
    assert found(opened) == expected


def found(opened: Walked) -> dict[str, Any]:
    """Return all that an example states, in its words."""
    card = opened.scorecard()
    questionnaire = opened.questionnaire
    report = opened.report()
    return {
        "overall": {
            "score": card.score,
            "band": card.band and card.band.name,
            "held_back_by": card.held_back_by and _id(card.held_back_by.area),
            "route": _route(overall_route(questionnaire, card)),
        },
        "areas": {
            each.area.id: _area(each, area_route(questionnaire, each)) for each in card.areas
        },
        "strengths": [each.question.id for each in card.strengths],
        "improvements": [each.question.id for each in card.improvements],
        "actions": {each.question.id: each.owner for each in report.actions},
        "unanswered": list(card.unanswered),
        "not_applicable": [each.question.id for each in report.lists.not_applicable],
        "figures": {
            name: _plain(standing.value)
            for name, standing in opened.journey.items()
            if standing.is_visible and isinstance(standing.value, Fraction)
        },
    }


def _area(area: AreaScore, route: Route | None) -> dict[str, Any]:
    return {
        "score": area.score,
        "band": area.band and area.band.name,
        "points": _plain(area.points),
        "maximum": _plain(area.maximum),
        "answered": area.answered,
        "applicable": area.applicable,
        "capped_by": area.capped_by and _id(area.capped_by),
        "held_back_by": area.held_back_by and _id(area.held_back_by),
        "route": _route(route),
    }


def _route(route: Route | None) -> dict[str, Any] | None:
    if route is None:
        return None
    steps = {
        each.question.id: f"{_plain(each.points_now)} to {_plain(each.points_needed)}"
        for each in route.lifts
    }
    return {"band": route.band.name, "score": route.score, "raise": steps}


def _id(thing: Area | Question) -> str:
    return thing.id


def _plain(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else str(number)

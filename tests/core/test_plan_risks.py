from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from healthcheck.core.plan_risks import Ratings, Risk, Trouble, biggest_risks
from healthcheck.core.plans import Delivery, LevelUpdate, Priority
from tests.plan_made import THEN, TODAY, action

from . import build

ASKED = build.questionnaire(
    *(build.rating(each) for each in "abcdef"), build.essential("must"), build.yes_no("fact")
)
WEAK_AT = {"a": 1, "b": 1, "c": 0, "d": 2, "must": 1, "fact": True}
BEFORE = date(2026, 11, 1)


def ratings(*updates: LevelUpdate) -> Ratings:
    return Ratings(ASKED, build.journey(ASKED, WEAK_AT), updates)


def named(risks: tuple[Risk, ...]) -> list[str]:
    """What each risk is about: its action's reference, or its question."""
    return [
        each.action.reference if each.action else each.weakness.question.id  # type: ignore[union-attr]
        for each in risks
    ]


def update(question_id: str, after: int) -> LevelUpdate:
    return LevelUpdate(question_id, "action-1", 1, after, "", "Priya Shah", THEN)


def test_the_gravest_trouble_comes_first() -> None:
    actions = [
        action(1, question_id="a", priority=Priority.HIGH),
        action(2, question_id="d", due=BEFORE),
        action(3, question_id="d", delivery=Delivery.AT_RISK),
        action(4, delivery=Delivery.OFF_TRACK, priority=Priority.LOW),
    ]

    risks = biggest_risks(ratings(), actions, TODAY)

    assert [each.trouble for each in risks] == [
        Trouble.OFF_TRACK,
        Trouble.AT_RISK,
        Trouble.NO_ACTION,
        Trouble.NO_ACTION,
        Trouble.NO_ACTION,
    ]
    assert named(risks) == ["A4", "A3", "must", "c", "b"]


def test_overdue_comes_after_at_risk_and_before_weak_answers_without_an_action() -> None:
    actions = [action(1, due=BEFORE), action(2, delivery=Delivery.AT_RISK)]

    assert named(biggest_risks(ratings(), actions, TODAY)) == ["A2", "A1", "must", "c", "a"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"question_id": "must"}, {"question_id": "c"}),
        ({"question_id": "c"}, {"question_id": "a"}),
        ({"question_id": "a"}, {"question_id": "d", "priority": Priority.HIGH}),
        ({"question_id": "d"}, {}),
        ({"question_id": "a", "priority": Priority.HIGH}, {"question_id": "b"}),
        ({"due": date(2027, 1, 1)}, {"due": date(2027, 1, 2)}),
        ({"due": date(2027, 1, 1)}, {}),
    ],
)
def test_among_equals_essential_then_lowest_then_priority_then_date(
    first: dict[str, object], second: dict[str, object]
) -> None:
    late = {"delivery": Delivery.OFF_TRACK}
    actions = [action(1, **late, **second), action(2, **late, **first)]

    assert named(biggest_risks(ratings(), actions, TODAY))[:2] == ["A2", "A1"]


def test_a_question_is_named_once_by_its_action_in_the_deepest_trouble() -> None:
    actions = [
        action(1, question_id="a"),
        action(2, question_id="a", delivery=Delivery.OFF_TRACK),
        action(3, question_id="a", delivery=Delivery.COMPLETE),
    ]

    first, *rest = biggest_risks(ratings(), actions, TODAY)

    assert (first.action, first.others) == (actions[1], 1)
    assert "a" not in named(tuple(rest))


def test_actions_without_a_question_are_each_their_own() -> None:
    actions = [action(each, delivery=Delivery.AT_RISK) for each in (1, 2)]

    assert named(biggest_risks(ratings(), actions, TODAY))[:2] == ["A1", "A2"]


def test_an_action_on_track_is_a_risk_only_while_its_answer_is_weak() -> None:
    actions = [action(1, question_id="a"), action(2, question_id="d"), action(3)]

    risks = biggest_risks(ratings(), actions, TODAY, is_whole=False)

    assert [(each.trouble, each.action) for each in risks] == [(Trouble.STILL_WEAK, actions[0])]


def test_a_rating_that_rose_during_the_year_is_no_longer_weak() -> None:
    found = ratings(update("a", 2), update("must", 0), update("must", 1))

    assert "a" not in named(biggest_risks(found, [], TODAY))
    weakness = found.of("must")
    assert weakness is not None
    assert (weakness.level, weakness.share) == (1, Fraction(1, 3))


def test_a_scored_figure_can_be_weak_and_has_no_level() -> None:
    figure = build.number("hours", score_when=(build.at_most(5, 2), build.at_least(6, 0)))
    asked = build.questionnaire(figure)
    found = Ratings(asked, build.journey(asked, {"hours": build.figure("8")}))

    (risk,) = biggest_risks(found, [], TODAY)

    assert risk.weakness is not None
    assert (risk.weakness.question, risk.weakness.level) == (figure, None)


def test_at_most_five_are_named_and_a_question_nobody_asks_is_none() -> None:
    late = [action(each, delivery=Delivery.OFF_TRACK, question_id="gone") for each in range(7)]
    other = [action(each, delivery=Delivery.OFF_TRACK) for each in range(7, 14)]

    risks = biggest_risks(ratings(), [*late, *other], TODAY)

    assert len(risks) == 5
    assert {each.weakness for each in risks} == {None}

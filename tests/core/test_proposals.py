from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core import proposals
from healthcheck.core.guidance import Improvement, RollUp
from healthcheck.core.plans import (
    Action,
    Declined,
    Delivery,
    Details,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)
from healthcheck.core.proposals import Step
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core import questionnaires as q
    from healthcheck.core.answers import Answer, Value
    from healthcheck.core.proposals import Proposal

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = NOW.date()
ADVICE = Improvement("Nothing is agreed.", "Ask a team.", "Agree it.", "Director", 90, "All agree.")
ASKED = build.questionnaire(
    build.rating("a", improve={0: ADVICE, 1: ADVICE}),
    build.essential("b", improve={0: ADVICE}),
    build.number("c", score_when=(build.at_most(10, 2), build.at_most(20, 1))),
)


def action(question_id: str | None = "a", delivery: Delivery = Delivery.ON_TRACK) -> Action:
    return Action(
        "1",
        "x",
        1,
        Origin.OWN,
        Details("Do."),
        Progress(delivery),
        1,
        NOW,
        "Alice",
        NOW,
        question_id,
    )


def declined(level: int) -> Mapping[str, Declined]:
    return {"a": Declined("a", level, "No money.", "Alice", NOW)}


def found(
    values: Mapping[str, Value | Answer], plan: Plan | None = None, asked: q.Questionnaire = ASKED
) -> tuple[Proposal, ...]:
    return proposals.proposals(asked, build.journey(asked, values), plan or Plan("x"))


def test_every_answer_at_or_below_the_threshold_proposes_in_the_order_of_the_file() -> None:
    assert [(each.question.id, each.level, each.advice) for each in found({"b": 0, "a": 1})] == [
        ("a", 1, ADVICE),
        ("b", 0, ADVICE),
    ]
    assert found({"a": 2, "b": build.NOT_APPLICABLE}) == ()


def test_a_weak_figure_counts_by_the_place_of_its_points_and_has_no_advice() -> None:
    (weak,) = found({"c": build.figure("30")})
    assert (weak.level, weak.advice) == (0, None)
    assert proposals.details(weak, Step.QUICK_WIN, TODAY) == Details("")
    journey = build.journey(ASKED, {"c": build.figure("15"), "a": 1})
    assert proposals.level_of(ASKED, journey["c"]) == 1
    assert proposals.level_of(ASKED, journey["a"]) == 1
    assert proposals.level_of(ASKED, journey["b"]) is None


def test_an_action_settles_a_weak_answer_until_it_is_cancelled() -> None:
    open_still = found({"a": 0})
    assert proposals.to_settle(open_still) == ("a",)
    for delivery, left in ((Delivery.ON_TRACK, ()), (Delivery.COMPLETE, ()), (None, ("a",))):
        plan = Plan("x", (action(delivery=delivery or Delivery.CANCELLED),))
        assert proposals.to_settle(found({"a": 0}, plan)) == left
    assert proposals.to_settle(found({"a": 0}, Plan("x", (action(None),)))) == ("a",)


def test_a_reason_counts_at_its_level_and_above_and_never_below() -> None:
    (weaker,) = found({"a": 0}, Plan("x", declined=declined(1)))
    assert (weaker.is_settled, weaker.was_declined_higher) == (False, True)
    (same,) = found({"a": 1}, Plan("x", declined=declined(1)))
    assert (same.is_settled, same.was_declined_higher) == (True, False)
    (stronger,) = found({"a": 1}, Plan("x", declined=declined(0)))
    assert stronger.is_declined
    assert found({"a": 3}, Plan("x", declined=declined(1))) == ()


def test_a_proposal_begins_an_action_with_the_questionnaires_words() -> None:
    weak, essential = found({"a": 1, "b": 0})
    assert proposals.details(weak, Step.LONGER_STEP, TODAY) == Details(
        "Agree it.",
        finding="Nothing is agreed.",
        measure="All agree.",
        owner=Owner(role="Director"),
        due=TODAY + timedelta(days=90),
    )
    quick = proposals.details(essential, Step.QUICK_WIN, TODAY)
    assert (quick.action, quick.due) == ("Ask a team.", TODAY + timedelta(days=30))
    assert quick.priority is Priority.HIGH


def test_open_actions_without_a_date_or_a_reason_are_found() -> None:
    closed = action(delivery=Delivery.COMPLETE)
    assert proposals.undated(Plan("x", (action(), closed))) == (action(),)


def test_the_threshold_is_the_questionnaires_own() -> None:
    strict = build.questionnaire(
        build.rating("a"), roll_up=RollUp(Fraction(1), Fraction(0), "Plain.")
    )
    assert found({"a": 1}, asked=strict) == ()

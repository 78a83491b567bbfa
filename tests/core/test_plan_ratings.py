from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from healthcheck.core import plan_carrying, plan_ratings
from healthcheck.core.plans import (
    Action,
    Delivery,
    Details,
    LevelUpdate,
    Origin,
    Plan,
    Progress,
)
from tests.core import build

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ASKED = build.questionnaire(build.rating("a"), build.rating("b"), build.yes_no("c"))
OPEN = Action("1", "x", 1, Origin.OWN, Details("Do."), Progress(), 1, NOW, "Al", NOW, "a")
DONE = replace(OPEN, progress=Progress(Delivery.COMPLETE))
UPDATE = LevelUpdate("a", "1", 0, 2, "It is agreed.", "Alice", NOW)


def test_a_completed_action_asks_once_whether_its_rating_has_changed() -> None:
    of_yes_no, alone = replace(DONE, question_id="c"), replace(DONE, question_id=None)
    plan = Plan("x", (OPEN, DONE, of_yes_no, alone))
    assert plan_ratings.to_ask(plan, ASKED) == (DONE,)
    assert plan_ratings.to_ask(replace(plan, updates=(UPDATE,)), ASKED) == ()


def test_the_rating_now_is_the_newest_of_the_year_else_the_answers() -> None:
    journey = build.journey(ASKED, {"a": 0, "c": True})
    plan = Plan("x", updates=(UPDATE, replace(UPDATE, after=3)))
    assert plan_ratings.level_now(plan, journey, "a") == 3
    assert plan_ratings.level_now(Plan("x"), journey, "a") == 0
    assert plan_ratings.level_now(Plan("x"), journey, "b") is None


def test_only_a_rating_that_changed_needs_what_shows_it() -> None:
    assert plan_ratings.note_problem(1, 1, "") is None
    assert plan_ratings.note_problem(1, 2, " ") == ("Say what shows that the rating has changed.")
    assert plan_ratings.note_problem(None, 2, "The minutes.") is None


def test_an_action_goes_on_under_the_name_its_question_has_this_year() -> None:
    new = build.questionnaire(build.rating("anew", was="a"), build.rating("d"))
    ids = plan_carrying.new_ids(ASKED, new)
    assert ids == {"a": "anew"}
    carried = plan_carrying.carried(replace(OPEN, request_id="r"), "2", "y", ids)
    assert carried == replace(
        OPEN,
        id="2",
        assessment_id="y",
        origin=Origin.CARRIED,
        question_id="anew",
        carried_from="1",
    )
    gone = plan_carrying.carried(replace(OPEN, question_id="b"), "2", "y", ids)
    assert gone.question_id is None

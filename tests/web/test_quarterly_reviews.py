"""The quarterly review as a lead goes through it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from healthcheck.services import plans
from tests.people import ALICE, BOB
from tests.plans import AT_RISK
from tests.working_plans import TOM, add, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

SAVE = "Save and go on"


def test_a_lead_goes_through_the_open_actions_one_by_one(
    alice: Someone, world: World, at: Addresses
) -> None:
    first, second = add(world, action="The first."), add(world, TOM, action="The second.")
    board = alice.get(f"{at.tasks}/plan")
    begun = alice.get(board.links["Quarterly review"])
    assert "Go through the 2 open actions one by one" in begun.words
    step = alice.follow(alice.submit(begun, {}, "Start the review of January to March 2026"))
    assert step.heading == "Quarterly review: A1"
    assert "January to March 2026: action 1 of 2" in step.words

    wrong = alice.submit(step, {"delivery": "COMPLETE", "review.month": "x"}, SAVE, status=422)
    assert [where for where, _ in wrong.errors] == ["evidence", "completed", "review"]
    later = alice.follow(alice.submit(wrong, {}, "Leave it for later"))
    assert later.heading == "Quarterly review: A2"
    assert "1 left for later" in later.words
    back = alice.follow(alice.submit(later, {"note": "All well."}, SAVE))
    assert back.heading == "Quarterly review: A1"
    end = alice.follow(alice.submit(back, {}, SAVE))
    assert "The review of January to March 2026 is done: 2 actions looked at" in end.words
    assert "Progress reported: 1" in end.words
    assert now(world, first).details.review == date(2026, 6, 1)
    assert now(world, second).details.review == date(2026, 6, 1)


def test_a_step_meets_what_changed_meanwhile(alice: Someone, world: World, at: Addresses) -> None:
    action = add(world)
    place = f"{at.tasks}/plan/quarterly-review"
    step = alice.follow(alice.submit(alice.get(place), {}, "Start the review"))
    plans.report_progress(world.as_(BOB), world.northmeres.id, action.id, AT_RISK, "Ask me.", 1)
    typed = {"delivery": "CANCELLED", "reason": "Sold."}
    met = alice.submit(step, typed, SAVE, status=422)
    assert met.errors[0][1].startswith("Nothing was saved, because Bob Baker changed A1")
    assert "Ask me. Bob Baker" in met.words
    alice.submit(met, {}, SAVE)
    assert now(world, action).progress.reason == "Sold."
    fields = met.fields(SAVE)
    gone = alice.post(f"{place}/of-nobody", fields, 404)
    assert gone.heading == "Page not found"
    wrong = {**fields, "delivery": ["x"]}
    assert alice.post(f"{place}/of-nobody", wrong).leads_to == place


def test_earlier_reviews_are_listed_and_an_empty_plan_has_nothing_to_review(
    signed_in: Callable[[Person], Someone], world: World, at: Addresses
) -> None:
    alice, place = signed_in(ALICE), f"{at.tasks}/plan/quarterly-review"
    assert "No action of this plan is open" in alice.get(place).words
    add(world)
    alice.submit(alice.get(place), {}, "Start the review")
    world.clock.forward(timedelta(days=40))
    page = signed_in(ALICE).get(place)
    assert "January to March 2026: 0 actions looked at, not finished" in page.words

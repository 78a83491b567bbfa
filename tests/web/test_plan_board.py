"""The board, one's own actions, and one change of many, as people meet them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.plans import Owner
from healthcheck.core.steps import State
from healthcheck.services import plans
from tests.people import ALICE, BOB
from tests.plans import AT_RISK, COMPLETE
from tests.reviewing import RHONA, with_basw
from tests.web.markup import words_of
from tests.working_plans import TOM, add, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

CHANGE = "Change the actions"


@pytest.fixture
def plan(world: World, at: Addresses) -> str:
    """Three actions: one late and at risk, one of somebody outside, one without a date."""
    late = add(world, due=date(2026, 2, 27), action="Agree a <scheme>.")
    check = world.northmeres.id
    plans.report_progress(world.as_(BOB), check, late.id, AT_RISK, "", 1)
    add(world, TOM, action="Mend the rooms.")
    add(world, Owner(), None, action="Find a date.")
    return f"{at.tasks}/plan"


def captions(page: Page) -> list[str]:
    return [words_of(each) for each in page.tree.iter("caption")]


def test_the_board_is_reached_from_the_task_list_and_says_everything_in_words(
    alice: Someone, at: Addresses, plan: str
) -> None:
    page = alice.get(alice.get(at.tasks).links["Improvement plan"])
    assert page.address == plan
    assert "3 actions: 3 open, 1 overdue, 1 without a date." in page.words
    assert captions(page) == [
        "Overdue 1 action",
        "Due in the next 30 days 1 action",
        "No due date 1 action",
    ]
    assert (
        "A1 Agree a <scheme>. Bob Baker Team manager, Duty team ! Overdue by 3 days"
        " 27 February 2026 ▲ At risk Medium priority" in page.words
    )
    assert "Nobody yet No due date It waits for a date. ▶ On track" in page.words


def test_what_is_asked_for_stands_in_the_address_and_goes_with_every_output(
    vera: Someone, plan: str
) -> None:
    page = vera.get(f"{plan}?owner=tom+reed&status=open&by=owner")
    assert captions(page) == ["Tom Reed 1 action"]
    assert "1 action of 3" in page.words
    assert "Only: Owner: tom reed; Status: open." in page.words
    asked = "owner=tom+reed&status=open"
    assert page.links["Print exactly this"] == f"{plan}/print?by=owner&{asked}"
    assert page.links["Excel"] == f"{plan}.xlsx?{asked}"
    assert page.links["Calendar file"] == f"{plan}.ics?{asked}"
    assert "Change owner or date of several" not in page.links
    assert "Add an action" not in page.links
    for output in ("Print exactly this", "Excel", "CSV", "Calendar file"):
        assert vera.get(page.links[output]).content
    nothing = vera.get(f"{plan}?team=HR")
    assert "No action is like this." in nothing.words
    by_area = vera.get(f"{plan}?by=area")
    assert captions(by_area) == ["Not in one area 3 actions"]
    assert by_area.links["Print exactly this"] == f"{plan}/print?by=area"
    assert captions(vera.get(f"{plan}?by=status")) == ["At risk 1 action", "On track 2 actions"]


def test_what_nobody_can_ask_for_is_refused_by_a_sentence(alice: Someone, plan: str) -> None:
    page = alice.get(f"{plan}?status=green", 422)
    assert "“green” is no status that can be asked for." in page.words


def test_an_empty_plan_says_where_to_begin(alice: Someone, at: Addresses) -> None:
    page = alice.get(f"{at.tasks}/plan")
    assert "There is no action in this plan yet." in page.words
    assert page.links["Adopt or decline proposals"] == f"{at.tasks}/plan/proposals"


def test_a_reviewer_reads_an_accepted_plan_from_the_review(
    signed_in: Callable[[Person], Someone], world: World, plan: str
) -> None:
    with_basw(world)
    rhona = signed_in(RHONA)
    rhona.get(plan, 404)
    store = world.as_(None).store
    with store.writing():
        store.run(
            "UPDATE assessments SET state = ?, reviewer_id = ? WHERE id = ?",
            State.ACCEPTED.name,
            RHONA.id,
            world.northmeres.id,
        )
    review = rhona.get(f"/basw/reviews/{world.northmeres.id}")
    page = rhona.get(review.links["Progress of the improvement plan"])
    assert page.links["Review of Children’s services"] == review.address
    assert "Quarterly review" not in page.links
    rhona.get(f"{plan}/change-many", 403)


def test_home_and_header_lead_to_ones_own_actions(bob: Someone, world: World, plan: str) -> None:
    done = add(world, due=date(2026, 2, 1))
    plans.report_progress(world.as_(BOB), world.northmeres.id, done.id, COMPLETE, "", 1)
    home = bob.get("/")
    assert "Your actions: 1, 1 overdue" in home.words
    page = bob.get(home.links["Your actions"])
    assert "1 open action, 1 overdue." in page.words
    assert "Mend the rooms." not in page.words
    report = "Report progress on A1, Children’s services, 2026"
    assert bob.get(page.links[report]).heading.startswith("A1")
    assert plan


def test_who_has_none_is_told_so(charlie: Someone, plan: str) -> None:
    assert "No action of an improvement plan is yours" in charlie.get("/my-actions").words
    assert "Your actions:" not in charlie.get("/").words
    assert plan


def test_a_lead_changes_many_at_once(alice: Someone, plan: str) -> None:
    board = alice.get(f"{plan}?status=open")
    page = alice.get(board.links["Change owner or date of several"])
    assert "Listed are only open actions of this kind: Status: open." in page.words
    typed = {"which": "all", "person": ALICE.id, "role": "Lead", "reason": "Bob left."}
    done = alice.submit(page, typed, CHANGE)
    assert done.leads_to == f"{plan}?status=open"
    assert alice.follow(done).messages == ["3 actions changed."]
    assert captions(alice.get(f"{plan}?by=owner")) == ["Alice Archer 3 actions"]


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    alice: Someone, world: World, plan: str
) -> None:
    one = add(world)
    page = alice.get(f"{plan}/change-many")
    typed = {"due.day": "31", "due.month": "2", "due.year": "2027", "email": "x"}
    wrong = alice.submit(page, typed, CHANGE, status=422)
    assert wrong.errors == [
        ("which", "Choose the actions to change."),
        ("email", "Give an e-mail address like name@example.org, or leave it empty."),
        ("reason", "Say why you change these actions."),
        ("due", "31 February 2027 is not a real date."),
    ]
    ticked = {
        **dict.fromkeys(typed, ""),
        "chosen": f"{one.id}.1",
        "person": "somebody",
        "reason": "The firm has it now.",
    }
    unnamed = alice.submit(wrong, ticked, CHANGE, status=422)
    assert unnamed.errors == [("name", "Write who it is.")]
    alice.submit(unnamed, {"person": "somebody", "name": "The firm", "team": "IT"}, CHANGE)
    assert now(world, one).details.owner == Owner("The firm", "", "IT")


def test_a_change_of_many_meets_what_changed_meanwhile(
    alice: Someone, world: World, plan: str
) -> None:
    page = alice.get(f"{plan}/change-many")
    first = add(world)
    stale = f"{first.id}.1"
    later = replace(first.details, due=date(2026, 8, 1))
    plans.change(world.as_(ALICE), world.northmeres.id, first.id, later, 1)
    typed = {"chosen": stale, "person": ALICE.id, "reason": "Why not."}
    met = alice.submit(page, typed, CHANGE, status=409)
    ((where, sentence),) = met.errors
    assert where == "which"
    assert sentence.startswith("Nothing was saved, because Alice Archer changed A4 after")
    alice.submit(met, {"person": ALICE.id}, CHANGE)
    assert now(world, first).revision == 3

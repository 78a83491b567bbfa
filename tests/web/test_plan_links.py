"""Links for owners without an account: sent from the lead's page, used by their holder alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.plans import Delivery, Owner
from healthcheck.services import plans
from tests.letters import sent, token
from tests.people import ALICE
from tests.plans import AT_RISK
from tests.working_plans import TOM, add, now

if TYPE_CHECKING:
    from healthcheck.core.plans import Action
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

SEND, REPORT = "Send the report", "Send a"


@pytest.fixture
def action(world: World) -> Action:
    """Tom's action; another person's is beside it, to which his link must not lead."""
    add(world, replace(TOM, name="Ana Silva", email="ana@it.example"), action="Only for Ana.")
    return add(world, TOM, action="Mend the rooms.")


@pytest.fixture
def link(alice: Someone, world: World, at: Addresses, action: Action) -> str:
    page = alice.get(f"{at.tasks}/plan/links")
    fields = {**page.fields("Send a link for A2"), "days": ["14"], "do": ["send"]}
    done = alice.follow(alice.post(f"{at.tasks}/plan/links/{action.id}", fields))
    assert done.messages == ["A link is on its way to tom@it.example."]
    assert "Works until 16 March 2026" in done.words
    return f"/progress/{token(world, '/progress')}"


def test_the_holder_sees_one_action_and_reports_on_it(
    nobody: Someone, world: World, action: Action, link: str
) -> None:
    page = nobody.get(link)
    assert page.heading == "Report progress"
    assert "Tom Reed, this action of the improvement plan is yours." in page.words
    for hidden in ("Only for Ana.", "Ana Silva", "Alice Archer", TOM.email, "Sign out"):
        assert hidden not in page.html
    assert not any("/assessments/" in each for each in page.links.values())

    typed = {"delivery": "AT_RISK", "note": "The supplier is late."}
    wrong = nobody.submit(page, typed, SEND, status=422)
    assert wrong.errors == [
        ("reason", "Say why the action is at risk."),
        ("recovery", "Say what will bring the action back on track."),
    ]
    more = {"reason": "No glass.", "recovery": "Another supplier."}
    done = nobody.follow(nobody.submit(wrong, more, SEND))
    assert done.messages == ["Thank you. Your report is saved."]
    assert "The supplier is late. Tom Reed, 2 March 2026, by link" in done.words
    assert now(world, action).progress.delivery is Delivery.AT_RISK


def test_the_page_is_kept_from_search_engines_and_tells_nobody_its_address(
    nobody: Someone, link: str
) -> None:
    page = nobody.get(link)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    robots = [
        each.get("content") for each in page.tree.iter("meta") if each.get("name") == "robots"
    ]
    assert robots == ["noindex, nofollow"]


def test_the_holder_meets_what_changed_meanwhile_and_loses_nothing(
    nobody: Someone, world: World, action: Action, link: str
) -> None:
    page = nobody.get(link)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    met = nobody.submit(page, {"delivery": "CANCELLED", "reason": "Sold."}, SEND, status=409)
    assert met.errors[0][1].startswith("Nothing was saved, because Alice Archer changed A2")
    nobody.submit(met, {}, SEND)
    assert now(world, action).progress.reason == "Sold."


def test_an_ended_link_says_what_to_do(
    nobody: Someone, alice: Someone, at: Addresses, link: str
) -> None:
    page = alice.get(f"{at.tasks}/plan/links")
    done = alice.follow(alice.submit(page, {}, "End the links to A2"))
    assert done.messages == ["The links to A2 have ended."]
    ended = nobody.get(link, 410)
    assert ended.heading == "This link no longer works"
    assert "The health check lead of your employer can send a new one." in ended.words
    other = nobody.get("/progress/of-nobody", 410)
    assert other.words == ended.words


def test_what_cannot_be_sent_is_said_and_nothing_is_sent(
    alice: Someone, world: World, at: Addresses, action: Action
) -> None:
    page = alice.get(f"{at.tasks}/plan/links")
    outside = add(world, Owner("The landlord"))
    told = alice.get(f"{at.tasks}/plan/links")
    assert told.links["Change A3"] == f"{at.tasks}/plan/actions/{outside.id}/change"
    fields = {**page.fields("Send a link for A2"), "days": ["soon"], "do": ["send"]}
    wrong = alice.follow(alice.post(f"{at.tasks}/plan/links/{action.id}", fields))
    assert wrong.messages == ["Choose for how many days the link is to work."]
    assert sent(world) == []

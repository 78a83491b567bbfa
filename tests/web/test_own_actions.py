"""A team manager's own action: reached from the header, reported on, with nothing around it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from icalendar import Calendar

from healthcheck.core.errors import BusyError
from healthcheck.core.plans import Delivery, Owner
from healthcheck.services import plans
from healthcheck.storage import people
from tests.people import ALICE
from tests.plans import AT_RISK
from tests.teams import MIA, PAT, with_people
from tests.working_plans import TOM, add, now

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.plans import Action
    from tests.people import World
    from tests.web.client import Someone

REPORT = "Send the report"


@pytest.fixture
def action(world: World) -> Action:
    """Mia's action, with a note of Alice's; Tom's is beside it."""
    with_people(world)
    add(world, TOM, action="Only for Tom.")
    mias = add(world, Owner(person_id=MIA.id), action="Move two cases.")
    ctx, check = world.as_(ALICE), world.northmeres.id
    plans.report_progress(ctx, check, mias.id, mias.progress, "Between us leads.", 1)
    return mias


@pytest.fixture
def mia(action: Action, signed_in: Callable[[Person], Someone]) -> Someone:
    assert action.reference == "A2"
    return signed_in(MIA)


@pytest.fixture
def pat(action: Action, signed_in: Callable[[Person], Someone]) -> Someone:
    assert action.details.owner.person_id != PAT.id
    return signed_in(PAT)


def test_a_manager_reports_on_their_own_action_and_sees_nothing_else(
    mia: Someone, world: World, action: Action
) -> None:
    home = mia.get("/")
    assert "Your actions: 1" in home.words
    mine = mia.get(home.links["Your actions"])
    page = mia.get(mine.links["Report progress on A2, Children’s services, 2026"])
    assert page.address == f"/my-actions/{action.id}"
    assert "Mia Mason, this action of the improvement plan is yours." in page.words
    assert "Move two cases. DueDue in 18 days 20 March 2026 Status▶ On track" in page.words
    for hidden in ("Only for Tom.", "Tom Reed", "Between us leads.", "Alice Archer", "/assessm"):
        assert hidden not in page.html + mine.html

    typed = {"delivery": "AT_RISK", "note": "One has moved."}
    wrong = mia.submit(page, typed, REPORT, status=422)
    assert [field for field, _ in wrong.errors] == ["reason", "recovery"]
    more = {"reason": "Nobody has room.", "recovery": "Ask the duty team."}
    done = mia.follow(mia.submit(wrong, more, REPORT))
    assert done.messages == ["Thank you. Your report is saved."]
    assert "One has moved. Mia Mason, 2 March 2026" in done.words
    assert now(world, action).progress.delivery is Delivery.AT_RISK
    (event,) = Calendar.from_ical(mia.get("/my-actions/actions.ics").content).walk("VEVENT")
    assert str(event["url"]).endswith(f"/my-actions/{action.id}")


def test_a_stale_report_shows_both_versions_and_loses_nothing(
    mia: Someone, world: World, action: Action
) -> None:
    page = mia.get(f"/my-actions/{action.id}")
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    typed = {"delivery": "CANCELLED", "reason": "They left.", "note": "Nothing to do."}
    both = mia.submit(page, typed, REPORT, status=409)
    assert "The union has not met.They left." in both.words
    assert "Your note, not saved yet:Nothing to do." in both.words
    assert both.links["Keep what is saved now and drop your note"] == page.address
    assert "They left." in mia.submit(both, {}, "Edit mine first", status=200).html
    mia.follow(mia.submit(both, {}, "Save mine"))
    assert now(world, action).progress.reason == "They left."


def test_who_owns_nothing_is_not_led_there_and_who_sees_the_plan_is_led_into_it(  # noqa: PLR0913, PLR0917 - three people
    mia: Someone,
    bob: Someone,
    pat: Someone,
    world: World,
    action: Action,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Your actions" not in pat.get("/").links
    pat.get(f"/my-actions/{action.id}", 404)
    assert "Your actions" in mia.get("/my-workload").links
    with monkeypatch.context() as patched:
        patched.setattr(people, "roles_anywhere", Mock(side_effect=BusyError("Wait.")))
        assert "Your actions" not in bob.get("/of-nobody", 404).links
    bobs = add(world)
    seen = bob.get(f"/my-actions/{bobs.id}", 303)
    assert seen.leads_to == f"/assessments/{world.northmeres.id}/plan/actions/{bobs.id}"

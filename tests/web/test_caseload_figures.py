"""Figures from the caseload snapshots: looked at, ticked and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import snapshots
from healthcheck.services.assessments import save_topic
from tests.people import ALICE, offer
from tests.teams import keep, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.workload.teams import Kept, Team
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

WAY = "Fill figures from the caseload snapshots"
SAVE = "Save what is ticked"


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def kept(world: World, team: Team) -> Kept:
    return keep(world, team, cases=13)


def test_there_is_a_way_from_the_tasks_and_the_topic_for_those_who_answer(
    bob: Someone, vera: Someone, at: Addresses, team: Team
) -> None:
    address = f"{at.tasks}/caseload-figures"
    for page in (at.tasks, at.topic("posts")):
        assert bob.get(page).links[WAY] == address
        assert WAY not in vera.get(page).links
    assert WAY not in bob.get(at.topic("scheme")).links
    vera.get(address, 403)
    empty = bob.get(address)
    assert f"{team.name} has no snapshot of 2 March 2026 or before." in empty.words
    assert "There is nothing to save." in empty.words


@pytest.mark.usefixtures("kept")
def test_a_figure_stands_beside_the_answer_and_is_saved_when_ticked(
    bob: Someone, world: World, at: Addresses
) -> None:
    ctx, check = world.as_(ALICE), world.northmeres.id
    save_topic(ctx, check, "posts", {"vacancies": offer("7")}, {})
    page = bob.get(f"{at.tasks}/caseload-figures")
    for shown in (
        "Duty 1 March 2026, 1 day ago Capacity from contracted hours",
        "Answer 1.5 full-time equivalent Source 1 team, counted on 1 March 2026",
        "Now, saved by Alice Archer",
        "Replace what stands there with this",
        "Answer 50% Source",
    ):
        assert shown in page.words
    assert page.fields(SAVE)["take"] == ["in-post", "long-hours"]

    typed = {"take": ["in-post", "vacancies"], "attach": ["agreed-scheme"]}
    saved = bob.follow(bob.submit(page, typed, SAVE))
    assert saved.messages == ["2 figures saved and totals attached to 1 question."]
    assert saved.words.count("This stands there already.") == 2
    topic = bob.get(at.topic("posts"))
    assert topic.fields()["in-post"] == ["1.5"]
    scheme = bob.get(at.topic("scheme"))
    csv = bob.get(scheme.links["caseload-figures-childrens-2026-03-01.csv"])
    assert b"Cases held,14," in csv.content


def test_nothing_is_saved_without_a_tick_or_over_what_changed_meanwhile(
    bob: Someone, world: World, at: Addresses, team: Team, kept: Kept
) -> None:
    page = bob.get(f"{at.tasks}/caseload-figures?on=2026-03-01")
    none = bob.submit(page, {"take": None}, SAVE, status=422)
    assert none.errors == [("figures", "Nothing was ticked, so nothing was saved.")]
    assert "take" not in none.fields(SAVE)
    snapshots.delete(world.as_(ALICE), team.id, kept.id, "It was wrong.")
    moved = bob.submit(page, {}, SAVE, status=409)
    assert "Nothing was saved. A snapshot or an answer changed" in moved.words
    assert "No figure is offered yet" in moved.words


def test_it_is_not_there_for_another_employer(
    charlie: Someone, at: Addresses, world: World, kept: Kept
) -> None:
    assert kept.id
    charlie.get(f"{at.tasks}/caseload-figures", 404)
    charlie.get(f"/assessments/{world.southmeres.id}/caseload-figures", 404)

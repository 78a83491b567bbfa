"""The page on which a manager sees whom to help first, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from healthcheck.core.workload.snapshots import Case
from healthcheck.services import snapshots
from tests.people import ALICE
from tests.teams import DAY, MIA, set_up, snapshot, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone


def cases() -> tuple[Case, ...]:
    """Return what two workers hold and what waits: one judged high, one not looked at yet."""
    held = [
        Case(id=f"h{number}", worker_id="ab", reference=f"H-{number:02}", factors=frozenset())
        for number in range(1, 27)
    ]
    return (
        *held,
        Case(id="c", worker_id="cd", reference="C-7", factors=frozenset({"abuse"})),
        Case(id="w", worker_id=None, reference="W-1", factors=frozenset({"crisis"}),
             waiting_since=DAY - timedelta(28)),
        Case(id="n", worker_id=None, reference="W-2"),
    )  # fmt: skip


def test_a_manager_sees_who_comes_first_whose_case_it_is_and_why(
    signed_in: Callable[[Person], Someone], charlie: Someone, world: World
) -> None:
    with_people(world)
    team = set_up(world, "Duty", ("contracted-hours", "priority-factors"))
    mia = signed_in(MIA)
    address = f"/teams/{team.id}/priorities"
    assert mia.get(address).links["Put one in"] == f"/teams/{team.id}/snapshots/new"
    kept = snapshots.save(world.as_(ALICE), team.id, replace(snapshot(), cases=cases()))

    page = mia.get(mia.get(f"/teams/{team.id}/workload").links["Who comes first"])
    first, second, third = page.of_class("hc-loads")
    assert "29 cases, 2 of them with nobody." in page.words
    said = [" ".join("".join(each.itertext()).split()) for each in (first, second, third)]
    assert said[0].startswith("Referrals and unallocated cases, most pressing first: 2 cases")
    assert "1. W-2Nobody yetYet to be judgedNot fully judged yet." in said[0]
    assert "Medium: reaches crisis easily or repeatedly. Waiting 28 days." in said[0]
    assert "1. H-01ABLowLow: none of the factors is there." in said[1]
    assert "1. C-7CDHighHigh: risk of child abuse or physical abuse. That it has" in said[2]
    assert "C-7" not in said[1]
    assert "2 more cases" in page.words
    whole = mia.get(page.links["Show every case by Priority by six factors"].partition("#")[0])
    assert "27. C-7" in whole.words
    assert f"snapshot={kept.id}" in whole.address
    assert "Not judged or not counted" in page.words
    charlie.get(address, 404)


def test_without_a_scheme_or_its_figures_the_page_says_what_to_do(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    with_people(world)
    team, other = set_up(world), set_up(world, "Old", ("priority-factors",))
    mia = signed_in(MIA)
    page = mia.get(f"/teams/{team.id}/priorities")
    assert page.links["the team’s page"] == f"/teams/{team.id}"
    assert "Who comes first" not in mia.get(f"/teams/{team.id}/workload").links
    snapshots.save(world.as_(ALICE), other.id, snapshot(date(2010, 1, 1)))
    assert " old. Risks change" in mia.get(f"/teams/{other.id}/priorities").words

"""An employer's public pages lead to each other, and to nothing that is not public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.staff_page import Line
from healthcheck.services import benchmarks, publications, review_steps, staff_page
from tests import reviewing
from tests.people import ALICE, NORTHMERE
from tests.reviewing import RHONA
from tests.teams import set_up, with_people
from tests.working_plans import add

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone

REPORT = "Health check report, Children’s services, 2026"
STAFF = "You said, we did, Children’s services, 2026"
LEVELS = "Safe levels of work for social workers"


def test_each_public_page_leads_to_the_others_until_they_are_taken_down(
    nobody: Someone, world: World
) -> None:
    ctx, check = world.as_(ALICE), world.northmeres.id
    action = add(world)
    staff_page.save_line(ctx, check, Line(action.id, "Too much work.", "A scheme."))
    reviewing.start(world)
    review_steps.accept(world.as_(RHONA), check)
    with_people(world)
    set_up(world)
    report = f"/published/{publications.publish(ctx, check, own_words=False).address}"
    levels = f"/benchmark/{benchmarks.publish(ctx, NORTHMERE.id, '').address}"
    before = nobody.get(report)
    assert "Also published by Northmere Council" in before.words
    assert before.links[LEVELS] == levels
    assert STAFF not in before.links

    staff = f"/you-said-we-did/{staff_page.publish(ctx, check).address}"
    every = {REPORT: report, STAFF: staff, LEVELS: levels}
    for name, address in every.items():
        links = nobody.get(address).links
        expected = {one: at for one, at in every.items() if one != name}
        assert {one: links[one] for one in every if one in links} == expected

    publications.take_down(ctx, check, "It was wrong.")
    benchmarks.take_down(ctx, NORTHMERE.id, "It was wrong.")
    assert "Also published" not in nobody.get(staff).words

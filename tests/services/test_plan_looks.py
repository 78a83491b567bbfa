"""Who at BASW looked at an accepted plan: noted for the employer, never its own people's reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.plan_board import Grouping
from healthcheck.core.plan_filters import Filter
from healthcheck.core.plans import Details
from healthcheck.services import plan_actions, plan_board, plan_workbooks, plans, review_steps
from healthcheck.services.looked_at import looks
from tests import reviewing
from tests.people import ALICE, VERA
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from tests.people import World

ALL = Filter()


def test_the_employer_sees_who_at_basw_read_and_downloaded_its_plan(world: World) -> None:
    id_ = world.northmeres.id
    reviewing.start(world)
    action = plans.add(world.as_(ALICE), id_, Details("Write a scheme.", due=date(2026, 9, 1)))
    review_steps.accept(world.as_(RHONA), id_)
    before = looks(world.as_(ALICE), id_)[1]
    for person in (VERA, RHONA, RHONA):
        plan_board.board(world.as_(person), id_, ALL, Grouping.DUE)
        plan_actions.one(world.as_(person), id_, action.id)
        plan_workbooks.table(world.as_(person), id_, ALL)
    seen = looks(world.as_(ALICE), id_)[1]
    noted = sorted((each.person, each.did) for each in seen if each not in before)
    table = "Downloaded the improvement plan as a table, for BASW"
    assert noted == [
        (RHONA.name, table),
        (RHONA.name, table),
        (RHONA.name, "Read the improvement plan, for BASW"),
    ]

"""A team's cases in order: who gets help first, which work can end, and what presses most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from healthcheck.core.facts import service_title
from healthcheck.core.workload.decisions import age
from healthcheck.core.workload.schemes import Priority
from healthcheck.reports.orders_view import priority_view
from healthcheck.services import workload_orders
from healthcheck.web.access import signed_in
from healthcheck.web.request import context
from healthcheck.web.workload_pages import OLD

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("workload_orders", __name__)
EVERYTHING = "everything"
MOST_AT_FIRST = 25


@blueprint.get("/teams/<team_id>/priorities")
@signed_in
def show(team_id: str) -> ResponseReturnValue:
    """Show a team’s waiting cases, its cases for discharge and its other cases in order."""
    found = workload_orders.of_team(context(), team_id, request.args.get("snapshot"))
    most = None if request.args.get("show") == EVERYTHING else MOST_AT_FIRST
    made = [(each, each.scheme.rule) for each in found.results]
    return render_template(
        "workload/priorities.html",
        page=found,
        views=[priority_view(one, rule, most) for one, rule in made if isinstance(rule, Priority)],
        old=found.kept is not None and (found.today - found.kept.taken_on).days > OLD,
        age=age,
        service=service_title(found.team.service),
    )

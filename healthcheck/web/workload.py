"""What schemes say of teams: a team's page, trying changes out, a service, one's own load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from healthcheck.services import service_workload, workload
from healthcheck.web import workload_pages as pages
from healthcheck.web.access import signed_in
from healthcheck.web.forms import what_if as forms
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("workload", __name__)
WHAT_IF = "/teams/<team_id>/what-if"
EVERYBODY = "everybody"


@blueprint.get("/teams/<team_id>/workload")
@signed_in
def team(team_id: str) -> ResponseReturnValue:
    """Show a team's workload under every scheme it uses."""
    found = workload.team_page(context(), team_id, request.args.get("snapshot"))
    return render_template("workload/team.html", page=found, **pages.of_team(found))


@blueprint.get(WHAT_IF)
@signed_in
def what_if(team_id: str) -> ResponseReturnValue:
    """Show a team as it is, with nothing tried yet."""
    tried = workload.what_if(context(), team_id, ())
    return render_template(
        "workload/what_if.html", tried=tried, form=forms.WhatIfForm(), **pages.of_what_if(tried)
    )


@blueprint.post(WHAT_IF)
@signed_in
def try_out(team_id: str) -> ResponseReturnValue:
    """Show a team before and after some changes; they are on the page alone, nothing is saved."""
    form = forms.posted(request.form)
    tried = workload.what_if(context(), team_id, form.changes)
    form.changes, form.problem = [*tried.changes], form.problem or tried.problem
    page = render_template(
        "workload/what_if.html", tried=tried, form=form, **pages.of_what_if(tried)
    )
    return page, 422 if form.problem else 200


@blueprint.get("/my-workload")
@signed_in
def mine() -> ResponseReturnValue:
    """Show somebody their own load, and nobody else’s."""
    loads = [pages.of_one(each) for each in workload.own(context())]
    return render_template("workload/mine.html", loads=loads)


@blueprint.get("/employers/<employer_id>/workload")
@signed_in
def service(employer_id: str) -> ResponseReturnValue:
    """Show an employer's teams, and whoever is at or above capacity or, if asked, everybody."""
    found = service_workload.of_service(context(), employer_id)
    everybody = request.args.get("show") == EVERYBODY
    return render_template(
        "workload/service.html",
        page=found,
        everybody=everybody,
        **pages.of_service(found, everybody=everybody),
    )

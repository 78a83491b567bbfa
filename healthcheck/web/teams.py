"""Teams: an employer's, one team with its snapshots, setting one up, and its workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload.team_rules import Details
from healthcheck.services import snapshots, teams
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.workload.teams import Team

blueprint = Blueprint("teams", __name__)

AT_AN_EMPLOYER = "/employers/<employer_id>/teams"
A_TEAM = "/teams/<team_id>"
A_WORKER = f"{A_TEAM}/workers/<worker_id>"
NOTHING = Details("", "", ())


@blueprint.get(AT_AN_EMPLOYER)
@signed_in
def show(employer_id: str) -> ResponseReturnValue:
    """List the teams of an employer that the person may open."""
    ctx = context()
    return render_template(
        "teams/teams.html",
        employer=teams.employer(ctx, employer_id),
        teams=snapshots.latest_of(ctx, employer_id),
        may_set_up=teams.may_set_up(ctx, employer_id),
        service_title=service_title,
    )


@blueprint.get(f"{AT_AN_EMPLOYER}/new")
@signed_in
def new(employer_id: str) -> ResponseReturnValue:
    """Show the form to set up a team."""
    teams.setting_up(context(), employer_id)
    return _draw_form(employer_id, None, NOTHING)


@blueprint.post(f"{AT_AN_EMPLOYER}/new")
@signed_in
def add(employer_id: str) -> ResponseReturnValue:
    """Set up a team."""
    ctx, details = context(), _posted()
    problems = teams.problems(ctx, employer_id, details)
    if problems:
        return _draw_form(employer_id, None, details, problems), 422
    made = teams.add(ctx, employer_id, details)
    flash(f"{made.name} is set up. Now put its caseload in.", "done")
    return redirect(url_for("teams.team", team_id=made.id), 303)


@blueprint.get(A_TEAM)
@signed_in
def team(team_id: str) -> ResponseReturnValue:
    """Show a team: its newest snapshot, those before, its workers."""
    ctx = context()
    found = teams.team(ctx, team_id)
    return render_template(
        "teams/team.html",
        team=found,
        kept=snapshots.listed(ctx, team_id),
        deleted=snapshots.deleted(ctx, team_id),
        schemes=teams.chosen(ctx, found),
        may_set_up=teams.may_set_up(ctx, found.employer.id),
        service=service_title(found.service),
    )


@blueprint.get(f"{A_TEAM}/change")
@signed_in
def form(team_id: str) -> ResponseReturnValue:
    """Show the form that changes a team."""
    ctx = context()
    found = teams.open_team(ctx, team_id)
    teams.setting_up(ctx, found.employer.id)
    managers = tuple(each.id for each in found.managers)
    now = Details(found.name, found.service, found.scheme_ids, managers)
    return _draw_form(found.employer.id, found, now)


@blueprint.post(f"{A_TEAM}/change")
@signed_in
def change(team_id: str) -> ResponseReturnValue:
    """Change a team."""
    ctx, details = context(), _posted()
    found = teams.open_team(ctx, team_id)
    problems = teams.problems(ctx, found.employer.id, details, team_id)
    if problems:
        return _draw_form(found.employer.id, found, details, problems), 422
    made = teams.change(ctx, team_id, details)
    flash(f"{made.name} is saved.", "done")
    return redirect(url_for("teams.team", team_id=team_id), 303)


@blueprint.post(f"{A_TEAM}/close")
@signed_in
def close(team_id: str) -> ResponseReturnValue:
    """Close a team that is no more."""
    ctx = context()
    try:
        closed = teams.close(ctx, team_id, request.form.get("reason", ""))
    except UnacceptableDetailsError as error:
        found = teams.team(ctx, team_id)
        managers = tuple(each.id for each in found.managers)
        now = Details(found.name, found.service, found.scheme_ids, managers)
        return _draw_form(found.employer.id, found, now, {"reason": str(error)}), 422
    flash(f"{closed.name} is closed. Its snapshots are kept.", "done")
    return redirect(url_for("teams.show", employer_id=closed.employer.id), 303)


@blueprint.get(A_WORKER)
@signed_in
def worker(team_id: str, worker_id: str) -> ResponseReturnValue:
    """Show the form of a worker's name and account."""
    return _draw_worker(team_id, worker_id)


@blueprint.post(A_WORKER)
@signed_in
def change_worker(team_id: str, worker_id: str) -> ResponseReturnValue:
    """Change a worker's name, and whose account is theirs."""
    name, person_id = request.form.get("name", ""), request.form.get("person") or None
    try:
        now = teams.change_worker(context(), team_id, worker_id, name, person_id)
    except UnacceptableDetailsError as error:
        return _draw_worker(team_id, worker_id, name, person_id, str(error)), 422
    flash(f"{now.name} is saved.", "done")
    return redirect(url_for("teams.team", team_id=team_id), 303)


def _posted() -> Details:
    given = request.form
    return Details(
        given.get("name", ""),
        given.get("service", ""),
        tuple(given.getlist("schemes")),
        tuple(given.getlist("managers")),
    )


def _draw_form(
    employer_id: str, found: Team | None, details: Details, problems: dict[str, str] | None = None
) -> str:
    ctx = context()
    return render_template(
        "teams/form.html",
        employer=teams.employer(ctx, employer_id),
        team=found,
        details=details,
        problems=problems or {},
        offered=teams.offered(ctx, employer_id, found.id if found else None),
        schemes=teams.schemes(ctx),
        managers=teams.who_could_manage(ctx, employer_id),
        service_title=service_title,
    )


def _draw_worker(
    team_id: str,
    worker_id: str,
    name: str | None = None,
    person_id: str | None = None,
    problem: str = "",
) -> str:
    ctx = context()
    found = teams.open_team(ctx, team_id)
    now = teams.worker(found, worker_id)
    linked = now.person.id if now.person else ""
    return render_template(
        "teams/worker.html",
        team=found,
        worker=now,
        name=now.name if name is None else name,
        person_id=linked if name is None else person_id or "",
        people=teams.who_could_be_linked(ctx, found.employer.id),
        problem=problem,
    )

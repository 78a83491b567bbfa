"""Teams: an employer's, one team with its snapshots, setting one up, and its workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import SavedMeanwhileError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload.team_rules import Details, details_of, version
from healthcheck.services import snapshots, teams
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flask.typing import ResponseReturnValue

    from healthcheck.core.workload.teams import Team, TeamWorker

blueprint = Blueprint("teams", __name__)

AT_AN_EMPLOYER = "/employers/<employer_id>/teams"
A_TEAM = "/teams/<team_id>"
A_WORKER = f"{A_TEAM}/workers/<worker_id>"
NOTHING = Details("", "", ())
NOBODYS = "Nobody’s"


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
    return _draw_form(found.employer.id, found, details_of(found))


@blueprint.post(f"{A_TEAM}/change")
@signed_in
def change(team_id: str) -> ResponseReturnValue:
    """Change a team."""
    ctx, details = context(), _posted()
    found = teams.open_team(ctx, team_id)
    problems = teams.problems(ctx, found.employer.id, details, team_id)
    if problems:
        return _draw_form(found.employer.id, found, details, problems), 422
    try:
        made = teams.change(ctx, team_id, details, request.form.get("based_on", ""))
    except SavedMeanwhileError:
        now = teams.open_team(ctx, team_id)
        return _draw_form(found.employer.id, now, details, is_stale=True), 409
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
        return _draw_form(found.employer.id, found, details_of(found), {"reason": str(error)}), 422
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
        now = teams.change_worker(
            context(),
            team_id,
            worker_id,
            name,
            person_id,
            request.form.get("based_on", ""),
        )
    except SavedMeanwhileError:
        return _draw_worker(team_id, worker_id, name, person_id, is_stale=True), 409
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
    employer_id: str,
    found: Team | None,
    details: Details,
    problems: dict[str, str] | None = None,
    *,
    is_stale: bool = False,
) -> str:
    ctx = context()
    return render_template(
        "teams/form.html",
        employer=teams.employer(ctx, employer_id),
        team=found,
        details=details,
        based_on=_based_on(found, is_stale=is_stale),
        differs=_differs(found, details) if found and is_stale else None,
        problems=problems or {},
        offered=teams.offered(ctx, employer_id, found.id if found else None),
        schemes=teams.schemes(ctx),
        managers=teams.who_could_manage(ctx, employer_id),
        service_title=service_title,
    )


def _draw_worker(  # noqa: PLR0913 - what was typed, and what came of it
    team_id: str,
    worker_id: str,
    name: str | None = None,
    person_id: str | None = None,
    problem: str = "",
    *,
    is_stale: bool = False,
) -> str:
    ctx = context()
    found = teams.open_team(ctx, team_id)
    now = teams.worker(found, worker_id)
    linked = now.person.id if now.person else ""
    people = teams.who_could_be_linked(ctx, found.employer.id)
    names = {each.id: each.name for each in people}
    rows = [
        ("Name or initials", now.name, name),
        ("Account", names.get(linked, NOBODYS), names.get(person_id or "", NOBODYS)),
    ]
    return render_template(
        "teams/worker.html",
        team=found,
        worker=now,
        name=now.name if name is None else name,
        person_id=linked if name is None else person_id or "",
        people=people,
        problem=problem,
        based_on=_based_on(now, is_stale=is_stale),
        differs=[row for row in rows if row[1] != row[2]] if is_stale else None,
    )


def _based_on(now: Team | TeamWorker | None, *, is_stale: bool) -> str:
    """Return the version that a form is based on: after both were shown, that which is saved."""
    if now is None:
        return ""
    return (not is_stale and request.form.get("based_on")) or version(now)


def _differs(found: Team, mine: Details) -> list[tuple[str, str, str]]:
    """Return what is saved and what somebody else wants, in words, part by part."""
    ctx, now = context(), details_of(found)
    managers = {each.id: each.name for each in teams.who_could_manage(ctx, found.employer.id)}
    titles = {name: each.title for name, each in teams.schemes(ctx).items()}
    rows = [
        ("Name", now.name, mine.name),
        ("Service", service_title(now.service), service_title(mine.service)),
        ("Schemes", _named(titles, now.schemes), _named(titles, mine.schemes)),
        ("Managers", _named(managers, now.managers), _named(managers, mine.managers)),
    ]
    return [row for row in rows if row[1] != row[2]]


def _named(names: Mapping[str, str], chosen: Collection[str]) -> str:
    return "; ".join(name for id_, name in names.items() if id_ in chosen)

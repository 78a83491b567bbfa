"""Capacity reached: who needs a decision in a team, taking one, and those taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload.decisions import LONGEST_WORDS, Kind
from healthcheck.services import decisions
from healthcheck.web.access import signed_in
from healthcheck.web.forms.decisions import DecisionForm, posted
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.decisions import Asked

blueprint = Blueprint("decisions", __name__)
ALL = "/teams/<team_id>/decisions"
ONE = f"{ALL}/<about>"
THE_TEAM = "team"
KINDS = tuple((each.name, each.value) for each in Kind)
ALONE = "There is no health check of this service in the present cycle, so it is in no plan."


@blueprint.get(ALL)
@signed_in
def listed(team_id: str) -> ResponseReturnValue:
    """Show who is at or above capacity in a team, and what was decided."""
    found = decisions.of_team(context(), team_id)
    return render_template(
        "decisions/listed.html",
        found=found,
        service=service_title(found.team.service),
        the_team=THE_TEAM,
        alone=ALONE,
    )


@blueprint.get(ONE)
@signed_in
def new(team_id: str, about: str) -> ResponseReturnValue:
    """Show the form to decide on a worker, or on the team as a whole."""
    return _draw(decisions.asked(context(), team_id, _worker(about)), about, DecisionForm())


@blueprint.post(ONE)
@signed_in
def decide(team_id: str, about: str) -> ResponseReturnValue:
    """Record a decision."""
    ctx = context()
    asked = decisions.asked(ctx, team_id, _worker(about))
    form = posted(request.form, asked.today)
    if form.problems:
        return _draw(asked, about, form), 422
    try:
        based_on = request.form.get("based_on", "")
        made = decisions.decide(ctx, team_id, _worker(about), form.proposed(), based_on)
    except UnacceptableDetailsError as fault:
        form.problems["owner"] = str(fault)
        return _draw(asked, about, form), 422
    where = "It is an action in the improvement plan." if made.action_id else ALONE
    flash(f"The decision is recorded. {where}", "saved")
    return redirect(url_for(".listed", team_id=team_id), 303)


def _worker(about: str) -> str | None:
    return None if about == THE_TEAM else about


def _draw(asked: Asked, about: str, form: DecisionForm) -> str:
    return render_template(
        "decisions/decide.html",
        asked=asked,
        about=about,
        form=form,
        kinds=KINDS,
        alone=ALONE,
        based_on=request.form.get("based_on", asked.based_on),
        longest=LONGEST_WORDS,
    )

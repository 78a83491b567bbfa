"""Cycles, for BASW's administrators: opened, changed, and more employers invited to them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.cycles import stage
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, SERVICES, service_title
from healthcheck.core.steps import State
from healthcheck.reports.words import count
from healthcheck.services import cycles
from healthcheck.services.open_now import today
from healthcheck.web.access import signed_in
from healthcheck.web.forms.cycles import CycleForm, of_cycle, posted, posted_dates
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.cycles import Cycle

blueprint = Blueprint("cycles", __name__)


@blueprint.get("/basw/cycles")
@signed_in
def show() -> ResponseReturnValue:
    """List every cycle."""
    return render_template("cycles/cycles.html", lines=cycles.every(context()))


@blueprint.get("/basw/cycles/new")
@signed_in
def new() -> ResponseReturnValue:
    """Show the form to open a cycle."""
    editions = cycles.editions(context())
    return _draw_new(CycleForm(edition=editions[0][0] if editions else ""))


@blueprint.post("/basw/cycles/new")
@signed_in
def open_one() -> ResponseReturnValue:
    """Open a cycle, with a health check of every service that is invited."""
    ctx = context()
    form = posted(request.form, [value for value, _ in cycles.editions(ctx)])
    if not form.problems:
        try:
            opened = cycles.open_cycle(ctx, form.cycle(), form.audience)
        except UnacceptableDetailsError as error:
            form.problems["name"] = str(error)
        else:
            many = cycles.health_checks(ctx, opened)
            flash(f"The {opened.name} cycle is set up with {count(many, 'health check')}.", "done")
            return redirect(url_for("cycles.one", cycle_id=opened.id), 303)
    return _draw_new(form), 422


@blueprint.get("/basw/cycles/<cycle_id>")
@signed_in
def one(cycle_id: str) -> ResponseReturnValue:
    """Show one cycle: its dates, and where its health checks stand."""
    cycle = cycles.get(context(), cycle_id)
    return _draw(cycle, of_cycle(cycle))


@blueprint.post("/basw/cycles/<cycle_id>")
@signed_in
def change(cycle_id: str) -> ResponseReturnValue:
    """Give a cycle other dates."""
    ctx, form = context(), posted_dates(request.form)
    if form.problems:
        return _draw(cycles.get(ctx, cycle_id), form), 422
    cycles.change(ctx, cycle_id, *form.days.values())
    flash("The dates are saved.", "done")
    return redirect(url_for("cycles.one", cycle_id=cycle_id), 303)


@blueprint.get("/basw/cycles/<cycle_id>/invite")
@signed_in
def choose(cycle_id: str) -> ResponseReturnValue:
    """List who is not in a cycle yet, to choose from."""
    ctx = context()
    cycle = cycles.get(ctx, cycle_id)
    nation, employer_type = request.args.get("nation", ""), request.args.get("type", "")
    waiting = cycles.not_invited(ctx, cycle)
    return render_template(
        "cycles/invite.html",
        cycle=cycle,
        waiting=len(waiting),
        found=[
            (known, service)
            for known, service in waiting
            if nation in {"", known.details.nation}
            and employer_type in {"", known.details.employer_type}
        ],
        nation=nation,
        employer_type=employer_type,
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        service_title=service_title,
    )


@blueprint.post("/basw/cycles/<cycle_id>/invite")
@signed_in
def invite(cycle_id: str) -> ResponseReturnValue:
    """Give the employers and services chosen a health check in the cycle."""
    chosen = [
        (employer_id, service)
        for each in request.form.getlist("invite")
        for employer_id, _, service in [each.partition(":")]
    ]
    made = cycles.invite(context(), cycle_id, chosen)
    if not chosen:
        flash("Nobody was chosen, so nobody was invited.", "attention")
        return redirect(url_for("cycles.choose", cycle_id=cycle_id), 303)
    flash(f"{count(len(made), 'health check')} added to the cycle.", "done")
    return redirect(url_for("cycles.one", cycle_id=cycle_id), 303)


def _draw_new(form: CycleForm) -> str:
    return render_template(
        "cycles/new.html",
        form=form,
        editions=cycles.editions(context()),
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        services=SERVICES,
    )


def _draw(cycle: Cycle, form: CycleForm) -> str:
    ctx = context()
    standings = cycles.standings(ctx, cycle)
    counts = Counter(each.state for each in standings)
    return render_template(
        "cycles/cycle.html",
        cycle=cycle,
        form=form,
        stage=stage(cycle, today(ctx)),
        total=len(standings),
        counts=[(state, counts[state]) for state in State if counts[state]],
        waiting=len(cycles.not_invited(ctx, cycle)),
    )

"""Reports of an excessive caseload: made with one's name, answered, and how an employer does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core import caseload_reports as core
from healthcheck.core import caseload_rules as rules
from healthcheck.core.caseload_rules import Typed
from healthcheck.core.errors import TooManyTriesError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.services import caseload_raising, caseload_reports, caseload_settings
from healthcheck.services.open_now import today
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("caseload_reports", __name__)

MAKING = "/employers/<employer_id>/report-a-caseload"
OWN = "/my-caseload-reports/<report_id>"
LIST = "/employers/<employer_id>/caseload-reports"


@blueprint.get("/report-a-caseload")
@signed_in
def start() -> ResponseReturnValue:
    """Show the two ways of making a report, and how one's own named ones stand."""
    ctx = context()
    return render_template(
        "caseload_reports/start.html",
        ways=caseload_reports.ways(ctx),
        mine=caseload_raising.mine(ctx),
        today=today(ctx),
    )


@blueprint.get(MAKING)
@signed_in
def form(employer_id: str) -> ResponseReturnValue:
    """Show the form for a report with one's name."""
    return _draw_form(employer_id, Typed(), {})


@blueprint.post(MAKING)
@signed_in
def make(employer_id: str) -> ResponseReturnValue:
    """Make a report with one's name."""
    ctx, typed = context(), posted()
    places = caseload_raising.named_form(ctx, employer_id).places
    if problems := rules.problems(rules.tidied(typed), places):
        return _draw_form(employer_id, typed, problems), 422
    try:
        made = caseload_raising.raise_named(ctx, employer_id, typed)
    except TooManyTriesError as error:
        return _draw_form(employer_id, typed, {"problem": str(error)}), 429
    flash(f"Your report {made.reference} is made.", "done")
    return redirect(url_for(".own", report_id=made.id), 303)


@blueprint.get(OWN)
@signed_in
def own(report_id: str) -> ResponseReturnValue:
    """Show one's own report and what came of it."""
    return _draw_own(report_id)


@blueprint.post(OWN)
@signed_in
def did_not_help(report_id: str) -> ResponseReturnValue:
    """Say that the answer did not help."""
    ctx, why = context(), request.form.get("why", "")
    caseload_raising.own(ctx, report_id)
    try:
        caseload_raising.did_not_help(ctx, report_id, why)
    except UnacceptableDetailsError as error:
        return _draw_own(report_id, why, str(error)), 422
    flash("Thank you. Your report is open again.", "done")
    return redirect(url_for(".own", report_id=report_id), 303)


@blueprint.get(LIST)
@signed_in
def listed(employer_id: str) -> ResponseReturnValue:
    """Show the reports one must act on."""
    found = caseload_reports.listed(context(), employer_id)
    return render_template(
        "caseload_reports/list.html", listed=found, employer=found.employer, titled=service_title
    )


@blueprint.get(f"{LIST}/<report_id>")
@signed_in
def show(employer_id: str, report_id: str) -> ResponseReturnValue:
    """Show a report to somebody who must act on it."""
    return _draw_report(employer_id, report_id)


@blueprint.post(f"{LIST}/<report_id>")
@signed_in
def answer(employer_id: str, report_id: str) -> ResponseReturnValue:
    """Take an answer."""
    ctx, text = context(), request.form.get("answer", "")
    caseload_reports.seen(ctx, employer_id, report_id)
    try:
        of_round = request.form.get("round", type=int)
        done = caseload_reports.answer(ctx, employer_id, report_id, text, of_round)
    except UnacceptableDetailsError as error:
        return _draw_report(employer_id, report_id, text, str(error)), 422
    flash(f"Your answer to {done.reference} is saved.", "done")
    return redirect(url_for(".listed", employer_id=employer_id), 303)


@blueprint.get(f"{LIST}/settings")
@signed_in
def settings(employer_id: str) -> ResponseReturnValue:
    """Show how the employer takes reports."""
    return _draw_settings(employer_id)


@blueprint.post(f"{LIST}/settings")
@signed_in
def change_settings(employer_id: str) -> ResponseReturnValue:
    """State the days, or give reports without a name a new address."""
    ctx, days = context(), request.form.get("days", "")
    caseload_settings.settings(ctx, employer_id)
    try:
        if request.form.get("do") == "renew":
            caseload_settings.renew_address(ctx, employer_id)
            flash("There is a new address. The one before leads nowhere now.", "done")
        else:
            caseload_settings.set_days(ctx, employer_id, days)
            flash("Saved. It holds for reports made from now on.", "done")
    except UnacceptableDetailsError as error:
        return _draw_settings(employer_id, days, str(error)), 422
    return redirect(url_for(".settings", employer_id=employer_id), 303)


def posted() -> Typed:
    """Return what was typed into the form for a report, named or not."""
    given = request.form
    return Typed(given.get("place", ""), given.get("problem", ""), given.get("wish", ""))


def _draw_form(employer_id: str, typed: Typed, problems: dict[str, str]) -> str:
    ctx = context()
    return render_template(
        "caseload_reports/form.html",
        form=caseload_raising.named_form(ctx, employer_id),
        person=ctx.someone(),
        typed=typed,
        problems=problems,
        longest=rules.LONGEST,
        source=core.SOURCE_OF_USUAL_DAYS,
    )


def _draw_own(report_id: str, why: str = "", problem: str = "") -> str:
    ctx = context()
    report = caseload_raising.own(ctx, report_id)
    return render_template(
        "caseload_reports/own.html",
        report=report,
        today=today(ctx),
        service=service_title(report.service),
        people=caseload_reports.who_answers(ctx, report),
        why=why,
        problem=problem,
    )


def _draw_report(employer_id: str, report_id: str, text: str = "", problem: str = "") -> str:
    seen = caseload_reports.seen(context(), employer_id, report_id)
    return render_template(
        "caseload_reports/report.html",
        seen=seen,
        report=seen.report,
        today=seen.today,
        service=service_title(seen.report.service),
        text=text,
        problem=problem,
        longest=rules.LONGEST,
    )


def _draw_settings(employer_id: str, typed: str | None = None, problem: str = "") -> str:
    ctx = context()
    found = caseload_settings.settings(ctx, employer_id)
    now = "" if found.is_usual else str(found.days)
    return render_template(
        "caseload_reports/settings.html",
        settings=found,
        employer=found.employer,
        days=now if typed is None else typed,
        problem=problem,
        site=ctx.site,
        usual=core.USUAL_DAYS,
        source=core.SOURCE_OF_USUAL_DAYS,
        fewest=core.FEWEST_DAYS,
        most=core.MOST_DAYS,
    )

"""Employers, for BASW's administrators: listed, added, changed, brought in from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from healthcheck.core.employers import usual_services
from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, SERVICES, service_title
from healthcheck.reports.words import count
from healthcheck.services import employers
from healthcheck.services.attachments import Upload
from healthcheck.web.access import signed_in
from healthcheck.web.files import chosen, uploaded
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from healthcheck.core.employers import Details, Known, Problem
    from healthcheck.core.employers_files import Plan

blueprint = Blueprint("employers", __name__)

DETAILS = ("name", "employer_type", "nation", "region", "code")
FIELDS = (*DETAILS, "services")
MOST_LISTED = 300
A_WEEK = 7 * 24 * 60 * 60


@blueprint.get("/basw/employers")
@signed_in
def show() -> ResponseReturnValue:
    """List the employers, those that match what was asked for."""
    words = request.args.get("words", "")
    nation, employer_type = request.args.get("nation", ""), request.args.get("type", "")
    found = employers.every(context(), words, nation, employer_type)
    return render_template(
        "employers/employers.html",
        found=found[:MOST_LISTED],
        total=len(found),
        words=words,
        nation=nation,
        employer_type=employer_type,
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        service_title=service_title,
    )


@blueprint.get("/basw/employers/new")
@signed_in
def new() -> ResponseReturnValue:
    """Show the form to add an employer."""
    employers.require(context())
    return _draw(None, dict.fromkeys(DETAILS, ""), list(usual_services("")), "", {})


@blueprint.post("/basw/employers/new")
@signed_in
def add() -> ResponseReturnValue:
    """Add an employer."""
    typed, ticked, named = _posted()
    outcome = employers.add(context(), typed, [*ticked, *named.splitlines()])
    if outcome.known is None:
        return _draw(None, typed, ticked, named, _shown(outcome.problems)), 422
    flash(f"{outcome.details.name} is added. Now invite its health check lead.", "done")
    return redirect(url_for("employers.one", employer_id=outcome.known.id), 303)


@blueprint.get("/basw/employers/<employer_id>")
@signed_in
def one(employer_id: str) -> ResponseReturnValue:
    """Show one employer's details, in the form that changes them."""
    known = employers.get(context(), employer_id)
    return _draw(known, *_stored(known.details), {})


@blueprint.post("/basw/employers/<employer_id>")
@signed_in
def change(employer_id: str) -> ResponseReturnValue:
    """Change an employer's details."""
    typed, ticked, named = _posted()
    ctx = context()
    outcome = employers.change(ctx, employer_id, typed, [*ticked, *named.splitlines()])
    if outcome.known is None:
        known = employers.get(ctx, employer_id)
        return _draw(known, typed, ticked, named, _shown(outcome.problems)), 422
    flash(f"The details of {outcome.details.name} are saved.", "done")
    return redirect(url_for("employers.one", employer_id=employer_id), 303)


@blueprint.post("/basw/employers/<employer_id>/logo")
@signed_in
def change_logo(employer_id: str) -> ResponseReturnValue:
    """Give an employer a logo, or take it away."""
    ctx = context()
    if "remove" in request.form:
        employers.remove_logo(ctx, employer_id)
        flash("The logo is removed.", "done")
        return redirect(url_for("employers.one", employer_id=employer_id), 303)
    try:
        file = chosen("logo")
        employers.set_logo(ctx, employer_id, Upload(file.filename or "", file.read()))
    except UnacceptableFileError as error:
        known = employers.get(ctx, employer_id)
        return _draw(known, *_stored(known.details), {"logo": str(error)}), 422
    flash("The logo is saved.", "done")
    return redirect(url_for("employers.one", employer_id=employer_id), 303)


@blueprint.get("/employers/<employer_id>/logo")
@signed_in
def logo(employer_id: str) -> ResponseReturnValue:
    """Send an employer's logo, a picture and nothing else."""
    content, media_type = employers.logo(context(), employer_id)
    response = Response(content, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = f"private, max-age={A_WEEK}"
    return response


@blueprint.get("/basw/employers/import")
@signed_in
def import_form() -> ResponseReturnValue:
    """Show the form to bring in a file of employers."""
    employers.require(context())
    return render_template("employers/import.html", problem="", types=EMPLOYER_TYPES)


@blueprint.post("/basw/employers/import")
@signed_in
def preview() -> ResponseReturnValue:
    """Show what a file would do; nothing is changed."""
    employers.require(context())
    try:
        content = uploaded()
    except UnacceptableFileError as error:
        page = render_template("employers/import.html", problem=str(error), types=EMPLOYER_TYPES)
        return page, 422
    plan = employers.plan(context(), content)
    return _draw_plan(plan, content), 422 if plan.problems else 200


@blueprint.post("/basw/employers/import/confirm")
@signed_in
def confirm() -> ResponseReturnValue:
    """Carry out a plan that was looked at, if it still is what the file would do."""
    ctx = context()
    content = request.form.get("content", "").encode()
    done = employers.import_agreed(ctx, content, request.form.get("agreed", ""))
    if done is None:
        return _draw_plan(employers.plan(ctx, content), content, has_moved=True), 409
    flash(
        f"{count(len(done.new), 'employer')} added, {len(done.changed)} changed,"
        f" {done.unchanged} left as they were.",
        "done",
    )
    return redirect(url_for("employers.show"), 303)


def _posted() -> tuple[dict[str, str], list[str], str]:
    """Return the details as typed, the services ticked, and those named by hand, one a line."""
    form = request.form
    typed = {name: form.get(name, "") for name in DETAILS}
    return typed, form.getlist("services"), form.get("others", "")


def _shown(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the first problem of each field, in the order of the page."""
    first: dict[str, str] = {}
    for each in problems:
        first.setdefault(each.part, each.message)
    return {name: first[name] for name in FIELDS if name in first}


def _stored(details: Details) -> tuple[dict[str, str], list[str], str]:
    typed = {name: str(getattr(details, name)) for name in DETAILS}
    named = [service_title(each) for each in details.services if each not in SERVICES]
    return typed, [each for each in details.services if each in SERVICES], "\n".join(named)


def _draw(
    known: Known | None,
    typed: dict[str, str],
    ticked: list[str],
    named: str,
    problems: dict[str, str],
) -> str:
    return render_template(
        "employers/employer.html",
        known=known,
        typed=typed,
        ticked=ticked,
        named=named,
        problems=problems,
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        services=SERVICES,
    )


def _draw_plan(plan: Plan, content: bytes, *, has_moved: bool = False) -> str:
    return render_template(
        "employers/plan.html",
        plan=plan,
        content="" if plan.problems else employers.text_of(content),
        has_moved=has_moved,
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        service_title=service_title,
    )

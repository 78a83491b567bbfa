"""Reports of an excessive caseload without a name: made at the employer's address, and followed.

These pages never look at whose browser it is. The code that opens a report is typed into a form and
never stands in an address, where a browser or a network would keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from healthcheck.core import caseload_reports as core
from healthcheck.core import caseload_rules as rules
from healthcheck.core.caseload_rules import Typed
from healthcheck.core.errors import (
    NotFoundError,
    StepRefusedError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.core.facts import service_title
from healthcheck.services import caseload_raising
from healthcheck.services.open_now import today
from healthcheck.web.access import public
from healthcheck.web.caseload_reports import posted
from healthcheck.web.request import nobodys_context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("unnamed_reports", __name__)

MAKING = "/report-a-caseload/<address>"
PROGRESS = "/caseload-progress"
TO_SHOW = "caseload-report"
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@blueprint.get(MAKING)
@public
def form(address: str) -> ResponseReturnValue:
    """Show the form for a report without a name."""
    return _draw_form(address, Typed(), {})


@blueprint.post(MAKING)
@public
def make(address: str) -> ResponseReturnValue:
    """Make a report without a name."""
    ctx, typed = nobodys_context(), posted()
    places = caseload_raising.unnamed_form(ctx, address).places
    if problems := rules.problems(rules.tidied(typed), places):
        return _draw_form(address, typed, problems, 422)
    try:
        made = caseload_raising.raise_unnamed(ctx, address, typed)
    except TooManyTriesError as error:
        return _draw_form(address, typed, {"problem": str(error)}, 429)
    session[TO_SHOW] = [made.reference, made.code, made.days]
    return redirect(url_for(".made", address=address), 303)


@blueprint.get(f"{MAKING}/made")
@public
def made(address: str) -> ResponseReturnValue:
    """Show the reference and the code of a report just made, once."""
    told = session.pop(TO_SHOW, None)
    if told is None:
        return redirect(url_for(".ask"), 303)
    employer = caseload_raising.unnamed_form(nobodys_context(), address).employer
    reference, code, days = told
    return _private(
        "caseload_reports/made.html", employer=employer, reference=reference, code=code, days=days
    )


@blueprint.get(PROGRESS)
@public
def ask() -> ResponseReturnValue:
    """Ask for the code of a report."""
    nobodys_context()
    return _private("caseload_reports/code.html")


@blueprint.post(PROGRESS)
@public
def progress() -> ResponseReturnValue:
    """Show what came of the report with this code; nothing is changed."""
    return _draw_progress(request.form.get("code", ""))


@blueprint.post(f"{PROGRESS}/did-not-help")
@public
def did_not_help() -> ResponseReturnValue:
    """Say that the answer did not help."""
    code, why = request.form.get("code", ""), request.form.get("why", "")
    try:
        caseload_raising.did_not_help_by_code(nobodys_context(), code, why)
    except (UnacceptableDetailsError, StepRefusedError) as error:
        return _draw_progress(code, why, str(error))
    except NotFoundError as error:
        return _private("caseload_reports/code.html", 422, problem=str(error))
    flash("Thank you. Your report is open again, and is passed on tomorrow.", "done")
    return redirect(url_for(".ask"), 303)


def _draw_form(address: str, typed: Typed, problems: dict[str, str], status: int = 200) -> Response:
    return _private(
        "caseload_reports/form.html",
        status,
        form=caseload_raising.unnamed_form(nobodys_context(), address),
        person=None,
        typed=typed,
        problems=problems,
        longest=rules.LONGEST,
        source=core.SOURCE_OF_USUAL_DAYS,
    )


def _draw_progress(code: str, why: str = "", problem: str = "") -> Response:
    ctx = nobodys_context()
    try:
        report = caseload_raising.by_code(ctx, code)
    except NotFoundError as error:
        return _private("caseload_reports/code.html", 422, problem=str(error))
    return _private(
        "caseload_reports/progress.html",
        422 if problem else 200,
        report=report,
        service=service_title(report.service),
        today=today(ctx),
        code=code,
        why=why,
        problem=problem,
    )


def _private(template: str, status: int = 200, **values: object) -> Response:
    response = make_response(render_template(template, **values), status)
    response.headers.update(PRIVATE)
    return response

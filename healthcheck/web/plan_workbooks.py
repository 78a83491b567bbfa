"""The plan as a spreadsheet: downloaded as the board shows it, uploaded, looked at, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.plan_filters import read
from healthcheck.reports.words import count
from healthcheck.services import plan_workbooks as workbooks
from healthcheck.web.access import signed_in
from healthcheck.web.files import CSV, XLSX, agreement, sent, uploaded
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.plan_workbooks import Looked

blueprint = Blueprint("plan_workbooks", __name__)

A_PLAN = "/assessments/<assessment_id>/plan"


@blueprint.get(f"{A_PLAN}.xlsx")
@signed_in
def as_workbook(assessment_id: str) -> ResponseReturnValue:
    """Send the actions that the address asks for as an Excel workbook to fill in."""
    name, content = workbooks.workbook(context(), assessment_id, read(request.args))
    return sent(content, XLSX, name)


@blueprint.get(f"{A_PLAN}.csv")
@signed_in
def as_csv(assessment_id: str) -> ResponseReturnValue:
    """Send the actions that the address asks for as CSV."""
    name, content = workbooks.table(context(), assessment_id, read(request.args))
    return sent(content, CSV, name)


@blueprint.get(f"{A_PLAN}/upload")
@signed_in
def upload(assessment_id: str) -> ResponseReturnValue:
    """Show the form to upload a plan that was filled in."""
    return _draw_form(assessment_id)


@blueprint.post(f"{A_PLAN}/upload")
@signed_in
def look(assessment_id: str) -> ResponseReturnValue:
    """Show what an uploaded plan would change; nothing is saved."""
    try:
        looked = workbooks.look(context(), assessment_id, uploaded())
    except UnacceptableFileError as error:
        return _draw_form(assessment_id, str(error)), 422
    return _draw(looked), 422 if looked.preview.is_refused else 200


@blueprint.post(f"{A_PLAN}/upload/apply")
@signed_in
def apply(assessment_id: str) -> ResponseReturnValue:
    """Save the actions that were ticked, if they still are what was looked at."""
    done = workbooks.apply(context(), assessment_id, *agreement())
    if done.moved is not None:
        return _draw(done.moved, has_moved=True), 409
    flash(f"Saved from the workbook: {count(done.saved, 'action')}.", "done")
    return redirect(url_for("plan_board.show", assessment_id=assessment_id), 303)


def _draw_form(assessment_id: str, problem: str = "") -> str:
    assessment = workbooks.to_upload(context(), assessment_id)
    return render_template("plan_workbooks/upload.html", assessment=assessment, problem=problem)


def _draw(looked: Looked, *, has_moved: bool = False) -> str:
    return render_template("plan_workbooks/preview.html", looked=looked, has_moved=has_moved)

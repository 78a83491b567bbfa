"""Answering in a spreadsheet: the workbook to download, its upload, the look before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.reports.view_questions import pointers
from healthcheck.reports.words import count
from healthcheck.services import answers_workbooks as workbooks
from healthcheck.web.access import signed_in
from healthcheck.web.files import XLSX, agreement, sent, uploaded
from healthcheck.web.request import context
from healthcheck.web.topic_pages import entry_words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.answers_workbooks import Looked

blueprint = Blueprint("answers_workbooks", __name__)


@blueprint.get("/assessments/<assessment_id>/workbook.xlsx")
@signed_in
def download(assessment_id: str) -> ResponseReturnValue:
    """Send the whole questionnaire, with the answers as they are, as an Excel workbook."""
    name, content = workbooks.workbook(context(), assessment_id)
    return sent(content, XLSX, name)


@blueprint.get("/assessments/<assessment_id>/workbook/upload")
@signed_in
def upload(assessment_id: str) -> ResponseReturnValue:
    """Say how to answer in a spreadsheet, and show the form to upload one."""
    return _draw_form(assessment_id)


@blueprint.post("/assessments/<assessment_id>/workbook/upload")
@signed_in
def look(assessment_id: str) -> ResponseReturnValue:
    """Show what an uploaded workbook would change; nothing is saved."""
    try:
        looked = workbooks.look(context(), assessment_id, uploaded())
    except UnacceptableFileError as error:
        return _draw_form(assessment_id, str(error)), 422
    return _draw(looked), 422 if looked.preview.is_refused else 200


@blueprint.post("/assessments/<assessment_id>/workbook/upload/apply")
@signed_in
def apply(assessment_id: str) -> ResponseReturnValue:
    """Save the answers that were ticked, if they still are what was looked at."""
    done = workbooks.apply(context(), assessment_id, *agreement())
    if done.moved is not None:
        return _draw(done.moved, has_moved=True), 409
    flash(f"Saved from the workbook: {count(done.saved, 'answer')}.", "saved")
    return redirect(url_for("assessments.tasks", assessment_id=assessment_id), 303)


def _draw_form(assessment_id: str, problem: str = "") -> str:
    opened = workbooks.to_fill_in(context(), assessment_id)
    return render_template("answers_workbooks/upload.html", opened=opened, problem=problem)


def _draw(looked: Looked, *, has_moved: bool = False) -> str:
    return render_template(
        "answers_workbooks/preview.html",
        looked=looked,
        numbers=pointers(looked.subject.questionnaire),
        entry_words=entry_words,
        has_moved=has_moved,
    )

"""The PDF report: asked for, watched while it is made, downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, url_for

from healthcheck.services import assessments, reports, version_reports
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.files import PDF, sent
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("reports", __name__)

REPORT_HOLDS = "It holds the answers as they were when you asked for it, and is marked as a draft."
WORKBOOK_HOLDS = "It has every question with space to write, to prepare in a meeting or on paper."


@blueprint.post("/assessments/<assessment_id>/report")
@signed_in
def ask(assessment_id: str) -> ResponseReturnValue:
    """Have the report of the answers as they stand made, or find the one already made.

    Answers that were signed have no draft: their report is with the version.
    """
    found = assessments.opened(context(), assessment_id).assessment
    number = version_reports.signed_as(context(), found)
    if number is not None:
        return redirect(url_for("versions.show", assessment_id=assessment_id, number=number), 303)
    job = reports.ask_for_report(context(), assessment_id)
    return redirect(url_for("reports.watch", assessment_id=assessment_id, key=job.key), 303)


@blueprint.post("/assessments/<assessment_id>/workbook")
@signed_in
def ask_for_workbook(assessment_id: str) -> ResponseReturnValue:
    """Have the blank workbook made, or find the one already made."""
    job = reports.ask_for_workbook(context(), assessment_id)
    return redirect(url_for("reports.watch", assessment_id=assessment_id, key=job.key), 303)


@blueprint.get("/assessments/<assessment_id>/report/<key>")
@signed_in
def watch(assessment_id: str, key: str) -> ResponseReturnValue:
    """Show how far the report is; the page asks again by itself until it is ready."""
    job = reports.report_job(context(), assessment_id, key)
    if wants_json():
        return jsonify(state=job.state)
    is_report = reports.is_report(key)
    back = ("results.show", "Results") if is_report else ("assessments.tasks", "All areas")
    again = "reports.ask" if is_report else "reports.ask_for_workbook"
    return render_template(
        "reports/watch.html",
        job=job,
        document="report" if is_report else "workbook",
        holds=REPORT_HOLDS if is_report else WORKBOOK_HOLDS,
        back=(url_for(back[0], assessment_id=assessment_id), back[1]),
        download=url_for("reports.download", assessment_id=assessment_id, key=key),
        again=url_for(again, assessment_id=assessment_id),
    )


@blueprint.get("/assessments/<assessment_id>/report/<key>/report.pdf")
@signed_in
def download(assessment_id: str, key: str) -> ResponseReturnValue:
    """Send the finished report."""
    opened = assessments.opened(context(), assessment_id)
    pdf = reports.report_pdf(context(), assessment_id, key)
    document = "report-draft" if reports.is_report(key) else "workbook"
    name = f"{opened.assessment.reference}-{document}.pdf"
    return sent(pdf, PDF, name)

"""The accepted report: watched while it is made, downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, url_for

from healthcheck.core.facts import service_title
from healthcheck.core.permissions import Permission, can
from healthcheck.services import accepted_reports
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.files import PDF, sent
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("accepted_reports", __name__)
ADDRESS = "/assessments/<assessment_id>/accepted"


@blueprint.get(ADDRESS)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show how far the accepted report is, and where to download it."""
    found, job = accepted_reports.progress(context(), assessment_id)
    if wants_json():
        return jsonify(state=job.state)
    return render_template(
        "accepted_reports/accepted.html",
        assessment=found.assessment,
        service=service_title(found.assessment.service),
        job=job,
        is_employers=can(found.roles, Permission.READ),
    )


@blueprint.post(ADDRESS)
@signed_in
def ask_again(assessment_id: str) -> ResponseReturnValue:
    """Have the accepted report made again, when that failed."""
    accepted_reports.ask_again(context(), assessment_id)
    return redirect(url_for("accepted_reports.show", assessment_id=assessment_id), 303)


@blueprint.get(f"{ADDRESS}/report.pdf")
@signed_in
def download(assessment_id: str) -> ResponseReturnValue:
    """Send the accepted report."""
    found, pdf = accepted_reports.download(context(), assessment_id)
    return sent(pdf, PDF, f"{found.assessment.reference}-accepted.pdf")

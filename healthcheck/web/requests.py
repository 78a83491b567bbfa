"""The employer's side of a review: what BASW sent, and the answers to its change requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.reports.ledger import written
from healthcheck.services import requests
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("requests", __name__)


@blueprint.get("/assessments/<assessment_id>/requests")
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show what BASW sent, with a place to answer each change request."""
    return _draw(assessment_id)


@blueprint.post("/assessments/<assessment_id>/requests/<request_id>")
@signed_in
def answer(assessment_id: str, request_id: str) -> ResponseReturnValue:
    """Answer a change request."""
    try:
        requests.answer(context(), assessment_id, request_id, request.form.get("answer", ""))
    except UnacceptableDetailsError as fault:
        return _draw(assessment_id, {request_id: str(fault)}, 422)
    flash("Your answer is saved.", "saved")
    return redirect(f"{url_for('requests.show', assessment_id=assessment_id)}#{request_id}", 303)


def _draw(
    assessment_id: str, faults: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    found = requests.sent_review(context(), assessment_id)
    assessment = found.found.assessment
    html = render_template(
        "requests/requests.html",
        sent=found,
        assessment=assessment,
        service=service_title(assessment.service),
        written=written(found.questionnaire, found.journey, found.ledger),
        answers={each.id: each.answer for each in found.ledger.requests},
        faults=faults or {},
        typed=request.form,
    )
    return html, status

"""Results: scores in words with their working, what holds them back, and the next band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.reports.charts import area_chart
from healthcheck.services import assessments, reports, version_reports
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("results", __name__)


@blueprint.get("/assessments/<assessment_id>/results")
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show the scores of one health check as it stands."""
    ctx = context()
    opened = assessments.opened(ctx, assessment_id)
    report = reports.beside_last_year(ctx, assessment_id)
    return render_template(
        "results/results.html",
        opened=opened,
        report=report,
        chart=area_chart(report),
        signed_as=version_reports.signed_as(ctx, opened.assessment),
    )

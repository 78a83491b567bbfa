"""Publishing an accepted report: the employer's page for it, and the public page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.reports.charts import area_chart
from healthcheck.services import publications
from healthcheck.web.access import public, signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.publications import Published

blueprint = Blueprint("publications", __name__)

PLACE = "/assessments/<assessment_id>/publish"


@blueprint.get(PLACE)
@signed_in
def place(assessment_id: str) -> ResponseReturnValue:
    """Show what is public of a health check, and the form to publish it or take it down."""
    return _draw(assessment_id)


@blueprint.post(PLACE)
@signed_in
def change(assessment_id: str) -> ResponseReturnValue:
    """Publish, take down, or have the PDF made again."""
    ctx, does = context(), request.form.get("do", "")
    if does == "publish":
        publications.publish(ctx, assessment_id, own_words="own_words" in request.form)
        flash("The report is public now.", "done")
    elif does == "pdf":
        publications.make_pdf_again(ctx, assessment_id)
    else:
        try:
            publications.take_down(ctx, assessment_id, request.form.get("reason", ""))
        except UnacceptableDetailsError as error:
            return _draw(assessment_id, str(error)), 422
        flash("The report is taken down. Its address now says so.", "done")
    return redirect(url_for("publications.place", assessment_id=assessment_id), 303)


@blueprint.get(f"{PLACE}/preview")
@signed_in
def preview(assessment_id: str) -> ResponseReturnValue:
    """Show exactly what would be public."""
    own_words = request.args.get("own_words") == "yes"
    shown = publications.preview(context(), assessment_id, own_words=own_words)
    return _draw_report(shown, back=url_for("publications.place", assessment_id=assessment_id))


@blueprint.get("/published/<address>")
@public
def show(address: str) -> ResponseReturnValue:
    """Show a published report to anybody."""
    return _draw_report(publications.read(context(), address))


@blueprint.get("/published/<address>/report.pdf")
@public
def pdf(address: str) -> ResponseReturnValue:
    """Send a published report's PDF to anybody."""
    response = Response(publications.pdf(context(), address), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{address}.pdf")
    return response


def _draw(assessment_id: str, problem: str = "") -> str:
    now = publications.place(context(), assessment_id)
    return render_template(
        "publications/publish.html",
        place=now,
        assessment=now.found.assessment,
        service=service_title(now.found.assessment.service),
        problem=problem,
        reason=request.form.get("reason", ""),
    )


def _draw_report(shown: Published, back: str = "") -> str:
    return render_template(
        "publications/published.html",
        shown=shown,
        report=shown.report,
        reviewed=shown.reviewed,
        chart=area_chart(shown.report),
        service_title=service_title,
        back=back,
        signed_in_as=context().person,
    )

"""The plan on paper: a form chosen, its PDF watched while it is made, and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from healthcheck.core import plan_filters
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import GROUPINGS, Grouping
from healthcheck.reports.plan_html import FORMS
from healthcheck.services import plan_papers
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.files import PDF, sent
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.plan_filters import Filter

blueprint = Blueprint("plan_papers", __name__)
PRINT = "/assessments/<assessment_id>/plan/print"
LIKE_THE_SCREEN = {Grouping.AREA: "whole", Grouping.DUE: "by-due", Grouping.OWNER: "owners"}
HOLDS = "It holds the plan as it was when you asked for it."


@blueprint.get(PRINT)
@signed_in
def choose(assessment_id: str) -> ResponseReturnValue:
    """Show what will be printed, and the forms to choose from."""
    wanted = plan_filters.read(request.args)
    choice = plan_papers.choice(context(), assessment_id, wanted)
    by = GROUPINGS.get(request.args.get("by", ""), Grouping.DUE)
    return render_template(
        "plan_papers/choose.html",
        choice=choice,
        service=service_title(choice.assessment.service),
        forms=FORMS,
        chosen=request.args.get("form") or LIKE_THE_SCREEN.get(by, "whole"),
        query=_query(wanted),
    )


@blueprint.post(PRINT)
@signed_in
def ask(assessment_id: str) -> ResponseReturnValue:
    """Have the paper made of what the address asks for, or find the one already made."""
    wanted = plan_filters.read(request.args)
    name = request.form.get("form") or request.args.get("form", "")
    job = plan_papers.ask(context(), assessment_id, name, wanted)
    query = _query(wanted)
    return redirect(url_for(".watch", assessment_id=assessment_id, key=job.key, **query), 303)


@blueprint.get(f"{PRINT}/<key>")
@signed_in
def watch(assessment_id: str, key: str) -> ResponseReturnValue:
    """Show how far the paper is; the page asks again by itself until it is ready."""
    _, job = plan_papers.progress(context(), assessment_id, key)
    if wants_json():
        return jsonify(state=job.state)
    again = _query(plan_filters.read(request.args), form=plan_papers.form_of(key))
    return render_template(
        "reports/watch.html",
        job=job,
        document="paper",
        holds=HOLDS,
        back=(url_for(".choose", assessment_id=assessment_id, **again), "Print the plan"),
        download=url_for(".download", assessment_id=assessment_id, key=key),
        again=url_for(".ask", assessment_id=assessment_id, **again),
    )


@blueprint.get(f"{PRINT}/<key>/plan.pdf")
@signed_in
def download(assessment_id: str, key: str) -> ResponseReturnValue:
    """Send the finished paper."""
    assessment, pdf = plan_papers.download(context(), assessment_id, key)
    name = f"{assessment.reference}-plan-{plan_papers.form_of(key)}.pdf"
    return sent(pdf, PDF, name)


def _query(wanted: Filter, **more: str) -> dict[str, Any]:
    """Return what an address says of a choice of actions."""
    return {**plan_filters.query(wanted), **more}

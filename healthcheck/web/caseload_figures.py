"""Figures from the caseload snapshots, beside what stands in the answers, to tick and save."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.reports import words
from healthcheck.reports.caseload_figures import value_words
from healthcheck.reports.view_questions import pointers
from healthcheck.services import caseload_figures
from healthcheck.web.access import signed_in
from healthcheck.web.filters import UK
from healthcheck.web.request import context
from healthcheck.web.topic_pages import entry_words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.caseload_figures import Applied, Looked

blueprint = Blueprint("caseload_figures", __name__)

ADDRESS = "/assessments/<assessment_id>/caseload-figures"


@blueprint.get(ADDRESS)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show each figure with its date and source beside what stands there; nothing is saved."""
    return _draw(caseload_figures.look(context(), assessment_id, _day(request.args.get("on", ""))))


@blueprint.post(ADDRESS)
@signed_in
def save(assessment_id: str) -> ResponseReturnValue:
    """Save the figures that were ticked, and attach the totals where that was ticked."""
    ctx, form = context(), request.form
    on, ticked = _day(form.get("on", "")), form.getlist("take")
    onto = form.getlist("attach")
    try:
        done = caseload_figures.apply(ctx, assessment_id, on, form.get("agreed", ""), ticked, onto)
    except UnacceptableDetailsError as error:
        looked = caseload_figures.look(ctx, assessment_id, on)
        return _draw(looked, str(error), {*ticked, *onto}), 422
    if done.moved is not None:
        return _draw(done.moved, has_moved=True), 409
    flash(_told(done), "saved")
    return redirect(url_for(".show", assessment_id=assessment_id, on=on), 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _told(done: Applied) -> str:
    parts = (
        (done.answers, f"{words.count(done.answers, 'figure')} saved"),
        (done.files, f"totals attached to {words.count(done.files, 'question')}"),
    )
    told = " and ".join(said for number, said in parts if number)
    return f"{told[0].upper()}{told[1:]}."


def _draw(
    looked: Looked,
    problem: str = "",
    ticked: set[str] | None = None,
    *,
    has_moved: bool = False,
) -> str:
    if ticked is None:
        ticked = {each.question.id for each in looked.rows if each.is_ticked}
    return render_template(
        "caseload_figures/figures.html",
        looked=looked,
        opened=looked.opened,
        numbers=pointers(looked.opened.questionnaire),
        entry_words=entry_words,
        value_words=value_words,
        choices=[(each.isoformat(), words.day(each)) for each in looked.days],
        today=context().now.astimezone(UK).date(),
        problem=problem,
        ticked=ticked,
        has_moved=has_moved,
    )

"""The quarterly review of a plan: its open actions one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core import quarterly_reviews as core
from healthcheck.core.errors import ChangedMeanwhileError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import when
from healthcheck.core.plans import Progress
from healthcheck.services import quarterly_reviews
from healthcheck.services.quarterly_reviews import Step
from healthcheck.web.access import signed_in
from healthcheck.web.forms import days
from healthcheck.web.forms.plans import of_progress, posted_progress
from healthcheck.web.plan_links import DELIVERIES
from healthcheck.web.request import context

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from healthcheck.services.quarterly_reviews import Place
    from healthcheck.web.forms.days import Boxes
    from healthcheck.web.forms.plans import ProgressForm

blueprint = Blueprint("quarterly_reviews", __name__)

REVIEW = "/assessments/<assessment_id>/plan/quarterly-review"


@blueprint.get(REVIEW)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show the next action of this quarter's review, or what there is to start or was done."""
    now = quarterly_reviews.place(context(), assessment_id)
    if now.review is None or now.standing.now is None:
        return _draw(now, "start")
    action, review = now.standing.now, days.in_boxes(core.next_review(now.today))
    return _draw(now, "step", of_progress(action.progress, action.revision), review)


@blueprint.post(REVIEW)
@signed_in
def start(assessment_id: str) -> ResponseReturnValue:
    """Start this quarter's review."""
    quarterly_reviews.start(context(), assessment_id)
    return redirect(url_for(".show", assessment_id=assessment_id), 303)


@blueprint.post(f"{REVIEW}/<action_id>")
@signed_in
def step(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Take one action of the review."""
    ctx = context()
    form, review, given = _typed(quarterly_reviews.place(ctx, assessment_id).today)
    if given is not None:
        try:
            quarterly_reviews.step(ctx, assessment_id, action_id, given)
        except (UnacceptableDetailsError, ChangedMeanwhileError) as error:
            form.problems["delivery"] = str(error)
        else:
            flash("Saved.", "done")
            return redirect(url_for(".show", assessment_id=assessment_id), 303)
    return _again(assessment_id, action_id, form, review)


def _typed(today: date) -> tuple[ProgressForm, Boxes, Step | None]:
    """Return the form as posted, the boxes of the next date, and the step unless it is faulty."""
    form = posted_progress(request.form, today)
    boxes, review = days.posted(request.form, "review", form.problems)
    if request.form.get("do") == "later":
        return form, boxes, Step(Progress(), "", form.based_on, None, is_for_later=True)
    if form.problems:
        return form, boxes, None
    return form, boxes, Step(form.progress(), form.note, form.based_on, review)


def _again(
    assessment_id: str, action_id: str, form: ProgressForm, review: Boxes
) -> ResponseReturnValue:
    """Draw the same step with what was typed, at the revision the action has now."""
    now = quarterly_reviews.place(context(), assessment_id)
    action = next((each for each in now.plan.actions if each.id == action_id), None)
    if action is None:
        return redirect(url_for(".show", assessment_id=assessment_id), 303)
    form.based_on = action.revision
    same = replace(now, standing=replace(now.standing, now=action))
    return _draw(same, "step", form, review), 422


def _draw(
    now: Place,
    page: str,
    form: ProgressForm | None = None,
    review: Boxes = days.EMPTY,
) -> str:
    return render_template(
        f"quarterly_reviews/{page}.html",
        place=now,
        assessment=now.assessment,
        service=service_title(now.assessment.service),
        in_words=core.in_words,
        outcomes=core.Outcome,
        form=form,
        review=review,
        deliveries=DELIVERIES,
        when=when,
    )

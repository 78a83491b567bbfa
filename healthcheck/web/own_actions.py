"""One action of one's own, for an owner who may not read the plan that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import ChangedMeanwhileError
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import when
from healthcheck.services import own_actions
from healthcheck.web.access import signed_in
from healthcheck.web.forms.plans import of_progress, posted_progress
from healthcheck.web.plan_clashes import Where, is_to_edit, progress_clash
from healthcheck.web.plan_links import DELIVERIES
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.own_actions import Own
    from healthcheck.web.forms.plans import ProgressForm

blueprint = Blueprint("own_actions", __name__)
ONE = "/my-actions/<action_id>"


@blueprint.get(ONE)
@signed_in
def show(action_id: str) -> ResponseReturnValue:
    """Show an action alone; whoever sees its plan is led there."""
    own = own_actions.look(context(), action_id)
    if own.sees_plan:
        assessment_id = own.assessment.id
        return redirect(
            url_for("plans.show", assessment_id=assessment_id, action_id=action_id), 303
        )
    return _draw(own, of_progress(own.action.progress, own.action.revision))


@blueprint.post(ONE)
@signed_in
def report(action_id: str) -> ResponseReturnValue:
    """Take progress on it."""
    ctx = context()
    own = own_actions.look(ctx, action_id)
    form = posted_progress(request.form, own.today)
    if form.problems or is_to_edit():
        return _draw(own, form), 422 if form.problems else 200
    try:
        own_actions.report(ctx, action_id, form.progress(), form.note, form.based_on)
    except ChangedMeanwhileError as stale:
        here = url_for(".show", action_id=action_id)
        return progress_clash(Where(own.assessment, here, here), form, stale)
    flash("Thank you. Your report is saved.", "done")
    return redirect(url_for(".show", action_id=action_id), 303)


def _draw(own: Own, form: ProgressForm) -> str:
    return render_template(
        "plan_board/one_of_mine.html",
        held=own,
        owner=own.action.details.owner.name,
        action=own.action,
        service=service_title(own.assessment.service),
        form=form,
        deliveries=DELIVERIES,
        words=when(own.action, own.today),
    )

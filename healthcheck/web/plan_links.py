"""Links for owners without an account: the lead's page for them, and the page behind a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from healthcheck.core.errors import (
    ChangedMeanwhileError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import when
from healthcheck.core.plan_links import DAYS_TO_CHOOSE, USUAL_DAYS, needs_link
from healthcheck.core.plans import Delivery
from healthcheck.services import plan_links
from healthcheck.services.open_now import today
from healthcheck.web.access import public, signed_in
from healthcheck.web.forms.plans import of_progress, posted_progress
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.plan_links import Held
    from healthcheck.web.forms.plans import ProgressForm

blueprint = Blueprint("plan_links", __name__)

LINKS = "/assessments/<assessment_id>/plan/links"
A_LINK = "/progress/<token>"
DELIVERIES = tuple((each.name, f"{each.symbol} {each.word}") for each in Delivery)
CHOICES = {str(each): each for each in DAYS_TO_CHOOSE}
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""For what only the holder of an address may see."""


@blueprint.get(LINKS)
@signed_in
def listed(assessment_id: str) -> ResponseReturnValue:
    """Show the owners without an account, and the links they were sent."""
    found = plan_links.listed(context(), assessment_id)
    return render_template(
        "plan_links/links.html",
        listed=found,
        assessment=found.assessment,
        service=service_title(found.assessment.service),
        needs_link=needs_link,
        days=DAYS_TO_CHOOSE,
        usual=USUAL_DAYS,
        now=context().now,
    )


@blueprint.post(f"{LINKS}/<action_id>")
@signed_in
def change(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Send an action's owner a link, or end the links there are."""
    ctx, given = context(), request.form
    try:
        if given.get("do") == "send":
            days = CHOICES.get(given.get("days", ""), 0)
            sent = plan_links.send(ctx, assessment_id, action_id, days)
            flash(f"A link is on its way to {sent.email}.", "done")
        else:
            ended = plan_links.revoke(ctx, assessment_id, action_id)
            flash(f"The links to {ended.reference} have ended.", "done")
    except (UnacceptableDetailsError, StepRefusedError) as error:
        flash(str(error), "attention")
    return redirect(url_for(".listed", assessment_id=assessment_id), 303)


@blueprint.get(A_LINK)
@public
def show(token: str) -> ResponseReturnValue:
    """Show the one action that a link is for."""
    held = plan_links.look(context(), token)
    return _draw(held, token, of_progress(held.action.progress, held.action.revision))


@blueprint.post(A_LINK)
@public
def report(token: str) -> ResponseReturnValue:
    """Take progress on it."""
    ctx = context()
    form = posted_progress(request.form, today(ctx))
    if form.problems:
        return _draw(plan_links.look(ctx, token), token, form, 422)
    try:
        plan_links.report(ctx, token, form.progress(), form.note, form.based_on)
    except ChangedMeanwhileError as error:
        form.based_on = error.action.revision
        form.problems["delivery"] = str(error)
        return _draw(plan_links.look(ctx, token), token, form, 409)
    flash("Thank you. Your report is saved.", "done")
    return redirect(url_for(".show", token=token), 303)


def _draw(held: Held, token: str, form: ProgressForm, status: int = 200) -> Response:
    html = render_template(
        "plan_links/progress.html",
        held=held,
        owner=held.link.name,
        action=held.action,
        token=token,
        service=service_title(held.assessment.service),
        form=form,
        deliveries=DELIVERIES,
        words=when(held.action, held.today),
        signed_in_as=None,
    )
    response = make_response(html, status)
    response.headers.update(PRIVATE)
    return response

"""“You said, we did”: the lead's page for it, and the public page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core import staff_page as core
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.staff_page import Line, StaffPage
from healthcheck.services import staff_page
from healthcheck.web.access import public, signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action
    from healthcheck.core.public_pages import Link
    from healthcheck.services.staff_page import Place

blueprint = Blueprint("staff_page", __name__)

PLACE = "/assessments/<assessment_id>/plan/staff-page"
A_LINE = f"{PLACE}/<action_id>"


@blueprint.get(PLACE)
@signed_in
def place(assessment_id: str) -> ResponseReturnValue:
    """Show what staff read of which action, the actions left out, and what is public."""
    return _draw(assessment_id)


@blueprint.post(PLACE)
@signed_in
def change(assessment_id: str) -> ResponseReturnValue:
    """Publish the page, or take the public one down."""
    ctx = context()
    if request.form.get("do") == "publish":
        staff_page.publish(ctx, assessment_id)
        flash("The page is public now.", "done")
    else:
        try:
            staff_page.take_down(ctx, assessment_id, request.form.get("reason", ""))
        except UnacceptableDetailsError as error:
            return _draw(assessment_id, str(error)), 422
        flash("The page is taken down. Its address now says so.", "done")
    return redirect(url_for(".place", assessment_id=assessment_id), 303)


@blueprint.get(A_LINE)
@signed_in
def line(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Show what staff read of one action, or could begin to read."""
    now = staff_page.place(context(), assessment_id)
    action = now.action(action_id)
    return _draw_line(now, action, now.lines.get(action_id) or core.proposed(action))


@blueprint.post(A_LINE)
@signed_in
def change_line(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Put an action on the page, change its words, or leave it out."""
    ctx, form = context(), request.form
    if form.get("do") == "leave-out":
        staff_page.leave_out(ctx, assessment_id, action_id)
    else:
        typed = Line(action_id, form.get("said", ""), form.get("did", ""))
        try:
            staff_page.save_line(ctx, assessment_id, typed)
        except UnacceptableDetailsError as error:
            now = staff_page.place(ctx, assessment_id)
            return _draw_line(now, now.action(action_id), typed, str(error)), 422
    flash("Saved. What is public has not changed.", "done")
    return redirect(url_for(".place", assessment_id=assessment_id), 303)


@blueprint.get(f"{PLACE}/preview")
@signed_in
def preview(assessment_id: str) -> ResponseReturnValue:
    """Show exactly what would be public."""
    now = staff_page.place(context(), assessment_id)
    page = StaffPage(assessment_id, "", now.shown, context().now)
    return _draw_page(page, now.assessment, url_for(".place", assessment_id=assessment_id))


@blueprint.get("/you-said-we-did/<address>")
@public
def show(address: str) -> ResponseReturnValue:
    """Show a published page to anybody."""
    published = staff_page.read(context(), address)
    return _draw_page(published.page, published.assessment, others=published.others)


def _draw(assessment_id: str, problem: str = "") -> str:
    now = staff_page.place(context(), assessment_id)
    return render_template(
        "staff_page/choose.html",
        place=now,
        assessment=now.assessment,
        service=service_title(now.assessment.service),
        problem=problem,
        reason=request.form.get("reason", ""),
    )


def _draw_line(now: Place, action: Action, shown: Line, problem: str = "") -> str:
    return render_template(
        "staff_page/line.html",
        action=action,
        line=shown,
        is_chosen=action.id in now.lines,
        assessment=now.assessment,
        longest=core.LONGEST,
        problem=problem,
        faulty="did" if "was done" in problem else "said",
    )


def _draw_page(
    page: StaffPage, assessment: Assessment, back: str = "", others: tuple[Link, ...] = ()
) -> str:
    return render_template(
        "staff_page/page.html",
        page=page,
        assessment=assessment,
        service=service_title(assessment.service),
        service_title=service_title,
        others=others,
        back=back,
        signed_in_as=context().person,
    )

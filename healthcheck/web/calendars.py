"""Calendars of due dates: the private address of one's own, and files to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, request, session, url_for

from healthcheck.reports.calendars import MEDIA_TYPE
from healthcheck.services import calendars
from healthcheck.web.access import public, signed_in
from healthcheck.web.plan_board import NEW_ADDRESS, asked_for
from healthcheck.web.plan_links import PRIVATE
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("calendars", __name__)


@blueprint.post("/my-actions/calendar")
@signed_in
def change() -> ResponseReturnValue:
    """Make a private address, in place of the one before, or end it."""
    if request.form.get("do") == "make":
        session[NEW_ADDRESS] = url_for(".feed", token=calendars.make(context()), _external=True)
    else:
        calendars.end(context())
        flash("Your calendar’s address has ended. It shows nothing any more.", "done")
    return redirect(url_for("plan_board.mine", _anchor="calendar"), 303)


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Send the calendar at a private address to whatever program asks."""
    response = _calendar(calendars.feed(context(), token))
    response.headers.update(PRIVATE)
    return response


@blueprint.get("/my-actions/actions.ics")
@signed_in
def own() -> ResponseReturnValue:
    """Send one's own actions as a calendar file."""
    return _calendar(calendars.own(context()), "my-actions.ics")


@blueprint.get("/assessments/<assessment_id>/plan.ics")
@signed_in
def of_plan(assessment_id: str) -> ResponseReturnValue:
    """Send the actions of a plan that are wanted as a calendar file."""
    return _calendar(calendars.of_plan(context(), assessment_id, asked_for()), "plan.ics")


def _calendar(content: bytes, download: str = "") -> Response:
    response = Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    if download:
        response.headers.set("Content-Disposition", "attachment", filename=download)
    return response

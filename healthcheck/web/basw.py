"""The first page for people at BASW: what they can do there, by what their roles allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template

from healthcheck.core.permissions import Permission
from healthcheck.services import at_basw
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("basw", __name__)

PLACES = (
    (
        "queue.show",
        "Queue",
        "Where every employer and service stands, and the reviews to claim.",
        Permission.SEE_QUEUE,
    ),
    (
        "employers.show",
        "Employers",
        "Add and change employers, or bring in many from a file.",
        Permission.MANAGE_EMPLOYERS,
    ),
    (
        "cycles.show",
        "Cycles",
        "Open the year’s round, invite employers to it and move its dates.",
        Permission.RUN_CYCLES,
    ),
    (
        "people.show",
        "People",
        "Who is a reviewer or an administrator here.",
        Permission.MANAGE_BASW,
    ),
    (
        "messages.show",
        "Messages",
        "What the service has written to whom, and what still waits to be sent.",
        Permission.READ_MESSAGES,
    ),
    (
        "status.cycles",
        "Public status",
        "What anybody can see: who has done the health check.",
        Permission.SEE_QUEUE,
    ),
)
"""Each page: its endpoint, its name, what it is for, and the permission it needs."""


@blueprint.get("/basw")
@signed_in
def show() -> ResponseReturnValue:
    """Show what the person can do at BASW."""
    allowed = at_basw.required(context())
    places = [
        each for each in PLACES if each[3] in allowed and each[0] in current_app.view_functions
    ]
    return render_template("basw/basw.html", places=places)

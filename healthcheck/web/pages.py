"""Pages about the service itself, and the sign that it is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.web.access import public
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("pages", __name__)


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Say how accessible the service is and what to do when it is not."""
    return render_template("pages/accessibility.html", signed_in_as=context().person)


@blueprint.get("/about")
@public
def about() -> ResponseReturnValue:
    """Say what the health check is and how it is scored."""
    return render_template("pages/about.html", signed_in_as=context().person)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer that the server and its database are there."""
    context()
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}

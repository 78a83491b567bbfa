"""Every message the service has written, for administrators: the list, and each as it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask import request as flask_request

from healthcheck.services import messages
from healthcheck.web.access import signed_in
from healthcheck.web.policy import FRAMED, WITH_A_FRAME
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("messages", __name__)
ONE = "/basw/messages/<message_id>"


@blueprint.get("/basw/messages")
@signed_in
def show() -> ResponseReturnValue:
    """List the messages, newest first."""
    listed = messages.listed(context(), flask_request.args.get("page", 1, int))
    return render_template(
        "messages/messages.html", listed=listed, has_mail_server=context().has_mail_server
    )


@blueprint.get(ONE)
@signed_in
def one(message_id: str) -> ResponseReturnValue:
    """Show one message: where it stands, its text, and its HTML in a frame."""
    shown = messages.shown(context(), message_id)
    response = make_response(render_template("messages/message.html", shown=shown))
    response.headers["Content-Security-Policy"] = WITH_A_FRAME
    return response


@blueprint.get(f"{ONE}/html")
@signed_in
def preview(message_id: str) -> ResponseReturnValue:
    """Send a message's HTML, to be shown in the frame and able to do nothing there."""
    response = Response(messages.shown(context(), message_id).message.html)
    response.headers["Content-Security-Policy"] = FRAMED
    return response


@blueprint.post(f"{ONE}/again")
@signed_in
def again(message_id: str) -> ResponseReturnValue:
    """Have a message that was not delivered tried again."""
    messages.try_again(context(), message_id)
    flash("The message will be tried again in a moment. Reload this page to see how it went.")
    return redirect(url_for("messages.one", message_id=message_id), 303)

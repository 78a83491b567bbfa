"""Signing in through a provider of single sign-on: there, and back.

What the browser is to keep lies in its cookie, so that asking for the way there writes nothing.
That an answer was used is noted in the database, so that an old cookie is of no use.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, session, url_for

from healthcheck.services import single_sign_on
from healthcheck.services.single_sign_on import BACK, Begun
from healthcheck.web.access import public, signed_in
from healthcheck.web.entering import enter, own_page
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("single_sign_on", __name__)
KEPT, CAME_FOR = "single_sign_on", "came_for"


@blueprint.get("/sign-in/single-sign-on")
@public
def begin() -> ResponseReturnValue:
    """Send somebody to the provider."""
    address, begun = single_sign_on.begin(context())
    session[KEPT] = asdict(begun)
    session[CAME_FOR] = own_page(request.args.get("next", ""))
    return redirect(address, 303)


@blueprint.get(BACK)
@public
def back() -> ResponseReturnValue:
    """Let in whoever the provider sent back, and take them to the page they came for."""
    kept, came_for = session.pop(KEPT, None), session.pop(CAME_FOR, "")
    begun = Begun(**kept) if kept else None
    given = request.args
    token = single_sign_on.finish(context(), begun, given.get("state", ""), given.get("code", ""))
    return enter(token, came_for)


@blueprint.post("/account/single-sign-on/unlink")
@signed_in
def unlink() -> ResponseReturnValue:
    """Forget by which name the provider knows the person."""
    single_sign_on.unlink(context())
    flash("Single sign-on is unlinked from your account.", "done")
    return redirect(url_for("own_account.show"), 303)

"""Sign in and sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, session, url_for

from healthcheck.core.errors import TooManyTriesError, WrongCredentialsError
from healthcheck.services import accounts
from healthcheck.web.access import public
from healthcheck.web.entering import enter as enter_with
from healthcheck.web.forms.sign_in import SignInForm
from healthcheck.web.request import TOKEN, context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    if context().holder is not None:
        return redirect(url_for("assessments.home"), 303)
    form = SignInForm(formdata=None)
    form.came_for.data = request.args.get("next", "")
    return _draw(form)


@blueprint.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Sign a person in, and take them to the page they came for."""
    form = SignInForm()
    status = 422
    if form.validate_on_submit():
        try:
            token = accounts.sign_in(context(), form.email.data or "", form.password.data or "")
        except WrongCredentialsError as error:
            form.email.errors = [str(error)]
        except TooManyTriesError as error:
            form.email.errors, status = [str(error)], 429
        else:
            return enter_with(token, form.came_for.data or "")
    return _draw(form), status


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session."""
    accounts.sign_out(context(), session.get(TOKEN, ""))
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


def _draw(form: SignInForm) -> str:
    provider = context().single_sign_on
    return render_template("accounts/sign_in.html", form=form, provider=provider)

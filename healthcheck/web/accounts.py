"""Sign in and sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for

from healthcheck.core.errors import TooManyTriesError, WrongCredentialsError
from healthcheck.services import accounts
from healthcheck.web.access import public
from healthcheck.web.forms.sign_in import SignInForm
from healthcheck.web.request import TOKEN, context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    if context().person is not None:
        return redirect(url_for("assessments.home"), 303)
    form = SignInForm(formdata=None)
    form.came_for.data = request.args.get("next", "")
    return render_template("accounts/sign_in.html", form=form)


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
            session.clear()
            session[TOKEN] = token
            return redirect(_own_page(form.came_for.data or ""), 303)
    return render_template("accounts/sign_in.html", form=form), status


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session."""
    accounts.sign_out(context(), session.get(TOKEN, ""))
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


def _own_page(came_for: str) -> str:
    """Return the address asked for when it is a page of ours, else the first page."""
    parts = urlsplit(came_for)
    is_ours = (
        came_for.startswith("/")
        and not came_for.startswith("//")
        and "\\" not in came_for
        and not parts.netloc
    )
    return came_for if is_ours else url_for("assessments.home")

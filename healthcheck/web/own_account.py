"""The page of one's own account: where one is signed in, and the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from healthcheck.core.errors import (
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.services import own_account, second_factor, single_sign_on
from healthcheck.web.access import signed_in
from healthcheck.web.forms.joining import PASSWORD_HINT
from healthcheck.web.forms.own_account import ChangePasswordForm
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("own_account", __name__)


@blueprint.get("/account")
@signed_in
def show() -> ResponseReturnValue:
    """Show who one is here and where one is signed in."""
    ctx = context()
    return render_template(
        "own_account/account.html",
        person=ctx.someone(),
        sessions=own_account.sessions(ctx),
        this_one=own_account.this_one(ctx),
        second_factor=second_factor.standing(ctx),
        provider=ctx.single_sign_on,
        linked_since=single_sign_on.linked_since(ctx),
    )


@blueprint.post("/account/sessions/<session_id>/end")
@signed_in
def end(session_id: str) -> ResponseReturnValue:
    """Sign out somewhere."""
    own_account.end(context(), session_id)
    flash("You are signed out there.", "done")
    return redirect(url_for("own_account.show"), 303)


@blueprint.post("/account/sessions/end-others")
@signed_in
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    own_account.end_others(context())
    flash("You are signed out everywhere but here.", "done")
    return redirect(url_for("own_account.show"), 303)


@blueprint.get("/account/password")
@signed_in
def password() -> ResponseReturnValue:
    """Show the form for a new password."""
    return _password(ChangePasswordForm(formdata=None))


@blueprint.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Change the password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            own_account.change_password(context(), form.old.data or "", form.new.data or "")
        except (WrongCredentialsError, TooManyTriesError) as error:
            form.old.errors = [str(error)]
        except UnacceptableDetailsError as error:
            form.new.errors = [str(error)]
        else:
            flash("Your password is changed. You are signed out everywhere but here.", "done")
            return redirect(url_for("own_account.show"), 303)
    return _password(form), 422


def _password(form: ChangePasswordForm) -> str:
    return render_template(
        "own_account/password.html", form=form, hint=PASSWORD_HINT, person=context().someone()
    )

"""Joining by the link of an invitation, and choosing a new password by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, session, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.services import invitations, password_links
from healthcheck.web.access import public
from healthcheck.web.forms.joining import PASSWORD_HINT, AddressForm, JoinForm, NewPasswordForm
from healthcheck.web.request import TOKEN, context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.invitations import Invited

blueprint = Blueprint("joining", __name__)


@blueprint.get("/join/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show what a person is invited to, and what they need to do."""
    return _invitation(invitations.look(context(), token), token, JoinForm(formdata=None))


@blueprint.post("/join/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Make the account of somebody new, or give somebody signed in the role."""
    ctx = context()
    if ctx.person is not None:
        accepted = invitations.accept(ctx, token)
        flash(f"You are now {accepted.role.value} at {accepted.place}.", "done")
        return redirect(url_for("assessments.home"), 303)
    form = JoinForm()
    if form.validate_on_submit():
        try:
            entered = invitations.join(ctx, token, form.name.data or "", form.password.data or "")
        except UnacceptableDetailsError as error:
            form.password.errors = [str(error)]
        else:
            session.clear()
            session[TOKEN] = entered
            flash("Your account is ready, and you are signed in.", "done")
            return redirect(url_for("assessments.home"), 303)
    invited = invitations.look(ctx, token)
    return _invitation(
        invited, token, JoinForm(formdata=None) if invited.has_account else form
    ), 422


@blueprint.get("/forgotten-password")
@public
def forgotten() -> ResponseReturnValue:
    """Show the form that asks for a link."""
    return render_template("joining/forgotten.html", form=AddressForm(formdata=None))


@blueprint.post("/forgotten-password")
@public
def ask() -> ResponseReturnValue:
    """Send a link, if anybody has an account with the address; the answer is the same if not."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("joining/forgotten.html", form=form), 422
    password_links.ask(context(), form.email.data or "")
    return redirect(url_for("joining.asked"), 303)


@blueprint.get("/forgotten-password/sent")
@public
def asked() -> ResponseReturnValue:
    """Say what happens now, whoever asked."""
    return render_template("joining/asked.html")


@blueprint.get("/new-password/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    """Show the form for a new password."""
    owner = password_links.whose(context(), token)
    form = NewPasswordForm(formdata=None)
    return render_template("joining/new_password.html", form=form, owner=owner, hint=PASSWORD_HINT)


@blueprint.post("/new-password/<token>")
@public
def set_password(token: str) -> ResponseReturnValue:
    """Change the password, and let the person sign in with it."""
    ctx, form = context(), NewPasswordForm()
    if form.validate_on_submit():
        try:
            password_links.set_new(ctx, token, form.password.data or "")
        except UnacceptableDetailsError as error:
            form.password.errors = [str(error)]
        else:
            session.clear()
            flash("Your password is changed. Sign in with the new one.", "done")
            return redirect(url_for("accounts.sign_in"), 303)
    owner = password_links.whose(ctx, token)
    html = render_template("joining/new_password.html", form=form, owner=owner, hint=PASSWORD_HINT)
    return html, 422


def _invitation(invited: Invited, token: str, form: JoinForm) -> str:
    return render_template(
        "joining/join.html",
        invited=invited,
        invitation=invited.invitation,
        token=token,
        form=form,
        hint=PASSWORD_HINT,
        signed_in_as=context().person,
    )

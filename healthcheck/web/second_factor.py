"""The pages of a second factor: setting it up, being asked for its code, and getting rid of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from healthcheck.core.errors import (
    TooManyTriesError,
    UnacceptableDetailsError,
    WrongCredentialsError,
)
from healthcheck.core.second_factor import LONGEST_REASON
from healthcheck.core.sessions import Missing
from healthcheck.reports import qr_codes
from healthcheck.services import second_factor
from healthcheck.web.access import public, setting_up, signed_in
from healthcheck.web.entering import enter
from healthcheck.web.forms.own_account import CodeForm, PasswordAgainForm
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("second_factor", __name__)
HERE = "/account/second-factor"
TO_SHOW = "recovery_codes"
"""The entry of the cookie that carries new recovery codes to the one page that shows them."""


@blueprint.get(HERE)
@setting_up
def show() -> ResponseReturnValue:
    """Say what a second factor is and how it stands with one's own."""
    return render_template(
        "second_factor/second_factor.html",
        standing=second_factor.standing(context()),
        is_led_here=context().person is None,
    )


@blueprint.post(HERE)
@setting_up
def begin() -> ResponseReturnValue:
    """Begin to set one up."""
    second_factor.begin(context())
    return redirect(url_for("second_factor.set_up"), 303)


@blueprint.get(f"{HERE}/set-up")
@setting_up
def set_up() -> ResponseReturnValue:
    """Show what the app is to be given."""
    return _set_up(CodeForm(formdata=None))


@blueprint.post(f"{HERE}/set-up")
@setting_up
def confirm() -> ResponseReturnValue:
    """Ask for codes from now on, because the app gave a right one."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            session[TO_SHOW] = second_factor.confirm(context(), form.code.data or "")
        except (WrongCredentialsError, TooManyTriesError) as error:
            form.code.errors = [str(error)]
        else:
            return redirect(url_for("second_factor.recovery_codes"), 303)
    return _set_up(form), 422


@blueprint.get(f"{HERE}/recovery-codes")
@signed_in
def recovery_codes() -> ResponseReturnValue:
    """Show recovery codes just made, once."""
    codes = session.pop(TO_SHOW, None)
    if codes is None:
        return redirect(url_for("second_factor.show"), 303)
    person = context().someone()
    return render_template("second_factor/recovery_codes.html", codes=codes, person=person)


@blueprint.get(f"{HERE}/new-recovery-codes")
@signed_in
def before_new_codes() -> ResponseReturnValue:
    """Ask for the password before new recovery codes are made."""
    return _password("second_factor/new_recovery_codes.html", PasswordAgainForm(formdata=None))


@blueprint.post(f"{HERE}/new-recovery-codes")
@signed_in
def new_codes() -> ResponseReturnValue:
    """Make new recovery codes."""

    def make(password: str) -> ResponseReturnValue:
        session[TO_SHOW] = second_factor.new_recovery_codes(context(), password)
        return redirect(url_for("second_factor.recovery_codes"), 303)

    return _with_password("second_factor/new_recovery_codes.html", make)


@blueprint.get(f"{HERE}/turn-off")
@signed_in
def before_turning_off() -> ResponseReturnValue:
    """Ask for the password before codes are asked for no more."""
    return _password("second_factor/turn_off.html", PasswordAgainForm(formdata=None))


@blueprint.post(f"{HERE}/turn-off")
@signed_in
def turn_off() -> ResponseReturnValue:
    """Ask no more for codes."""

    def off(password: str) -> ResponseReturnValue:
        second_factor.turn_off(context(), password)
        flash("Your second factor is turned off.", "done")
        return redirect(url_for("own_account.show"), 303)

    return _with_password("second_factor/turn_off.html", off)


@blueprint.get("/sign-in/code")
@public
def ask() -> ResponseReturnValue:
    """Ask for the code of somebody whose password was right."""
    holder = context().holder
    if holder is None or holder.missing is not Missing.CODE:
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm(formdata=None)
    form.came_for.data = request.args.get("next", "")
    return render_template("second_factor/code.html", form=form, is_recovery=False)


@blueprint.post("/sign-in/code")
@public
def check() -> ResponseReturnValue:
    """Finish signing in with the code of an app, or with a recovery code."""
    form, is_recovery = CodeForm(), "recovery" in request.form
    enter_code = second_factor.enter_recovery_code if is_recovery else second_factor.enter
    status = 422
    if form.validate_on_submit():
        try:
            token = enter_code(context(), form.code.data or "")
        except WrongCredentialsError as error:
            form.code.errors = [str(error)]
        except TooManyTriesError as error:
            form.code.errors, status = [str(error)], 429
        else:
            return enter(token, form.came_for.data or "")
    html = render_template("second_factor/code.html", form=form, is_recovery=is_recovery)
    return html, status


@blueprint.get("/people/<person_id>/second-factor")
@signed_in
def before_removing(person_id: str) -> ResponseReturnValue:
    """Ask why somebody's second factor is to be removed."""
    return _removing(person_id)


@blueprint.post("/people/<person_id>/second-factor")
@signed_in
def remove(person_id: str) -> ResponseReturnValue:
    """Remove somebody's second factor."""
    reason = request.form.get("reason", "")
    try:
        person = second_factor.remove(context(), person_id, reason)
    except UnacceptableDetailsError as error:
        return _removing(person_id, reason, str(error)), 422
    flash(f"{person.name} now signs in with the password alone.", "done")
    return redirect(url_for("people.show"), 303)


def _set_up(form: CodeForm) -> str:
    begun = second_factor.begun(context())
    return render_template(
        "second_factor/set_up.html",
        form=form,
        secret=begun.secret,
        address=begun.address,
        picture=qr_codes.drawn(begun.address),
    )


def _password(template: str, form: PasswordAgainForm) -> str:
    ctx = context()
    return render_template(
        template, form=form, person=ctx.someone(), standing=second_factor.standing(ctx)
    )


def _with_password(template: str, do: Callable[[str], ResponseReturnValue]) -> ResponseReturnValue:
    form = PasswordAgainForm()
    if form.validate_on_submit():
        try:
            return do(form.password.data or "")
        except (WrongCredentialsError, TooManyTriesError) as error:
            form.password.errors = [str(error)]
    return _password(template, form), 422


def _removing(person_id: str, reason: str = "", problem: str = "") -> str:
    return render_template(
        "second_factor/remove.html",
        person=second_factor.removable(context(), person_id),
        reason=reason,
        problem=problem,
        longest=LONGEST_REASON,
    )

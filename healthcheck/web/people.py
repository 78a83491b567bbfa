"""The people of an employer or of BASW: inviting them, changing what they are, removing them.

Each page is there twice, under an employer's address and under BASW's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import LinkEndedError, NotReadyError, UnacceptableDetailsError
from healthcheck.core.people import ABOUT, in_order
from healthcheck.core.permissions import Role
from healthcheck.services import export, invitations, people, second_factor
from healthcheck.web.access import signed_in
from healthcheck.web.forms.people import InviteForm, ticked_roles
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.people import Member
    from healthcheck.services.people import Place

blueprint = Blueprint("people", __name__)


@blueprint.get("/employers/<employer_id>/people")
@blueprint.get("/basw/people")
@signed_in
def show(employer_id: str | None = None) -> ResponseReturnValue:
    """Show who is there and who is invited, and the form to invite somebody."""
    return _draw(employer_id, InviteForm(formdata=None))


@blueprint.post("/employers/<employer_id>/people")
@blueprint.post("/basw/people")
@signed_in
def invite(employer_id: str | None = None) -> ResponseReturnValue:
    """Invite somebody."""
    ctx, form = context(), InviteForm()
    people.place(ctx, employer_id)
    if form.validate_on_submit():
        try:
            sent = invitations.invite(
                ctx, employer_id, form.email.data or "", Role[form.role.data or ""]
            )
        except UnacceptableDetailsError as error:
            form.email.errors = [str(error)]
        else:
            flash(f"An invitation is on its way to {sent.email}.", "done")
            return redirect(_list(employer_id), 303)
    return _draw(employer_id, form), 422


@blueprint.post("/employers/<employer_id>/people/invitations/<invitation_id>")
@blueprint.post("/basw/people/invitations/<invitation_id>")
@signed_in
def change_invitation(invitation_id: str, employer_id: str | None = None) -> ResponseReturnValue:
    """Send an invitation again with a new link, or cancel it."""
    ctx = context()
    try:
        if request.form.get("do") == "again":
            sent = invitations.again(ctx, employer_id, invitation_id)
            flash(f"A new invitation is on its way to {sent.email}.", "done")
        else:
            ended = invitations.cancel(ctx, employer_id, invitation_id)
            flash(f"The invitation to {ended.email} is cancelled.", "done")
    except LinkEndedError as error:
        flash(str(error), "attention")
    return redirect(_list(employer_id), 303)


@blueprint.get("/employers/<employer_id>/people/<person_id>")
@blueprint.get("/basw/people/<person_id>")
@signed_in
def person(person_id: str, employer_id: str | None = None) -> ResponseReturnValue:
    """Show what one person is, and what they could be."""
    return _draw_person(employer_id, person_id)


@blueprint.post("/employers/<employer_id>/people/<person_id>")
@blueprint.post("/basw/people/<person_id>")
@signed_in
def change_person(person_id: str, employer_id: str | None = None) -> ResponseReturnValue:
    """Give and take roles, or all of them when the person leaves."""
    ctx, form = context(), request.form
    where = people.place(ctx, employer_id)
    wanted = frozenset() if form.get("do") == "leave" else ticked_roles(form)
    try:
        now = people.set_roles(ctx, employer_id, person_id, wanted, confirmed="confirmed" in form)
    except NotReadyError as error:
        return _draw_person(employer_id, person_id, str(error)), 422
    flash(_told(now, where), "done")
    gave_up_own = now.person == ctx.person and where.must_stay not in now.roles
    return redirect(url_for("assessments.home") if gave_up_own else _list(employer_id), 303)


@blueprint.get("/people/<person_id>/delete")
@signed_in
def deletion(person_id: str) -> ResponseReturnValue:
    """Ask whether a person's data is to go for good."""
    leaving = people.leaving(context(), person_id)
    return render_template("people/delete.html", leaving=leaving, person=leaving.person)


@blueprint.post("/people/<person_id>/delete")
@signed_in
def delete(person_id: str) -> ResponseReturnValue:
    """Take a person's data out; the record keeps what they did."""
    gone = people.remove(context(), person_id)
    flash(f"The account is deleted. The record now says “{gone.called}”.", "done")
    return redirect(_list(None), 303)


def _list(employer_id: str | None) -> str:
    return url_for("people.show", employer_id=employer_id)


def _told(now: Member, where: Place) -> str:
    if not now.roles:
        return f"{now.person.name} no longer has a role at {where.name}."
    return f"{now.person.name} is now: {' and '.join(role.value for role in now.roles)}."


def _draw(employer_id: str | None, form: InviteForm) -> str:
    ctx = context()
    where = people.place(ctx, employer_id)
    return render_template(
        "people/people.html",
        where=where,
        members=people.of_basw(ctx)
        if employer_id is None
        else people.of_employer(ctx, employer_id),
        nowhere=people.with_no_role(ctx) if employer_id is None else (),
        invitations=invitations.waiting(ctx, employer_id),
        now=ctx.now,
        form=form,
        about=ABOUT,
        may_export=employer_id is not None and export.may_export(ctx, employer_id),
    )


def _draw_person(employer_id: str | None, person_id: str, problem: str = "") -> str:
    ctx = context()
    where, member = people.place(ctx, employer_id), people.member(ctx, employer_id, person_id)
    return render_template(
        "people/person.html",
        where=where,
        member=member,
        offered=in_order({*where.gives, *member.roles}),
        about=ABOUT,
        is_last=people.is_last(ctx, where, member),
        is_self=member.person == ctx.person,
        may_delete=people.may_delete(ctx),
        may_remove_factor=second_factor.may_remove(ctx, person_id),
        problem=problem,
    )

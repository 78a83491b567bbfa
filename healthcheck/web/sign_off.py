"""Sign-off: the lead sends, the accountable officer signs or declines, others see where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core import sign_off as core
from healthcheck.core.facts import service_title
from healthcheck.core.permissions import Permission, can
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import OPEN_TO_ANSWERS, Step
from healthcheck.core.whats_next import whats_next
from healthcheck.reports.view_questions import pointers
from healthcheck.services import sign_off
from healthcheck.services.readiness import Draft, Lack
from healthcheck.services.steps import came_back, offered
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("sign_off", __name__)
ADDRESS = "/assessments/<assessment_id>/sign-off"
NOTHING: Mapping[str, str] = {}
NOT_SAVED = "What you wrote about consultation is not saved yet. Put it right and save it again."


@blueprint.get(ADDRESS)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show what blocks sending, the consultation, or what there is to read and sign."""
    return _draw(sign_off.draft(context(), assessment_id))


@blueprint.post(ADDRESS)
@signed_in
def send(assessment_id: str) -> ResponseReturnValue:
    """Keep what is said about consultation, or send the health check with it for sign-off.

    What is said is kept as well when only the health check cannot be sent yet.
    """
    typed = {name: request.form.get(name, "") for name in ("practitioners", "how", "unions")}
    consultation, problems = core.accept_consultation(**typed)
    is_sent, is_valid = request.form.get("go") == "send", not problems
    draft = sign_off.draft(context(), assessment_id)
    if is_sent:
        problems = {**core.lacking(consultation), **problems}
    if problems or (is_sent and draft.blockers and _can_send(draft)):
        if is_valid and _can_send(draft):
            sign_off.save_consultation(context(), assessment_id, consultation)
            flash("What you wrote about consultation is saved. It was not sent.", "saved")
        elif not is_valid:
            flash(NOT_SAVED, "attention")
        return _draw(draft, typed, problems, has_tried=is_sent, status=422)
    if is_sent:
        sign_off.send(context(), assessment_id, consultation)
    else:
        sign_off.save_consultation(context(), assessment_id, consultation)
    flash("Sent for sign-off." if is_sent else "What you wrote is saved.", "saved")
    return redirect(url_for("sign_off.show", assessment_id=assessment_id), 303)


@blueprint.post(f"{ADDRESS}/signature")
@signed_in
def sign(assessment_id: str) -> ResponseReturnValue:
    """Sign and submit what the person read."""
    ticked = request.form.getlist("attested")
    typed = {name: request.form.get(name, "") for name in ("name", "role", "read")}
    _, problems = core.accept_signing(ticked, typed["name"], typed["role"])
    draft = sign_off.draft(context(), assessment_id)
    if problems and Step.SIGN in offered(draft.found):
        return _draw(draft, typed, problems, ticked=ticked, status=422)
    version = sign_off.sign(context(), assessment_id, ticked, **typed)
    flash("Signed and submitted. BASW can read it now.", "saved")
    address = url_for("versions.show", assessment_id=assessment_id, number=version.number)
    return redirect(address, 303)


def _can_send(draft: Draft) -> bool:
    return Step.SEND in offered(draft.found)


def _draw(  # noqa: PLR0913 - a page again, as it was posted
    draft: Draft,
    typed: Mapping[str, str] = NOTHING,
    problems: Mapping[str, str] = NOTHING,
    *,
    ticked: list[str] | None = None,
    has_tried: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    found, assessment = draft.found, draft.opened.assessment
    steps = offered(found)
    html = render_template(
        "sign_off/sign_off.html",
        draft=draft,
        opened=draft.opened,
        assessment=assessment,
        service=service_title(assessment.service),
        next=whats_next(assessment.state, [each.name for each in draft.officers]),
        offered={each.name for each in steps},
        came_back=came_back(context(), assessment),
        may_write=can(found.roles, Permission.SEND) and assessment.state in OPEN_TO_ANSWERS,
        may_invite=can(found.roles, Permission.INVITE),
        numbers=pointers(draft.opened.questionnaire),
        attestations=[(each.name, core.sentence(each, draft.consultation)) for each in Attestation],
        typed={**_said(draft), **typed},
        ticked=ticked or [],
        problems=problems,
        has_tried=has_tried,
        is_open=assessment.state in OPEN_TO_ANSWERS,
        places=_places(assessment.id),
        people_address=url_for("people.show", employer_id=assessment.employer.id),
    )
    return html, status


def _places(assessment_id: str) -> Mapping[Lack, Callable[[str], str]]:
    """Return where what blocks sending is put right, when that is not the question's own page."""
    requests = url_for("requests.show", assessment_id=assessment_id)
    proposed = url_for("proposals.show", assessment_id=assessment_id)
    return {
        Lack.REQUEST: lambda _question_id: requests,
        Lack.ACTION: lambda question_id: f"{proposed}#question-{question_id}",
    }


def _said(draft: Draft) -> dict[str, str]:
    """Return what stands in the boxes before anything is typed."""
    said = draft.consultation
    number = "" if said.practitioners is None else str(said.practitioners)
    return {
        "practitioners": number,
        "how": said.how,
        "unions": said.unions,
        "name": "",
        "role": "",
    }

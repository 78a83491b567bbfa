"""The history of a health check: its timeline, and the steps that are taken from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.steps import Step
from healthcheck.services import history, sign_off
from healthcheck.services.steps import LONGEST_REASON
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("history", __name__)
A_STEP = "/assessments/<assessment_id>/steps/<step>"

MEANS: Mapping[Step, str] = {
    Step.TAKE_BACK: (
        "Answers can be changed again. It has to be sent for sign-off once more before anybody can"
        " sign it."
    ),
    Step.DECLINE: (
        "It goes back to the health check lead, with your reason. Nothing is submitted. Only people"
        " at your employer can read the reason."
    ),
    Step.RECALL: (
        "The submission comes back from BASW, whose reviewers can no longer read it. Answers can be"
        " changed again. To submit it, it has to be sent and signed once more. The version that was"
        " signed stays in your history, marked as recalled."
    ),
    Step.ASK_TO_REOPEN: (
        "BASW is sent your request, with the reason. Nothing changes until it reopens the health"
        " check."
    ),
    Step.REOPEN: (
        "The employer can change its answers, also after the cycle has closed, and then has to sign"
        " and submit it. What was submitted before stays on record. Both sides see your reason."
    ),
    Step.WITHDRAW: (
        "Nothing more is asked of the employer for it. Answers and versions are kept, and it can be"
        " reopened. Both sides see your reason."
    ),
}
"""What each step that has a page of its own here does, for the person about to take it."""
SLUGS = {step.name.lower().replace("_", "-"): step for step in MEANS}
DONE: Mapping[Step, str] = {
    Step.TAKE_BACK: "The health check is back: answers can be changed.",
    Step.DECLINE: "You declined to sign. The lead has been told why.",
    Step.RECALL: "The submission is recalled: answers can be changed.",
    Step.ASK_TO_REOPEN: "BASW has been asked to reopen it.",
    Step.REOPEN: "The health check is reopened.",
    Step.WITHDRAW: "The health check is withdrawn.",
}


@blueprint.get("/assessments/<assessment_id>/history")
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show every step ever taken and every version, with the steps that can be taken now."""
    found = history.history(context(), assessment_id)
    assessment = found.found.assessment
    return render_template(
        "history/history.html",
        history=found,
        assessment=assessment,
        service=service_title(assessment.service),
        offered={each.name for each in found.offered},
        buttons=[
            (slug, step.value.button) for slug, step in SLUGS.items() if step in found.offered
        ],
    )


@blueprint.get(A_STEP)
@signed_in
def before(assessment_id: str, step: str) -> ResponseReturnValue:
    """Say what a step does before it is taken."""
    wanted = _step(step)
    sign_off.may_take(context(), assessment_id, wanted)
    return _draw(assessment_id, wanted)


@blueprint.post(A_STEP)
@signed_in
def take(assessment_id: str, step: str) -> ResponseReturnValue:
    """Take a step."""
    wanted, reason = _step(step), request.form.get("reason", "")
    try:
        if wanted is Step.DECLINE:
            sign_off.decline(context(), assessment_id, reason)
        else:
            sign_off.take(context(), assessment_id, wanted, reason)
    except UnacceptableDetailsError as refused:
        return _draw(assessment_id, wanted, reason, str(refused)), 422
    flash(DONE[wanted], "saved")
    return redirect(url_for("history.show", assessment_id=assessment_id), 303)


def _step(slug: str) -> Step:
    if slug not in SLUGS:
        raise NotFoundError("There is no such step.")
    return SLUGS[slug]


def _draw(assessment_id: str, step: Step, reason: str = "", problem: str = "") -> str:
    found = history.history(context(), assessment_id)
    assessment = found.found.assessment
    return render_template(
        "history/step.html",
        assessment=assessment,
        service=service_title(assessment.service),
        slug=next(slug for slug, each in SLUGS.items() if each is step),
        step=step.value,
        means=MEANS[step],
        reason=reason,
        problem=problem,
        longest=LONGEST_REASON,
    )

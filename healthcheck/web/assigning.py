"""The page where a lead says who answers which topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.services import assessments, assigning
from healthcheck.web.access import signed_in
from healthcheck.web.forms.people import shown_and_chosen
from healthcheck.web.request import context
from healthcheck.web.topic_pages import is_shown

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("assigning", __name__)


@blueprint.get("/assessments/<assessment_id>/assign")
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show every topic with the people who could answer it."""
    ctx = context()
    people = assigning.who_can_answer(ctx, assessment_id)
    opened = assessments.opened(ctx, assessment_id)
    sections = [
        (area, [topic for topic in area.topics if is_shown(opened, topic)])
        for area in opened.questionnaire.sections
    ]
    return render_template(
        "assigning/assign.html",
        opened=opened,
        service=service_title(opened.assessment.service),
        sections=[(area, topics) for area, topics in sections if topics],
        board=assigning.board(ctx, assessment_id),
        people=people,
    )


@blueprint.post("/assessments/<assessment_id>/assign")
@signed_in
def save(assessment_id: str) -> ResponseReturnValue:
    """Assign the topics as ticked, and tell whoever got one."""
    ctx = context()
    topics = assessments.opened(ctx, assessment_id).questionnaire.topics
    shown, chosen = shown_and_chosen(request.form, [topic.id for topic in topics])
    try:
        done = assigning.assign(ctx, assessment_id, shown, chosen)
    except UnacceptableDetailsError as error:
        flash(str(error), "attention")
        return redirect(url_for("assigning.show", assessment_id=assessment_id), 303)
    told = len({person for _, person in done.given} - {ctx.someone().id})
    words = {0: "", 1: " One person is told by email."}
    flash(
        "Who answers what is saved." + words.get(told, f" {told} people are told by email."),
        "done",
    )
    return redirect(url_for("assessments.tasks", assessment_id=assessment_id), 303)

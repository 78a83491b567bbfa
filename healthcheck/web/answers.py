"""Check your answers: every answer with a way to change it, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.core.journey import progress
from healthcheck.services import assessments, carrying, reports
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("answers", __name__)


@blueprint.get("/assessments/<assessment_id>/check")
@signed_in
def check(assessment_id: str) -> ResponseReturnValue:
    """Show every answer with a change link, and what is missing."""
    opened = assessments.opened(context(), assessment_id)
    problems = opened.problems
    return render_template(
        "answers/check.html",
        opened=opened,
        report=reports.results(opened),
        to_confirm=carrying.waiting(opened),
        to_correct=[
            key for key, each in opened.journey.items() if each.is_visible and key in problems
        ],
        whole=progress(opened.journey, opened.questionnaire.questions.values(), problems),
    )

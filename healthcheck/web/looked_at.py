"""Who looked at what an employer submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.core.facts import service_title
from healthcheck.services import looked_at
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("looked_at", __name__)


@blueprint.get("/assessments/<assessment_id>/who-looked")
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show every read of a submission by BASW and every download, newest first."""
    found, looks = looked_at.looks(context(), assessment_id)
    return render_template(
        "looked_at/looks.html",
        assessment=found.assessment,
        service=service_title(found.assessment.service),
        looks=looks,
    )

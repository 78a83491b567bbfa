"""Files given as evidence, handed back as downloads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from healthcheck.services import attachments
from healthcheck.web.access import signed_in
from healthcheck.web.files import evidence
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("attachments", __name__)


@blueprint.get("/assessments/<assessment_id>/files/<attachment_id>")
@signed_in
def download(assessment_id: str, attachment_id: str) -> ResponseReturnValue:
    """Send a file to be saved; never to be shown inside a page."""
    found, content = attachments.attachment(context(), assessment_id, attachment_id)
    return evidence(found, content)

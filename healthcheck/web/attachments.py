"""Files given as evidence, handed back as downloads only."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, send_file

from healthcheck.services import attachments
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("attachments", __name__)


@blueprint.get("/assessments/<assessment_id>/files/<attachment_id>")
@signed_in
def download(assessment_id: str, attachment_id: str) -> ResponseReturnValue:
    """Send a file to be saved; never to be shown inside a page."""
    found, content = attachments.attachment(context(), assessment_id, attachment_id)
    response = send_file(
        BytesIO(content), found.media_type, as_attachment=True, download_name=found.name
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response

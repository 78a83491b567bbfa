"""Everything that is held about an employer, as one file to download."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from flask import Blueprint, send_file

from healthcheck.core.export import safe_name
from healthcheck.services.export import export
from healthcheck.web.access import signed_in
from healthcheck.web.request import context, product

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("exporting", __name__)


@blueprint.get("/employers/<employer_id>/everything.zip")
@signed_in
def everything(employer_id: str) -> ResponseReturnValue:
    """Send one zip file with everything.

    It is written to a nameless file beside the database first, never to memory, so that a slow
    connection neither holds the database open nor gets a file that is broken off unseen.
    """
    file = TemporaryFile(dir=product().config.data)  # noqa: SIM115 - closed with the response
    try:
        exported = export(context(), employer_id, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = safe_name(f"{exported.employer.name} {context().now:%Y-%m-%d}.zip")
    response = send_file(file, "application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response

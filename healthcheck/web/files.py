"""Files that come and go: sent to be kept, or uploaded to look at what they would change."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Response, request, send_file

from healthcheck.core.errors import UnacceptableFileError

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from healthcheck.core.answers import Attachment

CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sent(content: bytes | str, media_type: str, name: str) -> Response:
    """Return a file that a browser keeps under this name instead of showing it."""
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def evidence(file: Attachment, content: bytes) -> Response:
    """Return a file given as evidence, to be kept; never to be shown inside a page."""
    response = send_file(
        BytesIO(content), file.media_type, as_attachment=True, download_name=file.name
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def chosen(field: str) -> FileStorage:
    """Return the file that was chosen. Raises UnacceptableFileError when none was."""
    file = request.files.get(field)
    if not file:
        raise UnacceptableFileError("Choose a file first.")
    return file


def uploaded() -> bytes:
    """Return what the file that was chosen holds. Raises what `chosen` does."""
    content: bytes = chosen("file").read()
    return content


def agreement() -> tuple[str, str, list[str]]:
    """Return what a look carried, the fingerprint of what it showed, and what was ticked."""
    form = request.form
    return form.get("carried", ""), form.get("agreed", ""), form.getlist("take")

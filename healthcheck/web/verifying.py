"""The verify page, where anyone can learn whether a report is what was submitted."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from healthcheck.core.versions import typed
from healthcheck.services import verifying
from healthcheck.web.access import public
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("verifying", __name__)

LARGEST = 30 * 2**20
CHUNK = 2**16
LENGTH = 64
LONGEST_REFERENCE = 100


@blueprint.get("/verify")
@public
def show() -> ResponseReturnValue:
    """Show the two ways to ask, and the answer when something was asked."""
    if request.args.get("pdf"):
        return _draw(verifying.by_pdf(context(), request.args["pdf"]), asked="pdf")
    given = {name: request.args.get(name, "") for name in ("reference", "fingerprint")}
    if not any(given.values()):
        return _draw()
    problems = _problems(**given)
    if problems:
        return _draw(problems=problems, given=given, status=422)
    return _draw(verifying.by_fingerprint(context(), **given), asked="fingerprint", given=given)


@blueprint.post("/verify")
@public
def upload() -> ResponseReturnValue:
    """Take the fingerprint of a PDF, and go to the answer; nothing of the file is kept or read."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return _draw(problems={"file": "Choose the PDF to check."}, status=422)
    sha256 = _sha256(chosen.stream)
    if sha256 is None:
        problem = f"The file is larger than {LARGEST >> 20} MB, so it is not one of ours."
        return _draw(problems={"file": problem}, status=422)
    return redirect(url_for("verifying.show", pdf=sha256), 303)


def _problems(reference: str, fingerprint: str) -> dict[str, str]:
    problems = {}
    if not reference.strip() or len(reference) > LONGEST_REFERENCE:
        problems["reference"] = "Type the reference from the cover, such as HC-2026-K7M2QX."
    if len(typed(fingerprint)) != LENGTH:
        problems["fingerprint"] = (
            f"Type all {LENGTH} letters and digits of the fingerprint. You typed"
            f" {len(typed(fingerprint)):,}."
        )
    return problems


def _sha256(stream: IO[bytes]) -> str | None:
    """Return the SHA-256 of what a stream holds, None when it is too large."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest() if size <= LARGEST else None


def _draw(
    verified: verifying.Verified | None = None,
    *,
    asked: str = "",
    problems: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    html = render_template(
        "verifying/verify.html",
        verified=verified,
        asked=asked,
        problems=problems or {},
        given=given or {},
        largest=LARGEST >> 20,
    )
    return html, status

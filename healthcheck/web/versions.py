"""A version: what was signed, with its PDF, its data and its files to download."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, url_for

from healthcheck.core.errors import NotFoundError
from healthcheck.core.facts import service_title
from healthcheck.core.versions import grouped, read
from healthcheck.services import submissions, version_reports
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.files import PDF, evidence, sent
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("versions", __name__)
ADDRESS = "/assessments/<assessment_id>/versions/<number>"
NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@blueprint.get(ADDRESS)
@signed_in
def show(assessment_id: str, number: str) -> ResponseReturnValue:
    """Show what was signed; while the PDF is being made the page asks again by itself."""
    found, version, said = submissions.signed(context(), assessment_id, _number(number))
    job = version_reports.progress(context(), version)
    if wants_json():
        return jsonify(state=job.state)
    return render_template(
        "history/version.html",
        assessment=found.assessment,
        service=service_title(found.assessment.service),
        version=version,
        said=said,
        fingerprint=grouped(version.fingerprint),
        job=job,
    )


@blueprint.post(f"{ADDRESS}/report")
@signed_in
def ask_again(assessment_id: str, number: str) -> ResponseReturnValue:
    """Have the PDF made again, when that failed."""
    version_reports.ask_again(context(), assessment_id, _number(number))
    return redirect(url_for("versions.show", assessment_id=assessment_id, number=number), 303)


@blueprint.get(f"{ADDRESS}/report.pdf")
@signed_in
def report(assessment_id: str, number: str) -> ResponseReturnValue:
    """Send the PDF."""
    version, pdf = version_reports.download(context(), assessment_id, _number(number))
    name = f"{read(version.content).reference}-version-{version.number}.pdf"
    return sent(pdf, PDF, name)


@blueprint.get(f"{ADDRESS}/data.json")
@signed_in
def data(assessment_id: str, number: str) -> ResponseReturnValue:
    """Send the data, byte for byte what the fingerprint is of."""
    version = submissions.data(context(), assessment_id, _number(number))
    name = f"{read(version.content).reference}-version-{version.number}.json"
    return sent(version.content.encode(), "application/json", name)


@blueprint.get(f"{ADDRESS}/files/<attachment_id>")
@signed_in
def file(assessment_id: str, number: str, attachment_id: str) -> ResponseReturnValue:
    """Send a file that was submitted, to be saved; never to be shown inside a page."""
    found, content = submissions.file(context(), assessment_id, _number(number), attachment_id)
    return evidence(found, content)


def _number(text: str) -> int:
    if NUMBER.fullmatch(text) is None:
        raise NotFoundError("There is no such version of this health check.")
    return int(text)

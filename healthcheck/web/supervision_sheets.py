"""A worker's supervision sheet: asked for, watched while its PDF is made, and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for

from healthcheck.services import supervision_sheets
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.supervision_sheets import Offer

blueprint = Blueprint("supervision_sheets", __name__)
SHEET = "/teams/<team_id>/workers/<worker_id>/supervision-sheet"
HOLDS = "It holds the newest snapshot, as it was when you asked for the sheet."


@blueprint.get(SHEET)
@signed_in
def show(team_id: str, worker_id: str) -> ResponseReturnValue:
    """Show what the sheet will hold."""
    offer = supervision_sheets.offer(context(), team_id, worker_id)
    return render_template("workload/sheet.html", offer=offer, back=_back(offer))


@blueprint.post(SHEET)
@signed_in
def ask(team_id: str, worker_id: str) -> ResponseReturnValue:
    """Have the sheet made, or find the one already made."""
    job = supervision_sheets.ask(context(), team_id, worker_id)
    address = url_for(".watch", team_id=team_id, worker_id=worker_id, key=job.key)
    return redirect(address, 303)


@blueprint.get(f"{SHEET}/<key>")
@signed_in
def watch(team_id: str, worker_id: str, key: str) -> ResponseReturnValue:
    """Show how far the sheet is; the page asks again by itself until it is ready."""
    offer, job = supervision_sheets.progress(context(), team_id, worker_id, key)
    if wants_json():
        return jsonify(state=job.state)
    return render_template(
        "reports/watch.html",
        job=job,
        document="supervision sheet",
        holds=HOLDS,
        back=_back(offer),
        download=url_for(".download", team_id=team_id, worker_id=worker_id, key=key),
        again=url_for(".ask", team_id=team_id, worker_id=worker_id),
    )


@blueprint.get(f"{SHEET}/<key>/supervision-sheet.pdf")
@signed_in
def download(team_id: str, worker_id: str, key: str) -> ResponseReturnValue:
    """Send the finished sheet."""
    pdf = supervision_sheets.download(context(), team_id, worker_id, key)
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="supervision-sheet.pdf")
    return response


def _back(offer: Offer) -> tuple[str, str]:
    """Return the address and the name of the page that leads here."""
    if offer.is_own:
        return url_for("workload.mine"), "Your workload"
    return url_for("workload.team", team_id=offer.own.team.id), "Workload of the team"

"""The caseload benchmark: the lead's page for it, and the public page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.workload.benchmarks import LONGEST_NOTE
from healthcheck.services import benchmarks
from healthcheck.web.access import public, signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.benchmarks import Published

blueprint = Blueprint("benchmarks", __name__)

PLACE = "/employers/<employer_id>/caseload-benchmark"


@blueprint.get(PLACE)
@signed_in
def place(employer_id: str) -> ResponseReturnValue:
    """Show the safe levels as they are now, what is public, and the forms for both."""
    return _draw(employer_id, {})


@blueprint.post(PLACE)
@signed_in
def change(employer_id: str) -> ResponseReturnValue:
    """Publish the levels, or take the public page down."""
    ctx, form = context(), request.form
    does_publish = form.get("do") == "publish"
    try:
        if does_publish:
            benchmarks.publish(ctx, employer_id, form.get("note", ""))
        else:
            benchmarks.take_down(ctx, employer_id, form.get("reason", ""))
    except UnacceptableDetailsError as error:
        return _draw(employer_id, {"note" if does_publish else "reason": str(error)}), 422
    flash("The page is public now." if does_publish else "The page is taken down.", "done")
    return redirect(url_for(".place", employer_id=employer_id), 303)


@blueprint.get(f"{PLACE}/preview")
@signed_in
def preview(employer_id: str) -> ResponseReturnValue:
    """Show exactly what would be public."""
    shown = benchmarks.preview(context(), employer_id)
    return _draw_page(shown, url_for(".place", employer_id=employer_id))


@blueprint.get("/benchmark/<address>")
@public
def show(address: str) -> ResponseReturnValue:
    """Show an employer's safe levels to anybody."""
    return _draw_page(benchmarks.read(context(), address))


def _draw(employer_id: str, problems: dict[str, str]) -> str:
    now = benchmarks.place(context(), employer_id)
    standing = now.standing.note if now.standing else ""
    return render_template(
        "benchmarks/place.html",
        place=now,
        service_title=service_title,
        problems=problems,
        note=request.form.get("note", standing),
        longest=LONGEST_NOTE,
        reason=request.form.get("reason", ""),
    )


def _draw_page(shown: Published, back: str = "") -> str:
    return render_template(
        "benchmarks/page.html",
        benchmark=shown.benchmark,
        employer=shown.employer,
        others=shown.others,
        service_title=service_title,
        back=back,
        signed_in_as=context().person,
    )

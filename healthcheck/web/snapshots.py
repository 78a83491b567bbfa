"""A team's caseload on one day: pasted, uploaded or typed, looked at, saved, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.workload.teams import Way
from healthcheck.services import snapshot_drafts, snapshot_files, snapshot_typing, snapshots, teams
from healthcheck.services.open_now import today
from healthcheck.web import snapshot_pages as pages
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("snapshots", __name__)

OF_A_TEAM = "/teams/<team_id>/snapshots"
ONE = f"{OF_A_TEAM}/<snapshot_id>"


@blueprint.get(f"{OF_A_TEAM}/new")
@signed_in
def new(team_id: str) -> ResponseReturnValue:
    """Show the form to paste or upload a snapshot, or to choose another way."""
    return pages.draw_new(team_id, pages.Posted(today(context())))


@blueprint.post(f"{OF_A_TEAM}/new")
@signed_in
def look(team_id: str) -> ResponseReturnValue:
    """Show what a paste or a file would make; nothing is saved."""
    ctx, posted = context(), pages.posted(today(context()))
    if posted.problem:
        return pages.draw_new(team_id, posted), 422
    file = request.files.get("file")
    content = file.read() if file and file.filename else b""
    if content:
        looked = snapshot_drafts.from_file(ctx, team_id, content, posted.day)
    else:
        looked = snapshot_drafts.from_text(ctx, team_id, posted.text, posted.day)
    if not looked.can_be_saved:
        return pages.draw_new(team_id, posted, looked, is_file=bool(content)), 422
    way = Way.UPLOADED if content else Way.PASTED
    return pages.draw_preview(looked, posted, way)


@blueprint.get(f"{OF_A_TEAM}/headings.csv")
@signed_in
def headings(team_id: str) -> ResponseReturnValue:
    """Send the headings of a table to fill in, in a spreadsheet."""
    ctx, counts = context(), "counts" in request.args
    content = snapshot_files.headings_as_csv(ctx, team_id, today(ctx), counts=counts)
    return _attached(content, "one-line-a-worker.csv" if counts else "one-line-a-case.csv")


@blueprint.post(OF_A_TEAM)
@signed_in
def save(team_id: str) -> ResponseReturnValue:
    """Save a draft that was looked at."""
    ctx, posted = context(), pages.posted(today(context()))
    carried, way = request.form.get("carried", ""), pages.way()
    try:
        kept = snapshot_drafts.save(ctx, team_id, carried, posted.day, way)
    except UnacceptableDetailsError as error:
        return pages.draw_refused(team_id, carried, posted, str(error)), 422
    flash("The snapshot is saved.", "done")
    return redirect(url_for("snapshots.show", team_id=team_id, snapshot_id=kept.id), 303)


@blueprint.get(f"{OF_A_TEAM}/type")
@signed_in
def typing(team_id: str) -> ResponseReturnValue:
    """Show an empty draft or, when asked, one copied from the newest snapshot."""
    ctx = context()
    copies = "copy" in request.args
    kept = snapshots.newest(ctx, team_id) if copies else None
    looked = snapshot_drafts.copied(ctx, team_id, kept, today(ctx))
    way = Way.COPIED if kept else Way.TYPED
    return pages.draw_draft(snapshot_typing.begin(ctx, looked), pages.Posted(today(ctx)), way)


@blueprint.post(f"{OF_A_TEAM}/type")
@signed_in
def put(team_id: str) -> ResponseReturnValue:
    """Do one thing to a draft, show it again; nothing is saved until that is asked for."""
    if request.form.get("do") == "save":
        return save(team_id)
    return pages.step(team_id, pages.way())


@blueprint.get(ONE)
@signed_in
def show(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Show a snapshot: its workers, its cases and who saved it."""
    ctx = context()
    kept, workers, cases = snapshot_drafts.as_tables(ctx, team_id, snapshot_id)
    return render_template(
        "snapshots/snapshot.html",
        team=teams.team(ctx, team_id),
        kept=kept,
        workers=workers,
        cases=cases,
    )


@blueprint.get(f"{ONE}.csv")
@signed_in
def as_csv(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Send a snapshot as CSV, which can be changed and uploaded again."""
    kept, content = snapshot_files.as_csv(context(), team_id, snapshot_id)
    return _attached(content, f"snapshot-{kept.taken_on.isoformat()}.csv")


@blueprint.get(f"{ONE}/change")
@signed_in
def changing(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Show a snapshot as a draft, to change it."""
    ctx = context()
    kept = snapshots.snapshot(ctx, team_id, snapshot_id)
    looked = snapshot_drafts.copied(ctx, team_id, kept, kept.taken_on)
    posted = pages.Posted(kept.taken_on)
    return pages.draw_draft(snapshot_typing.begin(ctx, looked), posted, kept.way, kept)


@blueprint.post(f"{ONE}/change")
@signed_in
def change(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Do one thing to the draft of a change, or save it in place of the snapshot."""
    ctx = context()
    kept = snapshots.snapshot(ctx, team_id, snapshot_id)
    if request.form.get("do") != "save":
        return pages.step(team_id, kept.way, kept)
    posted, carried = pages.posted(kept.taken_on), request.form.get("carried", "")
    based_on = request.form.get("based_on", 0, int)
    try:
        snapshot_drafts.save(
            ctx, team_id, carried, posted.day, kept.way, kept_id=kept.id, based_on=based_on
        )
    except UnacceptableDetailsError as error:
        return pages.draw_refused(team_id, carried, posted, str(error), kept), 422
    flash("The snapshot is changed.", "done")
    return redirect(url_for("snapshots.show", team_id=team_id, snapshot_id=kept.id), 303)


@blueprint.get(f"{ONE}/delete")
@signed_in
def deletion(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Ask why a snapshot is to be deleted."""
    return pages.draw_deletion(team_id, snapshot_id)


@blueprint.post(f"{ONE}/delete")
@signed_in
def delete(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Delete a snapshot; that it was there, and why not now, stays."""
    reason, wipes = request.form.get("reason", ""), "wipes" in request.form
    seen = request.form.get("based_on", 0, int)
    try:
        snapshots.delete(context(), team_id, snapshot_id, reason, wipes=wipes, based_on=seen)
    except UnacceptableDetailsError as error:
        return pages.draw_deletion(team_id, snapshot_id, reason, str(error)), 422
    flash("The snapshot is deleted. Who did it, and why, stays on the record.", "done")
    return redirect(url_for("teams.team", team_id=team_id), 303)


@blueprint.post(f"{ONE}/wipe")
@signed_in
def wipe(team_id: str, snapshot_id: str) -> ResponseReturnValue:
    """Let what a deleted snapshot said go for good."""
    snapshots.wipe(context(), team_id, snapshot_id)
    flash("What the snapshot said is wiped.", "done")
    return redirect(url_for("teams.team", team_id=team_id), 303)


def _attached(content: bytes, name: str) -> Response:
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response

"""Supervision sheets: asked for by a worker for themselves, or by whoever keeps the caseload.

The page is drawn at once and the renderer makes the PDF. Only the newest one of a worker is kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NoRateError, NotFoundError, ReportFailedError
from healthcheck.core.facts import service_title
from healthcheck.reports.supervision_sheet import SheetSources, supervision_sheet
from healthcheck.services import teams, workload
from healthcheck.storage import reports as stored

if TYPE_CHECKING:
    from healthcheck.core.workload.teams import Team, TeamWorker
    from healthcheck.services.context import Context
    from healthcheck.services.workload import OwnLoad
    from healthcheck.storage.reports import ReportJob

PREFIX = "supervision-"
ASKED, DOWNLOADED = "supervision sheet asked for", "supervision sheet downloaded"
NO_SUCH_SHEET = "There is no such sheet. Ask for it again."


@dataclass(frozen=True)
class Offer:
    """Whose sheet can be made; `is_own` says that it is the sheet of the person signed in."""

    own: OwnLoad
    is_own: bool


def offer(ctx: Context, team_id: str, worker_id: str) -> Offer:
    """Return whose sheet can be made. Raises NotSignedInError and NotFoundError."""
    team, worker, is_own = _whose(ctx, team_id, worker_id)
    return Offer(workload.own_in(ctx, team, worker), is_own)


def ask(ctx: Context, team_id: str, worker_id: str) -> ReportJob:
    """Return the job that makes a worker's sheet from the newest snapshot.

    Raises NotSignedInError, NotFoundError, NoRateError where every scheme lacks a figure for the
    day, BusyError and NoRoomError.
    """
    given = offer(ctx, team_id, worker_id)
    own = given.own
    if own.judged is None or not own.judged.results:
        lacks_rates = own.judged is not None and own.judged.refused
        raise (NoRateError if lacks_rates else NotFoundError)(own.why_nothing)
    page = supervision_sheet(
        SheetSources(
            employer=own.team.employer.name,
            team=own.team.name,
            service=service_title(own.team.service),
            worker_id=worker_id,
            results=own.judged.results,
            refused=own.judged.refused,
            today=own.today,
        )
    )
    key = f"{_prefix(team_id, worker_id)}{hashlib.sha256(page.encode()).hexdigest()}"
    job = stored.find(ctx.store, key)
    if job is None or job.state == "failed":
        with ctx.store.writing():
            stored.add(ctx.store, key, None, page, person_id=ctx.someone().id, now=ctx.now)
            stored.forget_others(ctx.store, _prefix(team_id, worker_id), key)
            teams.note(ctx, ASKED, own.team, worker=worker_id)
    return progress(ctx, team_id, worker_id, key)[1]


def progress(ctx: Context, team_id: str, worker_id: str, key: str) -> tuple[Offer, ReportJob]:
    """Return whose sheet it is and how far it has got; wakes the renderer if needed.

    Raises NotSignedInError and NotFoundError.
    """
    team, worker, is_own = _whose(ctx, team_id, worker_id)
    job = stored.find(ctx.store, key)
    if job is None or not key.startswith(_prefix(team_id, worker_id)):
        raise NotFoundError(NO_SUCH_SHEET)
    if not job.is_finished:
        ctx.wake_renderer()
    return Offer(workload.own_in(ctx, team, worker), is_own), job


def download(ctx: Context, team_id: str, worker_id: str, key: str) -> bytes:
    """Return a finished sheet; the download is an event.

    Raises NotSignedInError, ReportFailedError, and NotFoundError while it is being made.
    """
    given, job = progress(ctx, team_id, worker_id, key)
    with ctx.store.writing():
        if job.state == "failed":
            raise ReportFailedError(job.problem)
        pdf = stored.pdf(ctx.store, key)
        if pdf is None:
            raise NotFoundError("This sheet is not ready yet. Wait a moment and try again.")
        teams.note(ctx, DOWNLOADED, given.own.team, worker=worker_id)
    return pdf


def _whose(ctx: Context, team_id: str, worker_id: str) -> tuple[Team, TeamWorker, bool]:
    """Return the team and the worker to the worker themself, and to whoever keeps the caseload."""
    for team, worker in teams.mine(ctx):
        if team.id == team_id and worker.id == worker_id:
            return team, worker, True
    found = teams.team(ctx, team_id)
    return found, teams.worker(found, worker_id), False


def _prefix(team_id: str, worker_id: str) -> str:
    return f"{PREFIX}{team_id}.{worker_id}."

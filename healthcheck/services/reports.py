"""Results on a page, and the report as a PDF: asked for here, rendered elsewhere.

The page a PDF is made from is drawn at once, so a report shows the answers of the moment it was
asked for. `rendering` turns waiting pages into PDFs, in a process of its own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core.errors import NotFoundError, ReportFailedError
from healthcheck.core.permissions import Permission
from healthcheck.reports import html, view_model
from healthcheck.services.assessments import Opened, opened
from healthcheck.services.permissions import permitted
from healthcheck.storage import events
from healthcheck.storage import reports as stored
from healthcheck.storage.reports import ReportJob

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context

__all__ = ["ReportJob", "ask_for_report", "report_job", "report_pdf", "results"]

UK = ZoneInfo("Europe/London")
JOBS_KEPT = 5
"""Reports of one assessment that are kept, the newest; an older one is made again when wanted."""


def results(ctx: Context, assessment_id: str) -> view_model.Report:
    """Return the whole report as values. Raises NotSignedInError and NotFoundError."""
    return _report(opened(ctx, assessment_id))


def ask_for_report(ctx: Context, assessment_id: str) -> ReportJob:
    """Return the job that makes the PDF of the answers as they are now.

    When nothing changed since the last time, that is the job of last time, finished already.
    Raises NotSignedInError, NotFoundError, BusyError and NoRoomError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    job = stored.find(ctx.store, _key(ctx, found.assessment))
    if job is None or job.state == "failed":
        job = _new_job(ctx, opened(ctx, assessment_id))
    if not job.is_finished:
        ctx.wake_renderer()
    return job


def report_job(ctx: Context, assessment_id: str, key: str) -> ReportJob:
    """Return how far a report has got; starts the renderer again should it have stopped.

    Raises NotSignedInError and NotFoundError.
    """
    permitted(ctx, assessment_id, Permission.READ)
    job = stored.find(ctx.store, key)
    if job is None or job.assessment_id != assessment_id:
        raise NotFoundError("There is no such report. Ask for it again.")
    if not job.is_finished:
        ctx.wake_renderer()
    return job


def report_pdf(ctx: Context, assessment_id: str, key: str) -> bytes:
    """Return a finished PDF.

    Raises NotSignedInError, NotFoundError when there is none yet, and ReportFailedError.
    """
    job = report_job(ctx, assessment_id, key)
    if job.state == "failed":
        raise ReportFailedError(job.problem)
    pdf = stored.pdf(ctx.store, key)
    if pdf is None:
        raise NotFoundError("This report is not ready yet. Wait a moment and try again.")
    return pdf


def _new_job(ctx: Context, found: Opened) -> ReportJob:
    key = _key(ctx, found.assessment)
    page = html.page(_report(found))
    with ctx.store.writing():
        stored.add(
            ctx.store,
            key,
            found.assessment.id,
            page,
            person_id=ctx.someone().id,
            now=ctx.now,
        )
        stored.forget_old(ctx.store, found.assessment.id, JOBS_KEPT)
        events.add(
            ctx.store,
            "report asked for",
            ctx.now,
            person_id=ctx.someone().id,
            assessment_id=found.assessment.id,
            detail={"revision": found.assessment.revision},
        )
    return report_job(ctx, found.assessment.id, key)


def _report(found: Opened) -> view_model.Report:
    assessment = found.assessment
    subject = view_model.Subject(
        employer=assessment.employer.name,
        facts=assessment.facts,
        cycle=assessment.cycle,
        reference=assessment.reference,
        as_at=assessment.changed_at.astimezone(UK).date(),
    )
    return view_model.report(subject, found.questionnaire, found.journey)


def _key(ctx: Context, assessment: Assessment) -> str:
    """Return what names the report of exactly these answers, questions and templates.

    Every saved answer and file raises the assessment's revision, so the answers need not be read.
    """
    questions = ctx.library.digest(assessment.questionnaire, assessment.edition)
    return hashlib.sha256(f"{assessment!r} {questions} {ctx.report_version}".encode()).hexdigest()

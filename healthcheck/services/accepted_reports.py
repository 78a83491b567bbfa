"""The accepted report: made at acceptance from the submission and the review, and kept.

It carries self-assessed and moderated scores side by side, and the whole ledger of the review
without its private notes.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, ReportFailedError
from healthcheck.core.permissions import Permission
from healthcheck.core.steps import State, Step
from healthcheck.reports import html
from healthcheck.reports.ledger import by_and_on, reviewed
from healthcheck.services import logos, submissions, version_reports
from healthcheck.services.looked_at import ACCEPTED_DOWNLOADED
from healthcheck.services.permissions import permitted
from healthcheck.services.reviews import Review, put_together
from healthcheck.storage import events, versions
from healthcheck.storage import reports as stored
from healthcheck.storage.reports import NOT_ASKED, ReportJob

if TYPE_CHECKING:
    from healthcheck.reports.ledger_parts import Reviewed
    from healthcheck.reports.view_model import Report
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

PREFIX = "accepted-"
STATUS = "Signed off by the employer and accepted by BASW"


def keep(ctx: Context, review: Review) -> None:
    """Put the making of the accepted report in the queue, inside the caller's transaction."""
    if not ctx.makes_papers:
        return
    assessment_id, page = review.found.assessment.id, _page(ctx, review)
    key = f"{PREFIX}{hashlib.sha256(f'{assessment_id} {page}'.encode()).hexdigest()}"
    stored.add(ctx.store, key, assessment_id, page, person_id=ctx.someone().id, now=ctx.now)


def progress(ctx: Context, assessment_id: str) -> tuple[Found, ReportJob]:
    """Return the assessment, and how far its accepted report has got; wakes the renderer if needed.

    Raises NotSignedInError, and NotFoundError also while nothing was accepted.
    """
    found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    job = stored.newest(ctx.store, assessment_id, PREFIX)
    if job is None and found.assessment.state is State.ACCEPTED:
        return found, ReportJob(PREFIX, assessment_id, NOT_ASKED)
    if job is None:
        raise NotFoundError("This health check has not been accepted yet.")
    if not job.is_finished:
        ctx.wake_renderer()
    return found, job


def ask_again(ctx: Context, assessment_id: str) -> None:
    """Have an accepted report made that failed before or nobody asked for; else change nothing.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.writing():
        found, job = progress(ctx, assessment_id)
        if job.state in {"failed", NOT_ASKED} and found.assessment.state is State.ACCEPTED:
            keep(ctx, put_together(ctx, found))
    ctx.wake_renderer()


def download(ctx: Context, assessment_id: str) -> tuple[Found, bytes]:
    """Return the accepted report; the download is an event.

    Raises NotSignedInError, ReportFailedError, and NotFoundError while it is being made.
    """
    with ctx.store.writing():
        found, job = progress(ctx, assessment_id)
        if job.state == "failed":
            raise ReportFailedError(job.problem)
        made = stored.pdf(ctx.store, job.key)
        version = versions.latest(ctx.store, assessment_id)
        if made is None or version is None:
            raise NotFoundError("The report is not ready yet. Wait a moment and try again.")
        submissions.note(ctx, found, ACCEPTED_DOWNLOADED, version)
        return found, made


def pdf(ctx: Context, assessment_id: str) -> bytes | None:
    """Return the accepted report for whoever may publish it, None while there is none.

    The caller has checked that this is allowed; nothing is noted.
    """
    job = stored.newest(ctx.store, assessment_id, PREFIX)
    return None if job is None else stored.pdf(ctx.store, job.key)


def accepted_report(ctx: Context, review: Review) -> tuple[Report, Reviewed]:
    """Return what the accepted report says, as values: the submission, and BASW's part in it.

    Raises NotFoundError when nothing was submitted.
    """
    opened, assessment = review.opened, review.found.assessment
    report = version_reports.signed_results(review.submitted)
    report = replace(report, cover=replace(report.cover, status=STATUS))
    done = next(iter(events.timeline(ctx.store, assessment.id, Step.ACCEPT.value.done)), None)
    return report, reviewed(
        opened.questionnaire,
        opened.journey,
        review.ledger.as_sent(),
        own=review.self_assessed,
        moderated=review.moderated,
        accepted="" if done is None else by_and_on(done.person, done.happened_at),
    )


def _page(ctx: Context, review: Review) -> str:
    report, basws = accepted_report(ctx, review)
    return html.page(report, basws, logos.on_paper(ctx, review.found.assessment.employer.id))

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
from healthcheck.reports.view_last_year import Earlier
from healthcheck.reports.view_plan import Planned
from healthcheck.services import logos
from healthcheck.services.assessments import opened
from healthcheck.services.last_year import last_year, stands_at
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted
from healthcheck.storage import events, plans
from healthcheck.storage import reports as stored
from healthcheck.storage.reports import ReportJob

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.assessments import Assessment
    from healthcheck.reports.parts import SignOff
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened

__all__ = ["ReportJob", "ask_for_report", "ask_for_workbook", "report_job", "report_pdf", "results"]

UK = ZoneInfo("Europe/London")
DOCUMENTS = ("report-", "workbook-")
"""How the keys of the jobs here begin; other documents have pages of their own."""
JOBS_KEPT = 5
"""Reports of one assessment that are kept, the newest; an older one is made again when wanted."""


def results(
    found: Opened,
    sign_off: SignOff | None = None,
    then: Earlier | None = None,
    planned: Planned | None = None,
) -> view_model.Report:
    """Return the whole report of an opened assessment, as values; a version's is signed off.

    `then` is last year's, to stand beside it, and `planned` its own plan.
    """
    assessment = found.assessment
    subject = view_model.Subject(
        employer=assessment.employer.name,
        facts=assessment.facts,
        cycle=assessment.cycle,
        reference=assessment.reference,
        as_at=assessment.changed_at.astimezone(UK).date(),
        signed_off=sign_off is not None,
        sign_off=sign_off,
    )
    return view_model.report(subject, found.questionnaire, found.journey, then, planned)


def ask_for_report(ctx: Context, assessment_id: str) -> ReportJob:
    """Return the job that makes the PDF of the answers as they are now.

    When nothing changed since the last time, that is the job of last time, finished already.
    Raises NotSignedInError, NotFoundError, BusyError and NoRoomError.
    """
    found = permitted(ctx, assessment_id, Permission.READ).assessment
    # Every saved answer and file raises the revision, so the answers need not be read to know. What
    # is overdue changes with the day.
    plan = f"{plans.stands_at(ctx.store, found.id)} {today(ctx)}"
    logo = logos.stands_at(ctx, found.employer.id)
    key = _key(ctx, "report", found, f"{found!r} {stands_at(ctx, found)} {plan} {logo}")
    return _job(ctx, found, key, lambda: _page(ctx, found))


def _page(ctx: Context, found: Assessment) -> str:
    report = beside_last_year(ctx, found.id)
    return html.page(report, logo=logos.on_paper(ctx, found.employer.id))


def beside_last_year(ctx: Context, assessment_id: str) -> view_model.Report:
    """Return the whole report with its plan, and last year beside it. Raises as `opened` does."""
    found = opened(ctx, assessment_id)
    plan = plans.plans_of(ctx.store, assessment_id)[assessment_id]
    then = earlier(ctx, last_year(ctx, found.assessment))
    return results(found, then=then, planned=Planned(plan, today(ctx)))


def ask_for_workbook(ctx: Context, assessment_id: str) -> ReportJob:
    """Return the job that makes the blank workbook in the words of this assessment.

    Raises NotSignedInError, NotFoundError, BusyError and NoRoomError.
    """
    found = permitted(ctx, assessment_id, Permission.READ).assessment
    questions = ctx.library.get(found.questionnaire, found.edition)
    key = _key(ctx, "workbook", found, f"{found.id} {found.facts!r}")
    return _job(ctx, found, key, lambda: html.blank_html(questions, found.facts))


def earlier(ctx: Context, then: Opened | None) -> Earlier | None:
    """Return last year's health check as a report compares with it, its plan as it stands now."""
    if then is None:
        return None
    assessment = then.assessment
    actions = plans.plans_of(ctx.store, assessment.id)[assessment.id].actions
    return Earlier(assessment.cycle, then.questionnaire, then.journey, assessment.facts, actions)


def is_report(key: str) -> bool:
    """Say whether a job's key is that of a report; the other documents are blank workbooks."""
    return key.startswith("report-")


def report_job(ctx: Context, assessment_id: str, key: str) -> ReportJob:
    """Return how far a report has got; starts the renderer again should it have stopped.

    Raises NotSignedInError and NotFoundError.
    """
    permitted(ctx, assessment_id, Permission.READ)
    job = stored.find(ctx.store, key)
    if job is None or job.assessment_id != assessment_id or not key.startswith(DOCUMENTS):
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


def _job(ctx: Context, found: Assessment, key: str, draw: Callable[[], str]) -> ReportJob:
    """Return the job of that key, made anew when there is none or the last one failed."""
    job = stored.find(ctx.store, key)
    if job is None or job.state == "failed":
        page = draw()
        with ctx.store.writing():
            stored.add(ctx.store, key, found.id, page, person_id=ctx.someone().id, now=ctx.now)
            stored.forget_old(ctx.store, found.id, JOBS_KEPT)
            events.add(
                ctx.store,
                f"{key.partition('-')[0]} asked for",
                ctx.now,
                person_id=ctx.someone().id,
                assessment_id=found.id,
                detail={"revision": found.revision},
            )
    return report_job(ctx, found.id, key)


def _key(ctx: Context, document: str, assessment: Assessment, made_from: str) -> str:
    """Return what names the PDF of exactly these answers, questions and templates."""
    questions = ctx.library.digest(assessment.questionnaire, assessment.edition)
    content = f"{made_from} {questions} {ctx.report_version}"
    return f"{document}-{hashlib.sha256(content.encode()).hexdigest()}"

"""The PDF of a version: made once, from what was frozen, and kept with the version for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.core.permissions import Permission
from healthcheck.core.steps import WITH_BASW, State
from healthcheck.core.versions import grouped
from healthcheck.reports import html, words
from healthcheck.reports.parts import SignOff
from healthcheck.reports.view_plan import Planned
from healthcheck.services import logos, reports
from healthcheck.services.last_year import last_year
from healthcheck.services.permissions import permitted
from healthcheck.services.submissions import note, submission, version_of
from healthcheck.storage import reports as stored
from healthcheck.storage import versions
from healthcheck.storage.reports import NOT_ASKED, ReportJob

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.reports.view_last_year import Earlier
    from healthcheck.reports.view_model import Report
    from healthcheck.services.context import Context
    from healthcheck.services.submissions import Submission
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.versions import Version

PDF_DOWNLOADED = "submission PDF downloaded"
SIGNED = WITH_BASW | {State.ACCEPTED}
"""Where the answers are those that were signed, so that no draft of them is due."""


def signed_as(ctx: Context, assessment: Assessment) -> int | None:
    """Return as which version its answers were signed, None when they can change or have changed.

    For who has found the health check; nothing is checked here.
    """
    version = versions.latest(ctx.store, assessment.id) if assessment.state in SIGNED else None
    return None if version is None else version.number


def signed_results(found: Submission, then: Earlier | None = None) -> Report:
    """Return the report of a version, from what was frozen, beside last year's if that is given."""
    return reports.results(found.opened, sign_off(found), then, planned(found))


def planned(found: Submission) -> Planned | None:
    """Return the plan that a version froze, as on the day it was signed."""
    day = found.version.signed_at.astimezone(reports.UK).date()
    return None if found.plan is None else Planned(found.plan, day)


def sign_off(found: Submission) -> SignOff:
    """Return what was said and signed when a version was submitted."""
    frozen, version = found.frozen, found.version
    said = frozen.consultation
    return SignOff(
        version=version.number,
        name=frozen.signed["name"],
        role=frozen.signed["role"],
        on=words.day(version.signed_at.astimezone(reports.UK).date()),
        fingerprint=grouped(version.fingerprint),
        practitioners=f"{words.count(said.practitioners or 0, 'practitioner')} took part.",
        how=words.paragraphs(said.how),
        unions=words.paragraphs(said.unions),
        attestations=frozen.attestations,
    )


def queue(ctx: Context, found: Found, version: Version) -> None:
    """Put the making of a version's PDF in the queue, inside the caller's transaction."""
    if not ctx.makes_papers:
        return
    then = reports.earlier(ctx, last_year(ctx, found.assessment, only_submitted=True))
    report = signed_results(submission(ctx, found, version), then)
    page = html.page(report, logo=logos.on_paper(ctx, found.assessment.employer.id))
    stored.add(
        ctx.store,
        versions.job_key(version.assessment_id, version.number),
        version.assessment_id,
        page,
        person_id=ctx.someone().id,
        now=ctx.now,
    )


def progress(ctx: Context, version: Version) -> ReportJob:
    """Return how far a version's PDF has got, for who may read it; wakes the renderer if needed."""
    key = versions.job_key(version.assessment_id, version.number)
    if version.pdf_sha256 is not None:
        return ReportJob(key, version.assessment_id, "ready")
    job = stored.find(ctx.store, key)
    if job is None:
        return ReportJob(key, version.assessment_id, NOT_ASKED)
    if not job.is_finished:
        ctx.wake_renderer()
    return job


def ask_again(ctx: Context, assessment_id: str, number: int) -> None:
    """Have a version's PDF made when it failed before or nobody asked; else change nothing.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
        version = version_of(ctx, found, number)
        if progress(ctx, version).state in {"failed", NOT_ASKED}:
            queue(ctx, found, version)
    ctx.wake_renderer()


def download(ctx: Context, assessment_id: str, number: int) -> tuple[Version, bytes]:
    """Return a version with its PDF; the download is an event.

    Raises NotSignedInError, and NotFoundError also while the PDF is being made.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
        version = version_of(ctx, found, number)
        pdf = versions.pdf(ctx.store, assessment_id, number)
        if pdf is None:
            raise NotFoundError("This PDF is not ready yet. Wait a moment and try again.")
        note(ctx, found, PDF_DOWNLOADED, version)
    return version, pdf

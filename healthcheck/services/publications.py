"""Publishing an accepted report: made public by its employer, read by anybody, taken down again.

What is public is worked out from the frozen version and from the review as it was on the day of
publication, without files, links and names, and without free text unless the employer allows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import public_pages as pages
from healthcheck.core import publishing
from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.public_pages import Kind
from healthcheck.core.publishing import Publication
from healthcheck.core.reviews import Ledger, moderated_score
from healthcheck.core.scoring import score
from healthcheck.core.steps import State
from healthcheck.reports import html, ledger
from healthcheck.reports.ledger_parts import Reviewed, Written
from healthcheck.reports.public import for_everybody, without_names
from healthcheck.services import logos, noting, public_pages, reports, submissions, version_reports
from healthcheck.services.accepted_reports import STATUS
from healthcheck.services.permissions import permitted
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import publications as stored
from healthcheck.storage import reports as jobs
from healthcheck.storage import reviews as stored_reviews
from healthcheck.storage import roles, versions

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.public_pages import Link
    from healthcheck.reports.view_model import Report
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.reports import ReportJob
    from healthcheck.storage.versions import Version

PREFIX = stored.JOB
LETTERS_OF_AN_ADDRESS = 6
NOTHING_WRITTEN = Written((), (), (), (), ())


@dataclass(frozen=True)
class Published:
    """What anybody may read: the report, both scores side by side, and how to verify it.

    `others` are the employer's other public pages.
    """

    publication: Publication
    report: Report
    reviewed: Reviewed
    has_pdf: bool = False
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Place:
    """What an employer has published of a health check, and whether it can publish it now."""

    found: Found
    standing: Publication | None
    earlier: tuple[Publication, ...]
    job: ReportJob | None
    newest_version: int | None

    @property
    def may_publish(self) -> bool:
        """Say whether it can be published now: accepted, and not public already."""
        return self.standing is None and self.found.assessment.state is State.ACCEPTED


def place(ctx: Context, assessment_id: str) -> Place:
    """Return what is published of a health check.

    Raises NotSignedInError, NotFoundError, and NotAllowedError for who may not publish it.
    """
    found = permitted(ctx, assessment_id, Permission.PUBLISH)
    every = stored.of(ctx.store, assessment_id)
    standing = pages.standing(every)
    job = jobs.find(ctx.store, PREFIX + standing.address) if standing else None
    if job is not None and not job.is_finished:
        ctx.wake_renderer()
    newest = versions.latest(ctx.store, assessment_id)
    return Place(
        found,
        standing,
        pages.earlier(every),
        job,
        newest.number if newest else None,
    )


def may_publish(ctx: Context, assessment: Assessment) -> bool:
    """Say whether there is anything to publish, and the person may do it."""
    if assessment.state is not State.ACCEPTED:
        return False
    held = roles.at_employer(ctx.store, ctx.someone().id, assessment.employer.id)
    return can(held, Permission.PUBLISH)


def publish(ctx: Context, assessment_id: str, *, own_words: bool) -> Publication:
    """Make the accepted report public; `own_words` lets what people typed be read as well.

    Raises what `place` does, and StepRefusedError unless it is accepted and not public already.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.PUBLISH)
        version = _publishable(ctx, found)
        publication = _publication(ctx, found, version, own_words=own_words)
        stored.add(ctx.store, publication, ctx.someone().id)
        _queue(ctx, found, publication)
        _note(ctx, found, "report published", publication)
    ctx.wake_renderer()
    return publication


def take_down(ctx: Context, assessment_id: str, reason: str) -> None:
    """Take the published report down; its address then says that it was, and when.

    Raises what `place` does, StepRefusedError when nothing is public, and UnacceptableDetailsError
    without a reason.
    """
    why = pages.accepted_reason(reason, "report")
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.PUBLISH)
        standing = stored.standing(ctx.store, assessment_id)
        gone = public_pages.remove(ctx, stored, standing, why)
        _note(ctx, found, "report taken down", gone, why)


def make_pdf_again(ctx: Context, assessment_id: str) -> None:
    """Have the published PDF made when that failed before; otherwise change nothing.

    Raises what `place` does.
    """
    with ctx.store.writing():
        now = place(ctx, assessment_id)
        if now.standing is not None and (now.job is None or now.job.state == "failed"):
            _queue(ctx, now.found, now.standing)
    ctx.wake_renderer()


def preview(ctx: Context, assessment_id: str, *, own_words: bool) -> Published:
    """Return exactly what would be public. Raises what `publish` does."""
    with ctx.store.reading():
        found = permitted(ctx, assessment_id, Permission.PUBLISH)
        version = _publishable(ctx, found)
        return _published(ctx, found, _publication(ctx, found, version, own_words=own_words))


def read(ctx: Context, address: str) -> Published:
    """Return what is public at an address, for anybody.

    Raises NotFoundError, and TakenDownError when it was taken down.
    """
    with ctx.store.reading():
        publication = _standing(ctx, address)
        found = stored_assessments.find_for_anybody(ctx.store, publication.assessment_id)
        if found is None:  # pragma: no cover - an assessment never goes
            raise NotFoundError(public_pages.NOTHING_HERE)
        job = jobs.find(ctx.store, PREFIX + address)
        published = _published(ctx, found, publication)
        return replace(
            published,
            has_pdf=job is not None and job.state == "ready",
            others=public_pages.others(ctx, found.assessment.employer.id, address),
        )


def pdf(ctx: Context, address: str) -> bytes:
    """Return the published PDF, for anybody.

    Raises TakenDownError, and NotFoundError also while it is being made.
    """
    _standing(ctx, address)
    made = jobs.pdf(ctx.store, PREFIX + address)
    if made is None:
        raise NotFoundError("This PDF is not ready. Try again in a few minutes.")
    return made


def _standing(ctx: Context, address: str) -> Publication:
    return public_pages.open_to_anybody(stored.find(ctx.store, address), Kind.REPORT)


def _publishable(ctx: Context, found: Found) -> Version:
    """Return the version to publish. Raises StepRefusedError."""
    version = versions.latest(ctx.store, found.assessment.id)
    if version is None or found.assessment.state is not State.ACCEPTED:
        raise StepRefusedError(
            "Only a report that BASW has accepted can be published. This health check is now"
            f" “{found.assessment.state.value}”."
        )
    if stored.standing(ctx.store, found.assessment.id) is not None:
        raise StepRefusedError("The report is public already. Take it down to publish it anew.")
    return version


def _publication(ctx: Context, found: Found, version: Version, *, own_words: bool) -> Publication:
    letters = public_pages.letters(LETTERS_OF_AN_ADDRESS)
    return Publication(
        assessment_id=found.assessment.id,
        version=version.number,
        address=publishing.address(found.assessment, letters),
        own_words=own_words,
        published_at=ctx.now,
    )


def _published(ctx: Context, found: Found, publication: Publication) -> Published:
    """Return what a publication shows, from its version and the review as it was then."""
    version = versions.find(ctx.store, publication.assessment_id, publication.version)
    if version is None:  # pragma: no cover - a version never goes
        raise NotFoundError(public_pages.NOTHING_HERE)
    submitted = submissions.submission(ctx, found, version)
    opened = submitted.opened
    moderations = tuple(
        each
        for each in stored_reviews.ledger(ctx.store, publication.assessment_id)
        .as_sent()
        .moderations
        if each.sent_at is not None and each.sent_at <= publication.published_at
    )
    then = Ledger(moderations=moderations)
    scores = ledger.score_pairs(
        score(opened.questionnaire, opened.journey),
        moderated_score(opened.questionnaire, opened.journey, then.in_force.values()),
    )
    own_words = publication.own_words
    journey = publishing.public_journey(opened.journey, own_words=own_words)
    sign_off = without_names(version_reports.sign_off(submitted), own_words=own_words)
    planned = version_reports.planned(submitted)
    if planned is not None:
        asked = opened.questionnaire
        public = publishing.public_plan(planned.plan, asked, own_words=own_words)
        planned = replace(planned, plan=public)
    shown = replace(opened, journey=journey)
    report = for_everybody(reports.results(shown, sign_off, planned=planned))
    return Published(
        publication,
        replace(report, cover=replace(report.cover, status=STATUS)),
        Reviewed(
            scores,
            ledger.how_made(opened.questionnaire, opened.journey, then),
            NOTHING_WRITTEN,
            is_public=True,
        ),
    )


def _queue(ctx: Context, found: Found, publication: Publication) -> None:
    """Put the making of the PDF in the queue, inside the caller's transaction."""
    if not ctx.makes_papers:
        return
    made = _published(ctx, found, publication)
    logo = logos.on_paper(ctx, found.assessment.employer.id)
    page = html.page(made.report, made.reviewed, logo)
    key, person_id = PREFIX + publication.address, ctx.someone().id
    jobs.add(ctx.store, key, found.assessment.id, page, person_id=person_id, now=ctx.now)


def _note(
    ctx: Context, found: Found, kind: str, publication: Publication, reason: str = ""
) -> None:
    noting.note(
        ctx,
        kind,
        found.assessment,
        {
            "version": publication.version,
            "address": publication.address,
            "own words": "yes" if publication.own_words else "no",
            "reason": reason,
        },
    )

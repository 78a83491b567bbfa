"""The plan on paper: exactly the actions a manager chose, in the form they asked for.

The page is drawn at once, so a paper shows the plan of the moment it was asked for; the renderer
makes the PDF. Nothing is made twice: the same plan, choice, form and day have one PDF.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from healthcheck.core import plan_filters
from healthcheck.core.errors import NotFoundError, ReportFailedError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.reports import plan_html
from healthcheck.reports.plan_parts import Form
from healthcheck.reports.plan_view import PlanSources, area_titles
from healthcheck.reports.view_questions import pointers
from healthcheck.services import noting, reports, submissions, version_reports
from healthcheck.services.accounts import employer_named
from healthcheck.services.last_year import last_year, stands_at
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.services.plan_access import found_with_plan
from healthcheck.storage import assessments, plan_board, plans, staff_page, versions
from healthcheck.storage import reports as stored

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_filters import Filter
    from healthcheck.reports.view_model import Report
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.services.submissions import Submission
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.reports import ReportJob

PREFIX = "plan-"
ASKED, DOWNLOADED = "plan paper asked for", "plan paper downloaded"
JOBS_KEPT = 12
"""Finished papers of one health check that are kept, its reports included: one of each and more."""


@dataclass(frozen=True)
class Choice:
    """What would be printed: how many of how many actions, and which in a sentence, blank for all.

    `is_employers` says whether the person sees it as the employer's own, not as BASW.
    """

    assessment: Assessment
    shown: int
    of: int
    sentence: str
    is_employers: bool


@dataclass(frozen=True)
class _Told:
    """The health check a plan belongs to: as submitted where it is, else as it stands."""

    found: Found
    opened: Opened
    submission: Submission | None


def form_named(name: str) -> Form:
    """Return the form of that name. Raises UnacceptableDetailsError, which names all of them."""
    for form in get_args(Form):
        if name == form:
            chosen: Form = form
            return chosen
    names = ", ".join(f"“{each}”" for each in get_args(Form))
    raise UnacceptableDetailsError(f"“{name}” is no form of the plan. Choose one of {names}.")


def choice(ctx: Context, assessment_id: str, wanted: Filter) -> Choice:
    """Return what would be printed. Raises NotSignedInError and NotFoundError."""
    told = _told(ctx, found_with_plan(ctx, assessment_id, Permission.SEE_PLAN))
    sources = _sources(ctx, told, wanted)
    return Choice(
        told.found.assessment,
        len(sources.actions),
        len(sources.plan.actions),
        sources.chosen,
        can(told.found.roles, Permission.READ),
    )


def ask(ctx: Context, assessment_id: str, name: str, wanted: Filter) -> ReportJob:
    """Return the job that makes a paper of the plan as it is now, finished already if it was made.

    `name` is that of a form. Raises NotSignedInError, NotFoundError, UnacceptableDetailsError,
    BusyError and NoRoomError.
    """
    found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
    form = form_named(name)
    told = _told(ctx, found)
    sources = _sources(ctx, told, wanted)
    key = _key(ctx, told, form, sources)
    job = stored.find(ctx.store, key)
    if job is None or job.state == "failed":
        page = plan_html.paper(form, sources, lambda: _report(ctx, told))
        with ctx.store.writing():
            stored.add(ctx.store, key, assessment_id, page, person_id=ctx.someone().id, now=ctx.now)
            stored.forget_old(ctx.store, assessment_id, JOBS_KEPT)
            _note(ctx, found, ASKED, key, {**plan_filters.query(wanted)})
    return progress(ctx, assessment_id, key)[1]


def progress(ctx: Context, assessment_id: str, key: str) -> tuple[Found, ReportJob]:
    """Return the assessment, and how far a paper of its plan has got; wakes the renderer if needed.

    Raises NotSignedInError and NotFoundError.
    """
    found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
    job = stored.find(ctx.store, key)
    if job is None or job.assessment_id != assessment_id or not key.startswith(PREFIX):
        raise NotFoundError("There is no such paper. Print the plan again.")
    if not job.is_finished:
        ctx.wake_renderer()
    return found, job


def download(ctx: Context, assessment_id: str, key: str) -> tuple[Assessment, bytes]:
    """Return the assessment with a finished paper of its plan; the download is an event.

    Raises NotSignedInError, ReportFailedError, and NotFoundError while it is being made.
    """
    with ctx.store.writing():
        found, job = progress(ctx, assessment_id, key)
        if job.state == "failed":
            raise ReportFailedError(job.problem)
        pdf = stored.pdf(ctx.store, key)
        if pdf is None:
            raise NotFoundError("This paper is not ready yet. Wait a moment and try again.")
        _note(ctx, found, DOWNLOADED, key, {})
    return found.assessment, pdf


def form_of(key: str) -> Form:
    """Return the form that a job's key is for."""
    return form_named(key.removeprefix(PREFIX).rpartition("-")[0])


def page_of(  # noqa: PLR0913 - whose plan, and what of it
    ctx: Context, *, employer: str, service: str, cycle: str, form: Form, wanted: Filter
) -> str:
    """Return a paper as a page, for whoever runs the installation.

    Raises NotFoundError when there is no such employer or health check, and
    UnacceptableDetailsError when there is no such area.
    """
    at = employer_named(ctx, employer)
    assessment_id = assessments.find_id_in_cycle(ctx.store, at.id, service, cycle)
    found = assessments.find_for_anybody(ctx.store, assessment_id) if assessment_id else None
    if found is None:
        raise NotFoundError(
            f"{at.name} has no health check of “{service}” in the cycle “{cycle}”."
            " Look at the service and the cycle again."
        )
    told = _told(ctx, found)
    areas = (*(each.id for each in told.opened.questionnaire.sections), plan_filters.NONE)
    if wanted.area and wanted.area.lower() not in areas:
        raise UnacceptableDetailsError(
            f"“{wanted.area}” is no area. Choose one of {', '.join(areas)}."
        )
    return plan_html.paper(form, _sources(ctx, told, wanted), lambda: _report(ctx, told))


def _told(ctx: Context, found: Found) -> _Told:
    """Return what was submitted, unless its answers are being changed again."""
    assessment = found.assessment
    version = None
    if assessment.state not in OPEN_TO_ANSWERS:
        version = versions.latest(ctx.store, assessment.id)
    if version is None:
        return _Told(found, open_one(ctx, found), None)
    submitted = submissions.submission(ctx, found, version)
    return _Told(found, submitted.opened, submitted)


def _sources(ctx: Context, told: _Told, wanted: Filter) -> PlanSources:
    assessment, questionnaire = told.opened.assessment, told.opened.questionnaire
    plan = plans.plans_of(ctx.store, assessment.id)[assessment.id]
    area_of = plan_filters.by_area(questionnaire)
    said = plan_filters.in_words(wanted, area_titles(questionnaire))
    return PlanSources(
        employer=assessment.employer.name,
        facts=assessment.facts,
        cycle=assessment.cycle,
        reference=assessment.reference,
        today=today(ctx),
        questionnaire=questionnaire,
        journey=told.opened.journey,
        pointers=pointers(questionnaire),
        plan=plan,
        actions=plan_filters.chosen(plan.actions, wanted, today(ctx), area_of),
        staff_lines=staff_page.lines(ctx.store, assessment.id),
        carried_on=plan_board.carried_on(ctx.store, [each.id for each in plan.actions]),
        chosen=f"Only part of the plan. {'; '.join(said)}." if said else "",
    )


def _report(ctx: Context, told: _Told) -> Report:
    """Return the report whose scores the board summary shows, beside last year."""
    only_submitted = not can(told.found.roles, Permission.READ)
    before = last_year(ctx, told.found.assessment, only_submitted=only_submitted)
    then = reports.earlier(ctx, before)
    if told.submission is not None:
        return version_reports.signed_results(told.submission, then)
    return reports.results(told.opened, then=then)


def _key(ctx: Context, told: _Told, form: Form, sources: PlanSources) -> str:
    """Return what names the PDF of exactly this plan, choice, form, day and templates."""
    assessment = told.found.assessment
    made_from = (
        sources.plan,
        [each.id for each in sources.actions],
        sources.chosen,
        sources.staff_lines,
        sorted(sources.carried_on),
        sources.today,
        told.opened.assessment,
        can(told.found.roles, Permission.READ),
        stands_at(ctx, assessment) if form == "board" else "",
        ctx.library.digest(assessment.questionnaire, assessment.edition),
        ctx.report_version,
    )
    digest = hashlib.sha256(repr(made_from).encode()).hexdigest()
    return f"{PREFIX}{form}-{digest}"


def _note(ctx: Context, found: Found, kind: str, key: str, more: dict[str, str]) -> None:
    assessment = found.assessment
    noting.note(ctx, kind, assessment, {"form": form_of(key), **more})

"""One action of a plan: added, read, changed, its progress reported, its rating told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import ChangedMeanwhileError, UnacceptableDetailsError
from healthcheck.core.plans import Delivery, Priority
from healthcheck.reports.view_questions import pointers
from healthcheck.services import plan_actions, plan_board, plan_drafts, plan_ratings, plans
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import changeable
from healthcheck.web.access import signed_in
from healthcheck.web.forms.plans import (
    ActionForm,
    ProgressForm,
    of_details,
    of_progress,
    posted_details,
    posted_progress,
)
from healthcheck.web.plan_clashes import Mine, Where, clash, is_to_edit, progress_clash
from healthcheck.web.plan_pages import action_page, level_choices
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from healthcheck.core.plans import Action
    from healthcheck.services.plan_actions import ActionRecord
    from healthcheck.services.plan_drafts import Drafted

blueprint = Blueprint("plans", __name__)
NEW = "/assessments/<assessment_id>/plan/actions/new"
ONE = "/assessments/<assessment_id>/plan/actions/<action_id>"
NOTHING: Mapping[str, str] = {}
PRIORITIES = tuple((each.name, each.value) for each in Priority)
DELIVERIES = tuple((each.name, f"{each.symbol} {each.word}") for each in Delivery)


@blueprint.get(NEW)
@signed_in
def new(assessment_id: str) -> ResponseReturnValue:
    """Show the form of a new action, begun from a proposal or a change request if one is named."""
    drafted = plan_drafts.begun(context(), assessment_id, **_begun_from())
    return _draw_new(drafted, of_details(drafted.details))


@blueprint.post(NEW)
@signed_in
def add(assessment_id: str) -> ResponseReturnValue:
    """Add an action to the plan."""
    drafted = plan_drafts.begun(context(), assessment_id, **_begun_from())
    form = posted_details(request.form, drafted.questionnaire.levels)
    if not form.problems:
        try:
            added = plan_drafts.add(context(), drafted, form.details(), request.form.get("area"))
        except UnacceptableDetailsError as fault:
            form.problems["action"] = str(fault)
        else:
            flash(f"{added.reference} is in the plan.", "saved")
            return _to(added)
    return _draw_new(drafted, form), 422


@blueprint.get(ONE)
@signed_in
def show(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Show everything about one action."""
    return _draw(plan_actions.one(context(), assessment_id, action_id))


@blueprint.post(f"{ONE}/progress")
@signed_in
def report(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Report how an action goes."""
    ctx = context()
    record = plan_actions.one(ctx, assessment_id, action_id)
    form = posted_progress(request.form, today(ctx))
    if record.may_report and (form.problems or is_to_edit()):
        return _draw(record, form, status=422 if form.problems else 200)
    try:
        saved = plans.report_progress(
            ctx, assessment_id, action_id, form.progress(), form.note, form.based_on
        )
    except ChangedMeanwhileError as stale:
        return progress_clash(_clash_of(record, "report"), form, stale)
    flash(f"The progress of {saved.reference} is saved.", "saved")
    return _to(saved)


@blueprint.get(f"{ONE}/change")
@signed_in
def edit(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Show the form to change an action."""
    ctx = context()
    changeable(ctx, assessment_id)
    record = plan_actions.one(ctx, assessment_id, action_id)
    return _draw_change(record, of_details(record.action.details, record.action.revision))


@blueprint.post(f"{ONE}/change")
@signed_in
def change(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Change an action."""
    ctx = context()
    record = plan_actions.one(ctx, assessment_id, action_id)
    form = posted_details(request.form, record.questionnaire.levels)
    if record.may_change and (form.problems or is_to_edit()):
        return _draw_change(record, form), 422 if form.problems else 200
    try:
        saved = plans.change(
            ctx, assessment_id, action_id, form.details(), form.based_on, form.reason
        )
    except UnacceptableDetailsError as fault:
        form.problems["owner"] = str(fault)
        return _draw_change(record, form), 422
    except ChangedMeanwhileError as stale:
        return _draw_clash(record, form, stale)
    flash(f"{saved.reference} is saved.", "saved")
    return _to(saved)


@blueprint.post(f"{ONE}/rating")
@signed_in
def rate(assessment_id: str, action_id: str) -> ResponseReturnValue:
    """Tell whether the rating has changed, now that the action is complete."""
    ctx = context()
    level, note = request.form.get("level", ""), request.form.get("rating_note", "")
    try:
        plan_ratings.record(ctx, assessment_id, action_id, level, note)
    except UnacceptableDetailsError as fault:
        record = plan_actions.one(ctx, assessment_id, action_id)
        return _draw(record, problems={"level" if not level else "rating_note": str(fault)})
    flash("The rating is recorded as an update during the year.", "saved")
    return redirect(url_for("plans.show", assessment_id=assessment_id, action_id=action_id), 303)


def _begun_from() -> dict[str, str]:
    return {name: request.values.get(name, "") for name in ("question", "step", "request")}


def _to(action: Action) -> ResponseReturnValue:
    address = url_for("plans.show", assessment_id=action.assessment_id, action_id=action.id)
    return redirect(address, 303)


def _draw_new(drafted: Drafted, form: ActionForm) -> str:
    asked = drafted.questionnaire
    question = pointers(asked).get(drafted.question_id or "")
    return render_template(
        "plans/new.html",
        assessment=drafted.assessment,
        form=form,
        people=plan_board.people_of(context(), drafted.assessment),
        question=question,
        asked=drafted.request,
        areas=[] if question else [(each.id, each.title) for each in asked.sections],
        area=request.form.get("area", ""),
        begun_from=_begun_from(),
        levels=level_choices(asked, drafted.question_id),
        priorities=PRIORITIES,
    )


def _draw(
    record: ActionRecord,
    form: ProgressForm | None = None,
    problems: Mapping[str, str] = NOTHING,
    status: int = 422,
) -> ResponseReturnValue:
    action = record.action
    page = render_template(
        "plans/action.html",
        page=action_page(record),
        action=action,
        assessment=record.found.assessment,
        form=form or of_progress(action.progress, action.revision),
        problems=problems,
        typed=request.form,
        deliveries=DELIVERIES,
    )
    return page, status if form or problems else 200


def _draw_change(record: ActionRecord, form: ActionForm) -> str:
    return render_template(
        "plans/change.html",
        assessment=record.found.assessment,
        action=record.action,
        form=form,
        people=plan_board.people_of(context(), record.found.assessment),
        levels=level_choices(record.questionnaire, record.action.question_id),
        priorities=PRIORITIES,
    )


def _draw_clash(
    record: ActionRecord, form: ActionForm, stale: ChangedMeanwhileError
) -> ResponseReturnValue:
    """Show both versions of an action's details, with mine kept on the page."""
    people = {each.id: each for each in plan_board.people_of(context(), record.found.assessment)}
    mine = form.details()
    if form.owner in people:
        mine = replace(mine, owner=replace(mine.owner, name=people[form.owner].name))
    where = _clash_of(record, "change")
    return clash(where, stale, Mine(mine, stale.action.progress), form.hidden())


def _clash_of(record: ActionRecord, view: str) -> Where:
    def address(of: str) -> str:
        action = record.action
        return url_for(f".{of}", assessment_id=action.assessment_id, action_id=action.id)

    return Where(record.found.assessment, address(view), address("show"))

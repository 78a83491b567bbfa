"""The plan as a spreadsheet: sent out as the board shows it, looked at when it comes back, applied.

A lead uploads what the owners filled in. Nothing of it is saved before it was looked at, and then
only what was ticked, by the same services as on a page and in one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core import plan_filters as filters
from healthcheck.core import plan_uploads as uploads
from healthcheck.core import plan_workbooks as core
from healthcheck.core.permissions import Permission, can
from healthcheck.core.plan_uploads import WAY
from healthcheck.core.plans import Owner
from healthcheck.core.uploads import Applied, Upload
from healthcheck.definitions.sheets import read_table
from healthcheck.reports.plan_spreadsheets import PLAN, Sources, plan_csv, plan_workbook
from healthcheck.services import plan_looks, plans
from healthcheck.services.open_now import UK, today
from healthcheck.services.opening import worded
from healthcheck.services.plan_access import changeable, found_with_plan
from healthcheck.services.plan_board import people_of
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_filters import Filter
    from healthcheck.core.plan_uploads import Change, Preview
    from healthcheck.core.plan_workbooks import Row, Value
    from healthcheck.core.plans import Action, Plan
    from healthcheck.core.sheets import BadCell
    from healthcheck.services.context import Context

REASON = "From an uploaded workbook"
Looked: TypeAlias = "Upload[Assessment, Preview]"
"""An uploaded plan as its lead looks at it before anything is saved."""


def workbook(ctx: Context, assessment_id: str, wanted: Filter) -> tuple[str, bytes]:
    """Return the actions wanted as an Excel workbook, and a name for its file.

    Raises NotSignedInError and NotFoundError.
    """
    sources = _sources(ctx, assessment_id, wanted)
    return f"plan-{sources.assessment.reference}.xlsx", plan_workbook(sources)


def table(ctx: Context, assessment_id: str, wanted: Filter) -> tuple[str, bytes]:
    """Return the actions wanted as CSV, and a name for its file.

    Raises NotSignedInError and NotFoundError.
    """
    sources = _sources(ctx, assessment_id, wanted)
    return f"plan-{sources.assessment.reference}.csv", plan_csv(sources)


def to_upload(ctx: Context, assessment_id: str) -> Assessment:
    """Return the assessment for somebody who may upload its plan now.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    return changeable(ctx, assessment_id).assessment


def look(ctx: Context, assessment_id: str, content: bytes) -> Looked:
    """Return what a plan's file would change, and every bad cell of it; nothing is saved.

    Raises what `to_upload` does, and UnacceptableFileError for a file that is no spreadsheet.
    """
    to_upload(ctx, assessment_id)
    sheets = read_table(content, PLAN)
    with ctx.store.reading():
        assessment = to_upload(ctx, assessment_id)
        plan = stored.plans_of(ctx.store, assessment_id)[assessment_id]
        by_id = {each.id: each for each in plan.actions}
        reading = core.read(assessment.reference, by_id, sheets)
        rows = [
            edited
            for row in reading.rows
            if (edited := uploads.edited(row, _started_from(ctx, by_id[row.action_id], row)))
        ]
        return _looked(ctx, assessment, plan, rows, reading.bad)


def apply(
    ctx: Context, assessment_id: str, carried: str, agreed: str, chosen: Collection[str]
) -> Applied[Looked]:
    """Save the actions that were chosen from a preview, all of them in one transaction.

    `agreed` is the fingerprint of what was looked at: when the plan changed since, nothing is saved
    and there is something new to look at. Each action's history says that it came from a workbook.
    Raises what `to_upload` does, and UnacceptableDetailsError when what was sent is not what a
    preview gave, or nothing was chosen.
    """
    to_upload(ctx, assessment_id)
    rows = uploads.unpacked(carried)
    with ctx.store.writing():
        assessment = to_upload(ctx, assessment_id)
        plan = stored.plans_of(ctx.store, assessment_id)[assessment_id]
        looked = _looked(ctx, assessment, plan, rows, ())
        if looked.preview.fingerprint != agreed:
            return Applied(moved=looked)
        changes = looked.preview.chosen(chosen, "action")
        for change in changes:
            _save(ctx, assessment_id, change)
    return Applied(saved=len(changes))


def _sources(ctx: Context, assessment_id: str, wanted: Filter) -> Sources:
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
        plan = stored.plans_of(ctx.store, assessment_id)[assessment_id]
        names = {each.name for each in _owners(ctx, found.assessment, plan).values()}
    questionnaire = worded(ctx, found.assessment)
    areas = {each.id: each.title for each in questionnaire.sections}
    actions = filters.chosen(plan.actions, wanted, today(ctx), filters.by_area(questionnaire))
    is_own = can(found.roles, Permission.READ)
    plan_looks.note_download(ctx, found)
    return Sources(
        assessment=found.assessment,
        questionnaire=questionnaire,
        plan=plan,
        actions=actions if is_own else [_without_address(each) for each in actions],
        wanted=filters.in_words(wanted, areas),
        owners=sorted(names, key=str.casefold) if is_own else (),
        day=today(ctx),
        zone=UK,
    )


def _looked(
    ctx: Context,
    assessment: Assessment,
    plan: Plan,
    rows: Iterable[Row],
    bad: tuple[BadCell, ...],
) -> Looked:
    owners = _owners(ctx, assessment, plan)
    preview = uploads.preview(plan, rows, bad, owners, today(ctx))
    return Upload(assessment, preview, uploads.packed((*preview.changes, *preview.conflicts)))


def _save(ctx: Context, assessment_id: str, change: Change) -> None:
    """Write one action's details, progress and note, inside the transaction."""
    action = change.action
    if change.details != action.details:
        action = plans.change_inside(
            ctx, assessment_id, action.id, change.details, action.revision, REASON, way=WAY
        )
    if change.note or change.progress != action.progress:
        plans.report_inside(
            ctx, assessment_id, action.id, change.progress, change.note, action.revision, way=WAY
        )


def _started_from(ctx: Context, action: Action, row: Row) -> Mapping[str, Value]:
    """Return what the cells held when the file was made; nothing known there means as it is now."""
    if row.based_on != action.revision:
        for earlier in stored.history(ctx.store, action.id):
            if earlier.revision == row.based_on:
                return core.values_of(earlier.details, earlier.progress)
    return core.values_of(action.details, action.progress)


def _owners(ctx: Context, assessment: Assessment, plan: Plan) -> dict[str, Owner]:
    """Return who can be named as an owner, by name in small letters.

    Those with an account at the employer come before a free text of the same name. A name that two
    of them share is left out, for it does not say who is meant.
    """
    owners = [each.details.owner for each in plan.actions if each.details.owner.name]
    people = people_of(ctx, assessment)
    given = [each for each in owners if each.person_id]
    given += [Owner(each.name, email=each.email, person_id=each.id) for each in people]
    found: dict[str, Owner] = {}
    shared: set[str] = set()
    for owner in given:
        key = owner.name.casefold()
        if found.setdefault(key, owner).person_id != owner.person_id:
            shared.add(key)
    for owner in owners:
        found.setdefault(owner.name.casefold(), owner)
    return {key: owner for key, owner in found.items() if key not in shared}


def _without_address(action: Action) -> Action:
    details = action.details
    return replace(action, details=replace(details, owner=replace(details.owner, email="")))

"""An assessment opened: its answers accepted and walked, and kept until somebody changes them.

Every saved answer and file raises an assessment's revision, so what was worked out for a revision
holds until the next one. Each process keeps the assessments it opened last; whose they are and what
a person may do with them is read from the database every time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import journey
from healthcheck.core.answers import Answer, Attachment, Problem, accept
from healthcheck.core.carrying import LastAnswers
from healthcheck.core.permissions import Permission, can
from healthcheck.core.saving import BLANK, Saved
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.services.shelf import Opened
from healthcheck.storage import assessments as stored
from healthcheck.storage import attachments as files
from healthcheck.storage import carried as stored_carried

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.core.answers import Entry
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


NEVER = Saved()


def on_shelf(ctx: Context, found: Found) -> Opened | None:
    """Return one assessment as this process keeps it, None when it would have to be read."""
    opened = ctx.shelf.get(found.assessment)
    return None if opened is None else _met_by(found, opened)


def open_one(ctx: Context, found: Found) -> Opened:
    """Return one assessment opened by the person it was found for."""
    return open_all(ctx, [found])[0]


def open_all(ctx: Context, found: Sequence[Found]) -> tuple[Opened, ...]:
    """Return assessments opened by the person they were found for, in a fixed number of queries."""
    kept: dict[str, Opened] = {}
    missing: list[Found] = []
    for each in found:
        opened = ctx.shelf.get(each.assessment)
        if opened is None:
            missing.append(each)
        else:
            kept[each.assessment.id] = opened
    if missing:
        ids = [each.assessment.id for each in missing]
        saved, attached = stored.entries(ctx.store, *ids), files.of(ctx.store, *ids)
        offered = _offered(ctx, [each.assessment for each in missing if each.has_carried])
        for new in (each.assessment for each in missing):
            opened = put_together(ctx, new, saved[new.id], attached[new.id])
            kept[new.id] = replace(opened, last=offered.get(new.id))
            ctx.shelf.put(kept[new.id])
    return tuple(_met_by(each, kept[each.assessment.id]) for each in found)


def changed(ctx: Context, before: Opened, changes: Mapping[str, Entry]) -> Opened:
    """Return, and keep, what an assessment is after these entries of the person were written."""
    questionnaire, name = before.questionnaire, ctx.someone().name
    accepted = {
        question_id: accept(
            questionnaire.questions[question_id], entry, before.attachments.get(question_id, ())
        )
        for question_id, entry in changes.items()
    }
    saved = {
        question_id: Saved(entry, before.saved.get(question_id, NEVER).revision + 1, name, ctx.now)
        for question_id, entry in changes.items()
    }
    answers = {question_id: each.answer for question_id, each in accepted.items()}
    problems = dict(before.problems) | {name: each.problems for name, each in accepted.items()}
    facts = before.assessment.facts
    assessment = before.assessment
    now = replace(
        before,
        assessment=replace(assessment, revision=assessment.revision + 1, changed_at=ctx.now),
        saved={**before.saved, **saved},
        journey=journey.walk_again(before.journey, questionnaire, facts, answers),
        problems={name: found for name, found in problems.items() if found},
    )
    ctx.shelf.put(now)
    return now


def worded(ctx: Context, assessment: Assessment) -> Questionnaire:
    """Return an assessment's questionnaire in its own words."""
    return ctx.library.worded(assessment.questionnaire, assessment.edition, assessment.facts)


def _offered(ctx: Context, assessments: Sequence[Assessment]) -> dict[str, LastAnswers]:
    """Return last year's answers offered to each of these; no query when there are none."""
    if not assessments:
        return {}
    rows = stored_carried.of(ctx.store, *(each.id for each in assessments))
    return {
        each.id: LastAnswers(
            found.assessment_id,
            found.cycle,
            ctx.library.worded(each.questionnaire, found.edition, each.facts),
            found.carried,
        )
        for each in assessments
        for found in (rows[each.id],)
    }


def may_answer(found: Found) -> bool:
    """Say whether a person can change answers now: by their role, and by where it stands."""
    return can(found.roles, Permission.ANSWER) and found.assessment.state in OPEN_TO_ANSWERS


def _met_by(found: Found, opened: Opened) -> Opened:
    """Return an opened assessment as the person it was found for may meet it."""
    return replace(opened, may_answer=may_answer(found), place=found.place)


def put_together(
    ctx: Context,
    assessment: Assessment,
    saved: Mapping[str, Saved],
    attached: Mapping[str, tuple[Attachment, ...]],
) -> Opened:
    """Return what these entries and files make, as nobody in particular may meet it."""
    questionnaire = worded(ctx, assessment)
    answers: dict[str, Answer] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for question_id in saved.keys() | attached.keys():
        question = questionnaire.questions.get(question_id)
        if question is None:
            continue
        entry = saved[question_id].entry if question_id in saved else BLANK
        accepted = accept(question, entry, attached.get(question_id, ()))
        answers[question_id] = accepted.answer
        problems[question_id] = accepted.problems
    return Opened(
        assessment=assessment,
        questionnaire=questionnaire,
        saved=saved,
        attachments=attached,
        journey=journey.walk(questionnaire, assessment.facts, answers),
        problems={name: found for name, found in problems.items() if found},
        may_answer=False,
        place=None,
        definition_changed=assessment.digest
        != ctx.library.digest(assessment.questionnaire, assessment.edition),
    )

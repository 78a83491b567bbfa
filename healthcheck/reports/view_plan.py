"""The improvement plan inside the report of a health check, and what last year's plan moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.editions import old_id
from healthcheck.core.movement import Moved
from healthcheck.core.proposals import is_standing, proposals, to_settle
from healthcheck.reports import words
from healthcheck.reports.plan_view import PlanSources, action_row, counted, status, without

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.plans import Action, Plan
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.back_matter import SuggestedAction
    from healthcheck.reports.parts import Subject
    from healthcheck.reports.plan_parts import ActionRow, Status, Without
    from healthcheck.reports.view_last_year import Beside, Earlier, LastYear
    from healthcheck.reports.view_questions import Sources

MOVED = {Moved.UP: "Its rating went up", Moved.DOWN: "Its rating went down"}
NOT_MOVED = "Its rating did not move"
NOT_TOLD = "Its rating cannot be compared"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan to print in a report, and the day that decides what is overdue."""

    plan: Plan
    today: date


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The plan as a report prints it.

    `without` are the weak answers with a reason for no action, and `proposed` what is suggested for
    those that are not settled yet.
    """

    counts: str
    rows: tuple[ActionRow, ...]
    without: tuple[Without, ...]
    proposed: tuple[SuggestedAction, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """An action of last year's plan, how it went, and what became of the rating it was for."""

    reference: str
    action: str
    status: Status
    question: str
    then: str
    now: str
    says: str


def plan_part(
    subject: Subject, sources: Sources, planned: Planned, suggested: Iterable[SuggestedAction]
) -> PlanPart | None:
    """Return the plan in words; None when nothing was adopted, added or declined yet."""
    plan = planned.plan
    found = proposals(sources.questionnaire, sources.journey, plan)
    declined = [each.declined for each in found if each.declined and each.is_declined]
    if not plan.actions and not declined:
        return None
    papers = PlanSources(
        employer=subject.employer,
        facts=subject.facts,
        cycle=subject.cycle,
        reference=subject.reference,
        today=planned.today,
        questionnaire=sources.questionnaire,
        journey=sources.journey,
        pointers=sources.pointers,
        plan=plan,
        actions=plan.actions,
    )
    open_still = to_settle(found)
    return PlanPart(
        counted(plan.actions, planned.today),
        tuple(action_row(papers, each) for each in plan.actions),
        tuple(row for each in declined if (row := without(papers, each)) is not None),
        tuple(each for each in suggested if each.question.id in open_still),
    )


def effects(earlier: Earlier, then: LastYear, new: Questionnaire) -> tuple[Effect, ...]:
    """Return what became of the rating of each of last year's actions, in the order of the plan.

    `then` is last year beside this year, whose questionnaire is `new`. Actions that stand alone,
    and those that were cancelled, moved nothing that could be told.
    """
    old = earlier.questionnaire.questions
    lines = (line for section in then.sections for line in section.lines)
    beside = {old_id(new.questions[each.id], old): each for each in lines}
    return tuple(
        _effect(each, beside.get(each.question_id))
        for each in earlier.actions
        if each.question_id is not None and is_standing(each)
    )


def _effect(action: Action, line: Beside | None) -> Effect:
    progress, said = action.progress, words.shortened(action.details.action, 300)
    if line is None:
        says = "Its question is not asked any more."
        return Effect(action.reference, said, status(progress.delivery), "", "", "", says)
    what = MOVED.get(line.moved, NOT_MOVED if line.moved is Moved.SAME else NOT_TOLD)
    return Effect(
        action.reference,
        said,
        status(progress.delivery),
        f"{line.number} {line.title}",
        line.then,
        line.now,
        f"{what}.",
    )

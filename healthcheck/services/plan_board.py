"""The board of a plan, a person's own actions, and one change of many actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import plan_board as core
from healthcheck.core import plan_filters as filters
from healthcheck.core import plan_rules as rules
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.services import own_actions, plan_looks, plans
from healthcheck.services.open_now import today
from healthcheck.services.opening import worded
from healthcheck.services.plan_access import action_of, changeable, found_with_plan, may_change
from healthcheck.storage import people
from healthcheck.storage import plan_board as stored
from healthcheck.storage import plans as stored_plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from healthcheck.core.accounts import Person
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plan_board import Counts, Group, Grouping
    from healthcheck.core.plan_filters import Filter
    from healthcheck.core.plans import Action, Details, Owner, Plan
    from healthcheck.services.context import Context
    from healthcheck.services.own_actions import Owned

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Board:
    """A plan as one filter shows it: the actions wanted, in groups, and counts of all of them.

    `areas` has the title of each area's id, `carried_on` what goes on in next year's plan, and
    `later` one action of that plan with its cycle, None where nothing goes on.
    """

    assessment: Assessment
    plan: Plan
    wanted: Filter
    by: Grouping
    today: date
    actions: tuple[Action, ...]
    groups: tuple[Group, ...]
    counts: Counts
    areas: Mapping[str, str]
    carried_on: frozenset[str]
    later: tuple[Action, str] | None
    may_change: bool
    is_for_basw: bool

    @property
    def open_here(self) -> tuple[Action, ...]:
        """The open actions shown that are still worked in this plan."""
        return tuple(
            each for each in self.actions if each.is_open and each.id not in self.carried_on
        )

    @property
    def owners(self) -> tuple[str, ...]:
        """The names of the owners of all actions, each once."""
        return _names(each.details.owner.name for each in self.plan.actions)

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams of the owners of all actions, each once."""
        return _names(each.details.owner.team for each in self.plan.actions)


@dataclass(frozen=True)
class Mine:
    """A person's own actions, with the health check of each, and how many of them stand where."""

    actions: tuple[Owned, ...]
    counts: Counts
    today: date


@dataclass(frozen=True, slots=True)
class ManyChange:
    """What becomes of many actions at once: an owner, a due date, or both; None leaves it."""

    owner: Owner | None = None
    due: date | None = None


def board(ctx: Context, assessment_id: str, wanted: Filter, by: Grouping) -> Board:
    """Return a plan's board, in a fixed number of queries; a read by BASW is an event.

    Raises NotSignedInError, and NotFoundError when the plan is not the person's to see.
    """
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
        plan = stored_plans.plans_of(ctx.store, assessment_id)[assessment_id]
        questionnaire = worded(ctx, found.assessment)
        day, area_of = today(ctx), filters.by_area(questionnaire)
        areas = {each.id: each.title for each in questionnaire.sections}
        actions = filters.chosen(plan.actions, wanted, day, area_of)
        gone_on = stored.carried_on(ctx.store, [each.id for each in plan.actions])
        seen = Board(
            assessment=found.assessment,
            plan=plan,
            wanted=wanted,
            by=by,
            today=day,
            actions=actions,
            groups=core.grouped(actions, by, day, area_of, areas),
            counts=core.counts(plan.actions, day, gone_on),
            areas=areas,
            carried_on=gone_on,
            later=stored_plans.goes_on_in(ctx.store, min(gone_on)) if gone_on else None,
            may_change=may_change(found),
            is_for_basw=not can(found.roles, Permission.READ),
        )
    if seen.is_for_basw:
        plan_looks.note_read(ctx, found)
    return seen


def board_to_change(ctx: Context, assessment_id: str, wanted: Filter) -> Board:
    """Return a plan's board for whoever may change its actions.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    changeable(ctx, assessment_id)
    return board(ctx, assessment_id, wanted, core.Grouping.DUE)


def mine(ctx: Context) -> Mine:
    """Return the actions of the person signed in, the earliest due first, what ended at the end.

    What goes on in next year's plan is there once, in that one. Raises NotSignedInError.
    """
    owned = {each.action.id: each for each in own_actions.owned(ctx)}
    for action_id in stored.carried_on(ctx.store, owned) if owned else ():
        del owned[action_id]
    actions = filters.in_order(each.action for each in owned.values())
    listed = sorted(actions, key=lambda each: not each.is_open)
    day = today(ctx)
    return Mine(tuple(owned[each.id] for each in listed), core.counts(actions, day), day)


def people_of(ctx: Context, assessment: Assessment) -> tuple[Person, ...]:
    """Return everybody with an account at the employer, who can own an action, by name."""
    members = people.of(ctx.store, assessment.employer.id)
    found = [each.person for each in members if can(each.roles, Permission.REPORT_PROGRESS)]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def change_many(
    ctx: Context,
    assessment_id: str,
    chosen: Sequence[tuple[str, int]],
    change: ManyChange,
    reason: str,
) -> int:
    """Give many actions another owner or due date, all or none, and return how many changed.

    `chosen` has each action's id and the revision the person saw. Each action's history says what
    changed and why. Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError,
    UnacceptableDetailsError, and ChangedMeanwhileError when one was changed meanwhile.
    """
    _require_enough(chosen, change, reason)
    with ctx.store.writing():
        changed = 0
        for action_id, based_on in dict(chosen).items():
            before = action_of(ctx, assessment_id, action_id)
            details = _changed(before.details, change)
            try:
                after = plans.change_inside(
                    ctx, assessment_id, action_id, details, based_on, reason
                )
            except UnacceptableDetailsError as error:
                raise UnacceptableDetailsError(f"{before.reference}: {error}") from error
            changed += after.revision != before.revision
    return changed


def _require_enough(chosen: Sequence[tuple[str, int]], change: ManyChange, reason: str) -> None:
    problem = rules.reason_problem(reason, "Say why you change these actions.")
    if not chosen:
        problem = "Choose the actions to change."
    elif len(chosen) > MOST_AT_ONCE:
        problem = f"Choose at most {MOST_AT_ONCE} actions at once."
    elif change == ManyChange():
        problem = "Choose another owner, or give another due date."
    if problem:
        raise UnacceptableDetailsError(problem)


def _changed(details: Details, change: ManyChange) -> Details:
    if change.owner is not None:
        details = replace(details, owner=_owner(details.owner, change.owner))
    if change.due is not None:
        details = replace(details, due=change.due, no_date_reason="")
    return details


def _owner(before: Owner, after: Owner) -> Owner:
    """Return the new owner; somebody who has the action already keeps what is not given anew."""
    if after.person_id is None or after.person_id != before.person_id:
        return after
    return replace(before, role=after.role or before.role, team=after.team or before.team)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in given:
        tidied = " ".join(name.split())
        if tidied:
            found.setdefault(tidied.casefold(), tidied)
    return tuple(found[key] for key in sorted(found))

"""One action with everything about it: where it comes from, what was said of it, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import plan_ratings
from healthcheck.core.permissions import Permission, can
from healthcheck.services import plan_looks
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one, worded
from healthcheck.services.plan_access import action_of, found_with_plan, may_change, may_report
from healthcheck.storage import plans as stored
from healthcheck.storage import reviews

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.plan_changes import Change
    from healthcheck.core.plans import Action, LevelUpdate, Note, Plan
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.reviews import ChangeRequest
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


@dataclass(frozen=True)
class ActionRecord:
    """An action as one person meets it.

    `notes` and `history` have the oldest first. `goes_on` is the action that carries it on, with
    its cycle. `request` is the change request it answers. `level_now` is where the rating of its
    question stands; `asks_rating` says that nobody has told yet whether it has changed.
    """

    found: Found
    questionnaire: Questionnaire
    action: Action
    notes: tuple[Note, ...]
    history: tuple[Change, ...]
    updates: tuple[LevelUpdate, ...]
    goes_on: tuple[Action, str] | None
    comes_from: Action | None
    request: ChangeRequest | None
    level_now: int | None
    asks_rating: bool
    may_change: bool
    may_report: bool
    today: date


def one(ctx: Context, assessment_id: str, action_id: str) -> ActionRecord:
    """Return one action of a plan; a read by BASW is an event.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
        action = action_of(ctx, assessment_id, action_id)
        plan = stored.plans_of(ctx.store, assessment_id)[assessment_id]
        goes_on = stored.goes_on_in(ctx.store, action_id)
        questionnaire = worded(ctx, found.assessment)
        before = stored.find(ctx.store, action.carried_from) if action.carried_from else None
        record = ActionRecord(
            found,
            questionnaire,
            action,
            plan.notes.get(action_id, ()),
            stored.history(ctx.store, action_id),
            tuple(each for each in plan.updates if each.action_id == action_id),
            goes_on,
            before,
            _request(ctx, action),
            _level(ctx, found, action, plan),
            action in plan_ratings.to_ask(plan, questionnaire),
            may_change(found) and goes_on is None,
            may_report(ctx, found, action) and goes_on is None,
            today(ctx),
        )
    plan_looks.note_read(ctx, found)
    return record


def _request(ctx: Context, action: Action) -> ChangeRequest | None:
    if action.request_id is None:
        return None
    sent = reviews.ledger(ctx.store, action.assessment_id).as_sent().requests
    return next((each for each in sent if each.id == action.request_id), None)


def _level(ctx: Context, found: Found, action: Action, plan: Plan) -> int | None:
    """Return where the rating of an action's question stands, for the employer's own people."""
    if action.question_id is None or not can(found.roles, Permission.READ):
        return None
    opened = open_one(ctx, found)
    if action.question_id not in opened.journey:  # pragma: no cover - an edition never changes
        return None
    return plan_ratings.level_now(plan, opened.journey, action.question_id)

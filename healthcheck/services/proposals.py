"""From weak answers to a plan: each is adopted as actions, or declined with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import plan_rules as rules
from healthcheck.core import proposals as core
from healthcheck.core.errors import NotFoundError, NotReadyError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission
from healthcheck.core.plans import Origin
from healthcheck.core.proposals import Step
from healthcheck.services import noting
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.services.permissions import permitted
from healthcheck.services.plan_access import changeable, may_change
from healthcheck.services.plans import add_inside
from healthcheck.storage import plan_decisions
from healthcheck.storage import plans as stored

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action, Details, Plan
    from healthcheck.core.proposals import Proposal
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found

ANOTHER_ANSWER = (
    "The answer to this question changed after you opened the page, so nothing was done. Look at"
    " what it proposes now."
)


@dataclass(frozen=True)
class Board:
    """Every weak answer of a health check with what was decided about it, for one person."""

    found: Found
    opened: Opened
    plan: Plan
    proposals: tuple[Proposal, ...]
    may_change: bool

    @property
    def to_settle(self) -> tuple[str, ...]:
        """The questions that wait for an action or a reason."""
        return core.to_settle(self.proposals)


def board(ctx: Context, assessment_id: str) -> Board:
    """Return the proposals of a health check, for its employer's people.

    Raises NotSignedInError and NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    return _board(ctx, found)


def details(ctx: Context, assessment_id: str, question_id: str, step: Step) -> Details:
    """Return what one step of a proposal would be as an action, for a form to begin with.

    Raises NotSignedInError, and NotFoundError when that answer is not weak.
    """
    proposal = _proposal(board(ctx, assessment_id), question_id)
    return core.details(proposal, step, today(ctx))


def adopt(
    ctx: Context, assessment_id: str, question_id: str, level: int, steps: Collection[Step]
) -> tuple[Action, ...]:
    """Adopt steps of a proposal as they are, each as an action of its own; return the actions.

    `level` is what the answer was when the person read the proposal. Raises NotSignedInError,
    NotFoundError, NotAllowedError, StepRefusedError, NotReadyError when the answer changed since,
    and UnacceptableDetailsError when there is nothing to adopt.
    """
    with ctx.store.writing():
        proposal = _current(ctx, changeable(ctx, assessment_id), question_id, level)
        if not steps or proposal.advice is None:
            raise UnacceptableDetailsError(
                "Tick what to adopt: the quick win, the longer step, or both."
            )
        return tuple(
            add_inside(
                ctx,
                assessment_id,
                core.details(proposal, step, today(ctx)),
                origin=Origin.PROPOSED,
                question_id=question_id,
            )
            for step in Step
            if step in steps
        )


def decline(ctx: Context, assessment_id: str, question_id: str, level: int, reason: str) -> None:
    """Say why there is no action for a weak answer.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError, NotReadyError when
    the answer changed since, and UnacceptableDetailsError without a reason.
    """
    with ctx.store.writing():
        found = changeable(ctx, assessment_id)
        _current(ctx, found, question_id, level)
        problem = rules.reason_problem(reason, "Say why there is no action for this answer.")
        if problem:
            raise UnacceptableDetailsError(problem)
        _write(ctx, found.assessment, question_id, level, rules.trimmed(reason))


def take_back(ctx: Context, assessment_id: str, question_id: str) -> None:
    """Take back the reason for no action, so that the answer waits for one again.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    with ctx.store.writing():
        found = changeable(ctx, assessment_id)
        declined = stored.plans_of(ctx.store, assessment_id)[assessment_id].declined
        if question_id not in declined:
            raise NotFoundError("There is no reason here to take back.")
        _write(ctx, found.assessment, question_id, declined[question_id].level, None)


def _board(ctx: Context, found: Found) -> Board:
    opened = open_one(ctx, found)
    plan = stored.plans_of(ctx.store, found.assessment.id)[found.assessment.id]
    proposed = core.proposals(opened.questionnaire, opened.journey, plan)
    return Board(found, opened, plan, proposed, may_change(found))


def _proposal(board: Board, question_id: str) -> Proposal:
    for each in board.proposals:
        if each.question.id == question_id:
            return each
    raise NotFoundError("This answer proposes nothing: it may have become stronger.")


def _current(ctx: Context, found: Found, question_id: str, level: int) -> Proposal:
    proposal = _proposal(_board(ctx, found), question_id)
    if proposal.level != level:
        raise NotReadyError(ANOTHER_ANSWER)
    return proposal


def _write(
    ctx: Context, assessment: Assessment, question_id: str, level: int, reason: str | None
) -> None:
    plan_decisions.decline(
        ctx.store,
        assessment.id,
        question_id,
        level,
        reason=reason,
        person_id=ctx.someone().id,
        now=ctx.now,
    )
    kind = "proposal opened again" if reason is None else "proposal declined"
    noting.note(
        ctx, kind, assessment, {"question": question_id, "level": level, "reason": reason or ""}
    )

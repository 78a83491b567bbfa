"""“You said, we did”: chosen by the lead, published at an address of its own, taken down again.

What is public is a copy made when it was published; later changes of the plan show only after the
lead publishes again. No name, owner or note is ever on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import public_pages as pages
from healthcheck.core import publishing
from healthcheck.core import staff_page as core
from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.permissions import Permission
from healthcheck.core.plan_filters import in_order
from healthcheck.core.public_pages import Kind
from healthcheck.core.staff_page import Line, Shown, StaffPage
from healthcheck.services import noting, public_pages
from healthcheck.services.plan_access import NO_SUCH_ACTION, action_of, changeable, found_with_plan
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import plans as stored_plans
from healthcheck.storage import staff_page as stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.plans import Action
    from healthcheck.core.public_pages import Link
    from healthcheck.services.context import Context

NOTHING_CHOSEN = "Put at least one action on the page before you publish it."


@dataclass(frozen=True)
class Place:
    """What a lead works on: every action, the chosen lines, and what is or was public."""

    assessment: Assessment
    actions: tuple[Action, ...]
    lines: Mapping[str, Line]
    shown: tuple[Shown, ...]
    standing: StaffPage | None
    earlier: tuple[StaffPage, ...]

    def action(self, action_id: str) -> Action:
        """Return one of the actions. Raises NotFoundError."""
        for each in self.actions:
            if each.id == action_id:
                return each
        raise NotFoundError(NO_SUCH_ACTION)

    @property
    def left_out(self) -> tuple[Action, ...]:
        """The actions that are not on the page."""
        return tuple(each for each in self.actions if each.id not in self.lines)

    @property
    def is_newer(self) -> bool:
        """Say whether the public page is not what the lines would make now."""
        return self.standing is not None and self.standing.lines != self.shown


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may read; `others` are the employer's other public pages."""

    page: StaffPage
    assessment: Assessment
    others: tuple[Link, ...]


def place(ctx: Context, assessment_id: str) -> Place:
    """Return what a lead works on. Raises NotSignedInError, NotFoundError and NotAllowedError."""
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
        return _place(ctx, found.assessment)


def lines(ctx: Context, assessment_id: str) -> tuple[Shown, ...]:
    """Return the chosen lines as they would be read now, for whoever may see the plan.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        found = found_with_plan(ctx, assessment_id, Permission.SEE_PLAN)
        return _place(ctx, found.assessment).shown


def save_line(ctx: Context, assessment_id: str, line: Line) -> None:
    """Have the page show an action, in these words; the public page stays as it is.

    Raises as `place` does, StepRefusedError, and UnacceptableDetailsError.
    """
    taken = core.tidied(line)
    with ctx.store.writing():
        assessment = changeable(ctx, assessment_id).assessment
        action = action_of(ctx, assessment_id, taken.action_id)
        stored.put(ctx.store, assessment_id, taken)
        noting.note(ctx, "line for staff saved", assessment, {"action": action.reference})


def leave_out(ctx: Context, assessment_id: str, action_id: str) -> None:
    """Take an action off the page; the public page stays as it is.

    Raises as `save_line` does, and StepRefusedError when it was not on the page.
    """
    with ctx.store.writing():
        assessment = changeable(ctx, assessment_id).assessment
        action = action_of(ctx, assessment_id, action_id)
        if not stored.leave_out(ctx.store, action_id):
            raise StepRefusedError(f"{action.reference} was not on the page, so nothing was done.")
        noting.note(ctx, "line for staff left out", assessment, {"action": action.reference})


def publish(ctx: Context, assessment_id: str) -> StaffPage:
    """Make the chosen lines public; a page that is public already shows them from now on.

    Raises as `save_line` does, and StepRefusedError when nothing is chosen.
    """
    with ctx.store.writing():
        assessment = changeable(ctx, assessment_id).assessment
        now = _place(ctx, assessment)
        if not now.shown:
            raise StepRefusedError(NOTHING_CHOSEN)
        new = publishing.address(assessment, public_pages.letters())
        address = now.standing.address if now.standing else new
        page = StaffPage(assessment_id, address, now.shown, ctx.now)
        write = stored.change if now.standing else stored.publish
        write(ctx.store, page, ctx.someone().id)
        noting.note(ctx, "page for staff published", assessment, {"address": address})
    return page


def take_down(ctx: Context, assessment_id: str, reason: str) -> None:
    """Take the public page down; its address then says that it was, and when.

    Raises as `place` does, StepRefusedError when nothing is public, and UnacceptableDetailsError
    without a reason.
    """
    why = pages.accepted_reason(reason)
    with ctx.store.writing():
        found = found_with_plan(ctx, assessment_id, Permission.CHANGE_PLAN)
        standing = pages.standing(stored.of(ctx.store, assessment_id))
        address = public_pages.remove(ctx, stored, standing, why).address
        noting.note(
            ctx, "page for staff taken down", found.assessment, {"address": address, "reason": why}
        )


def read(ctx: Context, address: str) -> Published:
    """Return what is public at an address, for anybody.

    Raises NotFoundError, and PageTakenDownError when it was taken down.
    """
    with ctx.store.reading():
        page = public_pages.open_to_anybody(stored.find(ctx.store, address), Kind.STAFF_PAGE)
        found = stored_assessments.find_for_anybody(ctx.store, page.assessment_id)
        if found is None:  # pragma: no cover - an assessment never goes
            raise NotFoundError(public_pages.NOTHING_HERE)
        others = public_pages.others(ctx, found.assessment.employer.id, address)
        return Published(page, found.assessment, others)


def _place(ctx: Context, assessment: Assessment) -> Place:
    plan = stored_plans.plans_of(ctx.store, assessment.id)[assessment.id]
    every, chosen = stored.of(ctx.store, assessment.id), stored.lines(ctx.store, assessment.id)
    return Place(
        assessment,
        in_order(plan.actions),
        chosen,
        core.shown(plan.actions, chosen),
        pages.standing(every),
        pages.earlier(every),
    )

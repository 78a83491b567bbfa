"""The history of a health check: every step ever taken, and every version ever submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import State, Step
from healthcheck.services import steps
from healthcheck.services.permissions import permitted
from healthcheck.storage import versions

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.events import Event
    from healthcheck.storage.versions import Version

OWN_REASONS = frozenset({Step.DECLINE.value.done, Step.TAKE_BACK.value.done})
"""Steps whose reasons stay between the employer's own people."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A step that was taken: by whom, from where to where, and why; `version` is 0 without one.

    `person` is empty when the name is no longer known.
    """

    at: datetime
    person: str
    did: str
    old: State
    new: State
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class History:
    """What became of a health check, newest first, as one person may know it."""

    found: Found
    moments: tuple[Moment, ...]
    versions: tuple[Version, ...]
    offered: tuple[Step, ...]
    is_own: bool


def history(ctx: Context, assessment_id: str) -> History:
    """Return the history of a health check, with the steps that the person can take now.

    People at BASW see no version that was recalled, and no reason that was given inside the
    employer. Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
        is_own = can(found.roles, Permission.READ)
        return History(
            found,
            tuple(_moment(each, is_own=is_own) for each in steps.timeline(ctx, assessment_id)),
            tuple(
                each
                for each in versions.of(ctx.store, assessment_id)
                if is_own or each.recalled_at is None
            ),
            steps.offered(found),
            is_own,
        )


def _moment(event: Event, *, is_own: bool) -> Moment:
    detail = event.detail
    return Moment(
        event.happened_at,
        event.person,
        event.kind,
        State[str(detail["from"])],
        State[str(detail["to"])],
        str(detail["reason"]) if is_own or event.kind not in OWN_REASONS else "",
        int(str(detail.get("version", 0))),
    )

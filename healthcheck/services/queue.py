"""BASW's queue: where every employer and service of a cycle stands, and who reviews it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core import queue as core
from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import State
from healthcheck.services.permissions import permitted_at_basw
from healthcheck.storage import queue as stored
from healthcheck.storage import roles

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.queue import Line, Wanted
    from healthcheck.services.context import Context
    from healthcheck.storage.queue import Round

UK = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Queue:
    """One cycle's lines as they are wanted.

    `rounds` are all cycles, the newest first, and `round` is the one shown, None when there is
    none. `everything` holds the lines of the cycle before any filter.
    """

    rounds: tuple[Round, ...]
    round: Round | None
    everything: tuple[Line, ...]
    lines: tuple[Line, ...]
    today: date
    person_id: str
    may_review: bool
    is_administrator: bool

    @property
    def overdue(self) -> int:
        """How many lines of the cycle are overdue."""
        return sum(line.is_overdue(self.today) for line in self.everything)

    @property
    def missing(self) -> int:
        """How many services of the cycle's employers have no health check in it."""
        return sum(line.state is None for line in self.everything)

    @property
    def reviewers(self) -> tuple[tuple[str, str], ...]:
        """The id and name of everybody who reviews in this cycle, by name."""
        found = {(line.reviewer_id, line.reviewer) for line in self.everything if line.reviewer_id}
        return tuple(sorted(found, key=lambda each: each[1].casefold()))

    def may_claim(self, line: Line) -> bool:
        """Say whether the person can claim a line's review."""
        return (
            self.may_review and line.is_open_to_review and not line.reviewer_id and not line.is_own
        )

    def may_start(self, line: Line) -> bool:
        """Say whether the person can start a line's review, which claims it too."""
        is_free = line.reviewer_id in {"", self.person_id}
        return (
            self.may_review
            and is_free
            and not line.is_own
            and line.state in {State.SUBMITTED, State.RESUBMITTED}
        )

    def may_release(self, line: Line) -> bool:
        """Say whether the person can let a line's review go; what was accepted keeps its own."""
        is_theirs = line.reviewer_id == self.person_id or self.is_administrator
        is_held = bool(line.reviewer_id) and line.state is not State.ACCEPTED
        return is_held and is_theirs and not line.is_own


def queue(ctx: Context, questionnaire: str, cycle: str, wanted: Wanted) -> Queue:
    """Return the queue of a cycle, the newest one when there is no such cycle.

    The number of queries is the same however many employers there are. Raises NotSignedInError,
    NotFoundError and NotAllowedError.
    """
    person = permitted_at_basw(ctx, Permission.SEE_QUEUE)
    held = roles.at_basw(ctx.store, person.id)
    rounds = stored.rounds(ctx.store)
    asked = stored.Round(questionnaire, cycle)
    shown = asked if asked in rounds else next(iter(rounds), None)
    everything: tuple[Line, ...] = ()
    if shown is not None:
        found = stored.lines(ctx.store, shown.questionnaire, shown.name, person.id)
        everything = core.side_by_side(found)
    today = ctx.now.astimezone(UK).date()
    return Queue(
        rounds=rounds,
        round=shown,
        everything=everything,
        lines=core.chosen(everything, wanted, today),
        today=today,
        person_id=person.id,
        may_review=can(held, Permission.REVIEW),
        is_administrator=can(held, Permission.MANAGE_BASW),
    )

"""“You said, we did”: what staff found, beside what was done about it, for staff to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.plan_filters import in_order
from healthcheck.core.plans import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from healthcheck.core.plans import Action

LONGEST = 600
"""The most characters that what was said, or what was done, can have."""
WORDS: Mapping[Delivery, str] = {
    Delivery.COMPLETE: "Done",
    Delivery.ON_TRACK: "Under way",
    Delivery.AT_RISK: "Under way, but at risk of being late",
    Delivery.OFF_TRACK: "Delayed",
    Delivery.CANCELLED: "Stopped",
}
"""How the page for staff calls each delivery status."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in staff's words, and what was done about it."""

    action_id: str
    said: str
    did: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it is read: with how far the action had come when the page was published."""

    said: str
    did: str
    symbol: str
    status: str


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One time that a plan's page for staff was published; it stands until it is taken down."""

    assessment_id: str
    address: str
    lines: tuple[Shown, ...]
    published_at: datetime
    removed_at: datetime | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Say whether it is public."""
        return self.removed_at is None


def proposed(action: Action) -> Line:
    """Return an action's line as it could begin: its finding, and its own words."""
    return Line(
        action.id, action.details.finding[:LONGEST].strip(), action.details.action[:LONGEST].strip()
    )


def shown(actions: Iterable[Action], lines: Mapping[str, Line]) -> tuple[Shown, ...]:
    """Return the chosen lines as they are read; what is done comes first."""
    listed = [each for each in in_order(actions) if each.id in lines]
    listed.sort(key=lambda each: each.progress.delivery is not Delivery.COMPLETE)
    return tuple(
        Shown(
            lines[each.id].said,
            lines[each.id].did,
            each.progress.delivery.symbol,
            WORDS[each.progress.delivery],
        )
        for each in listed
    )


def tidied(line: Line) -> Line:
    """Return a line without needless spaces. Raises UnacceptableDetailsError with a sentence."""
    parts = {"staff said": _tidied(line.said), "was done": _tidied(line.did)}
    for name, text in parts.items():
        if not text:
            raise UnacceptableDetailsError(f"Write what {name}, or leave this action out.")
        if len(text) > LONGEST:
            raise UnacceptableDetailsError(
                f"What {name} can be up to {LONGEST} characters; this has {len(text):,}."
            )
    return Line(line.action_id, *parts.values())


def _tidied(text: str) -> str:
    lines = (" ".join(each.split()) for each in text.splitlines())
    return "\n".join(filter(None, lines))

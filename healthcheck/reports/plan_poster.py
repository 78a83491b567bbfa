"""The poster for staff: what the health check found, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import staff_page
from healthcheck.core.plans import Delivery
from healthcheck.reports import words
from healthcheck.reports.plan_view import action_row, heading, success

if TYPE_CHECKING:
    from healthcheck.core.plans import Action, Details
    from healthcheck.reports.plan_parts import ActionRow, Heading, Status
    from healthcheck.reports.plan_view import PlanSources

MOST = 4
LONGEST = 150
LONGEST_RESULT = 52
TITLE = "You said, we did"
NOTHING_YET = (
    "The plan is being written. What you told us will stand here, beside what is done about it."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What was said, and what was done or is being done; `result` may be blank."""

    said: str
    did: str
    status: Status
    when: str
    result: str


@dataclass(frozen=True, slots=True)
class Poster:
    """The poster: at most four pairs, so that they can be large; `more` says how many are left."""

    heading: Heading
    pairs: tuple[Pair, ...]
    more: str


def poster(sources: PlanSources) -> Poster:
    """Return the poster: done first and the newest of those first, then what is being done.

    Where the lead has chosen the lines of the page for staff, the poster has those, in the same
    words. Otherwise it has every action that says what was found and was not cancelled.
    """
    shown = [each for each in sources.actions if _is_told(sources, each)]
    shown.sort(key=_newest_done_first)
    left = len(shown) - MOST
    more = f"{words.count(left, 'more action is', 'more actions are')} in the plan."
    return Poster(
        heading(sources, TITLE),
        tuple(_pair(sources, each) for each in shown[:MOST]),
        (more if left > 0 else "") if shown else NOTHING_YET,
    )


def _is_told(sources: PlanSources, action: Action) -> bool:
    if sources.staff_lines:
        return action.id in sources.staff_lines
    is_about = action.details.finding or action.question_id in sources.pointers
    return bool(is_about) and action.progress.delivery is not Delivery.CANCELLED


def _newest_done_first(action: Action) -> tuple[int, int]:
    done = action.progress.completed
    if action.progress.delivery is not Delivery.COMPLETE:
        return (1 if action.is_open else 2, 0)
    return (0, -done.toordinal() if done else 0)


def _pair(sources: PlanSources, action: Action) -> Pair:
    row = action_row(sources, action)
    line = sources.staff_lines.get(action.id) or staff_page.proposed(action)
    question = row.question.text if row.question else ""
    word = staff_page.WORDS[action.progress.delivery]
    return Pair(
        said=_short(line.said or question),
        did=_short(line.did),
        status=replace(row.status, word=word),
        when=_when(row),
        result=_result(action.details),
    )


def _result(details: Details) -> str:
    """Return how success is seen, if that is short; else only from what to what."""
    whole = success(details)
    if len(whole) <= LONGEST_RESULT:
        return whole
    return words.shortened(success(replace(details, measure="")), LONGEST_RESULT)


def _when(row: ActionRow) -> str:
    """Return when it was or will be done; short, because the word for the status can be long."""
    if row.is_done:
        return row.completed
    if not row.is_open or not row.has_date:
        return ""
    return f"Was due {row.due}" if row.status.late else f"By {row.due}"


def _short(text: str) -> str:
    return words.shortened(words.opening(text, LONGEST), LONGEST)

"""A snapshot typed by form: each step puts one worker or case into the draft that the page carries.

Nothing is saved by a step. What a step takes and gives back is the draft as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from healthcheck.core.workload import drafts, what_if
from healthcheck.services import snapshot_drafts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from healthcheck.core.workload.columns import Layout
    from healthcheck.services.context import Context
    from healthcheck.services.snapshot_drafts import Looked

WORKER, CASE = "worker", "case"


@dataclass(frozen=True)
class Typed:
    """A draft after a step: what the forms hold, and the problems of the one that was sent.

    `worker` and `case` are what the two forms show; `changes` is the id of the worker or case that
    the form of its `part` would change, blank while it adds one.
    """

    looked: Looked
    layout: Layout
    worker: Mapping[str, str] = field(default_factory=dict)
    case: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    changes: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def begin(ctx: Context, looked: Looked) -> Typed:
    """Return a draft before its first step."""
    day = looked.read.snapshot.taken_on
    return Typed(looked, snapshot_drafts.asked(ctx, looked.team, day))


def step(  # noqa: PLR0913, PLR0917 - a draft, and what to do with it
    ctx: Context,
    team_id: str,
    carried: str,
    day: date,
    do: str,
    said: Mapping[str, str],
    *,
    changes: str = "",
    kept_id: str | None = None,
) -> Typed:
    """Return a draft with one thing done to it: put in, fetched to be changed, or taken out.

    `do` is such as "put worker", "fetch case:c3" or "drop worker:ab"; anything else does nothing.
    Raises NotSignedInError, and NotFoundError for what is not in the draft.
    """
    now = begin(ctx, snapshot_drafts.from_carried(ctx, team_id, carried, day, kept_id))
    if now.looked.read.bad:
        return now
    verb, _, what = do.partition(" ")
    part, _, about = what.partition(":")
    if part not in {WORKER, CASE}:
        return now
    if verb == "put":
        return _put(ctx, now, part, said, changes)
    if verb == "fetch":
        return _fetched(now, part, about)
    return _dropped(ctx, now, part, about) if verb == "drop" else now


def _put(ctx: Context, now: Typed, part: str, said: Mapping[str, str], changes: str) -> Typed:
    draft = now.looked.read.snapshot
    make = drafts.with_worker if part == WORKER else drafts.with_case
    made = make(draft, said, now.layout, changes)
    if made.problems:
        return replace(_showing(now, part, said, changes), problems=made.problems)
    return replace(now, looked=_again(ctx, now, made), part=part)


def _fetched(now: Typed, part: str, about: str) -> Typed:
    draft = now.looked.read.snapshot
    if part == WORKER:
        said = drafts.said_of_worker(drafts.worker(draft, about))
    else:
        said = drafts.said_of_case(drafts.case(draft, about), now.layout)
    return _showing(now, part, said, about)


def _dropped(ctx: Context, now: Typed, part: str, about: str) -> Typed:
    draft = now.looked.read.snapshot
    if part == WORKER:
        made = drafts.without_worker(draft, drafts.worker(draft, about))
    else:
        made = drafts.Draft(what_if.close(draft, about), {})
    if made.problems:
        return replace(now, problems=made.problems)
    return replace(now, looked=_again(ctx, now, made))


def _again(ctx: Context, now: Typed, made: drafts.Draft) -> Looked:
    """Return a changed draft as the next step will read it, so that both call things the same."""
    carried = snapshot_drafts.carry(ctx, made.snapshot)
    day = made.snapshot.taken_on
    again = snapshot_drafts.from_carried(ctx, now.looked.team.id, carried, day)
    return replace(again, problem=now.looked.problem)


def _showing(now: Typed, part: str, said: Mapping[str, str], changes: str) -> Typed:
    """Return a draft whose form of a part shows these fields."""
    worker, case = (said, {}) if part == WORKER else ({}, said)
    return replace(now, part=part, worker=worker, case=case, changes=changes)

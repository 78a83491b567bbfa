"""Cycles: opened with every health check in them at once, changed, and asked whether they are open.

What an administrator does from a page asks for the permission; `set_up` is for whoever runs the
installation, from the command line.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import cycles as core
from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.facts import EVERYONE, Facts
from healthcheck.core.permissions import Permission
from healthcheck.services import beginning
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at_basw
from healthcheck.storage import cycles as stored
from healthcheck.storage import employers as stored_employers
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.cycles import Cycle, Stage
    from healthcheck.core.employers import Known
    from healthcheck.core.facts import Audience
    from healthcheck.services.context import Context
    from healthcheck.storage.cycles import Standing

Pair = tuple[str, str]
"""An employer's id and one of its services."""


@dataclass(frozen=True, slots=True)
class Line:
    """One cycle of the list: how many health checks are in it, and where it is today."""

    cycle: Cycle
    stage: Stage
    health_checks: int


def open_cycle(ctx: Context, new: Cycle, invite: Audience | None = EVERYONE) -> Cycle:
    """Open a cycle with a health check of every service invited, in one transaction.

    `new` needs no id; a blank edition is the newest. `invite` says which employers and services
    are meant: all of them unless said otherwise, and none when it is None. Raises
    UnacceptableDetailsError when the cycle exists or its dates cannot be, NotFoundError when there
    is no such questionnaire, and as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    return set_up(ctx, new, invite)


def set_up(ctx: Context, new: Cycle, invite: Audience | None = EVERYONE) -> Cycle:
    """Open a cycle as `open_cycle` does; for whoever runs the installation."""
    cycle = replace(
        new,
        id=secrets.token_urlsafe(12),
        edition=new.edition or ctx.library.newest(new.questionnaire),
    )
    ctx.library.get(cycle.questionnaire, cycle.edition)
    beginning.require_possible(cycle)
    with ctx.store.writing():
        if stored.find(ctx.store, cycle.questionnaire, cycle.name) is not None:
            raise UnacceptableDetailsError(
                f"There is a {cycle.name} cycle of this questionnaire already. Choose another name,"
                " or open that cycle and invite more employers to it."
            )
        beginning.add_cycle(ctx, cycle)
        if invite is not None:
            meant = [pair for pair in _all_pairs(ctx) if _is_meant(pair, invite)]
            beginning.begin_all(ctx, cycle, meant)
    return cycle


def invite(ctx: Context, cycle_id: str, chosen: Iterable[Pair]) -> tuple[Assessment, ...]:
    """Give these employers and services a health check in a cycle; who has one keeps it.

    Raises NotFoundError when an employer is not there or does not assess the service, and as
    `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    with ctx.store.writing():
        cycle = _get(ctx, cycle_id)
        there = {(each.id, service): each for each, service in _all_pairs(ctx)}
        wanted = dict.fromkeys(chosen)
        if wanted.keys() - there.keys():
            raise NotFoundError(
                "One of these employers is not there, or no longer assesses the service chosen."
                " Nobody was invited. Open the list again."
            )
        return beginning.begin_all(ctx, cycle, [(there[pair], pair[1]) for pair in wanted])


def change(ctx: Context, cycle_id: str, opens: date, due: date, closes: date) -> Cycle:
    """Give a cycle other dates; health checks with its deadline get the new one.

    Raises UnacceptableDetailsError when the dates cannot be, NotFoundError, and as
    `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    with ctx.store.writing():
        old = _get(ctx, cycle_id)
        new = replace(old, opens=opens, due=due, closes=closes)
        beginning.require_possible(new)
        if new == old:
            return old
        moved = stored.move_deadlines(ctx.store, old, due) if due != old.due else ()
        stored.change_dates(ctx.store, new)
        beginning.note_cycle(ctx, "cycle changed", new)
        for assessment_id, employer_id in moved:
            events.add(
                ctx.store,
                "deadline changed",
                ctx.now,
                person_id=ctx.someone().id,
                assessment_id=assessment_id,
                employer_id=employer_id,
                detail={"from": old.due.isoformat(), "to": due.isoformat()},
            )
    return new


def every(ctx: Context) -> tuple[Line, ...]:
    """Return every cycle, the latest deadline first. Raises as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    counts = stored.counts(ctx.store)
    return tuple(
        Line(each, core.stage(each, today(ctx)), counts.get((each.questionnaire, each.name), 0))
        for each in stored.of_all(ctx.store)
    )


def editions(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return what a cycle can be opened on, the newest edition of each questionnaire first.

    Each is `questionnaire/edition` and its title. Raises as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    there = sorted(ctx.library.editions(), key=lambda each: each[1], reverse=True)
    there.sort(key=lambda each: each[0])
    return tuple(
        (f"{name}/{edition}", f"{ctx.library.get(name, edition).title}, edition {edition}")
        for name, edition in there
    )


def get(ctx: Context, cycle_id: str) -> Cycle:
    """Return a cycle. Raises NotFoundError, and as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    return _get(ctx, cycle_id)


def health_checks(ctx: Context, cycle: Cycle) -> int:
    """Return how many health checks a cycle has."""
    return len(stored.invited(ctx.store, cycle))


def standings(ctx: Context, cycle: Cycle) -> tuple[Standing, ...]:
    """Return where every health check of a cycle stands. Raises as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    return stored.standings(ctx.store, cycle)


def not_invited(ctx: Context, cycle: Cycle) -> tuple[tuple[Known, str], ...]:
    """Return every employer and service that has no health check in a cycle yet.

    Raises as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.RUN_CYCLES)
    invited = stored.invited(ctx.store, cycle)
    return tuple(
        (each, service) for each, service in _all_pairs(ctx) if (each.id, service) not in invited
    )


def _all_pairs(ctx: Context) -> tuple[tuple[Known, str], ...]:
    known = stored_employers.of_all(ctx.store)
    return tuple((each, service) for each in known for service in each.details.services)


def _is_meant(pair: tuple[Known, str], audience: Audience) -> bool:
    known, service = pair
    facts = Facts(service, known.details.nation, known.details.employer_type)
    return audience.includes(facts)


def _get(ctx: Context, cycle_id: str) -> Cycle:
    cycle = stored.find_by_id(ctx.store, cycle_id)
    if cycle is None:
        raise NotFoundError("There is no such cycle.")
    return cycle

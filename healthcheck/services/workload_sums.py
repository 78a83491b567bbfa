"""What schemes make of the snapshots of many teams, in a fixed number of queries.

A sum is worked out when somebody first asks for it and kept; it is never the only place where
anything stands. What keeps it right is in `storage.workload_sums`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from healthcheck.core.errors import NoRateError
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.decisions import above
from healthcheck.core.workload.kept_results import packed, unpacked
from healthcheck.services import teams
from healthcheck.storage import snapshots as stored_snapshots
from healthcheck.storage import workload_sums as stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from healthcheck.core.workload.decisions import Day
    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context

MOST_AT_ONCE = 25
"""Snapshots worked out while one write lock is held."""


def make(ctx: Context, those: Collection[Team]) -> None:
    """Work out what is not kept yet of these teams' snapshots, and keep it.

    Raises BusyError and NoRoomError.
    """
    wanted, made_from = _wanted(ctx, those), _made_from(ctx)
    lacking = [*stored.lacking(ctx.store, wanted, made_from).items()]
    for start in range(0, len(lacking), MOST_AT_ONCE):
        with ctx.store.writing():
            for (team_id, snapshot_id), scheme_ids in lacking[start : start + MOST_AT_ONCE]:
                kept = stored_snapshots.find(ctx.store, team_id, snapshot_id)
                if kept is not None:
                    _put(ctx, snapshot_id, kept.snapshot, scheme_ids, made_from)


def newest(ctx: Context, those: Collection[Team]) -> dict[str, tuple[Result, ...]]:
    """Return the results of each team's newest snapshot, by the team's id, as its schemes stand.

    They have no cases. Teams without a snapshot are not there. Call `make` first.
    """
    return _results(ctx, those, stored.newest(ctx.store, _wanted(ctx, those)))


def every(ctx: Context, team: Team) -> tuple[Result, ...]:
    """Return the results of all snapshots of a team, newest first. Call `make` first."""
    kept = stored.every(ctx.store, _wanted(ctx, [team]))
    return _results(ctx, [team], kept).get(team.id, ())


def days_above(ctx: Context, those: Collection[Team]) -> dict[str, tuple[Day, ...]]:
    """Return who was at or above capacity on which day, by the team's id. Call `make` first."""
    found = stored.above(ctx.store, _wanted(ctx, those))
    return {team_id: tuple(days) for team_id, days in found.items()}


def result_or_why_not(scheme: Scheme, snapshot: Snapshot) -> Result | NoRateError:
    """Return what a scheme makes of a snapshot, or why it has no figures for that day."""
    try:
        return calculate(scheme, snapshot)
    except NoRateError as lacks:
        return lacks


def _put(
    ctx: Context, snapshot_id: str, snapshot: Snapshot, scheme_ids: Iterable[str], made_from: str
) -> None:
    for scheme_id in scheme_ids:
        made = result_or_why_not(ctx.library.schemes.by_id[scheme_id], snapshot)
        stored.put(
            ctx.store,
            snapshot_id,
            scheme_id,
            made_from,
            above=() if isinstance(made, NoRateError) else above([made]),
            packed=None if isinstance(made, NoRateError) else packed(made),
        )


def _results(
    ctx: Context, those: Collection[Team], kept: Sequence[stored.Sum]
) -> dict[str, tuple[Result, ...]]:
    by_id = {each.id: each for each in those}
    names = {each.id: {one.id: one.name for one in each.workers} for each in those}
    order = {each.id: list(each.scheme_ids) for each in those}
    found: dict[str, list[Result]] = {}
    for each in sorted(kept, key=lambda sum_: order[sum_.team_id].index(sum_.scheme_id)):
        if each.packed is not None:
            scheme, team = ctx.library.schemes.by_id[each.scheme_id], by_id[each.team_id]
            made = unpacked(scheme, team.name, each.taken_on, names[team.id], each.packed)
            found.setdefault(team.id, []).append(made)
    return {team_id: tuple(results) for team_id, results in found.items()}


def _wanted(ctx: Context, those: Iterable[Team]) -> stored.Wanted:
    return {each.id: tuple(one.id for one in teams.chosen(ctx, each)) for each in those}


def _made_from(ctx: Context) -> str:
    """Return what names the schemes and the program that sums are made with."""
    made_with = (sorted(ctx.library.schemes.digests.items()), ctx.report_version)
    return hashlib.sha256(repr(made_with).encode()).hexdigest()

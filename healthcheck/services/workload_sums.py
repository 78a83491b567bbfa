"""What schemes make of the snapshots of many teams, in a fixed number of queries.

Sums are worked out as a snapshot is saved, and kept; those that are lacking all the same, such as
after a change of the program or of a scheme, when somebody first asks for them. A sum is never the
only place where anything stands. What keeps it right is in `storage.workload_sums`.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from healthcheck.core.errors import BusyError, NoRateError, NoRoomError
from healthcheck.core.workload import team_sums
from healthcheck.core.workload.at_capacity import who_is_above
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.kept_results import packed, unpacked
from healthcheck.core.workload.schemes import Priority, standing_for
from healthcheck.storage import snapshots as stored_snapshots
from healthcheck.storage import teams as stored_teams
from healthcheck.storage import workload_sums as stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from healthcheck.core.workload.at_capacity import Day
    from healthcheck.core.workload.kept_results import Packed
    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.core.workload.team_sums import TeamSum
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context

MOST_AT_ONCE = 25
"""Snapshots worked out while one write lock is held."""


def make(ctx: Context, those: Collection[Team]) -> None:
    """Work out what is not kept yet of all snapshots of these teams; not inside a transaction.

    Raises BusyError and NoRoomError.
    """
    made_from = _made_from(ctx)
    sums = [*stored.lacking(ctx.store, _wanted(ctx, those), made_from).items()]
    for start in range(0, len(sums), MOST_AT_ONCE):
        with ctx.store.writing():
            for (team_id, snapshot_id), scheme_ids in sums[start : start + MOST_AT_ONCE]:
                _put(ctx, team_id, snapshot_id, scheme_ids, made_from)


def make_ready(ctx: Context, seconds: float) -> None:
    """Work out what pages of any team lack, as after an upgrade, but begin none after so long.

    What is left then, or cannot be kept now, is worked out when somebody asks for it.
    """
    until, made_from = time.monotonic() + seconds, _made_from(ctx)
    wanted = {each: _with_loads(ctx, ids) for each, ids in stored_teams.schemes(ctx.store).items()}
    with suppress(BusyError, NoRoomError):
        for team_id in stored.teams_lacking(ctx.store, wanted, made_from):
            if time.monotonic() > until:
                break
            with ctx.store.writing():
                _keep(ctx, team_id, wanted[team_id], made_from)


def renew(ctx: Context, team: Team, saved: str | None = None) -> None:
    """Keep what pages show of a team's newest snapshot, inside the caller's transaction.

    `saved` is the id of a snapshot that was saved just now, whose sums are kept too.
    """
    wanted, made_from = _wanted(ctx, [team]), _made_from(ctx)
    if saved is not None:
        _sums(ctx, team.id, saved, wanted[team.id], made_from)
    for team_id in stored.teams_lacking(ctx.store, wanted, made_from):
        _keep(ctx, team_id, wanted[team_id], made_from)


def newest(ctx: Context, those: Collection[Team]) -> dict[str, TeamSum]:
    """Return what is kept of each team's newest snapshot, by the team's id; made when lacking.

    Teams without a snapshot that has a load are not there. Raises as `make` does.
    """
    schemes, made_from = ctx.library.schemes.by_id, _made_from(ctx)
    wanted = _wanted(ctx, those)
    kept = stored.of_teams(ctx.store, wanted, made_from)
    for each in those:
        if each.id not in kept:
            with ctx.store.writing():
                kept[each.id] = _keep(ctx, each.id, wanted[each.id], made_from)
    return {
        each.id: team_sums.read(found, schemes, _names(each))
        for each in those
        if (found := kept[each.id]) is not None
    }


def trend(ctx: Context, team: Team) -> tuple[Result, ...]:
    """Return the results of all snapshots of a team, newest first, made when lacking.

    They have no cases, and are under the scheme that stands for the team. Raises as `make` does.
    """
    make(ctx, [team])
    scheme_ids = _with_loads(ctx, team.scheme_ids)
    kept = stored.every(ctx.store, team.id, scheme_ids, _made_from(ctx))
    has_results = {each.scheme_id for each in kept if each.text is not None}
    schemes = team.chosen(ctx.library.schemes.by_id)
    scheme = standing_for(each for each in schemes if each.id in has_results)
    names = _names(team)
    return tuple(
        unpacked(scheme, team.name, each.taken_on, names, each.packed)
        for each in kept
        if scheme is not None and each.scheme_id == scheme.id and each.text is not None
    )


def result_or_why_not(scheme: Scheme, snapshot: Snapshot) -> Result | NoRateError:
    """Return what a scheme makes of a snapshot, or why it has no figures for that day."""
    try:
        return calculate(scheme, snapshot)
    except NoRateError as lacks:
        return lacks


def _keep(ctx: Context, team_id: str, scheme_ids: Sequence[str], made_from: str) -> Packed | None:
    """Keep what pages show of a team's newest snapshot, and return it.

    Earlier ones are read only as far back as anybody above now was above in each of them.
    """
    results: list[Result] = []
    days: list[Day] = []
    still: frozenset[str | None] = frozenset()
    for snapshot_id, taken_on in stored_snapshots.days(ctx.store, team_id):
        sums = _sums(ctx, team_id, snapshot_id, scheme_ids, made_from)
        those = frozenset[str | None]().union(*(each.above for each in sums))
        if not days:
            results, still = [_result(ctx, each) for each in sums if each.text is not None], those
        days.append((taken_on, those))
        still &= those
        if not still:
            break
    kept = team_sums.summed(results, days)
    stored.put_team(ctx.store, team_id, scheme_ids, made_from, kept)
    return kept


def _sums(
    ctx: Context, team_id: str, snapshot_id: str, scheme_ids: Sequence[str], made_from: str
) -> list[stored.Sum]:
    """Return what these schemes make of a snapshot; what is not kept yet is worked out first."""
    kept = stored.of_snapshot(ctx.store, snapshot_id, made_from)
    lacking = [each for each in scheme_ids if each not in kept]
    if lacking:
        _put(ctx, team_id, snapshot_id, lacking, made_from)
        kept = stored.of_snapshot(ctx.store, snapshot_id, made_from)
    return [kept[each] for each in scheme_ids]


def _put(
    ctx: Context, team_id: str, snapshot_id: str, scheme_ids: Iterable[str], made_from: str
) -> None:
    """Work out what schemes make of a snapshot, and keep it."""
    kept = stored_snapshots.find(ctx.store, team_id, snapshot_id)
    if kept is None:  # pragma: no cover - it was deleted just after it was seen to be lacking
        return
    for scheme_id in scheme_ids:
        made = result_or_why_not(ctx.library.schemes.by_id[scheme_id], kept.snapshot)
        stored.put(
            ctx.store,
            snapshot_id,
            scheme_id,
            made_from,
            above=() if isinstance(made, NoRateError) else who_is_above(made),
            packed=None if isinstance(made, NoRateError) else packed(made),
        )


def _result(ctx: Context, kept: stored.Sum) -> Result:
    """Return a result that names nobody."""
    scheme = ctx.library.schemes.by_id[kept.scheme_id]
    return unpacked(scheme, "", kept.taken_on, {}, kept.packed)


def _names(team: Team) -> dict[str, str]:
    return {each.id: each.name for each in team.workers}


def _wanted(ctx: Context, those: Iterable[Team]) -> stored.Wanted:
    return {each.id: _with_loads(ctx, each.scheme_ids) for each in those}


def _with_loads(ctx: Context, scheme_ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of the schemes that are known and have loads: an order of cases has no sum."""
    known = ctx.library.schemes.by_id
    return tuple(
        each for each in scheme_ids if each in known and not isinstance(known[each].rule, Priority)
    )


def _made_from(ctx: Context) -> str:
    """Return what names the schemes and the program that sums are made with."""
    made_with = (sorted(ctx.library.schemes.digests.items()), ctx.report_version)
    return hashlib.sha256(repr(made_with).encode()).hexdigest()

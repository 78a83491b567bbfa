"""What schemes say of teams: for whoever keeps their caseloads, and for each worker alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.cycles import day as written
from healthcheck.core.errors import NoRateError, NotFoundError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.workload.changes import applied, in_words
from healthcheck.core.workload.decisions import needs
from healthcheck.services import snapshots, teams, workload_sums
from healthcheck.services.open_now import today
from healthcheck.storage import decisions as stored_decisions
from healthcheck.storage import roles
from healthcheck.storage import snapshots as stored_snapshots

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from healthcheck.core.workload.changes import Change
    from healthcheck.core.workload.decisions import Need
    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.core.workload.team_sums import TeamSum
    from healthcheck.core.workload.teams import Kept, Taken, Team, TeamWorker
    from healthcheck.services.context import Context

NO_LOAD = "There is no workload here that you can open."
NO_SCHEME = "None of this team’s schemes is here any more. Its lead can choose another."


@dataclass(frozen=True)
class Judged:
    """A snapshot under every scheme of its team; `refused` says which have no figures for it."""

    snapshot: Snapshot
    results: tuple[Result, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class TeamWorkload:
    """A team's snapshot with its results, the trend over all snapshots, and who needs a decision.

    `trend` has results without cases, newest snapshot first, under the main scheme. `needs` are
    those of the newest snapshot, whichever is shown.
    """

    team: Team
    kept: Kept | None
    days: tuple[Taken, ...]
    judged: Judged | None
    trend: tuple[Result, ...]
    needs: tuple[Need, ...]
    today: date


@dataclass(frozen=True)
class WhatIf:
    """A team's newest snapshot as it is, and as it would be after some changes, in words.

    `problem` says why the last change could not be made; then it was left out.
    """

    team: Team
    kept: Kept
    before: Judged
    after: Judged
    changes: tuple[Change, ...]
    words: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class OwnLoad:
    """What one worker may see: their own load in a team's newest snapshot, and nobody else's.

    `judged` is None without a snapshot, or where they are not in the newest one.
    """

    team: Team
    worker: TeamWorker
    kept: Kept | None
    judged: Judged | None
    trend: tuple[Result, ...]
    today: date

    @property
    def why_nothing(self) -> str:
        """Why no scheme says anything of the load, in a sentence or more; blank where one does."""
        if self.kept is None:
            return "There is no snapshot of this team yet."
        if self.judged is None:
            day = written(self.kept.taken_on)
            return f"{self.worker.name} is not in the newest snapshot of this team, that of {day}."
        if self.judged.results:
            return ""
        return " ".join(self.judged.refused) or NO_SCHEME


def team_page(ctx: Context, team_id: str, snapshot_id: str | None = None) -> TeamWorkload:
    """Return a team's workload, by its newest snapshot or another.

    Raises NotSignedInError and NotFoundError.
    """
    team = teams.team(ctx, team_id)
    kept = (
        snapshots.newest(ctx, team_id)
        if snapshot_id is None
        else snapshots.snapshot(ctx, team_id, snapshot_id)
    )
    return TeamWorkload(
        team,
        kept,
        stored_snapshots.days(ctx.store, team.id),
        None if kept is None else judged(ctx, team, kept.snapshot),
        workload_sums.trend(ctx, team),
        needs_of(ctx, [team])[team.id],
        today(ctx),
    )


def what_if(ctx: Context, team_id: str, changes: Sequence[Change]) -> WhatIf:
    """Return what would become of a team's newest snapshot; nothing is saved.

    Raises NotSignedInError, and NotFoundError also when there is no snapshot.
    """
    team = teams.team(ctx, team_id)
    kept = snapshots.newest(ctx, team_id)
    if kept is None:
        raise NotFoundError("There is no snapshot of this team yet to try anything on.")
    made: list[Change] = []
    words: list[str] = []
    after, problem = kept.snapshot, ""
    for change in changes:
        try:
            said = in_words(after, change)
            tried = applied(kept.snapshot, [*made, change])
        except (NotFoundError, UnacceptableDetailsError) as fault:
            problem = str(fault)
        else:
            after = tried
            made.append(change)
            words.append(said)
    return WhatIf(
        team,
        kept,
        judged(ctx, team, kept.snapshot),
        judged(ctx, team, after),
        tuple(made),
        tuple(words),
        problem,
    )


def own(ctx: Context) -> tuple[OwnLoad, ...]:
    """Return a person's own load in each team where they are a worker.

    Raises NotSignedInError, and NotFoundError for those who are nobody's practitioner or manager.
    """
    if not has_own(ctx):
        raise NotFoundError(NO_LOAD)
    return tuple(own_in(ctx, team, worker) for team, worker in teams.mine(ctx))


def has_own(ctx: Context) -> bool:
    """Say whether the person has a role that lets them see their own load anywhere.

    Raises NotSignedInError.
    """
    held = roles.employers_of(ctx.store, ctx.someone().id)
    return any(can(each, Permission.SEE_OWN_LOAD) for _, each in held)


def own_in(ctx: Context, team: Team, worker: TeamWorker) -> OwnLoad:
    """Return one worker's load in a team, for a caller who has proved whose it may be."""
    kept = stored_snapshots.latest(ctx.store, [team.id]).get(team.id)
    is_there = kept is not None and worker.id in kept.snapshot.worker_of
    made = judged(ctx, team, kept.snapshot) if kept is not None and is_there else None
    trend = tuple(each for each in workload_sums.trend(ctx, team) if worker.id in each.of)
    return OwnLoad(team, worker, kept, made, trend, today(ctx))


def needs_of(ctx: Context, those: Collection[Team]) -> dict[str, tuple[Need, ...]]:
    """Return who is at or above capacity in each of these teams, by the team's id.

    Nobody is in a team that was closed. The caller has proved that the person may open them.
    """
    return needs_in(ctx, those, workload_sums.newest(ctx, those))


def needs_in(
    ctx: Context, those: Collection[Team], sums: Mapping[str, TeamSum]
) -> dict[str, tuple[Need, ...]]:
    """Return the same from what was read already of their newest snapshots."""
    decided = stored_decisions.of_teams(ctx.store, [each.id for each in those])
    return {
        each.id: needs(sums[each.id].above, decided[each.id], today(ctx))
        if each.id in sums and each.closed_at is None
        else ()
        for each in those
    }


def judged(ctx: Context, team: Team, snapshot: Snapshot) -> Judged:
    """Return a snapshot under every scheme of its team."""
    made = [
        (each, workload_sums.result_or_why_not(each, snapshot)) for each in teams.chosen(ctx, team)
    ]
    return Judged(
        snapshot,
        tuple(each for _, each in made if not isinstance(each, NoRateError)),
        tuple(f"{by.title}: {each}" for by, each in made if isinstance(each, NoRateError)),
    )

"""A team's cases in order of priority, for whoever keeps its caseload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NoRateError
from healthcheck.core.workload.schemes import Priority
from healthcheck.services import snapshots, teams, workload_sums
from healthcheck.services.open_now import today

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.teams import Kept, Team
    from healthcheck.services.context import Context


@dataclass(frozen=True)
class TeamOrders:
    """A snapshot of a team in the order of each of its schemes that makes one.

    `refused` says which have no figures for its day. Without such a scheme `has_scheme` is false.
    """

    team: Team
    kept: Kept | None
    results: tuple[Result, ...]
    refused: tuple[str, ...]
    has_scheme: bool
    today: date


def of_team(ctx: Context, team_id: str, snapshot_id: str | None = None) -> TeamOrders:
    """Return the orders of a team's newest snapshot, or of another.

    Raises NotSignedInError and NotFoundError.
    """
    team = teams.team(ctx, team_id)
    kept = snapshots.newest(ctx, team_id)
    if snapshot_id is not None:
        kept = snapshots.snapshot(ctx, team_id, snapshot_id)
    chosen = [each for each in teams.chosen(ctx, team) if isinstance(each.rule, Priority)]
    made = [(each, workload_sums.result_or_why_not(each, kept.snapshot)) for each in chosen if kept]
    return TeamOrders(
        team,
        kept,
        tuple(each for _, each in made if not isinstance(each, NoRateError)),
        tuple(f"{by.title}: {each}" for by, each in made if isinstance(each, NoRateError)),
        has_scheme=bool(chosen),
        today=today(ctx),
    )

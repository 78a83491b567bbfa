"""The teams of a service as figures count them: newest snapshot, safe level, the year's months.

No name of a worker is read for it. The caller has proved that the person may see totals.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.workload.figures import MOST_DAYS_APART, year_to
from healthcheck.core.workload.kept_results import unpacked
from healthcheck.core.workload.safe_levels import Counted, safe_level_of
from healthcheck.services import workload_sums
from healthcheck.services.teams import chosen
from healthcheck.storage import caseload_figures as stored
from healthcheck.storage import teams as stored_teams

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context

BEFORE_THE_YEAR = timedelta(days=2 * MOST_DAYS_APART)
"""A team's newest snapshot may be that much older than the day, and its first month is whole."""


def of_service(ctx: Context, employer_id: str, service: str) -> tuple[Team, ...]:
    """Return an employer's teams of a service, by name."""
    found = stored_teams.of_employer(ctx.store, employer_id)
    return tuple(each for each in found if each.service == service)


def prepare(ctx: Context, employer_id: str, service: str) -> None:
    """Work out what is not kept yet of these teams' snapshots; not inside a transaction.

    Raises BusyError and NoRoomError.
    """
    workload_sums.make(ctx, of_service(ctx, employer_id, service))


def counted(ctx: Context, those: Sequence[Team], day: date) -> tuple[Counted, ...]:
    """Return these teams as they were by a day. Call `prepare` first."""
    kept = stored.as_of(ctx.store, [each.id for each in those], day)
    months = _months(ctx, those, day)
    return tuple(
        Counted(each.name, kept.get(each.id), chosen(ctx, each), tuple(months.get(each.id, ())))
        for each in those
    )


def _months(ctx: Context, those: Sequence[Team], day: date) -> dict[str, list[Result]]:
    names = {each.id: each.name for each in those}
    by_team = {each.id: safe_level_of(chosen(ctx, each)) for each in those}
    schemes = {team_id: scheme for team_id, scheme in by_team.items() if scheme is not None}
    scheme_of = {team_id: scheme.id for team_id, scheme in schemes.items()}
    since = year_to(day) - BEFORE_THE_YEAR
    found: dict[str, list[Result]] = {}
    for each in stored.months(ctx.store, scheme_of, since, day):
        made = unpacked(schemes[each.team_id], names[each.team_id], each.taken_on, {}, each.packed)
        found.setdefault(each.team_id, []).append(made)
    return found

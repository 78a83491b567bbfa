"""The workload of all teams of an employer, with totals by service and scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.workload.calculating import of_teams
from healthcheck.services import teams, workload, workload_sums
from healthcheck.services.open_now import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from healthcheck.core.accounts import Employer
    from healthcheck.core.workload.decisions import Need
    from healthcheck.core.workload.results import TeamLoad
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.team_sums import TeamSum
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context


@dataclass(frozen=True)
class TeamLine:
    """One team of a service; `sum` is of its newest snapshot, None without one that has a load."""

    team: Team
    sum: TeamSum | None
    needs: tuple[Need, ...]

    @property
    def waiting(self) -> tuple[Need, ...]:
        """Those that wait for a decision, the longest waiting first."""
        return tuple(each for each in self.needs if each.is_waiting)


@dataclass(frozen=True)
class Total:
    """All workers of one service that are judged by one scheme, together."""

    service: str
    scheme: Scheme
    teams: int
    workers: int
    load: TeamLoad
    unallocated: int


@dataclass(frozen=True)
class ServiceWorkload:
    """The teams of an employer that the person may open, and totals by service and scheme."""

    employer: Employer
    lines: tuple[TeamLine, ...]
    totals: tuple[Total, ...]
    may_set_up: bool
    today: date


def of_service(ctx: Context, employer_id: str) -> ServiceWorkload:
    """Return the workload of an employer's teams, in a fixed number of queries once it is made.

    Raises NotSignedInError and NotFoundError.
    """
    employer = teams.employer(ctx, employer_id)
    those = teams.teams_of(ctx, employer_id)
    sums = workload_sums.newest(ctx, those)
    wanting = workload.needs_in(ctx, those, sums)
    lines = tuple(TeamLine(each, sums.get(each.id), wanting[each.id]) for each in those)
    may_set_up = teams.may_set_up(ctx, employer_id)
    return ServiceWorkload(employer, lines, _totals(lines), may_set_up, today(ctx))


def _totals(lines: Iterable[TeamLine]) -> tuple[Total, ...]:
    found: dict[tuple[str, str], list[TeamSum]] = {}
    for line in lines:
        if line.sum is not None:
            found.setdefault((line.team.service, line.sum.scheme.id), []).append(line.sum)
    return tuple(_total(service, sums) for (service, _), sums in found.items())


def _total(service: str, sums: Sequence[TeamSum]) -> Total:
    scheme = sums[0].scheme
    return Total(
        service,
        scheme,
        len(sums),
        sum(each.workers for each in sums),
        of_teams(scheme, [each.team for each in sums if each.workers]),
        sum(each.unallocated.cases for each in sums),
    )

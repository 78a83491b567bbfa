"""What is kept of a team's newest snapshot, to be read back for many teams at once.

Loads, lights and sentences come back exactly as they were worked out; workers are named anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.workload.at_capacity import THE_TEAM, AtCapacity, at_capacity
from healthcheck.core.workload.kept_results import (
    Packed,
    packed,
    unpacked,
    unpacked_team,
    unpacked_unallocated,
)
from healthcheck.core.workload.schemes import standing_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.core.workload.at_capacity import Day
    from healthcheck.core.workload.results import Result, TeamLoad, Unallocated
    from healthcheck.core.workload.schemes import Scheme


@dataclass(frozen=True, slots=True)
class TeamSum:
    """A team's newest snapshot under the scheme that stands for it, and who is above in any.

    `workers` counts them; `kept` is the whole result, to be read by `result`.
    """

    scheme: Scheme
    taken_on: date
    workers: int
    team: TeamLoad
    unallocated: Unallocated
    above: tuple[AtCapacity, ...]
    kept: Packed

    def result(self, team: str, names: Mapping[str, str]) -> Result:
        """Return the result without cases; names are those of team and workers now."""
        return unpacked(self.scheme, team, self.taken_on, names, self.kept)


def summed(results: Sequence[Result], earlier: Sequence[Day]) -> Packed | None:
    """Return what to keep of results of the newest snapshot; None when no scheme has a load.

    `earlier` says who was above on the day of each snapshot, newest first.
    """
    scheme = standing_for(each.scheme for each in results)
    if scheme is None:
        return None
    (main,) = [each for each in results if each.scheme is scheme]
    return [
        scheme.id,
        main.snapshot.taken_on.isoformat(),
        packed(main),
        [
            [each.worker_id, each.said, *each.starts.as_integer_ratio(), each.since.isoformat()]
            for each in at_capacity(results, earlier)
        ],
    ]


def read(kept: Packed, schemes: Mapping[str, Scheme], names: Mapping[str, str]) -> TeamSum:
    """Return what was kept, of the same schemes, with the names that workers have."""
    scheme_id, day, result, those = kept
    scheme, taken_on = schemes[scheme_id], date.fromisoformat(day)
    return TeamSum(
        scheme,
        taken_on,
        len(result[2]),
        unpacked_team(scheme, result),
        unpacked_unallocated(result),
        tuple(
            AtCapacity(
                worker_id,
                THE_TEAM if worker_id is None else names.get(worker_id, worker_id),
                tuple(said),
                Fraction(above, below),
                taken_on,
                date.fromisoformat(since),
            )
            for worker_id, said, above, below, since in those
        ),
        result,
    )

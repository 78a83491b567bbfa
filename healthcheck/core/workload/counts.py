"""Cases counted alone: the crude comparison."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.workload.measures import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.snapshots import Case


class ByCount(Measure):
    """Every case counts one, whatever it asks of the worker; nothing to hold it against."""

    used = ()

    def load(self, cases: Sequence[Case], gaps: Gaps) -> Fraction:  # noqa: ARG002 - as the others
        """Return how many cases there are."""
        return Fraction(len(cases))

    def words(self, case: Case) -> str:  # noqa: ARG002 - as the others
        """Return that it counts one."""
        return "1 case"

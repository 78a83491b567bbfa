"""What every load scheme has: a load for each case, its words, and the target it is held against.

Loads are added as whole numbers over one denominator, which is many times faster than adding
Fractions and just as exact.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.results import Used
    from healthcheck.core.workload.snapshots import Case, Worker


class Measure(ABC):
    """One scheme's rule on one day. `target` is what a full-time worker can carry, if anything.

    `scores_referrals` says whether cases without a worker have a load too, `agrees` whether their
    scores have to be agreed. `used` are the dated figures it takes.
    """

    used: tuple[Used, ...]
    target: Fraction | None = None
    scores_referrals = True
    agrees = False

    @abstractmethod
    def load(self, cases: Sequence[Case], gaps: Gaps) -> Fraction:
        """Return what the cases add up to; what cannot be counted is noted."""

    @abstractmethod
    def words(self, case: Case) -> str:
        """Return how one case's load comes about, in words and numbers."""

    def own_load(self, worker: Worker, gaps: Gaps) -> Fraction:  # noqa: ARG002 - for the others
        """Return what a worker carries beside cases; nothing, unless the scheme scores that."""
        return Fraction(0)

    def own_words(self, worker: Worker) -> tuple[str, ...]:  # noqa: ARG002 - for the others
        """Return how that comes about, a sentence each."""
        return ()

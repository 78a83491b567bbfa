"""Points for each case on indicators with a scale, and for a worker's other demands."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.measures import Measure
from healthcheck.core.workload.results import Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.workload.gaps import Gaps
    from healthcheck.core.workload.schemes import Indicator, Points
    from healthcheck.core.workload.snapshots import Case, Worker


class ByPoints(Measure):
    """Cases by their scores. Raises NoRateError for a day without a target."""

    def __init__(self, rule: Points, day: date) -> None:
        row = rule.target.on(day)
        self.target = row.value
        self.used = (Used(rule.target.name, row),)
        self.scores_referrals = rule.scores_referrals
        self.agrees = rule.agreed_by_both
        self._of_case = [each for each in rule.indicators if each.of == "case"]
        self._of_worker = [each for each in rule.indicators if each.of == "worker"]

    def load(self, cases: Sequence[Case], gaps: Gaps) -> Fraction:
        """Return the scores of the cases added up, each indicator within its scale."""
        whole = 0
        parts = Fraction(0)
        for indicator in self._of_case:
            name = indicator.id
            lowest, highest = _whole_limits(indicator)
            for case in cases:
                score = case.scores.get(name)
                if score is None:
                    gaps.note(_lacking(indicator), case.worker_id, case.id)
                    continue
                above, below = score.as_integer_ratio()
                if below == 1 and lowest <= above <= highest:
                    whole += above
                elif _fits(indicator, score):
                    parts += score
                else:
                    gaps.note(_outside(indicator), case.worker_id, case.id)
        return whole + parts

    def words(self, case: Case) -> str:
        """Return such as "Risk 3 + Time 5 = 8"."""
        shown, found = [], []
        for indicator in self._of_case:
            score = case.scores.get(indicator.id)
            shown.append(_score_in_words(indicator, score))
            if score is not None and _fits(indicator, score):
                found.append(score)
        return f"{' + '.join(shown)} = {amount(sum(found, Fraction(0)))}"

    def own_load(self, worker: Worker, gaps: Gaps) -> Fraction:
        """Return the points for the worker's other demands; without a scale they may be none."""
        points = Fraction(0)
        for indicator in self._of_worker:
            score = worker.scores.get(indicator.id)
            if score is None:
                if indicator.scale is not None:
                    gaps.note(_lacking(indicator), worker.id)
            elif _fits(indicator, score):
                points += score
            else:
                gaps.note(_outside(indicator), worker.id)
        return points

    def own_words(self, worker: Worker) -> tuple[str, ...]:
        """Return a sentence for each indicator about the worker."""
        return tuple(
            f"Beside the cases: {_score_in_words(each, worker.scores.get(each.id))}."
            for each in self._of_worker
        )


def _whole_limits(indicator: Indicator) -> tuple[int, int]:
    """Return the lowest and highest whole score; nothing is within them without a scale."""
    scale = indicator.scale
    return (ceil(scale.lowest), floor(scale.highest)) if scale else (1, 0)


def _fits(indicator: Indicator, score: Fraction) -> bool:
    scale = indicator.scale
    return score >= 0 if scale is None else scale.lowest <= score <= scale.highest


def _score_in_words(indicator: Indicator, score: Fraction | None) -> str:
    if score is None:
        return f"{indicator.title} (no {'points' if indicator.scale is None else 'score'})"
    if not _fits(indicator, score):
        return f"{indicator.title} (outside its scale)"
    return f"{indicator.title} {amount(score)}"


def _lacking(indicator: Indicator) -> str:
    return f"“{indicator.title}” has no score, so it is not counted."


def _outside(indicator: Indicator) -> str:
    scale = indicator.scale
    if scale is None:
        return f"“{indicator.title}” has points below 0, which are not counted."
    limits = f"{amount(scale.lowest)} to {amount(scale.highest)}"
    return f"“{indicator.title}” is scored outside {limits}, so the score is not counted."

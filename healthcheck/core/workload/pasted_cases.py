"""What a table says of cases: their kind, scores, who agreed, how long they have waited."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from healthcheck.core.typed import RefusedError
from healthcheck.core.workload import cells, columns, references
from healthcheck.core.workload.snapshots import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from healthcheck.core.workload.columns import Layout

MOST_CASE_HOURS = Fraction(744)
"""The hours of the longest month."""
Value = TypeVar("Value")


class Cases:
    """Reads cells of cases; what cannot be taken is told to `refuse`, with the column's key."""

    def __init__(
        self, layout: Layout, taken_on: date, refuse: Callable[[str, str], object]
    ) -> None:
        self._layout = layout
        self._taken_on = taken_on
        self._refuse = refuse
        self._kinds = {each.id: each.title for each in layout.kinds.values()}
        self._factors = {each.id: each.title for each in layout.factors.values()}
        self._grades = {
            each.id: {grade.id: grade.title for grade in each.grades}
            for each in layout.criteria.values()
        }

    def read(self, said: Mapping[str, str]) -> Case:
        """Return the case that a line tells of, without an id and a worker."""
        by_both = self._take(said, columns.AGREED.key, cells.agreed) or (False, False)
        by_supervisor = self._take(said, columns.BY_SUPERVISOR.key, cells.yes)
        by_worker = self._take(said, columns.BY_WORKER.key, cells.yes)
        return Case(
            id="",
            worker_id=None,
            kind=self._take(said, columns.KIND.key, self._kind) or "",
            reference=self._take(said, columns.REFERENCE.key, _reference) or "",
            scores=self._scores(said),
            hours=self._take(said, columns.CASE_HOURS.key, _hours),
            agreed_by_supervisor=bool(by_both[0] or by_supervisor),
            agreed_by_worker=bool(by_both[1] or by_worker),
            waiting_since=self._since(said),
            factors=self._having(said),
            judged=self._judged(said),
        )

    def number(self, said: Mapping[str, str], key: str) -> int | None:
        """Return how many cases a cell counts; None when it is blank or cannot be taken."""
        return self._take(said, key, _count)

    def _take(
        self, said: Mapping[str, str], key: str, reader: Callable[[str], Value]
    ) -> Value | None:
        if key not in said:
            return None
        try:
            return reader(said[key])
        except RefusedError as error:
            self._refuse(key, str(error))
            return None

    def _kind(self, raw: str) -> str:
        return cells.choice(raw, self._kinds, "a kind of case that this team’s schemes know")

    def _scores(self, said: Mapping[str, str]) -> dict[str, Fraction]:
        found = {}
        for each in self._layout.of_case.values():
            key = f"score.{each.id}"
            if key in said:
                score = self._take(said, key, partial(cells.score, indicator=each))
                if score is not None:
                    found[each.id] = score
        return found

    def _since(self, said: Mapping[str, str]) -> date | None:
        since = self._take(said, columns.SINCE.key, cells.day)
        if since is not None:
            return since
        return self._take(
            said, columns.DAYS.key, lambda raw: cells.days_before(raw, self._taken_on)
        )

    def _having(self, said: Mapping[str, str]) -> frozenset[str] | None:
        """Return the priority factors of a case, None when no cell says anything of them."""
        listed = self._take(
            said,
            columns.FACTORS.key,
            lambda raw: cells.several(raw, self._factors, "a priority factor"),
        )
        keys = {name: f"factor.{name}" for name in self._factors}
        ticked = {
            name: self._take(said, key, cells.yes) for name, key in keys.items() if key in said
        }
        if listed is None and not ticked:
            return None
        return (listed or frozenset()) | {name for name, is_there in ticked.items() if is_there}

    def _judged(self, said: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for each in self._layout.criteria.values():
            grades = self._grades[each.id]
            grade = self._take(
                said,
                f"criterion.{each.id}",
                partial(cells.choice, choices=grades, what=f"a grade of “{each.title}”"),
            )
            if grade is not None:
                found[each.id] = grade
        return found


def _reference(raw: str) -> str:
    problem = references.problem(raw)
    if problem:
        raise RefusedError(problem)
    return raw


def _hours(raw: str) -> Fraction:
    return cells.number(raw, Fraction(0), MOST_CASE_HOURS, "hours a month")


def _count(raw: str) -> int:
    return cells.whole(raw, cells.MOST_ALIKE, "a number of cases")

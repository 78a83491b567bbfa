"""What a table says of workers: their hours, protected time and points of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from healthcheck.core.employers import same
from healthcheck.core.typed import RefusedError
from healthcheck.core.workload import cells, columns
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.snapshot_faults import MOST_HOURS
from healthcheck.core.workload.snapshots import Reduction, Worker
from healthcheck.core.workload.team_rules import worker_name_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from healthcheck.core.workload.columns import Column, Layout
    from healthcheck.core.workload.snapshots import ReductionUnit

LONGEST_GRADE = 60
MOST_PROTECTED = 50
MOST_GUESSES = 40
"""Names of which the nearest known one is looked for: each takes a look at all that are known."""
NO_WEEK = (
    "No scheme of this team says how many hours a full-time week has on that day. Write contracted"
    " hours, or add a column of full-time hours."
)
MOST_FTE = Fraction(2)
MOST_POINTS = Fraction(100_000)
WHOLE_WEEK = Fraction(MOST_HOURS)
HUNDREDTHS = 100
HALF = Fraction(1, 2)
OFF = (
    columns.OFF_HOURS, columns.OFF_POINTS, columns.OFF_REASON, columns.OFF_FROM, columns.OFF_UNTIL,
)  # fmt: skip
OFF_KEYS = frozenset(each.key for each in OFF)
PARTS = {
    columns.GRADE.key: "grade",
    columns.CONTRACTED.key: "contracted_hours",
    columns.FTE.key: "contracted_hours",
    columns.FULL_TIME.key: "full_time_hours",
    columns.NEWLY_QUALIFIED.key: "newly_qualified",
}
"""Which part of a worker a column says."""


@dataclass
class Told:
    """What has been said of a worker so far: where first, and which parts by whom."""

    worker: Worker
    line: int
    sheet: str
    said: set[str] = field(default_factory=set)
    has_own_line: bool = False


class Workers:
    """Reads cells of workers; each method raises RefusedError through `refuse`, a cell each."""

    def __init__(self, layout: Layout, refuse: Callable[[str, str], object]) -> None:
        self._layout = layout
        self._refuse = refuse
        self._strangers: dict[str, str] = {}
        self.notes: dict[str, None] = {}

    def name(self, raw: str) -> str:
        """Return a worker's name, blank when it cannot be taken and that was said."""
        name = " ".join(raw.split())
        problem = worker_name_problem(name)
        if problem:
            self._refuse(columns.WORKER.key, problem)
            return ""
        return name

    def not_there(self, name: str, known: Mapping[str, Told]) -> str:
        """Return what to say of a name that the table of workers does not have."""
        key = same(name)
        if key not in self._strangers:
            is_one_of_few = len(self._strangers) < MOST_GUESSES
            close = get_close_matches(key, known, 1) if is_one_of_few else []
            guess = f" Did you mean “{known[close[0]].worker.name}”?" if close else ""
            self._strangers[key] = (
                f"{cells.shown(name)} is not in the table of workers.{guess} Add a line there, or"
                " write “unallocated”."
            )
        return self._strangers[key]

    def tell(self, told: Told, said: Mapping[str, str]) -> None:
        """Add what a line says of a worker; what contradicts an earlier line is refused."""
        parts = self._parts(said)
        for name, (key, value) in parts.items():
            if name in told.said and getattr(told.worker, name) != value:
                self._refuse(
                    key,
                    f"An earlier line says something else of {told.worker.name}. Let both say the"
                    " same, or say it once.",
                )
            told.said.add(name)
            part: dict[str, Any] = {name: value}
            told.worker = replace(told.worker, **part)
        self._tell_scores(told, said)
        if OFF_KEYS & said.keys():
            self._tell_protected(told, said)

    def _parts(self, said: Mapping[str, str]) -> dict[str, tuple[str, object]]:
        """Return the parts that a line says, each with the column that says it."""
        found: dict[str, tuple[str, object]] = {}
        read: dict[str, Callable[[str], object]] = {
            columns.GRADE.key: lambda raw: cells.text(raw, LONGEST_GRADE),
            columns.FULL_TIME.key: lambda raw: cells.number(
                raw, Fraction(1), WHOLE_WEEK, "hours of a full-time week"
            ),
            columns.CONTRACTED.key: lambda raw: cells.number(
                raw, Fraction(0), WHOLE_WEEK, "hours a week"
            ),
            columns.NEWLY_QUALIFIED.key: cells.yes,
        }
        for key, reader in read.items():
            if key in said:
                self._take(found, PARTS[key], key, reader, said[key])
        if columns.FTE.key in said and PARTS[columns.CONTRACTED.key] not in found:
            week = found.get("full_time_hours", ("", None))[1]
            self._take(
                found,
                PARTS[columns.FTE.key],
                columns.FTE.key,
                lambda raw: self._of_full_time(raw, week),
                said[columns.FTE.key],
            )
        return found

    def _of_full_time(self, raw: str, week: object) -> Fraction:
        """Return a share of full time as hours of the week that its line gives, else a scheme."""
        share = cells.number(raw, Fraction(0), MOST_FTE, "a share of full time")
        if not isinstance(week, Fraction):
            week = self._layout.full_time
            if week is None:
                raise RefusedError(NO_WEEK)
            self.notes[f"FTE is of a full-time week of {amount(week)} hours."] = None
        return Fraction(floor(share * week * HUNDREDTHS + HALF), HUNDREDTHS)

    def _take(
        self,
        found: dict[str, tuple[str, object]],
        part: str,
        key: str,
        reader: Callable[[str], object],
        raw: str,
    ) -> None:
        try:
            found[part] = (key, reader(raw))
        except RefusedError as error:
            self._refuse(key, str(error))

    def _tell_scores(self, told: Told, said: Mapping[str, str]) -> None:
        scores = dict(told.worker.scores)
        for indicator in self._layout.of_worker.values():
            key = f"worker-score.{indicator.id}"
            if key in said:
                try:
                    scores[indicator.id] = cells.score(said[key], indicator)
                except RefusedError as error:
                    self._refuse(key, str(error))
        told.worker = replace(told.worker, scores=scores)

    def _tell_protected(self, told: Told, said: Mapping[str, str]) -> None:
        """Add the protected time of a line to what earlier lines of this table said."""
        if "reductions" not in told.said:
            told.worker = replace(told.worker, reductions=())
            told.said.add("reductions")
        try:
            more = _protected(said)
        except RefusedError as error:
            key = next(each.key for each in OFF if each.key in said)
            self._refuse(key, str(error))
            return
        known = told.worker.reductions
        added = tuple(each for each in more if each not in known)
        if len(known) + len(added) > MOST_PROTECTED:
            sentence = f"A worker can have up to {MOST_PROTECTED} kinds of protected time."
            self._refuse(columns.OFF_REASON.key, sentence)
            return
        told.worker = replace(told.worker, reductions=(*known, *added))


def _protected(said: Mapping[str, str]) -> tuple[Reduction, ...]:
    """Return the protected time that a line gives, in hours or in points or in both."""
    reason = cells.text(said.get(columns.OFF_REASON.key, ""))
    starts, ends = (
        cells.day(said[each.key]) if each.key in said else None
        for each in (columns.OFF_FROM, columns.OFF_UNTIL)
    )
    given: tuple[tuple[Column, ReductionUnit, Fraction], ...] = (
        (columns.OFF_HOURS, "hours", WHOLE_WEEK),
        (columns.OFF_POINTS, "points", MOST_POINTS),
    )
    found = []
    for column, unit, most in given:
        if column.key in said:
            off = cells.number(said[column.key], Fraction(0), most, f"protected {unit}")
            if off:
                found.append(Reduction(off, unit, reason, starts, ends))
    if found and not reason:
        raise RefusedError(
            "Protected time needs a reason, such as “Practice educator”. Write it under Reason."
        )
    return tuple(found)

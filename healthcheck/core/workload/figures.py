"""What a questionnaire can ask of caseloads, worked out from the snapshots of a service's teams.

A figure is exact or it is not offered: one team without a snapshot, or one worker whose hours are
not known, and the figure says what is missing instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.cycles import day as written
from healthcheck.core.errors import NoRateError
from healthcheck.core.scoring import total
from healthcheck.core.workload.amounts import amount, times
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.schemes import AvailablePoints, Hours, Points, WeightedCases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.snapshots import Snapshot, Worker

MOST_DAYS_APART = 31
"""Days before the chosen day that a team may have been counted; chosen here: teams count monthly.
"""
HUNDRED = 100
Value: TypeAlias = "Fraction | date | str"


class Figure(Enum):
    """What a questionnaire can ask; the value is how its author names it."""

    COUNTED_ON = "counted-on"
    SOURCE = "source"
    CASES_HELD = "cases-held"
    CASE_HOLDERS = "case-holders"
    AVERAGE = "average-caseload"
    UNALLOCATED = "unallocated"
    LONGEST_WAIT = "longest-wait"
    SHARE_OVER = "share-over-safe-level"
    REPORTS_MADE = "reports-made"
    REPORTS_RESOLVED = "reports-resolved"


NAMES: Mapping[Figure, str] = {
    Figure.COUNTED_ON: "Day the caseloads were counted",
    Figure.SOURCE: "Where the figures come from",
    Figure.CASES_HELD: "Cases held",
    Figure.CASE_HOLDERS: "Social workers holding cases, full-time equivalent",
    Figure.AVERAGE: "Average caseload",
    Figure.UNALLOCATED: "Cases without a social worker",
    Figure.LONGEST_WAIT: "Longest wait without a social worker, in days",
    Figure.SHARE_OVER: "Share of case holders over their safe level, in %",
    Figure.REPORTS_MADE: "Reports of an excessive caseload made in the year",
    Figure.REPORTS_RESOLVED: "Reports of an excessive caseload resolved",
}
"""What readers call each figure."""


@dataclass(frozen=True)
class Filling:
    """Which question of a questionnaire takes which figure, in any edition.

    `evidence` are the questions to which the totals can be attached as a file.
    """

    questions: Mapping[str, Figure]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """One team: its newest snapshot by the chosen day, None without one, and its schemes.

    The first of them that holds a load against a target says what its safe level is.
    """

    name: str
    snapshot: Snapshot | None
    schemes: tuple[Scheme, ...] = ()

    @cached_property
    def scheme(self) -> Scheme | None:
        """The scheme whose target is the team's safe level; None when it has no such scheme."""
        rules = (Points, WeightedCases, Hours, AvailablePoints)
        return next((each for each in self.schemes if isinstance(each.rule, rules)), None)

    @cached_property
    def holders(self) -> tuple[Worker, ...]:
        """The workers that hold a case; nobody without a snapshot."""
        snapshot = self.snapshot
        if snapshot is None:
            return ()
        return tuple(each for each in snapshot.workers if snapshot.held[each.id])


@dataclass(frozen=True, slots=True)
class Reports:
    """How many reports of an excessive caseload were made in a year, and resolved since."""

    made: int
    resolved: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Found:
    """A figure: exact, with its source in words; or no value and what is missing, by sentence."""

    figure: Figure
    value: Value | None
    source: str = ""
    missing: tuple[str, ...] = ()


def figures(teams: Sequence[Counted], day: date, reports: Reports) -> Mapping[Figure, Found]:
    """Return every figure of the teams of one service on a day, in the order of `Figure`.

    Each team counts with the snapshot it has.
    """
    without = lacking(teams, day)
    source = "" if without else source_of(teams)

    def found(figure: Figure, value: Value | None, missing: Iterable[str] = ()) -> Found:
        named = without or tuple(dict.fromkeys(missing))
        return Found(figure, None, "", named) if named else Found(figure, value, source)

    days = {each.snapshot.taken_on for each in teams if each.snapshot is not None}
    shares = [_full_time_holders(each) for each in teams]
    holders = total(share for share, _ in shares)
    hours_missing = [sentence for _, missing in shares for sentence in missing]
    waiting = sum(len(each.snapshot.unallocated) for each in teams if each.snapshot is not None)
    held = Fraction(sum(len(each.snapshot.cases) for each in teams if each.snapshot) - waiting)
    nobody = ["No worker holds a case."] if not any(each.holders for each in teams) else []
    share, share_missing, schemes = _share_over(teams)
    waits, waits_missing = _longest_wait(teams)
    apart = [] if len(days) < 2 else [f"The teams were counted on {len(days)} different days."]  # noqa: PLR2004
    over = found(Figure.SHARE_OVER, share, [*nobody, *share_missing])
    if over.value is not None:
        over = Found(over.figure, over.value, f"{source}, against {schemes}")
    made = (
        found(Figure.COUNTED_ON, max(days, default=None), apart),
        found(Figure.SOURCE, f"Caseload snapshots: {source}"),
        found(Figure.CASES_HELD, held),
        found(Figure.CASE_HOLDERS, holders, hours_missing),
        found(Figure.AVERAGE, held / holders if holders else None, [*nobody, *hours_missing]),
        found(Figure.UNALLOCATED, Fraction(waiting)),
        found(Figure.LONGEST_WAIT, waits, waits_missing),
        over,
        *_of_reports(reports),
    )
    return {each.figure: each for each in made}


def source_of(teams: Sequence[Counted]) -> str:
    """Return such as "3 teams, counted from 28 to 30 September 2026"; every team was counted."""
    days = sorted(each.snapshot.taken_on for each in teams if each.snapshot is not None)
    when = f"on {written(days[0])}"
    if days[0] != days[-1]:
        when = f"from {written(days[0])} to {written(days[-1])}"
    return f"{times(len(teams), 'team')}, counted {when}"


def year_to(day: date) -> date:
    """Return the first day of the year that ends on a day."""
    try:
        return day.replace(year=day.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return date(day.year - 1, 3, 1)


def as_typed(value: Value, decimals: int = 0) -> str:
    """Return a figure as it is typed into a box: numbers rounded half up, days as 2026-09-30."""
    if isinstance(value, Fraction):
        return amount(value, decimals).replace(",", "")
    return value if isinstance(value, str) else value.isoformat()


def lacking(teams: Sequence[Counted], day: date) -> tuple[str, ...]:
    """Return why these teams have no figures of that day at all; nothing when they have."""
    return tuple(_lacking(teams, day))


def _lacking(teams: Sequence[Counted], day: date) -> Iterator[str]:
    if not teams:
        yield "No team of this service is set up."
    for each in teams:
        if each.snapshot is None:
            yield f"{each.name} has no snapshot of {written(day)} or before."
            continue
        age = (day - each.snapshot.taken_on).days
        if age > MOST_DAYS_APART:
            on = written(each.snapshot.taken_on)
            yield f"{each.name} was last counted on {on}, {age} days before {written(day)}."


def _full_time_holders(team: Counted) -> tuple[Fraction, list[str]]:
    """Return a team's case holders in full-time equivalent, and why some could not be counted."""
    whole, missing, unknown = _full_time_week(team), list[str](), 0
    shares: list[Fraction] = []
    for each in team.holders:
        week = each.full_time_hours or whole
        if each.contracted_hours is None:
            unknown += 1
        elif week is None:
            missing.append(f"No scheme of {team.name} says how many hours a full-time week has.")
        else:
            shares.append(each.contracted_hours / week)
    if unknown:
        workers = times(unknown, "worker")
        missing.append(f"Contracted hours are not given for {workers} in {team.name}.")
    return total(shares), missing


def _full_time_week(team: Counted) -> Fraction | None:
    """Return the hours of a full-time week by the first scheme of a team that says, on its day."""
    for each in team.schemes:
        if each.capacity is not None and team.snapshot is not None:
            try:
                return each.capacity.full_time_hours.on(team.snapshot.taken_on).value
            except NoRateError:
                continue
    return None


def _longest_wait(teams: Sequence[Counted]) -> tuple[Fraction | None, list[str]]:
    waits: list[int] = []
    missing = []
    for each in teams:
        if each.snapshot is None:
            continue
        since = [case.waiting_since for case in each.snapshot.unallocated]
        known = [day for day in since if day is not None]
        waits += [(each.snapshot.taken_on - day).days for day in known]
        if len(known) < len(since):
            cases = times(len(since) - len(known), "case")
            missing.append(f"{cases} in {each.name} without a worker: nobody says since when.")
    if not waits and not missing:
        missing = ["No case is without a social worker, so none waits."]
    return Fraction(max(waits, default=0)), missing


def _share_over(teams: Sequence[Counted]) -> tuple[Fraction | None, list[str], str]:
    """Return the share of case holders above capacity, what is missing, and by which schemes."""
    over, holders = 0, sum(len(each.holders) for each in teams)
    missing: list[str] = []
    schemes: dict[str, None] = {}
    for each in teams:
        if not each.holders or each.snapshot is None:
            continue
        if each.scheme is None:
            missing.append(f"No scheme of {each.name} says what its safe level is.")
            continue
        schemes[each.scheme.title] = None
        try:
            more, lacks = _over(each, each.scheme, each.snapshot)
        except NoRateError as error:
            missing.append(f"{each.name}: {error}")
            continue
        over += more
        missing += lacks
    share = Fraction(HUNDRED * over, holders) if holders else None
    return share, missing, " and ".join(schemes)


def _over(team: Counted, scheme: Scheme, snapshot: Snapshot) -> tuple[int, list[str]]:
    """Return how many of a team's case holders carry more than their capacity.

    What was counted of a load is enough to say that it is too much, never that it is not. Raises
    NoRateError.
    """
    loads = [each for each in calculate(scheme, snapshot).workers if each.cases]
    above = [each.capacity is not None and each.load > each.capacity for each in loads]
    unknown = sum(
        not is_over and (each.capacity is None or not each.is_complete)
        for each, is_over in zip(loads, above, strict=True)
    )
    if not unknown:
        return sum(above), []
    workers = times(unknown, "worker")
    return sum(above), [f"{scheme.title} cannot judge {workers} in {team.name}: see the team."]


def _of_reports(reports: Reports) -> tuple[Found, Found]:
    source = f"Reports made here from {written(reports.since)} to {written(reports.until)}"
    resolved = Found(Figure.REPORTS_RESOLVED, Fraction(reports.resolved), source)
    if not reports.made:
        none = ("No report was made in the year, so none was resolved.",)
        resolved = Found(Figure.REPORTS_RESOLVED, None, "", none)
    return Found(Figure.REPORTS_MADE, Fraction(reports.made), source), resolved

"""What a questionnaire can ask of caseloads, worked out from the snapshots of a service's teams.

A figure is exact or it is not offered: one team without a snapshot, or one worker whose hours are
not known, and the figure says what is missing instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from healthcheck.core.caseload_counts import FEWEST_SHOWN
from healthcheck.core.cycles import day as written
from healthcheck.core.errors import NoRateError
from healthcheck.core.scoring import total
from healthcheck.core.workload import safe_levels
from healthcheck.core.workload.amounts import amount, times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthcheck.core.workload.safe_levels import Answer, Counted

FEW_REPORTS = (
    f"Fewer than {FEWEST_SHOWN} reports were made in the year. So small a number could point at"
    " somebody, so it is not told here. Whoever answers the reports knows it."
)
MOST_DAYS_APART = 31
"""Days before the chosen day that a team may have been counted; chosen here: teams count monthly.
"""
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
    SAFE_LEVEL = "safe-level-cases"
    SHARE_OVER = "share-over-safe-level"
    SHARE_OFTEN_OVER = "share-often-over-safe-level"
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
    Figure.SAFE_LEVEL: "Safe level of a full-time worker, in cases",
    Figure.SHARE_OVER: "Share of case holders over their safe level, in %",
    Figure.SHARE_OFTEN_OVER: "Share of case holders often over their safe level in the year, in %",
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


@dataclass(frozen=True, slots=True)
class Reports:
    """How many reports of an excessive caseload were made in a year, and resolved since."""

    made: int
    resolved: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Found:
    """A figure: exact, with its source in words; or no value and what is missing, by sentence.

    `working` says how it comes about; blank where it is a plain count.
    """

    figure: Figure
    value: Value | None
    source: str = ""
    missing: tuple[str, ...] = ()
    working: str = ""


def figures(teams: Sequence[Counted], day: date, reports: Reports) -> Mapping[Figure, Found]:
    """Return every figure of the teams of one service on a day, in the order of `Figure`.

    Each team counts with the snapshot it has.
    """
    without = lacking(teams, day)
    source = "" if without else source_of(teams)

    def found(
        figure: Figure, value: Value | None, missing: Iterable[str] = (), working: str = ""
    ) -> Found:
        named = without or tuple(dict.fromkeys(missing))
        if named:
            return Found(figure, None, "", named)
        return Found(figure, value, source, working=working)

    def judged(figure: Figure, answer: Answer) -> Found:
        made = found(figure, answer.value, answer.missing, answer.working)
        return made if made.missing else replace(made, source=f"{source}, {answer.by}")

    days = {each.snapshot.taken_on for each in teams if each.snapshot is not None}
    shares = [_full_time_holders(each) for each in teams]
    holders = total(share for share, _ in shares)
    hours_missing = [sentence for _, missing in shares for sentence in missing]
    waiting = sum(len(each.snapshot.unallocated) for each in teams if each.snapshot is not None)
    held = Fraction(sum(len(each.snapshot.cases) for each in teams if each.snapshot) - waiting)
    people = times(sum(len(each.holders) for each in teams), "worker")
    by_hours = f"Contracted hours ÷ a full-time week, added up over {people} holding cases"
    nobody = [] if any(each.holders for each in teams) else [safe_levels.NOBODY]
    average = held / holders if holders else None
    waits, waits_missing = _longest_wait(teams)
    apart = [] if len(days) < 2 else [f"The teams were counted on {len(days)} different days."]  # noqa: PLR2004
    made = (
        found(Figure.COUNTED_ON, max(days, default=None), apart),
        found(Figure.SOURCE, f"Caseload snapshots: {source}"),
        found(Figure.CASES_HELD, held),
        found(Figure.CASE_HOLDERS, holders, hours_missing, by_hours),
        found(Figure.AVERAGE, average, [*nobody, *hours_missing], _divided(held, holders)),
        found(Figure.UNALLOCATED, Fraction(waiting)),
        found(Figure.LONGEST_WAIT, waits, waits_missing),
        judged(Figure.SAFE_LEVEL, safe_levels.level_in_cases(teams)),
        judged(Figure.SHARE_OVER, safe_levels.share_over(teams)),
        judged(Figure.SHARE_OFTEN_OVER, safe_levels.share_often_over(teams)),
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


def _divided(held: Fraction, holders: Fraction) -> str:
    return f"{amount(held)} cases ÷ {amount(holders)} full-time workers"


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


def _of_reports(reports: Reports) -> tuple[Found, Found]:
    source = f"Reports made here from {written(reports.since)} to {written(reports.until)}"
    made = Found(Figure.REPORTS_MADE, Fraction(reports.made), source)
    resolved = Found(Figure.REPORTS_RESOLVED, Fraction(reports.resolved), source)
    if not reports.made:
        none = ("No report was made in the year, so none was resolved.",)
        return made, Found(Figure.REPORTS_RESOLVED, None, "", none)
    if reports.made < FEWEST_SHOWN:
        few = (FEW_REPORTS,)
        return Found(made.figure, None, "", few), Found(resolved.figure, None, "", few)
    return made, resolved

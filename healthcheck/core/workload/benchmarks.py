"""An employer's safe levels of work, service by service, as anybody may read them.

What is public is a copy made on the day it was published: levels agreed later show only after it
is published again. No team, worker or load is ever on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NoRateError, UnacceptableDetailsError
from healthcheck.core.workload.amounts import amount
from healthcheck.core.workload.rates import Standing
from healthcheck.core.workload.schemes import (
    AvailablePoints,
    Count,
    Hours,
    Points,
    WeightedCases,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from healthcheck.core.workload.rates import Rate
    from healthcheck.core.workload.schemes import Line, Scheme

LONGEST_NOTE = 1000
SAME_FOR_ALL = "The same for every worker, whatever their hours."
LOWERED = "Lower for part-time hours and protected time"
CAUTIONS = (
    "A level cannot show that a caseload is safe: two cases of one kind can differ very much.",
    "It is poorly known how well such levels work. They support judgement and never replace it.",
)
OF_EXAMPLES = "An example is a number that this employer and its workers have yet to agree."
OF_LINES = "A number of cases takes no notice of part-time hours, or of what a case asks."
"""What readers are told: a scheme’s own cautions speak to the employer that chooses it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One scheme's level for a full-time worker, such as "13 weighted cases", with its source.

    `since` is the day from which it holds, None for a published line that a count is read beside:
    that is a comparison and no level of the employer's.
    """

    scheme: str
    level: str
    standing: str
    source: str
    adjusted: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceLevels:
    """A service with the levels its teams work by, and what their readers are to keep in mind.

    `missing` says which scheme has no level on the day.
    """

    service: str
    levels: tuple[Level, ...]
    cautions: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def own(self) -> tuple[Level, ...]:
        """The levels of schemes."""
        return tuple(each for each in self.levels if each.since is not None)

    @property
    def lines(self) -> tuple[Level, ...]:
        """The published lines that a count is read beside."""
        return tuple(each for each in self.levels if each.since is None)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One time that an employer published its safe levels; it stands until it is taken down."""

    employer_id: str
    address: str
    services: tuple[ServiceLevels, ...]
    note: str
    published_at: datetime
    removed_at: datetime | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Say whether it is public."""
        return self.removed_at is None

    @property
    def cautions(self) -> tuple[str, ...]:
        """What readers are to keep in mind, each sentence once."""
        every = (one for each in self.services for one in each.cautions)
        return tuple(dict.fromkeys(every))


def services(used: Mapping[str, Iterable[Scheme]], day: date) -> tuple[ServiceLevels, ...]:
    """Return the levels of each service by id, from the schemes that its teams use, on a day.

    A service whose schemes have no level at all, such as an order of priority, is left out.
    """
    found = []
    for service, schemes in used.items():
        listed = tuple({each.id: each for each in schemes}.values())
        levels: list[Level] = []
        missing: list[str] = []
        for each in listed:
            try:
                levels += _levels(each, day)
            except NoRateError as error:
                missing.append(f"{each.title}: {error}")
        if levels or missing:
            cautions = tuple(_cautions(levels))
            found.append(ServiceLevels(service, tuple(levels), cautions, tuple(missing)))
    return tuple(found)


def accepted_note(text: str) -> str:
    """Return what an employer says beside its levels. Raises UnacceptableDetailsError."""
    note = text.strip()
    if len(note) > LONGEST_NOTE:
        raise UnacceptableDetailsError(
            f"What you say beside the levels can be up to {LONGEST_NOTE:,} characters; this has"
            f" {len(note):,}."
        )
    return note


def _levels(scheme: Scheme, day: date) -> list[Level]:
    """Return a scheme's level, or the lines beside a count. Raises NoRateError."""
    match scheme.rule:
        case Points(target=rate) | AvailablePoints(target=rate):
            return [_level(scheme, rate, day)]
        case WeightedCases(ceiling=rate):
            return [_level(scheme, rate, day)]
        case Hours(month=rate):
            return [_level(scheme, rate, day)]
        case Count(lines=lines):
            return [_line(scheme, each) for each in lines]
        case _:
            return []


def _cautions(levels: Sequence[Level]) -> Iterator[str]:
    """Yield what readers of these levels are to keep in mind."""
    own = [each.standing for each in levels if each.since is not None]
    if own:
        yield from CAUTIONS
    if Standing.EXAMPLE.value in own:
        yield OF_EXAMPLES
    if any(each.since is None for each in levels):
        yield OF_LINES


def _level(scheme: Scheme, rate: Rate, day: date) -> Level:
    row = rate.on(day)
    return Level(
        scheme=scheme.title,
        level=f"{amount(row.value)} {scheme.unit}",
        standing=row.standing.value,
        source=row.source or f"{scheme.source.rstrip('.')} ({scheme.dated})",
        adjusted=_adjusted(scheme, day),
        since=row.starts,
    )


def _line(scheme: Scheme, line: Line) -> Level:
    numbers = amount(line.lowest)
    if line.highest != line.lowest:
        numbers = f"{numbers} to {amount(line.highest)}"
    return Level(line.title, f"{numbers} {scheme.unit}", line.standing.value, line.source)


def _adjusted(scheme: Scheme, day: date) -> str:
    if scheme.capacity is None:
        return SAME_FOR_ALL
    if scheme.capacity.newly_qualified is None:
        return f"{LOWERED}."
    share = amount(100 * scheme.capacity.newly_qualified.on(day).value)
    return f"{LOWERED}. Newly qualified workers: {share}% of it."

"""Workload schemes as the calculators see them; already checked by `healthcheck.definitions`.

A scheme is one rule that turns cases into a load, with the capacity it is held against and the
lights that name the share. `Priority` makes an order instead of a load.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from healthcheck.core.workload.lights import Lights
    from healthcheck.core.workload.rates import Rate, Standing


@dataclass(frozen=True, slots=True)
class Scale:
    """The lowest and the highest score an indicator can have."""

    lowest: Fraction
    highest: Fraction


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is scored, of each case or once of the worker.

    `scale` is None where points are entered as they are; then `no_scale` says why.
    """

    id: str
    title: str
    about: str
    of: Literal["case", "worker"]
    scale: Scale | None
    standing: Standing
    no_scale: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case and what one of it weighs, in the scheme's unit."""

    id: str
    title: str
    weight: Rate
    about: str = ""


@dataclass(frozen=True, slots=True)
class CapacityRule:
    """How contracted hours, protected time and being newly qualified lower a full-time target."""

    full_time_hours: Rate
    newly_qualified: Rate | None
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """A published number of cases to read a count beside; `highest` is `lowest` but in a range."""

    id: str
    title: str
    lowest: Fraction
    highest: Fraction
    standing: Standing
    source: str
    about: str = ""

    def compared(self, count: int) -> Literal["below", "at", "within", "above"]:
        """Say where a number of cases stands beside the line; it is never a verdict."""
        if count < self.lowest:
            return "below"
        if count > self.highest:
            return "above"
        return "at" if self.lowest == self.highest else "within"


@dataclass(frozen=True, slots=True)
class Points:
    """Points for each case on some indicators, against a target for each worker.

    With `agreed_by_both` a score counts as agreed when supervisor and worker have both said so.
    `scores_referrals` means that cases waiting for a worker are scored as well.
    """

    indicators: tuple[Indicator, ...]
    target: Rate
    agreed_by_both: bool
    scores_referrals: bool


@dataclass(frozen=True, slots=True)
class WeightedCases:
    """A weight for each kind of case, against a ceiling of weighted cases."""

    kinds: tuple[Kind, ...]
    ceiling: Rate


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a month for each case, its own or those of its kind, against the working month."""

    kinds: tuple[Kind, ...]
    month: Rate


@dataclass(frozen=True, slots=True)
class AvailablePoints:
    """Points for each kind of case, against the points that contracted hours make available."""

    kinds: tuple[Kind, ...]
    target: Rate


@dataclass(frozen=True, slots=True)
class Count:
    """Cases counted alone, beside published lines: a crude comparison and never a verdict."""

    lines: tuple[Line, ...]


class Use(Enum):
    """What a prioritisation is used for; the value is the heading of its list."""

    ALLOCATED = "Allocated cases, most pressing first"
    REFERRALS = "Referrals and unallocated cases, most pressing first"
    DISCHARGE = "Discharge planning: allocated cases, least pressing first"


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that makes a case more pressing; `raises_to` is the least level it then has."""

    id: str
    title: str
    points: Rate
    raises_to: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something every case is judged on, such as urgency; its grades, most pressing first."""

    id: str
    title: str
    grades: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A range of priority points: `starts` is in it, `ends` is not.

    `eligible` says whether a case at this level is entitled to help; None where nothing is said.
    """

    id: str
    word: str
    sentence: str
    starts: Fraction
    ends: Fraction | None = None
    eligible: bool | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """An order of cases by factors and criteria, with the reason for every place in it."""

    factors: tuple[Factor, ...]
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]
    uses: tuple[Use, ...]
    standing: Standing


Rule = Points | WeightedCases | Hours | AvailablePoints | Count | Priority
UNITS: dict[type[Rule], str] = {
    Points: "points",
    WeightedCases: "weighted cases",
    Hours: "hours a month",
    AvailablePoints: "points",
    Count: "cases",
    Priority: "priority points",
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of judging workload, with where it comes from and the cautions that go with it.

    Without `capacity` the target is the same for every worker, whatever their hours. Without
    `lights` a percentage has no colour and no word. `dated` is the source's date in words.
    """

    id: str
    title: str
    about: str
    source: str
    dated: str
    cautions: tuple[str, ...]
    rule: Rule
    capacity: CapacityRule | None = None
    lights: Lights | None = None

    @property
    def unit(self) -> str:
        """What its loads and capacities are counted in."""
        return UNITS[type(self.rule)]


def standing_for(schemes: Iterable[Scheme]) -> Scheme | None:
    """Return the scheme that stands for a team: the first with lights, else with loads."""
    loads = [each for each in schemes if not isinstance(each.rule, Priority)]
    with_lights = [each for each in loads if each.lights is not None]
    return next(iter([*with_lights, *loads]), None)

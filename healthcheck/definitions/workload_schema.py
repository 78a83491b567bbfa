"""Workload schemes as an author writes them: one file a scheme, each type with its own keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from healthcheck.core.workload import lights, rates
from healthcheck.core.workload import schemes as w
from healthcheck.definitions.scalars import Flag, Id, Text, listed
from healthcheck.definitions.schema_parts import Part, refuse
from healthcheck.definitions.workload_parts import (
    STANDING,
    CaseKind,
    Criterion,
    Dated,
    Factor,
    Indicator,
    Light,
    PriorityLevel,
    ReferenceLine,
    Standing,
    rate,
)

Kinds = Annotated[tuple[CaseKind, ...], Field(min_length=1)]
USES = {
    "allocated": w.Use.ALLOCATED,
    "referrals": w.Use.REFERRALS,
    "discharge": w.Use.DISCHARGE,
}


@dataclass(frozen=True, slots=True)
class Others:
    """The parts of other files that a scheme can name, by the id of the file."""

    capacities: Mapping[str, w.CapacityRule]
    lights: Mapping[str, lights.Lights]


class Common(Part):
    """The keys every scheme has."""

    id: Id = Field(description="Its id; the file has the same name.")
    title: Text = Field(description="Its title.")
    about: Text = Field(description="How it works, in one or two paragraphs.")
    source: Text = Field(description="Where it comes from.")
    date: Text = Field(description="The source's date, such as July 2009.")
    cautions: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="What to keep in mind; printed beside every result."
    )

    def _scheme(
        self,
        rule: w.Rule,
        capacity: w.CapacityRule | None = None,
        shown: lights.Lights | None = None,
    ) -> w.Scheme:
        return w.Scheme(
            id=self.id,
            title=self.title,
            about=self.about,
            source=self.source,
            dated=self.date,
            cautions=self.cautions,
            rule=rule,
            capacity=capacity,
            lights=shown,
        )


class Measured(Common):
    """The keys of the schemes that hold a load against a target."""

    capacity: Id | None = Field(
        None,
        description="The id of the capacity scheme whose rule lowers the target for part-time"
        " hours, protected time and newly qualified workers; without it, all have the same.",
    )
    lights: Id | None = Field(None, description="The id of the lights that name the percentage.")

    def _measured(self, rule: w.Rule, others: Others) -> w.Scheme:
        capacity = None if self.capacity is None else others.capacities[self.capacity]
        shown = None if self.lights is None else others.lights[self.lights]
        return self._scheme(rule, capacity, shown)


class PointsScheme(Measured):
    """Points for each case on some indicators, against a target for each worker."""

    noun: ClassVar[str] = "points scheme"
    type: Literal["points"] = Field(description="`points`")
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)] = Field(
        description="What is scored: one or more."
    )
    target: Dated = Field(description="The points a full-time worker should carry at most.")
    agreed_by_both: Flag = Field(
        default=False, description="`true` when supervisor and worker must both agree the scores."
    )
    scores_referrals: Flag = Field(
        default=False, description="`true` when cases waiting for a worker are scored too."
    )

    def build(self, others: Others) -> w.Scheme:
        """Return the core's scheme, with the parts that it names in other files."""
        rule = w.Points(
            indicators=tuple(each.build() for each in self.indicators),
            target=rate("target", self.target),
            agreed_by_both=self.agreed_by_both,
            scores_referrals=self.scores_referrals,
        )
        return self._measured(rule, others)


class WeightedScheme(Measured):
    """A weight for each kind of case, against a ceiling."""

    noun: ClassVar[str] = "weighted case limit"
    type: Literal["weighted-cases"] = Field(description="`weighted-cases`")
    kinds: Kinds = Field(description="The kinds of case: one or more.")
    ceiling: Dated = Field(description="The most weighted cases a full-time worker can have.")

    def build(self, others: Others) -> w.Scheme:
        """Return the core's scheme, with the parts that it names in other files."""
        rule = w.WeightedCases(_kinds(self.kinds, "weight"), rate("ceiling", self.ceiling))
        return self._measured(rule, others)


class HoursScheme(Measured):
    """Hours a month for each case, against the working month."""

    noun: ClassVar[str] = "hours planner"
    type: Literal["hours"] = Field(description="`hours`")
    kinds: tuple[CaseKind, ...] = Field(
        (), description="Hours a month by kind, for cases without hours of their own."
    )
    month: Dated = Field(description="The hours of a full-time worker's month.")

    def build(self, others: Others) -> w.Scheme:
        """Return the core's scheme, with the parts that it names in other files."""
        rule = w.Hours(_kinds(self.kinds, "hours"), rate("working month", self.month))
        return self._measured(rule, others)


class CapacityScheme(Common):
    """Points for each kind of case, against what contracted hours and protected time leave."""

    noun: ClassVar[str] = "capacity scheme"
    type: Literal["capacity"] = Field(description="`capacity`")
    full_time_hours: Dated = Field(description="The hours of a full-time week.")
    newly_qualified: Dated | None = Field(
        None, description="The share of the target for newly qualified workers, such as 0.9."
    )
    target: Dated | None = Field(
        None, description="The points of a full-time worker; left out, it is a rule for others."
    )
    kinds: tuple[CaseKind, ...] = Field((), description="The kinds of case; with `target`.")
    lights: Id | None = Field(None, description="The id of the lights that name the percentage.")

    @model_validator(mode="after")
    def _has_both_or_neither(self) -> Self:
        if self.target is None and self.kinds:
            refuse("“kinds” have weights and there is no “target” to hold them against: add it.")
        if self.target is not None and not self.kinds:
            refuse("“target” needs “kinds”: the kinds of case with their points.")
        return self

    def capacity_rule(self) -> w.CapacityRule:
        """Return the rule that other schemes can name."""
        share = self.newly_qualified
        return w.CapacityRule(
            full_time_hours=rate("full-time week", self.full_time_hours),
            newly_qualified=rate("share for newly qualified workers", share) if share else None,
            source=self.source,
        )

    def build(self, others: Others) -> w.Scheme | None:
        """Return the core's scheme; None when it is only a rule for others."""
        if self.target is None:
            return None
        rule = w.AvailablePoints(_kinds(self.kinds, "points"), rate("target", self.target))
        shown = None if self.lights is None else others.lights[self.lights]
        return self._scheme(rule, self.capacity_rule(), shown)


class LightsScheme(Common):
    """Ranges of percentages with a word and a symbol each, to lay over any load."""

    noun: ClassVar[str] = "set of lights"
    type: Literal["lights"] = Field(description="`lights`")
    bands: Annotated[tuple[Light, ...], Field(min_length=2)] = Field(
        description="The ranges of percentages, lowest first, from 0 without a gap."
    )
    standing: Standing = Field(description=STANDING)
    note: Text = Field("", description="What to print beside the lights.")
    over: Id | None = Field(
        None,
        description="The id of the scheme whose percentages they show when they are chosen by"
        " themselves.",
    )

    def lights(self) -> lights.Lights:
        """Return the lights that other schemes can name."""
        return lights.Lights(
            id=self.id,
            title=self.title,
            bands=tuple(band.build() for band in self.bands),
            standing=rates.Standing(self.standing),
            source=self.source,
            note=self.note,
        )

    def build(self, over: w.Scheme | None) -> w.Scheme | None:
        """Return the scheme of these lights over another; None when they stand over none."""
        return over and self._scheme(over.rule, over.capacity, self.lights())


class CountScheme(Common):
    """Cases counted alone, beside published numbers."""

    noun: ClassVar[str] = "simple count"
    type: Literal["count"] = Field(description="`count`")
    lines: tuple[ReferenceLine, ...] = Field((), description="Published numbers, lowest first.")

    def build(self) -> w.Scheme:
        """Return the core's scheme."""
        return self._scheme(w.Count(tuple(line.build() for line in self.lines)))


class PriorityScheme(Common):
    """Cases in order of need, with the reason: factors that are there, criteria that are judged."""

    noun: ClassVar[str] = "prioritisation"
    type: Literal["priority"] = Field(description="`priority`")
    factors: tuple[Factor, ...] = Field((), description="What a case has or has not.")
    criteria: tuple[Criterion, ...] = Field((), description="What every case is judged on.")
    levels: Annotated[tuple[PriorityLevel, ...], Field(min_length=2)] = Field(
        description="The ranges of priority points, lowest first, from 0 without a gap."
    )
    uses: Annotated[tuple[Annotated[str, *listed(tuple(USES))], ...], Field(min_length=1)] = Field(
        description="What it is for: one or more."
    )
    standing: Standing = Field(description=STANDING)

    @model_validator(mode="after")
    def _has_something_to_go_by(self) -> Self:
        if not self.factors and not self.criteria:
            refuse("This prioritisation has nothing to go by: give it “factors” or “criteria”.")
        return self

    def build(self) -> w.Scheme:
        """Return the core's scheme."""
        return self._scheme(
            w.Priority(
                factors=tuple(each.build() for each in self.factors),
                criteria=tuple(each.build() for each in self.criteria),
                levels=tuple(each.build() for each in self.levels),
                uses=tuple(USES[each] for each in self.uses),
                standing=rates.Standing(self.standing),
            )
        )


Loaded = PointsScheme | WeightedScheme | HoursScheme
SchemeFile = Loaded | CapacityScheme | LightsScheme | CountScheme | PriorityScheme
TYPES: Mapping[str, type[SchemeFile]] = {
    "points": PointsScheme,
    "weighted-cases": WeightedScheme,
    "hours": HoursScheme,
    "capacity": CapacityScheme,
    "lights": LightsScheme,
    "count": CountScheme,
    "priority": PriorityScheme,
}
"""The type of every scheme by the word its author writes."""


def _kinds(kinds: tuple[CaseKind, ...], noun: str) -> tuple[w.Kind, ...]:
    return tuple(kind.build(noun) for kind in kinds)

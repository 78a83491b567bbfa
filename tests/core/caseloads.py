"""Schemes, workers and cases for tests of workload, small enough to work out in the head."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.lights import Light, Lights
from healthcheck.core.workload.rates import Rate, Row, Standing
from healthcheck.core.workload.snapshots import Case, Snapshot, Worker

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2026, 11, 1)
SINCE = date(2026, 1, 1)
PUBLISHED = Standing.PUBLISHED


def rate(value: Fraction | int | str, name: str = "figure") -> Rate:
    return Rate(name, (Row(Fraction(value), SINCE, PUBLISHED),))


def kind(name: str, weight: Fraction | int | str) -> w.Kind:
    return w.Kind(name, name.title(), rate(weight, f"weight for {name}"))


def light(name: str, starts: int, ends: int | None, *, needs_decision: bool = False) -> Light:
    bounds = Fraction(starts), None if ends is None else Fraction(ends)
    return Light(name, name.title(), name[0], f"It is {name}.", *bounds, needs_decision)


LIGHTS = Lights(
    id="lights",
    title="Lights",
    bands=(
        light("blue", 0, 95),
        light("green", 95, 100),
        light("amber", 100, 110, needs_decision=True),
        light("red", 110, None, needs_decision=True),
    ),
    standing=PUBLISHED,
    source="A test",
)
CAPACITY = w.CapacityRule(rate(37, "full-time week"), rate("0.9", "share"), "A test")
RISK = w.Indicator("risk", "Risk", "", "case", w.Scale(Fraction(0), Fraction(5)), PUBLISHED)
TIME = w.Indicator("time", "Time", "", "case", w.Scale(Fraction(1), Fraction(10)), PUBLISHED)
OTHER = w.Indicator("other", "Other", "", "worker", None, PUBLISHED, "None was published.")
DUTIES = w.Indicator(
    "duties", "Duties", "", "worker", w.Scale(Fraction(0), Fraction(20)), PUBLISHED
)
POINTS = w.Points((RISK, TIME, OTHER), rate(100, "target"), True, False)  # noqa: FBT003
WEIGHTED = w.WeightedCases((kind("short", "1/2"), kind("long", "3/2")), rate(10, "ceiling"))
HOURS = w.Hours((kind("short", 5), kind("long", 20)), rate(140, "working month"))
AVAILABLE = w.AvailablePoints((kind("short", 4), kind("long", 10)), rate(100, "target"))
COUNT = w.Count(
    (
        w.Line("twelve", "Twelve", Fraction(12), Fraction(12), PUBLISHED, "A test"),
        w.Line("range", "Range", Fraction(20), Fraction(25), PUBLISHED, "A test"),
    )
)
HARM = w.Factor("harm", "Harm", rate(1, "points for harm"), "high")
ALONE = w.Factor("alone", "Alone", rate(1, "points for alone"))
LEGAL = w.Factor("legal", "Legal duty", rate("1/2", "points for legal"))
LOW = w.Level("low", "Low", "Low.", Fraction(0), Fraction(1))
MEDIUM = w.Level("medium", "Medium", "Medium.", Fraction(1), Fraction(2))
HIGH = w.Level("high", "High", "High.", Fraction(2))
USES = (w.Use.ALLOCATED, w.Use.REFERRALS, w.Use.DISCHARGE)
PRIORITY = w.Priority((HARM, ALONE, LEGAL), (), (LOW, MEDIUM, HIGH), USES, PUBLISHED)
ADVICE = w.Level("advice", "Advice", "Advice.", Fraction(0), Fraction(2), eligible=False)
HELP = w.Level("help", "Help", "Help.", Fraction(2), None, eligible=True)
URGENCY = w.Criterion(
    "urgency",
    "Urgency",
    (w.Factor("today", "Today", rate(2, "t")), w.Factor("later", "Later", rate(0, "l"))),
)
ELIGIBILITY = w.Priority((), (URGENCY,), (ADVICE, HELP), (w.Use.REFERRALS,), PUBLISHED)


def scheme(
    rule: w.Rule,
    *,
    capacity: w.CapacityRule | None = CAPACITY,
    lights: Lights | None = LIGHTS,
) -> w.Scheme:
    return w.Scheme("s", "Scheme", "About.", "A test", "2026", ("Care.",), rule, capacity, lights)


def worker(name: str = "ab", hours: Fraction | int | None = 37, **more: object) -> Worker:
    contracted = None if hours is None else Fraction(hours)
    return Worker(id=name, name=name.upper(), contracted_hours=contracted, **more)  # type: ignore[arg-type]


def case(name: str, held_by: str | None = "ab", kind: str = "short", **more: object) -> Case:
    return Case(id=name, worker_id=held_by, kind=kind, **more)  # type: ignore[arg-type]


def team(workers: Sequence[Worker], cases: Sequence[Case]) -> Snapshot:
    return Snapshot("Team", DAY, tuple(workers), tuple(cases))


def scored(name: str, risk: int | str, time: int | str, held_by: str | None = "ab") -> Case:
    scores = {"risk": Fraction(risk), "time": Fraction(time)}
    return case(name, held_by, scores=scores)


def told(*values: object) -> tuple[object, ...]:
    """Return values to compare as they are: a whole Fraction equals its int."""
    return values

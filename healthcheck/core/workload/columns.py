"""The columns that a table of a team may have: their headings and spellings, from its schemes.

A heading is known by its title, its id, and the words people use for it; case, punctuation and
plurals aside. Two columns can share a word: what else is in the table decides between them.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core.employers import same
from healthcheck.core.errors import NoRateError
from healthcheck.core.workload.schemes import (
    AvailablePoints,
    Hours,
    Points,
    Priority,
    WeightedCases,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from healthcheck.core.workload.schemes import Criterion, Factor, Indicator, Kind, Scheme

USUAL_FULL_TIME = Fraction(37)
NOT_A_WORD = re.compile(r"[^\w]+|_")
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
ONE_OF_MANY = {"children": "child", "childrens": "child", "people": "person"}
SHORTEST_PLURAL = 4


class Of(Enum):
    """What a column says something about; COUNT counts a worker's cases."""

    WORKER = "worker"
    CASE = "case"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key; `about` is a kind, an indicator, a factor or a criterion, by its id."""

    key: str
    title: str
    of: Of
    names: tuple[str, ...] = ()
    about: str = ""


WORKER = Column(
    "worker",
    "Worker",
    Of.WORKER,
    (
        "name", "worker name", "initials", "worker initials", "social worker", "practitioner",
        "staff", "staff member", "staff name", "allocated to", "allocated worker", "allocation",
        "key worker", "keyworker", "case worker", "caseworker", "case holder", "sw", "assigned to",
    ),
)  # fmt: skip
GRADE = Column("grade", "Grade", Of.WORKER, ("role", "post", "job title", "band", "position"))
CONTRACTED = Column(
    "contracted-hours",
    "Contracted hours",
    Of.WORKER,
    (
        "hours", "hrs", "contracted", "contract hours", "weekly hours", "hours a week",
        "hours per week", "hours week", "contracted hours a week", "contracted hours per week",
    ),
)  # fmt: skip
FTE = Column("fte", "FTE", Of.WORKER, ("wte", "full time equivalent", "whole time equivalent"))
FULL_TIME = Column(
    "full-time-hours",
    "Full-time hours",
    Of.WORKER,
    ("full time", "fulltime hours", "default hours"),
)
NEWLY_QUALIFIED = Column(
    "newly-qualified", "Newly qualified", Of.WORKER,
    ("nqsw", "asye", "newly qualified worker", "newly qualified social worker", "nq"),
)  # fmt: skip
OFF_HOURS = Column(
    "protected-hours", "Protected hours", Of.WORKER,
    ("protected time", "reduction", "reduction hours", "hours off", "hours protected"),
)  # fmt: skip
OFF_POINTS = Column(
    "protected-points", "Protected points", Of.WORKER, ("points off", "points protected")
)
OFF_REASON = Column(
    "protected-reason", "Reason", Of.WORKER,
    ("protected reason", "reason for protected time", "protected for", "reduction reason"),
)  # fmt: skip
OFF_FROM = Column(
    "protected-from", "Protected from", Of.WORKER, ("reduction from", "from", "starts")
)
OFF_UNTIL = Column(
    "protected-until",
    "Protected until",
    Of.WORKER,
    ("protected to", "reduction until", "until", "to"),
)
REFERENCE = Column(
    "reference", "Reference", Of.CASE,
    (
        "ref", "ref no", "case", "case reference", "case ref", "case number", "case no", "case id",
        "id", "client id", "client ref", "client reference", "reference number", "swift id",
    ),
)  # fmt: skip
KIND = Column(
    "kind", "Kind of case", Of.CASE,
    ("kind", "type", "case type", "type of case", "category", "case category", "case kind"),
)  # fmt: skip
NUMBER = Column(
    "number", "Number of cases", Of.CASE,
    ("number", "count", "how many", "cases", "no of cases", "quantity"),
)  # fmt: skip
TOTAL = Column(
    "total", "Cases", Of.COUNT,
    (
        "case", "number of cases", "no of cases", "caseload", "open cases", "total",
        "total cases", "case count", "all cases", "number",
    ),
)  # fmt: skip
CASE_HOURS = Column(
    "case-hours", "Hours a month", Of.CASE,
    ("hours", "hrs", "case hours", "monthly hours", "hours per month", "hours month"),
)  # fmt: skip
AGREED = Column("agreed", "Agreed by", Of.CASE, ("agreed", "scores agreed", "score agreed by"))
BY_SUPERVISOR = Column("agreed-by-supervisor", "Agreed by supervisor", Of.CASE)
BY_WORKER = Column("agreed-by-worker", "Agreed by worker", Of.CASE, ("agreed by supervisee",))
SINCE = Column(
    "waiting-since", "Waiting since", Of.CASE,
    (
        "waiting from", "unallocated since", "referred", "referral date", "date of referral",
        "date referred", "referred on", "date unallocated", "since",
    ),
)  # fmt: skip
DAYS = Column(
    "days-waiting", "Days waiting", Of.CASE,
    ("waiting days", "days", "days unallocated", "wait", "waiting", "wait in days"),
)  # fmt: skip
FACTORS = Column("factors", "Priority factors", Of.CASE, ("factor", "priority"))
OF_WORKERS = (
    WORKER, GRADE, CONTRACTED, FTE, FULL_TIME, NEWLY_QUALIFIED,
    OFF_HOURS, OFF_POINTS, OFF_REASON, OFF_FROM, OFF_UNTIL,
)  # fmt: skip


def plain(text: str) -> str:
    """Return a heading or a choice as they are compared: small, without marks and plurals."""
    words = NOT_A_WORD.sub(" ", same(text).replace("'", "")).split()
    return " ".join(map(_singular, words))


@dataclass(frozen=True)
class Layout:
    """All that a team's table may say, by the schemes that the team uses on a day.

    `full_time` is the hours of a full-time week, to read FTE by: the usual ones where no scheme
    says, None where one does, and has none for that day.
    """

    kinds: Mapping[str, Kind]
    of_case: Mapping[str, Indicator]
    of_worker: Mapping[str, Indicator]
    factors: Mapping[str, Factor]
    criteria: Mapping[str, Criterion]
    takes_hours: bool
    agrees: bool
    full_time: Fraction | None

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column there is, those of workers first."""
        return (
            *OF_WORKERS,
            *(_of("worker-score", Of.WORKER, each) for each in self.of_worker.values()),
            REFERENCE,
            *([KIND] if self.kinds else []),
            NUMBER,
            SINCE,
            DAYS,
            *(_of("score", Of.CASE, each) for each in self.of_case.values()),
            *([CASE_HOURS] if self.takes_hours else []),
            *((AGREED, BY_SUPERVISOR, BY_WORKER) if self.agrees else ()),
            *([FACTORS] if self.factors else []),
            *(_of("factor", Of.CASE, each) for each in self.factors.values()),
            *(_of("criterion", Of.CASE, each) for each in self.criteria.values()),
            TOTAL,
            *(_of("kind", Of.COUNT, each) for each in self.kinds.values()),
        )

    @property
    def can_count(self) -> bool:
        """Whether counts of cases by worker are enough for some scheme here."""
        return bool(self.kinds) or not (self.of_case or self.factors or self.criteria)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Column, ...]]:
        """The columns that a heading can mean, by its plain words."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            for name in dict.fromkeys(map(plain, (column.key, column.title, *column.names))):
                found.setdefault(name, []).append(column)
        return {name: tuple(columns) for name, columns in found.items() if name}

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by key."""
        return {column.key: column for column in self.columns}


def layout(schemes: Iterable[Scheme], day: date) -> Layout:
    """Return what a team that uses these schemes may say in its tables on a day."""
    chosen = tuple(schemes)
    rules = [each.rule for each in chosen]
    points = [each for each in rules if isinstance(each, Points)]
    by_kind = [each for each in rules if isinstance(each, WeightedCases | Hours | AvailablePoints)]
    orders = [each for each in rules if isinstance(each, Priority)]
    indicators = [one for each in points for one in each.indicators]
    return Layout(
        kinds={one.id: one for each in by_kind for one in each.kinds},
        of_case={one.id: one for one in indicators if one.of == "case"},
        of_worker={one.id: one for one in indicators if one.of == "worker"},
        factors={one.id: one for each in orders for one in each.factors},
        criteria={one.id: one for each in orders for one in each.criteria},
        takes_hours=any(isinstance(each, Hours) for each in rules),
        agrees=any(each.agreed_by_both for each in points),
        full_time=_full_time(chosen, day),
    )


def spellings(choices: Mapping[str, str]) -> dict[str, str]:
    """Return every plain spelling of some choices, a title by id, with the id it stands for.

    The first letters of a title's words stand for it where no other choice has the same.
    """
    found: dict[str, str] = {}
    for name, title in choices.items():
        for each in (name, title, IN_BRACKETS.sub("", title)):
            found.setdefault(plain(each), name)
    short_forms = {name: letters(title) for name, title in choices.items()}
    times = Counter(short_forms.values())
    for name, short in short_forms.items():
        if times[short] == 1 and len(short) > 1:
            found.setdefault(short, name)
    return found


def _of(what: str, of: Of, each: Indicator | Factor | Criterion | Kind) -> Column:
    """Return the column of something that a scheme names."""
    bare = IN_BRACKETS.sub("", each.title)
    marked = re.findall(r"\((\w)\)", each.title)
    names = (each.id, bare, *marked, *([letters(bare)] if of is Of.COUNT else []))
    return Column(f"{what}.{each.id}", each.title, of, names, each.id)


def letters(title: str) -> str:
    """Return the first letters of a title's words, such as "cin" for “Child in need”."""
    words = plain(IN_BRACKETS.sub("", title)).split()
    return "".join(word[0] for word in words)


def _singular(word: str) -> str:
    if word in ONE_OF_MANY:
        return ONE_OF_MANY[word]
    is_plural = len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def _full_time(schemes: Iterable[Scheme], day: date) -> Fraction | None:
    """Return the hours of a full-time week by the first scheme that has them for a day."""
    rates = [each.capacity.full_time_hours for each in schemes if each.capacity is not None]
    for each in rates:
        with suppress(NoRateError):
            return each.on(day).value
    return None if rates else USUAL_FULL_TIME

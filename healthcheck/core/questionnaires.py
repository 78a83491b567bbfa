"""A questionnaire as the rest of the product sees it: areas, topics, questions, scale and bands.

These are values only, already checked by `healthcheck.definitions`; nothing here reads a file,
scores an answer or draws a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

# These are parts of a questionnaire too, and are read from here: q.Improvement, q.Term.
from healthcheck.core.calculations import Calculation as Calculation  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.calculations import Threshold as Threshold  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.checks import Check as Check  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.conditions import OverQuestion, leaves
from healthcheck.core.facts import EVERYONE, Audience
from healthcheck.core.guidance import Comparator as Comparator  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.guidance import EvidenceGuide as EvidenceGuide  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.guidance import Improvement as Improvement  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.guidance import RollUp as RollUp  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.guidance import Standard as Standard  # noqa: PLC0414, TC001 - re-export
from healthcheck.core.terms import Saying as Saying  # noqa: PLC0414 - re-export
from healthcheck.core.terms import Term as Term  # noqa: PLC0414, TC001 - re-export

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from healthcheck.core.conditions import Condition

CarryForward = Literal["confirm", "never"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the rating scale, with the points it earns."""

    number: int
    name: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Band:
    """A range of whole scores with a name in words; it runs up to the next band's lowest score."""

    name: str
    lowest: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; an exclusive one cannot be ticked beside another."""

    id: str
    text: str
    exclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every question has, whatever its type; `was` is the id it had in earlier editions."""

    id: str
    text: str
    hint: str = ""
    why: str = ""
    evidence: EvidenceGuide | None = None
    improve: Mapping[int, Improvement] = field(default_factory=dict)
    standards: tuple[str, ...] = ()
    source: str = ""
    carry_forward: CarryForward = "confirm"
    was: str | None = None
    applies_to: Audience = EVERYONE
    show_when: Condition | None = None
    optional: bool = False
    weight: Fraction = Fraction(1)
    essential: bool = False
    caps_at: str | None = None
    comparators: tuple[Comparator, ...] = ()
    score_when: tuple[Threshold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rating(Common):
    """A judgement on the questionnaire's scale; `descriptors` says what each level means here."""

    descriptors: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Choice(Common):
    """One of a list."""

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class MultipleChoice(Common):
    """Any of a list."""

    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class YesNo(Common):
    """Yes or no."""


@dataclass(frozen=True, kw_only=True)
class Number(Common):
    """A figure with its unit, limits and the most decimal places it may have."""

    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0


@dataclass(frozen=True, kw_only=True)
class Percentage(Common):
    """A share from 0 to 100."""

    decimals: int = 0


@dataclass(frozen=True, kw_only=True)
class Date(Common):
    """A calendar date, with the first and the last that are accepted."""

    minimum: date | None = None
    maximum: date | None = None


@dataclass(frozen=True, kw_only=True)
class ShortText(Common):
    """One line of words."""


@dataclass(frozen=True, kw_only=True)
class LongText(Common):
    """Paragraphs of words."""


@dataclass(frozen=True, kw_only=True)
class Calculated(Common):
    """A figure worked out from others; nobody types it.

    A result outside the limits is shown all the same, for the figures behind it may be wrong.
    """

    calculation: Calculation
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0


Question = (
    Rating
    | Choice
    | MultipleChoice
    | YesNo
    | Number
    | Percentage
    | Date
    | ShortText
    | LongText
    | Calculated
)


@dataclass(frozen=True)
class Topic:
    """Related questions that share a page."""

    id: str
    title: str
    questions: tuple[Question, ...]
    about: str = ""


@dataclass(frozen=True)
class Area:
    """Topics that share a score; `scored` is false for the workforce figures."""

    id: str
    title: str
    about: str
    topics: tuple[Topic, ...]
    weight: Fraction = Fraction(1)
    scored: bool = True

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the area in the order of the file."""
        return tuple(question for topic in self.topics for question in topic.questions)


@dataclass(frozen=True)
class Questionnaire:
    """One published edition."""

    id: str
    edition: str
    title: str
    about: str
    source: str
    scale: tuple[Level, ...]
    bands: tuple[Band, ...]
    roll_up: RollUp
    areas: tuple[Area, ...]
    figures: Area | None = None
    standards: tuple[Standard, ...] = ()
    terms: tuple[Term, ...] = ()
    checks: tuple[Check, ...] = ()

    @cached_property
    def sections(self) -> tuple[Area, ...]:
        """The scored areas, then the figures."""
        return self.areas if self.figures is None else (*self.areas, self.figures)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic in the order of the file."""
        return tuple(topic for section in self.sections for topic in section.topics)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, in the order of the file."""
        return {each.id: each for topic in self.topics for each in topic.questions}

    @cached_property
    def depended_on(self) -> frozenset[str]:
        """The ids of the questions that a condition or a calculation looks at."""
        found: set[str] = set()
        for each in self.questions.values():
            tests = leaves(each.show_when) if each.show_when else ()
            found.update(test.question for test in tests if isinstance(test, OverQuestion))
            if isinstance(each, Calculated):
                found.update(part for part in each.calculation.operands if isinstance(part, str))
        return frozenset(found)

    @cached_property
    def topic_of(self) -> Mapping[str, Topic]:
        """The topic of every question, by the question's id."""
        return {each.id: topic for topic in self.topics for each in topic.questions}

    @cached_property
    def levels(self) -> Mapping[int, Level]:
        """The scale's levels by number."""
        return {level.number: level for level in self.scale}

    @cached_property
    def maxima(self) -> Mapping[str, Fraction]:
        """The most points each scored question can earn, by its id."""
        return {
            each.id: max(
                [self.levels[number].points for number in each.descriptors]
                if isinstance(each, Rating)
                else [row.points for row in each.score_when]
            )
            for each in self.questions.values()
            if is_scored(each)
        }

    def band_for(self, score: int) -> Band:
        """Return the band that a whole score from 0 to 100 falls in."""
        return max(
            (band for band in self.bands if band.lowest <= score), key=lambda band: band.lowest
        )

    def band(self, name: str) -> Band:
        """Return the band of that name; KeyError when there is none."""
        return {band.name: band for band in self.bands}[name]


def is_scored(question: Question) -> bool:
    """Say whether a question can earn points."""
    return isinstance(question, Rating) or bool(question.score_when)


def is_asked(question: Question) -> bool:
    """Say whether a person answers it (a calculated figure is worked out instead)."""
    return not isinstance(question, Calculated)

"""The parts that questions are made of, as an author writes them, each with its core counterpart.

Keys, their meaning and their types stand here; rules that need to see other parts are checks.
The field descriptions are the documentation: README tables and editors show them.
"""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal, NoReturn, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from healthcheck.core import conditions as c
from healthcheck.core import questionnaires as q
from healthcheck.core.facts import ALLOWED, EVERYONE
from healthcheck.core.facts import Audience as CoreAudience
from healthcheck.definitions.problems import either, shown
from healthcheck.definitions.scalars import (
    ID,
    NUMBER,
    Day,
    Days,
    EmployerType,
    Flag,
    Id,
    Nation,
    Number,
    Points,
    Share,
    Slug,
    Text,
    Whole,
    kind,
    listed,
    one,
)
from healthcheck.definitions.scalars import refuse as refuse_value


def refuse(sentence: str) -> NoReturn:
    """Refuse a part with a whole sentence."""
    raise PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


class Part(BaseModel):
    """A group of keys; unknown keys are refused. `noun` names it to authors."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    noun: ClassVar[str]


def only_one(part: Part, keys: tuple[str, ...]) -> str:
    """Return the one key of a part that is given; refuses none and more than one."""
    given = [key for key in keys if getattr(part, key) is not None]
    names = [key.rstrip("_") for key in given]
    if len(given) != 1:
        allowed = either(key.rstrip("_") for key in keys)
        found = f"not {' and '.join(names)}" if names else "and it has none"
        refuse(f"This {part.noun} needs exactly one of {allowed}, {found}.")
    return given[0]


class Audience(Part):
    """Those that something is meant for; a fact that is left out means all of them."""

    noun: ClassVar[str] = "audience"
    service: tuple[Id, ...] = Field(
        (), description="Services: childrens, adults, or another that employers name."
    )
    nation: tuple[Nation, ...] = Field((), description="Nations of the United Kingdom.")
    employer_type: tuple[EmployerType, ...] = Field((), description="Kinds of employer.")

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.service or self.nation or self.employer_type):
            refuse(f"This {self.noun} must name a service, nation or employer_type.")
        return self

    def audience(self) -> CoreAudience:
        """Return the core's audience."""
        return CoreAudience(self.service, self.nation, self.employer_type)


class Saying(Audience):
    """The words a term takes for some audience."""

    noun: ClassVar[str] = "row of a term"
    say: Text = Field(description="The words to use for this audience.")

    def build(self) -> q.Saying:
        """Return the core's saying."""
        return q.Saying(self.audience(), self.say)


def audience_of(part: Audience | None) -> CoreAudience:
    """Return the audience written, everyone when none is."""
    return EVERYONE if part is None else part.audience()


FactName = Annotated[str, *listed(tuple(ALLOWED))]
OPERATORS = ("is_", "is_any_of", "at_least", "at_most", "answered")
KINDS = ("question", "fact", "all", "any", "not_")


class Condition(Part):
    """One test of an earlier answer or a fact, or several joined by `all`, `any` or `not`."""

    noun: ClassVar[str] = "condition"
    question: Id | None = Field(None, description="The id of the earlier question it tests.")
    fact: FactName | None = Field(None, description="The fact of the assessment it tests.")
    is_: Text | None = Field(
        None, alias="is", description="True when this is the answer (an option, yes, no or level)."
    )
    is_any_of: Annotated[tuple[Text, ...], Field(min_length=1)] | None = Field(
        None, description="True when the answer is one of these."
    )
    at_least: Number | None = Field(None, description="True when the answer is this or more.")
    at_most: Number | None = Field(None, description="True when the answer is this or less.")
    answered: Flag | None = Field(None, description="`true`: true when there is an answer at all.")
    all: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = Field(
        None, description="True when every condition of the list is."
    )
    any: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = Field(
        None, description="True when at least one condition of the list is."
    )
    not_: "Condition | None" = Field(
        None, alias="not", description="True when the one condition under it is false."
    )

    @model_validator(mode="after")
    def _is_one_test(self) -> Self:
        test = only_one(self, KINDS)
        if test in {"question", "fact"}:
            operator = only_one(self, OPERATORS)
            if test == "fact" and operator not in {"is_", "is_any_of"}:
                refuse(f"A fact is tested with is or is_any_of, not {operator}.")
        elif any(getattr(self, each) is not None for each in OPERATORS):
            refuse(f"Tests of “{test.rstrip('_')}” belong inside it, each with a question or fact.")
        if self.answered is False:
            refuse("“answered” can only be true: for the opposite, put the condition under not.")
        return self

    def build(self) -> c.Condition:
        """Return the core's condition."""
        if self.all is not None:
            return c.All(tuple(part.build() for part in self.all))
        if self.any is not None:
            return c.Any(tuple(part.build() for part in self.any))
        if self.not_ is not None:
            return c.Not(self.not_.build())
        operator, operand = self._test()
        if self.question is not None:
            return c.OverQuestion(self.question, operator, operand)
        return c.OverFact(str(self.fact), operand)

    def _test(self) -> tuple[c.Operator, tuple[str, ...]]:
        if self.is_ is not None:
            return "is", (self.is_,)
        if self.is_any_of is not None:
            return "is_any_of", self.is_any_of
        if self.at_least is not None:
            return "at_least", (str(self.at_least),)
        if self.at_most is not None:
            return "at_most", (str(self.at_most),)
        return "answered", ()


class Evidence(Part):
    """What to give as evidence."""

    noun: ClassVar[str] = "evidence"
    ask: Text = Field(description="What to write or attach, in one sentence.")
    good: tuple[Text, ...] = Field((), description="Two or three concrete examples.")
    not_enough: tuple[Text, ...] = Field((), description="Things that do not show it.")
    required_from: Whole | None = Field(
        None, description="The level from which evidence is expected (ratings only)."
    )

    def build(self) -> q.EvidenceGuide:
        """Return the core's guide."""
        return q.EvidenceGuide(self.ask, self.good, self.not_enough, self.required_from)


class Improvement(Part):
    """What an employer at one level could do."""

    noun: ClassVar[str] = "improvement"
    finding: Text = Field(description="One full sentence that can stand in a report.")
    quick_win: Text = Field(description="Something that can be done within weeks.")
    longer_step: Text = Field(description="What makes the change last.")
    owner: Text = Field(description="The usual owner’s role.")
    days: Days = Field(description="Realistic days from adoption to the longer step.")
    measure: Text = Field(description="How success is seen: something countable.")

    def build(self) -> q.Improvement:
        """Return the core's improvement."""
        return q.Improvement(**dict(self))


class Comparator(Part):
    """A published figure to read beside the employer's own."""

    noun: ClassVar[str] = "comparator"
    label: Text = Field(description="Whose figure it is.")
    applies_to: Audience | None = Field(
        None, description="Whom it is shown to; everyone when left out."
    )
    value: Number = Field(description="The published average.")
    low: Number | None = Field(None, description="The 20th percentile.")
    middle: Number | None = Field(None, description="The median.")
    high: Number | None = Field(None, description="The 80th percentile.")
    date: Day = Field(description="The day the figure describes, such as 2025-09-30.")
    source: Text = Field(description="The publication it is from.")

    def build(self) -> q.Comparator:
        """Return the core's comparator."""
        return q.Comparator(**(dict(self) | {"applies_to": audience_of(self.applies_to)}))


class Threshold(Part):
    """One row of `score_when`; the first row that fits gives the points."""

    noun: ClassVar[str] = "row of score_when"
    at_least: Share | None = Field(None, description="Fits a number that is this or more.")
    at_most: Share | None = Field(None, description="Fits a number that is this or less.")
    points: Points = Field(description="The points it earns.")

    @model_validator(mode="after")
    def _has_one_limit(self) -> Self:
        only_one(self, ("at_least", "at_most"))
        return self

    def build(self) -> q.Threshold:
        """Return the core's threshold."""
        if self.at_least is not None:
            return q.Threshold("at_least", self.at_least, self.points)
        return q.Threshold("at_most", self.at_most or Fraction(0), self.points)


def _operand(raw: object) -> str | Fraction:
    text = one(raw)
    if NUMBER.fullmatch(text):
        return Fraction(text)
    if not ID.fullmatch(text):
        refuse_value(f"must be the id of an earlier question or a plain number, not {shown(text)}")
    return text


Operand = Annotated[
    str | Fraction, *kind("question id or number", _operand, type=["string", "number"])
]
Operands = Annotated[tuple[Operand, ...], Field(min_length=2)]
Pair = Annotated[tuple[Operand, ...], Field(min_length=2, max_length=2)]
Operation = Literal["sum", "difference", "product", "ratio", "percentage_of"]
OPERATIONS: tuple[Operation, ...] = ("sum", "difference", "product", "ratio", "percentage_of")


class Calculation(Part):
    """One operation over earlier figures; an operand is a question's id or a plain number."""

    noun: ClassVar[str] = "calculation"
    sum: Operands | None = Field(None, description="All of them added: two or more.")
    difference: Pair | None = Field(None, description="The first less the second.")
    product: Operands | None = Field(None, description="All of them multiplied: two or more.")
    ratio: Pair | None = Field(None, description="The first divided by the second.")
    percentage_of: Pair | None = Field(None, description="100 × the first ÷ the second.")

    @model_validator(mode="after")
    def _has_one_operation(self) -> Self:
        only_one(self, OPERATIONS)
        return self

    def build(self) -> q.Calculation:
        """Return the core's calculation."""
        given = {name: getattr(self, name) for name in OPERATIONS}
        name = next(name for name in OPERATIONS if given[name] is not None)
        return q.Calculation(name, given[name])


class Option(Part):
    """One answer of a choice."""

    noun: ClassVar[str] = "option"
    id: Slug = Field(description="Its id, which never changes.")
    text: Text = Field(description="The words to choose.")
    exclusive: Flag = Field(
        default=False, description="`true` when it cannot be chosen beside another (one at most)."
    )

    def build(self) -> q.Option:
        """Return the core's option."""
        return q.Option(self.id, self.text, self.exclusive)

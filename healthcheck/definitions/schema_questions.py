"""The ten question types as an author writes them, each with its core counterpart."""

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from healthcheck.core import questionnaires as q
from healthcheck.definitions.scalars import (
    Day,
    Decimals,
    Flag,
    Id,
    Number,
    Text,
    Weight,
    Whole,
    listed,
)
from healthcheck.definitions.schema_parts import (
    Audience,
    Calculation,
    Comparator,
    Condition,
    Evidence,
    Improvement,
    Option,
    Part,
    Threshold,
    audience_of,
)

Options = Annotated[tuple[Option, ...], Field(min_length=2)]
CarryForward = Annotated[str, *listed(("confirm", "never"))]
UNIT = "What is counted, shown after the figure."
DECIMALS = "The most decimal places it may have."


class Common(Part):
    """The keys every question may have."""

    id: Id = Field(description="Its id, which never changes whatever the wording.")
    text: Text = Field(description="The question; for a rating, an affirmative statement.")
    hint: Text = Field("", description="One or two sentences that are always visible.")
    why: Text = Field("", description="Why it matters.")
    evidence: Evidence | None = Field(None, description="What to give as evidence.")
    standards: tuple[Id, ...] = Field((), description="Ids of the standards it is linked to.")
    source: Text = Field("", description="Where the question comes from.")
    carry_forward: CarryForward = Field(
        "confirm", description="Whether next year's assessment offers this year's answer."
    )
    was: Id | None = Field(None, description="The id it had in earlier editions, if another.")
    applies_to: Audience | None = Field(None, description="Who is asked; everyone when left out.")
    show_when: Condition | None = Field(None, description="When it is asked; always if left out.")
    optional: Flag = Field(
        default=False, description="`true` when the assessment is complete without it."
    )

    def _common(self) -> dict[str, Any]:
        """Return what the core's question takes, whatever its type."""
        given = {key: value for key, value in self if key != "type"}
        return given | {
            "evidence": self.evidence and self.evidence.build(),
            "applies_to": audience_of(self.applies_to),
            "show_when": self.show_when and self.show_when.build(),
        }


class Scored(Common):
    """The further keys of a question that can earn points."""

    weight: Weight = Field(Fraction(1), description="How much it counts in its area's score.")
    essential: Flag = Field(
        default=False, description="`true` when no points here cap the area's band."
    )
    caps_at: Text | None = Field(None, description="The band an essential question caps at.")


class Figure(Scored):
    """The further keys of a figure."""

    score_when: tuple[Threshold, ...] = Field(
        (), description="Rows that give points: the first that fits; none fits earns 0."
    )
    comparators: tuple[Comparator, ...] = Field(
        (), description="Published figures to read beside it."
    )

    def _common(self) -> dict[str, Any]:
        return super()._common() | {
            "score_when": tuple(row.build() for row in self.score_when),
            "comparators": tuple(each.build() for each in self.comparators),
        }


class Rating(Scored):
    """A judgement on the questionnaire's scale."""

    noun: ClassVar[str] = "rating"
    type: Literal["rating"] = Field(description="`rating`")
    descriptors: dict[Whole, Text] = Field(
        description="What each level of the scale means here, by level number."
    )
    improve: dict[Whole, Improvement] = Field(
        {}, description="What to do next, by the level the employer is at now."
    )

    def build(self) -> q.Rating:
        """Return the core's rating."""
        improve = {level: each.build() for level, each in self.improve.items()}
        return q.Rating(**(self._common() | {"improve": improve}))


class Choice(Common):
    """One answer of a list."""

    noun: ClassVar[str] = "choice"
    type: Literal["choice"] = Field(description="`choice`")
    options: Options = Field(description="The answers to choose from: two or more.")

    def build(self) -> q.Choice:
        """Return the core's choice."""
        return q.Choice(**(self._common() | {"options": _built(self.options)}))


class MultipleChoice(Common):
    """Any answers of a list."""

    noun: ClassVar[str] = "multiple choice"
    type: Literal["multiple-choice"] = Field(description="`multiple-choice`")
    options: Options = Field(description="The answers to choose from: two or more.")

    def build(self) -> q.MultipleChoice:
        """Return the core's multiple choice."""
        return q.MultipleChoice(**(self._common() | {"options": _built(self.options)}))


class YesNo(Common):
    """Yes or no."""

    noun: ClassVar[str] = "yes-no question"
    type: Literal["yes-no"] = Field(description="`yes-no`")

    def build(self) -> q.YesNo:
        """Return the core's yes-no question."""
        return q.YesNo(**self._common())


class NumberQuestion(Figure):
    """A figure with its unit and limits."""

    noun: ClassVar[str] = "number"
    type: Literal["number"] = Field(description="`number`")
    unit: Text = Field("", description=UNIT)
    minimum: Number | None = Field(None, description="The smallest number accepted.")
    maximum: Number | None = Field(None, description="The largest number accepted.")
    decimals: Decimals = Field(0, description=DECIMALS)

    def build(self) -> q.Number:
        """Return the core's number."""
        return q.Number(**self._common())


class Percentage(Figure):
    """A share from 0 to 100."""

    noun: ClassVar[str] = "percentage"
    type: Literal["percentage"] = Field(description="`percentage`")
    decimals: Decimals = Field(0, description=DECIMALS)

    def build(self) -> q.Percentage:
        """Return the core's percentage."""
        return q.Percentage(**self._common())


class Date(Common):
    """A calendar date."""

    noun: ClassVar[str] = "date"
    type: Literal["date"] = Field(description="`date`")
    minimum: Day | None = Field(None, description="The first date accepted.")
    maximum: Day | None = Field(None, description="The last date accepted.")

    def build(self) -> q.Date:
        """Return the core's date."""
        return q.Date(**self._common())


class ShortText(Common):
    """One line of words, up to 500 characters."""

    noun: ClassVar[str] = "short text"
    type: Literal["short-text"] = Field(description="`short-text`")

    def build(self) -> q.ShortText:
        """Return the core's short text."""
        return q.ShortText(**self._common())


class LongText(Common):
    """Paragraphs of words, up to 10,000 characters."""

    noun: ClassVar[str] = "long text"
    type: Literal["long-text"] = Field(description="`long-text`")

    def build(self) -> q.LongText:
        """Return the core's long text."""
        return q.LongText(**self._common())


class Calculated(Figure):
    """A figure worked out from others; nobody types it."""

    noun: ClassVar[str] = "calculated figure"
    type: Literal["calculated"] = Field(description="`calculated`")
    unit: Text = Field("", description=UNIT)
    minimum: Number | None = Field(
        None, description="The smallest result that can be right; a note stands by a smaller one."
    )
    maximum: Number | None = Field(
        None, description="The largest result that can be right; a note stands by a larger one."
    )
    decimals: Decimals = Field(0, description="The decimal places it is shown with.")
    calculate: Calculation = Field(description="How it is worked out.")

    def build(self) -> q.Calculated:
        """Return the core's calculated figure."""
        given = self._common()
        del given["calculate"]
        return q.Calculated(**given, calculation=self.calculate.build())


Question = Annotated[
    Rating
    | Choice
    | MultipleChoice
    | YesNo
    | NumberQuestion
    | Percentage
    | Date
    | ShortText
    | LongText
    | Calculated,
    Field(discriminator="type"),
]


def _built(options: tuple[Option, ...]) -> tuple[q.Option, ...]:
    return tuple(option.build() for option in options)

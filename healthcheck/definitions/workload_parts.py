"""The parts that workload schemes are made of, as an author writes them, with the core's values.

The field descriptions are the documentation: README tables and editors show them.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from healthcheck.core.workload import lights, rates
from healthcheck.core.workload import schemes as w
from healthcheck.definitions.scalars import Day, Flag, Id, Points, Text, listed
from healthcheck.definitions.schema_parts import Part, refuse

Standing = Annotated[str, *listed(tuple(each.value for each in rates.Standing))]
STANDING = "Whether the figures are as published, an example, or agreed locally."


class DatedRow(Part):
    """A figure from a day on."""

    noun: ClassVar[str] = "row of a figure"
    from_: Day = Field(alias="from", description="The first day it holds.")
    until: Day | None = Field(
        None, description="The last day it holds; without it, until a later row begins."
    )
    is_: Points = Field(alias="is", description="The figure.")
    standing: Standing = Field(description="What it rests on.")
    source: Text = Field(
        "", description="Where it is from; for a row agreed locally, who agreed it and when."
    )

    @model_validator(mode="after")
    def _says_who_agreed(self) -> Self:
        if self.standing == rates.Standing.AGREED.value and not self.source:
            refuse("A figure that was agreed locally needs a “source”: who agreed it, and when.")
        return self

    def build(self) -> rates.Row:
        """Return the core's row."""
        standing = rates.Standing(self.standing)
        return rates.Row(self.is_, self.from_, standing, self.until, self.source)


Dated = Annotated[tuple[DatedRow, ...], Field(min_length=1)]


def rate(name: str, rows: tuple[DatedRow, ...]) -> rates.Rate:
    """Return the core's rate; `name` is what people call it."""
    return rates.Rate(name, tuple(row.build() for row in rows))


class Scale(Part):
    """The range of an indicator's scores."""

    noun: ClassVar[str] = "scale"
    lowest: Points = Field(description="The lowest score.")
    highest: Points = Field(description="The highest score.")

    def build(self) -> w.Scale:
        """Return the core's scale."""
        return w.Scale(self.lowest, self.highest)


class Indicator(Part):
    """Something that is scored."""

    noun: ClassVar[str] = "indicator"
    id: Id = Field(description="Its id: the heading of its column in a spreadsheet.")
    title: Text = Field(description="Its name.")
    about: Text = Field("", description="What to think of when scoring it.")
    of: Annotated[Literal["case", "worker"], *listed(("case", "worker"))] = Field(
        "case", description="Whether every case is scored, or the worker once."
    )
    scale: Scale | None = Field(None, description="Its scale.")
    no_scale: Text = Field(
        "", description="Instead of a scale: why points are entered as they are."
    )
    standing: Standing = Field(description=STANDING)

    @model_validator(mode="after")
    def _has_a_scale(self) -> Self:
        if self.scale is None and not self.no_scale:
            refuse(
                "This indicator has no scale: give “scale” its lowest and highest score, or say"
                " under “no_scale” why points are entered as they are."
            )
        if self.scale is not None and self.no_scale:
            refuse("This indicator has both “scale” and “no_scale”: keep one of the two.")
        return self

    def build(self) -> w.Indicator:
        """Return the core's indicator."""
        return w.Indicator(
            id=self.id,
            title=self.title,
            about=self.about,
            of=self.of,
            scale=None if self.scale is None else self.scale.build(),
            standing=rates.Standing(self.standing),
            no_scale=self.no_scale,
        )


class CaseKind(Part):
    """A kind of case, and what one of it weighs."""

    noun: ClassVar[str] = "kind of case"
    id: Id = Field(description="Its id, as cases name it.")
    title: Text = Field(description="Its name.")
    about: Text = Field("", description="Which cases belong to it.")
    weight: Dated = Field(description="What one case of it weighs, in the scheme's unit.")

    def build(self, noun: str) -> w.Kind:
        """Return the core's kind; `noun` is what its weight is called, such as points."""
        weight = rate(f"{noun} for “{self.title}”", self.weight)
        return w.Kind(self.id, self.title, weight, self.about)


class ReferenceLine(Part):
    """A published number of cases to read a count beside."""

    noun: ClassVar[str] = "reference line"
    id: Id = Field(description="Its id.")
    title: Text = Field(description="Whose number it is.")
    from_: Points = Field(alias="from", description="The number, or the lowest of a range.")
    to: Points | None = Field(None, description="The highest of a range.")
    about: Text = Field("", description="What the number was said of.")
    standing: Standing = Field(description=STANDING)
    source: Text = Field(description="Where it was published, and when.")

    def build(self) -> w.Line:
        """Return the core's line."""
        return w.Line(
            id=self.id,
            title=self.title,
            lowest=self.from_,
            highest=self.from_ if self.to is None else self.to,
            standing=rates.Standing(self.standing),
            source=self.source,
            about=self.about,
        )


class Light(Part):
    """A range of percentages of capacity."""

    noun: ClassVar[str] = "light"
    id: Id = Field(description="Its id, such as red.")
    word: Text = Field(description="The word beside the colour.")
    symbol: Text = Field(description="The sign beside the word, such as ▲.")
    sentence: Text = Field(description="What it means.")
    from_: Points = Field(alias="from", description="The lowest percentage in it.")
    below: Points | None = Field(
        None, description="The percentage it ends below; only the last has no end."
    )
    needs_decision: Flag = Field(
        default=False, description="`true` when somebody has to decide what happens."
    )

    def build(self) -> lights.Light:
        """Return the core's light."""
        return lights.Light(
            id=self.id,
            word=self.word,
            symbol=self.symbol,
            sentence=self.sentence,
            starts=self.from_,
            ends=self.below,
            needs_decision=self.needs_decision,
        )


class Factor(Part):
    """Something that makes a case more pressing."""

    noun: ClassVar[str] = "factor"
    id: Id = Field(description="Its id.")
    title: Text = Field(description="Its name, as it stands in the reason.")
    points: Dated = Field(description="The priority points it gives.")
    at_least: Id | None = Field(
        None, description="The id of the level that a case with it has at least."
    )

    def build(self) -> w.Factor:
        """Return the core's factor."""
        points = rate(f"points for “{self.title}”", self.points)
        return w.Factor(self.id, self.title, points, self.at_least)


class Criterion(Part):
    """Something every case is judged on."""

    noun: ClassVar[str] = "criterion"
    id: Id = Field(description="Its id, such as urgency.")
    title: Text = Field(description="Its name.")
    grades: Annotated[tuple[Factor, ...], Field(min_length=2)] = Field(
        description="What it can be, most pressing first: two or more."
    )

    def build(self) -> w.Criterion:
        """Return the core's criterion."""
        return w.Criterion(self.id, self.title, tuple(each.build() for each in self.grades))


class PriorityLevel(Part):
    """A range of priority points with a name."""

    noun: ClassVar[str] = "level of priority"
    id: Id = Field(description="Its id.")
    word: Text = Field(description="Its name in a word or two.")
    sentence: Text = Field(description="What it means for the case.")
    from_: Points = Field(alias="from", description="The lowest points in it.")
    below: Points | None = Field(
        None, description="The points it ends below; only the last has no end."
    )
    eligible: Flag | None = Field(
        None, description="Whether a case at this level is eligible; left out, nothing is said."
    )

    def build(self) -> w.Level:
        """Return the core's level."""
        return w.Level(self.id, self.word, self.sentence, self.from_, self.below, self.eligible)

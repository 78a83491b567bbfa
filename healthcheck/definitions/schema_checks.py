"""Consistency checks as an author writes them, each with its core counterpart."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from healthcheck.core import checks as core
from healthcheck.definitions.scalars import Id, Text, Whole
from healthcheck.definitions.schema_parts import Condition, Operand, Part, only_one, refuse

KINDS = ("no_evidence_from", "above", "below", "rose_by", "when")


class Compared(Part):
    """A figure and the limit it is held against."""

    noun: ClassVar[str] = "comparison"
    figure: Id = Field(description="The id of the figure.")
    limit: Operand = Field(description="What it is compared with.")

    def build(self, side: Literal["above", "below"]) -> core.Compared:
        """Return the core's comparison."""
        return core.Compared(side, self.figure, self.limit)


class Check(Part):
    """Something a reader should look at twice; it refuses no answer and changes no score."""

    noun: ClassVar[str] = "check"
    id: Id = Field(description="Its id.")
    text: Text = Field(description="What to say to people who read the answers.")
    no_evidence_from: Whole | None = Field(
        None, description="Every rating at this level or above that has no evidence."
    )
    above: Compared | None = Field(None, description="A figure that is above a limit.")
    below: Compared | None = Field(None, description="A figure that is below a limit.")
    rose_by: Whole | None = Field(
        None,
        description="Every rating that rose this many levels since last year, or more, on the same"
        " evidence.",
    )
    when: Condition | None = Field(
        None, description="Answers, earlier or later, that do not go together."
    )
    about: Id | None = Field(
        None, description="With `when` only, and needed there: the question it stands by."
    )

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        kind = only_one(self, KINDS)
        if kind == "when" and self.about is None:
            refuse("“about” is missing beside “when”: name the question that the check stands by.")
        if kind != "when" and self.about is not None:
            refuse(f"“about” goes with “when” only: “{kind}” says by itself what it is about.")
        return self

    def build(self) -> core.Check:
        """Return the core's check."""
        return core.Check(self.id, self.text, self._kind())

    def _kind(self) -> core.CheckKind:
        if self.no_evidence_from is not None:
            return core.NoEvidence(self.no_evidence_from)
        if self.above is not None:
            return self.above.build("above")
        if self.below is not None:
            return self.below.build("below")
        if self.when is not None:
            return core.Fits(self.when.build(), str(self.about))
        return core.Rose(self.rose_by or 0)

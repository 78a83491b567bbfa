"""An answers file as people write it: what it is about, and one value or response a question."""

from typing import Any, ClassVar, Self

from pydantic import Field, model_validator

from healthcheck.definitions.scalars import EmployerType, Id, Nation, Slug, Text
from healthcheck.definitions.schema_parts import Part, refuse

NOT_REASONS = frozenset({"true", "false", "yes", "no"})


class Organisation(Part):
    """The employer the answers are about."""

    noun: ClassVar[str] = "organisation"
    name: Text = Field(description="The employer's name.")
    nation: Nation = Field(description="england, wales, scotland or northern-ireland.")
    employer_type: EmployerType = Field(description="The kind of employer, such as council.")


class Answers(Part):
    """A whole answers file; the answers themselves are read against the questionnaire."""

    noun: ClassVar[str] = "answers file"
    questionnaire: Id = Field(description="The questionnaire's id.")
    edition: Slug = Field(description="The edition, such as 2026.")
    organisation: Organisation = Field(description="The employer: name, nation, employer_type.")
    service: Id = Field(description="childrens, adults or another service's id.")
    answers: dict[str, Any] = Field(description="A value or a response for each question id.")


class Response(Part):
    """An answer with more than its value."""

    noun: ClassVar[str] = "response"
    value: Any = Field(None, description="The value; a list for a multiple choice.")
    evidence: Text = Field("", description="Evidence in words.")
    links: tuple[Text, ...] = Field((), description="Web addresses of evidence.")
    not_applicable: Text | None = Field(None, description="Why the question does not apply.")

    @model_validator(mode="after")
    def _answers_or_sets_aside(self) -> Self:
        if self.not_applicable is not None and self.value is not None:
            refuse("A question that is not_applicable has no value: keep one of the two.")
        if self.not_applicable in NOT_REASONS:
            refuse("“not_applicable” must give the reason in words.")
        return self

"""A questionnaire file as an author writes it: the top of the schema, and its core counterpart."""

from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from healthcheck.core import questionnaires as q
from healthcheck.definitions.scalars import Id, Points, Share, Slug, Text, Weight, Whole
from healthcheck.definitions.schema_checks import Check
from healthcheck.definitions.schema_parts import Part, Saying
from healthcheck.definitions.schema_questions import Question


class Level(Part):
    """One step of the rating scale."""

    noun: ClassVar[str] = "level"
    level: Whole = Field(description="Its number, such as 0.")
    name: Text = Field(description="Its name, such as Not in place.")
    points: Points = Field(description="The points it earns.")

    def build(self) -> q.Level:
        """Return the core's level."""
        return q.Level(self.level, self.name, self.points)


class Band(Part):
    """A range of whole scores with a name; it runs up to the next band."""

    noun: ClassVar[str] = "band"
    name: Text = Field(description="Its name in words.")
    from_: Whole = Field(alias="from", description="The lowest whole score in it, 0 to 100.")
    sentence: Text = Field(description="What it means, for the report.")

    def build(self) -> q.Band:
        """Return the core's band."""
        return q.Band(self.name, self.from_, self.sentence)


class RollUp(Part):
    """How shares become strengths, and the rule for the overall score in words."""

    noun: ClassVar[str] = "roll_up"
    strength_from: Share = Field(
        description="The share of a question's points that makes a strength, such as 2/3."
    )
    improve_to: Share = Field(
        description="The share up to which it is an area for improvement, such as 1/3."
    )
    explanation: Text = Field(description="How area scores make the overall score, in plain words.")

    def build(self) -> q.RollUp:
        """Return the core's roll-up."""
        return q.RollUp(self.strength_from, self.improve_to, self.explanation)


class Standard(Part):
    """An outside standard that questions are linked to."""

    noun: ClassVar[str] = "standard"
    id: Id = Field(description="Its id, such as lga-1.")
    title: Text = Field(description="Its full name.")

    def build(self) -> q.Standard:
        """Return the core's standard."""
        return q.Standard(self.id, self.title)


class Term(Part):
    """A word that differs by nation, service or employer type."""

    noun: ClassVar[str] = "term"
    otherwise: Text = Field(description="The words to use when no row of `when` fits.")
    when: tuple[Saying, ...] = Field((), description="Rows for some audience; the first that fits.")

    def build(self, term_id: str) -> q.Term:
        """Return the core's term."""
        return q.Term(term_id, self.otherwise, tuple(each.build() for each in self.when))


class Topic(Part):
    """Related questions that share a page."""

    noun: ClassVar[str] = "topic"
    id: Id = Field(description="Its id, which never changes.")
    title: Text = Field(description="The heading of its page.")
    about: Text = Field("", description="One or two sentences under the heading.")
    questions: tuple[Question, ...] = Field(description="One to five questions, best two to four.")

    def build(self) -> q.Topic:
        """Return the core's topic."""
        questions = tuple(question.build() for question in self.questions)
        return q.Topic(self.id, self.title, questions, self.about)


class Figures(Part):
    """The workforce figures: topics like an area's, without a score."""

    noun: ClassVar[str] = "figures section"
    id: Id = Field(description="Its id, which never changes.")
    title: Text = Field(description="Its heading.")
    about: Text = Field(description="What it asks about.")
    topics: tuple[Topic, ...] = Field(description="Its topics, one or more.")

    def build(self) -> q.Area:
        """Return the core's area, not scored."""
        return q.Area(**self._common(), scored=False)

    def _common(self) -> dict[str, Any]:
        topics = tuple(topic.build() for topic in self.topics)
        return {"id": self.id, "title": self.title, "about": self.about, "topics": topics}


class Area(Figures):
    """Topics that share a score."""

    noun: ClassVar[str] = "area"
    weight: Weight = Field(Fraction(1), description="How much it counts in the overall score.")

    def build(self) -> q.Area:
        """Return the core's area."""
        return q.Area(**self._common(), weight=self.weight)


class Questionnaire(Part):
    """One edition of a questionnaire: the whole file."""

    noun: ClassVar[str] = "questionnaire"
    id: Id = Field(description="Its id; the folder has the same name.")
    edition: Slug = Field(description="Its edition, such as 2026; the file has the same name.")
    title: Text = Field(description="Its title.")
    about: Text = Field(description="What it is, in one or two paragraphs.")
    source: Text = Field(description="Where the set comes from.")
    terms: dict[Id, Term] = Field(
        {}, description="Words that differ by nation or service, by id; used as {id} in any text."
    )
    standards: tuple[Standard, ...] = Field((), description="Standards that questions may name.")
    scale: Annotated[tuple[Level, ...], Field(min_length=2)] = Field(
        description="The levels that every rating uses, lowest first."
    )
    bands: Annotated[tuple[Band, ...], Field(min_length=1)] = Field(
        description="The ranges of scores, lowest first."
    )
    roll_up: RollUp = Field(description="What makes a strength, and the overall score in words.")
    areas: Annotated[tuple[Area, ...], Field(min_length=1)] = Field(description="The scored areas.")
    figures: Figures | None = Field(None, description="The workforce figures, if there are any.")
    checks: tuple[Check, ...] = Field(
        (), description="What a reader of the answers is asked to look at twice."
    )

    def build(self) -> q.Questionnaire:
        """Return the core's questionnaire."""
        return q.Questionnaire(
            **{key: getattr(self, key) for key in ("id", "edition", "title", "about", "source")},
            scale=tuple(level.build() for level in self.scale),
            bands=tuple(band.build() for band in self.bands),
            roll_up=self.roll_up.build(),
            areas=tuple(area.build() for area in self.areas),
            figures=None if self.figures is None else self.figures.build(),
            standards=tuple(standard.build() for standard in self.standards),
            terms=tuple(term.build(term_id) for term_id, term in self.terms.items()),
            checks=tuple(check.build() for check in self.checks),
        )

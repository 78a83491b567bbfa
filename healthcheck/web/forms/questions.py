"""The form of one topic: one field builder for each type of question.

It shows what is stored; `posted` beside it reads what is sent back. Whether an entry is acceptable
is decided by `core.answers.accept` alone, so the fields carry no lists of choices of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm, Form

from healthcheck.core import questionnaires as q
from healthcheck.core.saving import Saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wtforms import Field

    from healthcheck.core.answers import Problem

NOT_APPLICABLE = "not-applicable"
DATE_PARTS = ("year", "month", "day")
Fields = dict[str, Any]


class DateParts(Form):
    """A date as three boxes, each kept as typed."""

    day = StringField("Day")
    month = StringField("Month")
    year = StringField("Year")


@dataclass(frozen=True)
class Asked:
    """One question on the page with its fields."""

    question: q.Question
    saved: Saved
    value: Field
    not_applicable: Field | None
    reason: Field
    evidence: Field | None
    links: Field | None
    files: Field | None
    revision: Field
    problems: tuple[Problem, ...]

    def problem(self, part: str) -> str:
        """Return what is wrong with one part of the entry, or nothing."""
        return next((each.message for each in self.problems if each.part == part), "")


class TopicForm:
    """The fields of a topic's questions, filled from what is stored."""

    def __init__(
        self,
        questions: Iterable[q.Question],
        saved: Mapping[str, Saved],
        problems: Mapping[str, tuple[Problem, ...]] | None = None,
    ) -> None:
        self.questions = tuple(each for each in questions if q.is_asked(each))
        self.saved = saved
        self.problems = problems or {}
        fields = {name: field for each in self.questions for name, field in _fields(each).items()}
        self.form = BaseForm(fields)
        stored = {
            name: value
            for each in self.questions
            for name, value in _data(each, saved.get(each.id, Saved())).items()
        }
        self.form.process(data=stored)

    def asked(self, question: q.Question) -> Asked:
        """Return one question with its fields."""
        get = self.form._fields.get
        name = question.id
        return Asked(
            question=question,
            saved=self.saved.get(name, Saved()),
            value=self.form[name],
            not_applicable=get(f"{name}.na"),
            reason=self.form[f"{name}.reason"],
            evidence=get(f"{name}.evidence"),
            links=get(f"{name}.links"),
            files=get(f"{name}.files"),
            revision=self.form[f"{name}.revision"],
            problems=self.problems.get(name, ()),
        )


def takes_evidence(question: q.Question) -> bool:
    """Say whether the page asks for evidence with this question."""
    return question.evidence is not None


def _fields(question: q.Question) -> Fields:
    name = question.id
    fields: Fields = {name: _value_field(question)}
    if not isinstance(question, q.Rating | q.Choice | q.YesNo):
        fields[f"{name}.na"] = BooleanField("This does not apply, or we cannot give it")
    fields[f"{name}.reason"] = TextAreaField("Why does this not apply to your service?")
    if takes_evidence(question):
        fields[f"{name}.evidence"] = TextAreaField("Evidence in your own words")
        fields[f"{name}.links"] = TextAreaField("Links to evidence")
        fields[f"{name}.files"] = MultipleFileField("Attach files")
    fields[f"{name}.revision"] = HiddenField()
    return fields


def _value_field(question: q.Question) -> Any:  # noqa: ANN401 - WTForms calls it UnboundField
    match question:
        case q.Rating() | q.Choice() | q.YesNo():
            return RadioField(question.text, choices=[], validate_choice=False)
        case q.MultipleChoice():
            return SelectMultipleField(question.text, choices=[], validate_choice=False)
        case q.Date():
            return FormField(DateParts, question.text, separator=".")
        case q.Number() | q.Percentage() | q.ShortText():
            return StringField(question.text)
        case q.LongText():
            return TextAreaField(question.text)
        case q.Calculated():
            raise TypeError(f"{question.id} is worked out, so no form asks for it")
        case _ as unhandled:
            assert_never(unhandled)


def _data(question: q.Question, saved: Saved) -> Fields:
    entry, name = saved.entry, question.id
    first = entry.value[0] if entry.value else ""
    value: object = first
    if isinstance(question, q.MultipleChoice):
        value = list(entry.value)
    elif isinstance(question, q.Date):
        value = dict(zip(DATE_PARTS, (*first.split("-", 2), "", "")[:3], strict=True))
    elif isinstance(question, q.Rating | q.Choice | q.YesNo) and entry.not_applicable:
        value = NOT_APPLICABLE
    return {
        name: value,
        f"{name}.na": entry.not_applicable,
        f"{name}.reason": entry.reason,
        f"{name}.evidence": entry.evidence,
        f"{name}.links": entry.links,
        f"{name}.revision": str(saved.revision),
    }

"""The form of one topic: one field builder for each type of question.

What is posted becomes a core `Entry`; whether it is acceptable is decided by `core.answers.accept`
alone, whose problems the page then shows; so the fields carry no lists of choices of their own,
and a draft that is not valid yet is kept as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

from werkzeug.datastructures import FileStorage
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
from healthcheck.core.answers import Entry, Problem
from healthcheck.core.saving import Offered, Saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug.datastructures import MultiDict
    from wtforms import Field

NOT_APPLICABLE = "not-applicable"
DATE_PARTS = ("year", "month", "day")
REVISION = re.compile(r"[0-9]{1,9}")
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
    """The fields of a topic's questions, filled from what is stored or from what was posted."""

    def __init__(
        self,
        questions: Iterable[q.Question],
        saved: Mapping[str, Saved],
        problems: Mapping[str, tuple[Problem, ...]] | None = None,
        posted: MultiDict[str, Any] | None = None,
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
        # What is posted stands alone: a field left out is empty, never what was stored before.
        self.form.process(posted, data=stored if posted is None else {})

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

    def offered(self) -> dict[str, Offered]:
        """Return what was posted for each question that the page really carried."""
        return {
            each.id: Offered(self._entry(each), int(revision))
            for each in self.questions
            if REVISION.fullmatch(revision := str(self.form[f"{each.id}.revision"].data))
        }

    def uploads(self) -> dict[str, list[FileStorage]]:
        """Return the files chosen for each question."""
        chosen = {
            each.id: [
                file for file in field.data or () if isinstance(file, FileStorage) and file.filename
            ]
            for each in self.questions
            if (field := self.asked(each).files) is not None
        }
        return {question_id: files for question_id, files in chosen.items() if files}

    def _entry(self, question: q.Question) -> Entry:
        asked = self.asked(question)
        value = _given(asked.value.data)
        set_aside = NOT_APPLICABLE in value or bool(
            asked.not_applicable is not None and asked.not_applicable.data
        )
        return Entry(
            value=tuple(each for each in value if each != NOT_APPLICABLE),
            not_applicable=set_aside,
            reason=_lines(asked.reason.data),
            evidence=_lines(asked.evidence.data if asked.evidence is not None else ""),
            links=_lines(asked.links.data if asked.links is not None else ""),
        )


def cleared(offered: dict[str, Offered], question_id: str | None) -> dict[str, Offered]:
    """Return what was posted with one question's answer taken out; its evidence stays."""
    offer = offered.get(question_id or "")
    if offer is None:
        return offered
    entry = replace(offer.entry, value=(), not_applicable=False)
    return offered | {str(question_id): replace(offer, entry=entry)}


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


def _given(data: object) -> list[str]:
    if isinstance(data, dict):
        parts = [str(data.get(part) or "").replace("-", "").strip() for part in DATE_PARTS]
        return ["-".join(parts)] if any(parts) else []
    if isinstance(data, list):
        return [str(each) for each in data]
    return [_lines(str(data))] if data else []


def _lines(data: object) -> str:
    return str(data or "").replace("\r\n", "\n")

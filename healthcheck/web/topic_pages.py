"""What a topic's page shows: its place among the pages, its problems, its figures in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import carrying
from healthcheck.core import questionnaires as q
from healthcheck.core.errors import NotFoundError
from healthcheck.core.facts import service_title
from healthcheck.core.journey import Progress, Visibility, progress
from healthcheck.reports import words
from healthcheck.reports.view_questions import Sources, pointers, question_row
from healthcheck.web.carrying import last_answer
from healthcheck.web.filters import saved_when
from healthcheck.web.forms.questions import NOT_APPLICABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Entry
    from healthcheck.reports.parts import Pointer, QuestionRow
    from healthcheck.services.shelf import Opened
    from healthcheck.web.carrying import LastAnswer


@dataclass(frozen=True)
class TopicPage:
    """One topic of an opened assessment, with the pages before and after it."""

    opened: Opened
    area: q.Area
    topic: q.Topic
    number: int
    of: int
    before: q.Topic | None
    after: q.Topic | None
    refused_files: Mapping[str, tuple[str, ...]]

    @property
    def service(self) -> str:
        """The service's name for readers."""
        return service_title(self.opened.assessment.service)

    @cached_property
    def done(self) -> Progress:
        """How many of the page's questions are answered."""
        return progress(self.opened.journey, self.topic.questions, self.opened.problems)

    @property
    def last_saved(self) -> str:
        """When anything on the page was last saved, with its day unless today; blank for never."""
        times = [
            saved.saved_at
            for question in self.topic.questions
            if (saved := self.opened.saved.get(question.id)) and saved.saved_at
        ]
        return saved_when(max(times)) if times else ""

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        """Every problem that can be seen on the page, as the id of its field and a sentence."""
        found: list[tuple[str, str]] = []
        for question in self.topic.questions:
            if not self.opened.journey[question.id].is_visible:
                continue
            for problem in self.opened.problems.get(question.id, ()):
                target = _first_field(question) if problem.part == "value" else problem.part
                href = question.id if target == "value" else f"{question.id}.{target}"
                found.append((href, self._named(question, problem.message)))
            found += [
                (f"{question.id}.files", self._named(question, sentence))
                for sentence in self.refused_files.get(question.id, ())
            ]
        return found

    @cached_property
    def numbers(self) -> Mapping[str, Pointer]:
        """Each question's number, the same on page and paper."""
        return pointers(self.opened.questionnaire)

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """The questions of the page that one click can answer as last year."""
        last, opened = self.opened.last, self.opened
        if last is None or not opened.may_answer:
            return ()
        return carrying.offered(self.topic.questions, opened.journey, last.carried)

    def last(self, question: q.Question) -> LastAnswer | None:
        """Return last year's answer to a question that is not answered yet."""
        return last_answer(self.opened, question)

    def _named(self, question: q.Question, sentence: str) -> str:
        return f"{self.numbers[question.id].number}: {sentence}"

    def row(self, question: q.Question) -> QuestionRow:
        """Return a question in the words of the report."""
        opened = self.opened
        sources = Sources(
            opened.questionnaire, opened.journey, opened.assessment.facts, self.numbers
        )
        return question_row(sources, opened.journey[question.id])


def topic_page(
    opened: Opened, topic_id: str, refused_files: Mapping[str, tuple[str, ...]] | None = None
) -> TopicPage:
    """Return the page of one topic. Raises NotFoundError when nothing on it is asked."""
    shown = [
        (area, topic)
        for area in opened.questionnaire.sections
        for topic in area.topics
        if is_shown(opened, topic)
    ]
    place = next((at for at, (_, topic) in enumerate(shown) if topic.id == topic_id), None)
    if place is None:
        raise NotFoundError("There is no such page in this health check.")
    area, topic = shown[place]
    return TopicPage(
        opened=opened,
        area=area,
        topic=topic,
        number=place + 1,
        of=len(shown),
        before=shown[place - 1][1] if place else None,
        after=shown[place + 1][1] if place + 1 < len(shown) else None,
        refused_files=refused_files or {},
    )


def is_shown(opened: Opened, topic: q.Topic) -> bool:
    """Say whether a topic has a question that is, or may yet be, asked."""
    for question in topic.questions:
        if opened.journey[question.id].visibility is not Visibility.HIDDEN:
            return True
    return False


def entry_words(opened: Opened, question: q.Question, entry: Entry) -> list[tuple[str, str]]:
    """Return an entry as it was typed, each part with its name, for a person to compare.

    Parts left empty are named too, so that what keeping one version would remove is seen.
    """
    parts = [
        ("Answer", "Not applicable" if entry.not_applicable else _typed(opened, question, entry)),
        ("Reason", entry.reason if entry.not_applicable else ""),
        ("Evidence", entry.evidence),
        ("Links", entry.links),
    ]
    takes = {"Answer", "Reason"} if question.evidence is None else {name for name, _ in parts}
    return [(name, text) for name, text in parts if name in takes and (text or name != "Reason")]


def entry_fields(question: q.Question, entry: Entry) -> list[tuple[str, str]]:
    """Return an entry as the names and values of the fields that would post it again."""
    name = question.id
    fields = [(name, value) for value in entry.value]
    if isinstance(question, q.Date) and entry.value:
        parts = (*entry.value[0].split("-", 2), "", "")[:3]
        fields = list(zip((f"{name}.year", f"{name}.month", f"{name}.day"), parts, strict=True))
    if entry.not_applicable and _sets_aside_by_radio(question):
        fields.append((name, NOT_APPLICABLE))
    elif entry.not_applicable:
        fields.append((f"{name}.na", "y"))
    texts = [("reason", entry.reason), ("evidence", entry.evidence), ("links", entry.links)]
    return fields + [(f"{name}.{part}", text) for part, text in texts if text]


def _sets_aside_by_radio(question: q.Question) -> bool:
    return isinstance(question, q.Rating | q.Choice | q.YesNo)


def _first_field(question: q.Question) -> str:
    return "day" if isinstance(question, q.Date) else "value"


def _typed(opened: Opened, question: q.Question, entry: Entry) -> str:
    names: dict[str, str] = {"yes": "Yes", "no": "No"} if isinstance(question, q.YesNo) else {}
    if isinstance(question, q.Rating):
        levels = opened.questionnaire.levels.values()
        names = {str(level.number): f"{level.number}. {level.name}" for level in levels}
    if isinstance(question, q.Choice | q.MultipleChoice):
        names = {option.id: option.text for option in question.options}
    if isinstance(question, q.Date):
        names = {value: _day(value) for value in entry.value}
    return ", ".join(names.get(value, value) for value in entry.value)


def _day(typed: str) -> str:
    """Return a date in words, and what is none as it was typed."""
    try:
        return words.day(date.fromisoformat(typed))
    except ValueError:
        return typed

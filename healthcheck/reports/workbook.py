"""The blank workbook: every question with room to write, for a team that prepares in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, assert_never

from healthcheck.core import questionnaires as q
from healthcheck.core.conditions import NOT_YET, NotYet, Truth, evaluate
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, Audience, Facts, service_title
from healthcheck.core.wording import worded_for
from healthcheck.reports import words
from healthcheck.reports.conditions_in_words import Speaker
from healthcheck.reports.notes import level_title, rests_on
from healthcheck.reports.view_figures import formula
from healthcheck.reports.view_questions import pointers, unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.reports.parts import Pointer

Room = Literal["ticks", "line", "box", "none"]
"""What is printed to answer in: boxes to tick, a line, a large box, or nothing."""

ANYONE = Facts("", "", "")
"""No facts: terms take their general wording, and no audience is left out."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick: its label and what it means, which may be blank."""

    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """One question as printed; blank texts are left out.

    `fills_page` says that its box for evidence takes what is left of a page of its own.
    """

    id: str
    number: str
    text: str
    hint: str
    why: str
    rests_on: str
    only_for: str
    only_if: str
    room: Room
    instruction: str
    ticks: tuple[Tick, ...]
    unit: str
    worked_out: str
    is_essential: bool
    is_optional: bool
    evidence: q.EvidenceGuide | None
    evidence_from: str
    fills_page: bool


@dataclass(frozen=True, slots=True)
class BlankTopic:
    """A topic with its questions."""

    title: str
    about: tuple[str, ...]
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True, slots=True)
class BlankSection:
    """An area, or the workforce figures."""

    id: str
    title: str
    about: tuple[str, ...]
    topics: tuple[BlankTopic, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Everything a blank workbook says; `audience` names whom it was printed for, or is blank."""

    title: str
    edition: str
    about: tuple[str, ...]
    source: tuple[str, ...]
    source_in_short: str
    audience: str
    scale: tuple[str, ...]
    sections: tuple[BlankSection, ...]


def workbook(questionnaire: q.Questionnaire, facts: Facts | None = None) -> Workbook:
    """Return the blank workbook, for one kind of assessment or, without facts, for all.

    With facts, questions that can never be asked of it are left out.
    """
    worded = worded_for(questionnaire, facts or ANYONE)
    printer = _Printer(worded, facts, pointers(worded))
    areas = len(worded.areas)
    sections = (
        BlankSection(
            section.id,
            f"Area {place}: {section.title}" if place <= areas else section.title,
            words.paragraphs(section.about),
            printer.topics(section),
        )
        for place, section in enumerate(worded.sections, start=1)
    )
    return Workbook(
        title=worded.title,
        edition=worded.edition,
        about=words.paragraphs(worded.about),
        source=words.paragraphs(worded.source),
        source_in_short=words.opening(worded.source),
        audience=_audience(facts),
        scale=tuple(level_title(level) for level in worded.scale),
        sections=tuple(section for section in sections if section.topics),
    )


@dataclass(frozen=True)
class _Printer:
    questionnaire: q.Questionnaire
    facts: Facts | None
    pointers: Mapping[str, Pointer]

    def topics(self, section: q.Area) -> tuple[BlankTopic, ...]:
        asked = [each for each in section.questions if self._may_be_asked(each)]
        shares = {
            each.id for each, after in pairwise(asked) if each.evidence and not after.evidence
        }
        topics = (
            BlankTopic(
                topic.title,
                words.paragraphs(topic.about),
                tuple(
                    self.question(each, shares_page=each.id in shares)
                    for each in topic.questions
                    if each in asked
                ),
            )
            for topic in section.topics
        )
        return tuple(topic for topic in topics if topic.questions)

    def question(self, question: q.Question, *, shares_page: bool) -> BlankQuestion:
        room, instruction = _room(question)
        return BlankQuestion(
            id=question.id,
            number=self.pointers[question.id].number,
            text=question.text,
            hint=question.hint,
            why=question.why,
            rests_on=rests_on(self.questionnaire, question),
            only_for="" if self.facts else _only_for(question.applies_to),
            only_if=self._only_if(question),
            room=room,
            instruction=instruction,
            ticks=self._ticks(question),
            unit=unit_of(question),
            worked_out=formula(question, self.pointers),
            is_essential=question.essential,
            is_optional=question.optional,
            evidence=question.evidence,
            evidence_from=self._evidence_from(question),
            fills_page=question.evidence is not None and not shares_page,
        )

    def _may_be_asked(self, question: q.Question) -> bool:
        if self.facts is None:
            return True
        return question.applies_to.includes(self.facts) and (
            self._truth(question, self.facts) is not Truth.FALSE
        )

    def _only_if(self, question: q.Question) -> str:
        condition = question.show_when
        if condition is None:
            return ""
        if self.facts is not None and self._truth(question, self.facts) is Truth.TRUE:
            return ""
        return Speaker(self.questionnaire, self.pointers).only_if(condition)

    def _truth(self, question: q.Question, facts: Facts) -> Truth:
        if question.show_when is None:
            return Truth.TRUE
        return evaluate(question.show_when, facts, _not_yet)

    def _ticks(self, question: q.Question) -> tuple[Tick, ...]:
        match question:
            case q.Rating():
                levels = self.questionnaire.levels
                return tuple(
                    Tick(level_title(levels[number]), question.descriptors[number])
                    for number in sorted(question.descriptors)
                )
            case q.Choice() | q.MultipleChoice():
                return tuple(Tick(option.text) for option in question.options)
            case q.YesNo():
                return (Tick("Yes"), Tick("No"))
            case _:
                return ()

    def _evidence_from(self, question: q.Question) -> str:
        guide = question.evidence
        if guide is None or guide.required_from is None:
            return ""
        name = level_title(self.questionnaire.levels[guide.required_from])
        return f"Evidence is expected from {words.quoted(name)} up."


def _not_yet(question_id: str) -> NotYet:
    del question_id
    return NOT_YET


def _room(question: q.Question) -> tuple[Room, str]:
    room: tuple[Room, str]
    match question:
        case q.Rating() | q.Choice() | q.YesNo():
            room = "ticks", "Tick one."
        case q.MultipleChoice():
            room = "ticks", "Tick all that apply."
        case q.Number() | q.Percentage():
            room = "line", _limits(question)
        case q.Date():
            room = "line", "Write day, month and year."
        case q.ShortText():
            room = "line", ""
        case q.LongText():
            room = "box", ""
        case q.Calculated():
            room = "none", "Nothing to fill in: the tool works this out."
        case _ as unhandled:
            assert_never(unhandled)
    return room


def _limits(question: q.Number | q.Percentage) -> str:
    if question.decimals == 0:
        return "Give a whole number."
    return f"Give at most {words.count(question.decimals, 'decimal place')}."


def _only_for(audience: Audience) -> str:
    named = [
        words.listed([service_title(each) for each in audience.service], "or"),
        words.listed([NATIONS.get(each, each) for each in audience.nation], "or"),
        words.listed([EMPLOYER_TYPES.get(each, each) for each in audience.employer_type], "or"),
    ]
    given = [each for each in named if each]
    return f"Only for: {'; '.join(given)}." if given else ""


def _audience(facts: Facts | None) -> str:
    if facts is None:
        return ""
    kind, nation = EMPLOYER_TYPES[facts.employer_type], NATIONS[facts.nation]
    return f"{service_title(facts.service)}, {kind}, {nation}"

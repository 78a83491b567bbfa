"""The workbook of a health check's answers, for a meeting or for people without an account.

The whole questionnaire as this employer is asked it, a sheet an area, with the answers as they are
now. Only the cells to fill in can be changed; what they mean coming back is decided by
`healthcheck.core.answers_workbooks`. (The blank workbook on paper is `reports.workbook`.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import answers_workbooks as core
from healthcheck.core import questionnaires as q
from healthcheck.core.facts import service_title
from healthcheck.core.saving import Saved
from healthcheck.reports import words
from healthcheck.reports.sheet_parts import (
    BOLD,
    HEADING,
    OPEN,
    OPEN_DATE,
    SHADED,
    TALLEST,
    WORDS,
    Cell,
    Column,
    Field,
    Look,
    Page,
    Rule,
    sheet_names,
)
from healthcheck.reports.spreadsheets import as_book
from healthcheck.reports.view_questions import value_words
from healthcheck.reports.workbook import BlankQuestion, BlankTopic, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.carrying import LastAnswers
    from healthcheck.core.journey import Journey

NEVER = Saved()
HOW = "How to fill this in"
YES = Rule("list", "Yes if this applies. Else leave the cell empty.", ("Yes",))
FARTHEST = 10.0**12
"""A number that no limit of a questionnaire reaches, where one must be named."""
INSTRUCTIONS = (
    "Each area has a sheet of its own: choose it at the bottom of the window.",
    "Write in the framed cells under Answer, Does not apply, Evidence and Web links.",
    "Most answers have a list: choose the cell, then the arrow beside it. Other cells are locked.",
    "Where a question does not apply to your service, leave its answer empty and say why.",
    "Leave empty what you do not know. An empty cell removes an answer that stood in it.",
    "Files cannot be sent in a workbook. Attach them on the question’s page.",
    "Then give the file to somebody with an account, who chooses “Answer in a spreadsheet”.",
    "They see every change, and what others changed meanwhile, before anything is saved.",
)


@dataclass(frozen=True)
class Sources:
    """What the workbook is made from: an assessment, how it stands, and the day it is made."""

    assessment: Assessment
    questionnaire: q.Questionnaire
    saved: Mapping[str, Saved]
    journey: Journey
    last: LastAnswers | None
    day: date


def answers_workbook(sources: Sources) -> bytes:
    """Return the workbook, as Excel and LibreOffice open it."""
    blank = workbook(sources.questionnaire, sources.assessment.facts)
    titles = {section.id: section.title for section in sources.questionnaire.sections}
    names = sheet_names([HOW, *(titles[section.id] for section in blank.sections)])
    maker = _Maker(sources)
    areas = (
        Page(
            name,
            maker.columns(),
            maker.rows(section.topics),
            is_locked=True,
            frozen_columns=2,
            tallest=TALLEST,
        )
        for name, section in zip(names[1:], blank.sections, strict=True)
    )
    return as_book([_instructions(sources, names[0]), *areas])


def _instructions(sources: Sources, name: str) -> Page:
    assessment = sources.assessment
    about = [
        ("Employer", assessment.employer.name),
        ("Service", service_title(assessment.service)),
        ("Cycle", assessment.cycle),
        ("Reference", assessment.reference),
        ("Answers as on", words.day(sources.day)),
    ]
    steps = [(f"{number}.", line) for number, line in enumerate(INSTRUCTIONS, start=1)]
    rows: list[tuple[Cell | Field, ...]] = [(Field(what, BOLD), said) for what, said in about]
    rows += [(None, None), (Field("How", BOLD), None), *steps]
    columns = [Column("Health check", 16), Column(sources.questionnaire.title, 90)]
    return Page(name, columns, rows, is_locked=True)


@dataclass(frozen=True)
class _Maker:
    sources: Sources

    def columns(self) -> list[Column]:
        last = self.sources.last
        said = [Column(f"{core.LAST_YEAR} ({last.cycle})", 20)] if last else []
        return [
            Column(core.NUMBER, 6),
            Column(core.QUESTION, 34),
            Column(core.GUIDANCE, 42),
            Column(core.MEANINGS, 50),
            *said,
            Column(core.ANSWER, 20),
            Column(core.REASON, 24),
            Column(core.EVIDENCE, 34),
            Column(core.LINKS, 24),
            Column(core.KEY, 10, is_hidden=True),
            Column(core.REVISION, 10, is_hidden=True),
            Column(core.REFERENCE, 10, is_hidden=True),
        ]

    def rows(self, topics: tuple[BlankTopic, ...]) -> list[tuple[Cell | Field, ...]]:
        width = len(self.columns()) - 3
        found: list[tuple[Cell | Field, ...]] = []
        for topic in topics:
            about = Field("\n".join(topic.about) or None, SHADED)
            title = (Field(None, HEADING), Field(topic.title, HEADING), about)
            found.append((*title, *[Field(None, SHADED)] * (width - 3)))
            for blank in topic.questions:
                found += self._question(blank)
        return found

    def _question(self, blank: BlankQuestion) -> Iterator[tuple[Cell | Field, ...]]:
        sources, question = self.sources, self.sources.questionnaire.questions[blank.id]
        meanings = "\n".join(
            f"{tick.label}: {tick.meaning}" for tick in blank.ticks if tick.meaning
        )
        text = f"{blank.text} (may be left empty)" if blank.is_optional else blank.text
        asked = (blank.number, Field(text, BOLD), _guidance(blank), meanings, *self._last(blank.id))
        if isinstance(question, q.Calculated):
            value = sources.journey[blank.id].value
            shown = None if value is None else value_words(question, value)
            yield (*asked, shown, None, None, None, blank.id, None, sources.assessment.reference)
            return
        saved = sources.saved.get(blank.id, NEVER)
        entry = saved.entry
        answer = Field(
            core.cell_of(sources.questionnaire, question, entry),
            _look(question),
            self._rule(question),
        )
        takes = OPEN if question.evidence is not None else WORDS
        evidence = (entry.evidence, entry.links) if question.evidence is not None else ("", "")
        yield (
            *asked,
            answer,
            Field((entry.reason if entry.not_applicable else "") or None, OPEN),
            *(Field(each or None, takes) for each in evidence),
            blank.id,
            saved.revision,
            sources.assessment.reference,
        )
        if isinstance(question, q.MultipleChoice):
            yield from self._options(question, saved, len(asked))

    def _options(
        self, question: q.MultipleChoice, saved: Saved, width: int
    ) -> Iterator[tuple[Cell | Field, ...]]:
        chosen = () if saved.entry.not_applicable else saved.entry.value
        for option in question.options:
            said = (None, option.text, *[None] * (width - 2))
            ticked = Field("Yes" if option.id in chosen else None, OPEN, YES)
            key = f"{question.id}{core.OPTION}{option.id}"
            yield (*said, ticked, None, None, None, key, None, self.sources.assessment.reference)

    def _last(self, question_id: str) -> tuple[Cell, ...]:
        """Return last year's answer in a cell of its own, and no cell when there is no last year.

        That is the answer as it was typed: whether it is still true is for people to say.
        """
        last = self.sources.last
        if last is None:
            return ()
        carried = last.carried.get(question_id)
        if carried is None:
            return (None,)
        if carried.entry.not_applicable:
            return (f"Did not apply: {carried.entry.reason}",)
        question = last.questionnaire.questions[carried.from_question_id]
        names = dict(core.choices(last.questionnaire, question))
        return (", ".join(names.get(each, each) for each in carried.entry.value),)

    def _rule(self, question: q.Question) -> Rule | None:
        options = tuple(shown for _, shown in core.choices(self.sources.questionnaire, question))
        match question:
            case q.Rating() | q.Choice() | q.YesNo():
                return Rule("list", "Choose from the list.", options)
            case q.Number():
                return _figure(question)
            case q.Percentage():
                return Rule("decimal", "A percentage from 0% to 100%.", lowest=0, highest=1)
            case _:
                return None


def _figure(question: q.Number) -> Rule:
    lowest, highest = question.minimum, question.maximum
    kind = "Whole number" if question.decimals == 0 else "Number"
    limits = [
        f"{words.as_written(lowest)} or more" if lowest is not None else "",
        f"{words.as_written(highest)} or less" if highest is not None else "",
    ]
    said = f"{kind} in figures{f' ({question.unit})' if question.unit else ''}"
    return Rule(
        "integer" if question.decimals == 0 else "decimal",
        ", ".join(filter(None, [said, *limits])) + ".",
        lowest=-FARTHEST if lowest is None else float(lowest),
        highest=FARTHEST if highest is None else float(highest),
    )


def _look(question: q.Question) -> Look:
    match question:
        case q.Number():
            places = f".{'0' * question.decimals}" if question.decimals else ""
            return replace(OPEN, number=f"#,##0{places}")
        case q.Percentage():
            places = f".{'0' * question.decimals}" if question.decimals else ""
            return replace(OPEN, number=f"0{places}%")
        case q.Date():
            return OPEN_DATE
        case q.MultipleChoice():
            return WORDS
        case _:
            return OPEN


def _guidance(blank: BlankQuestion) -> str:
    guide = blank.evidence
    evidence = f"Evidence: {guide.ask} {blank.evidence_from}".strip() if guide else ""
    said = [
        blank.only_if,
        blank.hint,
        f"Why this matters: {blank.why}" if blank.why else "",
        blank.instruction if not blank.ticks or blank.instruction != "Tick one." else "",
        f"Unit: {blank.unit}." if blank.unit and blank.unit != "%" else "",
        f"Worked out: {blank.worked_out}." if blank.worked_out else "",
        evidence,
    ]
    return "\n".join(filter(None, said)).replace("Tick all", "Write Yes below beside all")

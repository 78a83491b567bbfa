"""The workbook of a health check's answers: what its cells hold, and what they mean coming back.

One question is one row; a question with several answers has a row below it for each. The last
columns are hidden and say which row is whose. An answer in a cell goes through the same `accept` as
on a page, and merges with what colleagues saved meanwhile by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core import typed
from healthcheck.core.answers import Entry
from healthcheck.core.saving import Offered
from healthcheck.core.sheets import BadCell, Cell, Line, Sheet, figures, lines, missing, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

NUMBER, QUESTION, GUIDANCE, MEANINGS = "No.", "Question", "Guidance", "What each answer means"
LAST_YEAR = "Last year"
ANSWER, REASON = "Answer", "Does not apply, because"
EVIDENCE, LINKS = "Evidence", "Web links, one a line"
KEY, REVISION, REFERENCE = "Row (do not change)", "Saved (do not change)", "Of (do not change)"
NEEDED = (ANSWER, REASON, EVIDENCE, LINKS, REVISION, REFERENCE)
HEADING_OF = {"value": ANSWER, "reason": REASON, "evidence": EVIDENCE, "links": LINKS}
"""The column of each part of an entry."""

OPTION = "#"
"""Stands between a question's id and an option's in the key of the option's row."""
MARKS = {"yes": True, "x": True, "✓": True, "": False, "no": False}
SHARE = 100
MOST_FIGURES = 15
NO_ROWS = (
    "There are no questions in this file. Choose the workbook of answers that was downloaded from"
    " this health check, saved as an Excel workbook (xlsx)."
)
NOT_THIS_ONE = (
    "This workbook belongs to another health check, so nothing of it was read. The reference of"
    " this health check is"
)
NOT_BOTH = "Give an answer or a reason why it does not apply, not both."
NOT_LISTED = "is not one of the answers in the list of this cell."


@dataclass(frozen=True, slots=True)
class Row:
    """What one question's row says: the entry, the save it was made from, and where its parts are.

    `at` is where each part of the entry stands, such as "Workload!F14" for its value.
    """

    entry: Entry
    based_on: int
    at: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as it came back: its rows by question, and every cell that cannot be read."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    bad: tuple[BadCell, ...] = ()


def cell_of(
    questionnaire: q.Questionnaire, question: q.Question, entry: Entry
) -> str | float | date | None:
    """Return what the answer's cell holds for an entry: a number, a date, or words of its list.

    What is not valid yet stands there as it was typed. Several answers have cells of their own.
    """
    if entry.not_applicable or isinstance(question, q.MultipleChoice):
        return None
    words = ", ".join(each.strip() for each in entry.value).strip()
    match question:
        case q.Number() | q.Percentage():
            return _number(question, words)
        case q.Date():
            try:
                return typed.day(words, None, None)
            except typed.RefusedError:
                return words or None
        case _:
            return dict(choices(questionnaire, question)).get(words, words) or None


def choices(questionnaire: q.Questionnaire, question: q.Question) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen for a question: each as it is stored, and as its list shows it."""
    match question:
        case q.Rating():
            levels = questionnaire.levels
            numbers = sorted(question.descriptors)
            return tuple((str(each), f"{each}. {levels[each].name}") for each in numbers)
        case q.Choice() | q.MultipleChoice():
            return tuple((option.id, option.text) for option in question.options)
        case q.YesNo():
            return ("yes", "Yes"), ("no", "No")
        case _:
            return ()


def read(questionnaire: q.Questionnaire, reference: str, sheets: Iterable[Sheet]) -> Reading:
    """Return what a workbook says for the health check of that reference.

    A workbook of another health check, or none of ours, is one bad cell and no row.
    """
    found = [line for sheet in sheets for line in lines(sheet, KEY)]
    if not found:
        return Reading(bad=(BadCell("", NO_ROWS),))
    gone = [each for each in dict.fromkeys(missing(line, NEEDED) for line in found) if each]
    if gone:
        return Reading(bad=tuple(gone))
    whose = {line.text(REFERENCE) for line in found if line.text(KEY)} - {reference}
    if whose:
        return Reading(bad=(BadCell("", f"{NOT_THIS_ONE} {reference}."),))
    return _Reader(questionnaire).read(found)


def offered(
    questionnaire: q.Questionnaire, rows: Mapping[str, Row], started: Mapping[str, Entry]
) -> dict[str, Offered]:
    """Return what a workbook's rows offer to be saved.

    `started` is the entry each row was made from. A row that says what that entry made it say was
    not touched: it offers the entry itself, however it had been typed.
    """
    return {
        question_id: Offered(
            _untouched(questionnaire, question_id, row, started.get(question_id, Entry())),
            row.based_on,
        )
        for question_id, row in rows.items()
    }


def _untouched(questionnaire: q.Questionnaire, question_id: str, row: Row, entry: Entry) -> Entry:
    question = questionnaire.questions[question_id]
    return entry if row.entry == _as_shown(questionnaire, question, entry) else row.entry


def _as_shown(questionnaire: q.Questionnaire, question: q.Question, entry: Entry) -> Entry:
    """Return what an entry reads as once it has been through its cells."""
    if isinstance(question, q.MultipleChoice):
        ids = [option.id for option in question.options]
        value = tuple(each for each in ids if each in entry.value and not entry.not_applicable)
    else:
        try:
            value = value_of(questionnaire, question, cell_of(questionnaire, question, entry))
        except typed.RefusedError:
            value = ()
    reason = _lines(entry.reason) if entry.not_applicable else ""
    keeps = question.evidence is not None
    return Entry(
        value,
        bool(reason),
        reason,
        _lines(entry.evidence) if keeps else "",
        _lines(entry.links) if keeps else "",
    )


def value_of(questionnaire: q.Questionnaire, question: q.Question, cell: Cell) -> tuple[str, ...]:
    """Return an answer's cell as a page would post it.

    Raises RefusedError for words that are not in the cell's list.
    """
    if isinstance(cell, float) and isinstance(question, q.Percentage):
        return (figures(float(Decimal(figures(cell)) * SHARE)),)
    words = _lines(text_of(cell))
    if not words:
        return ()
    for stored, shown in choices(questionnaire, question):
        if _plain(words) in {_plain(shown), _plain(stored), _plain(shown.partition(". ")[2])}:
            return (stored,)
    if isinstance(question, q.Choice):
        raise typed.RefusedError(f"“{words[:60]}” {NOT_LISTED}")
    return (words,)


class _Reader:
    """Reads row by row; `wrong` holds the questions of which nothing is to be taken."""

    def __init__(self, questionnaire: q.Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._seen: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        self._ticked: dict[str, tuple[str, ...]] = {}
        self._bad: list[BadCell] = []
        self._wrong: set[str] = set()

    def read(self, found: Sequence[Line]) -> Reading:
        for line in found:
            self._line(line)
        for question_id, row in self._rows.items():
            value = row.entry.value or self._ticked.get(question_id, ())
            self._rows[question_id] = replace(row, entry=replace(row.entry, value=value))
            if value and row.entry.not_applicable:
                self._wrong.add(question_id)
                self._bad.append(BadCell(row.at["value"], NOT_BOTH))
        rows = {each: row for each, row in self._rows.items() if each not in self._wrong}
        return Reading(rows, tuple(self._bad))

    def _line(self, line: Line) -> None:
        key = line.text(KEY)
        question_id, _, option = key.partition(OPTION)
        question = self._questionnaire.questions.get(question_id)
        if not key:
            if line.text(ANSWER):
                self._refuse(line, ANSWER, "This row is not one of the questions. Empty it.")
        elif question is None:
            self._refuse(line, KEY, "This row is of no question here, so it was not read.")
        elif not q.is_asked(question):
            return
        elif key in self._seen:
            place = self._seen[key]
            self._refuse(line, KEY, f"This row is there twice, see {place}.", question_id)
        else:
            self._seen[key] = line.place(KEY)
            if option:
                self._option(line, question, option)
            else:
                self._question(line, question)

    def _option(self, line: Line, question: q.Question, option: str) -> None:
        known = isinstance(question, q.MultipleChoice) and option in {
            stored for stored, _ in choices(self._questionnaire, question)
        }
        mark = MARKS.get(line.text(ANSWER).lower())
        if not known:
            self._refuse(line, KEY, "This row is of no answer here, so it was not read.")
        elif mark is None:
            message = "Write Yes if this applies, or leave the cell empty."
            self._refuse(line, ANSWER, message, question.id)
        elif mark:
            self._ticked[question.id] = (*self._ticked.get(question.id, ()), option)

    def _question(self, line: Line, question: q.Question) -> None:
        based_on = line.text(REVISION)
        if not (based_on.isascii() and based_on.isdigit() and len(based_on) <= MOST_FIGURES):
            self._refuse(line, REVISION, "This cell was changed. Download the workbook again.")
            return
        if question.evidence is None and (line.text(EVIDENCE) or line.text(LINKS)):
            self._refuse(line, EVIDENCE, "This question takes no evidence. Empty this cell.")
            return
        value: tuple[str, ...] = ()
        if isinstance(question, q.MultipleChoice):
            if line.text(ANSWER):
                self._refuse(line, ANSWER, "Answer below: Yes beside each that applies.")
                return
        else:
            try:
                value = value_of(self._questionnaire, question, line[ANSWER])
            except typed.RefusedError as refused:
                self._refuse(line, ANSWER, str(refused))
                return
        reason, evidence, links = (
            _lines(text_of(line[heading])) for heading in (REASON, EVIDENCE, LINKS)
        )
        entry = Entry(value, bool(reason), reason, evidence, links)
        at = {part: line.place(heading) for part, heading in HEADING_OF.items()}
        self._rows[question.id] = Row(entry, int(based_on), at)

    def _refuse(self, line: Line, heading: str, message: str, question_id: str = "") -> None:
        self._bad.append(BadCell(line.place(heading), message))
        self._wrong.add(question_id)


def _number(question: q.Number | q.Percentage, words: str) -> float | str | None:
    try:
        plain = typed.number(words.removesuffix("%"), None, None, MOST_FIGURES)
    except typed.RefusedError:
        return words or None
    return float(plain / SHARE if isinstance(question, q.Percentage) else plain)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold().removesuffix(".")

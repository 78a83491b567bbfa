"""What the pages of a review show of a question: as submitted, last year, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.consistency import before
from healthcheck.core.errors import NotFoundError
from healthcheck.core.journey import Visibility
from healthcheck.core.reviews import can_be_moderated
from healthcheck.core.word_changes import word_changes
from healthcheck.reports.ledger import own_level, written
from healthcheck.reports.notes import level_title
from healthcheck.reports.view_questions import Sources, pointers, question_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.core.answers import Attachment
    from healthcheck.core.journey import Standing
    from healthcheck.core.resubmissions import AnswerChange
    from healthcheck.core.word_changes import Piece
    from healthcheck.reports.ledger_parts import RatingPair, Written
    from healthcheck.reports.parts import Pointer, QuestionRow
    from healthcheck.services.reviews import Review
    from healthcheck.services.shelf import Opened


@dataclass(frozen=True)
class QuestionItem:
    """One question of a submission with everything that a reviewer reads beside it."""

    question: q.Question
    row: QuestionRow
    then: QuestionRow | None
    prompts: tuple[str, ...]
    written: Written
    can_be_moderated: bool
    levels: tuple[tuple[int, str, str], ...]

    @property
    def moderated(self) -> RatingPair | None:
        """BASW's rating, when one stands."""
        return next((each for each in self.written.ratings if each.stands), None)

    @property
    def earlier_ratings(self) -> tuple[RatingPair, ...]:
        """The ratings by BASW that were withdrawn or replaced."""
        return tuple(each for each in self.written.ratings if not each.stands)


@dataclass(frozen=True)
class TextChange:
    """A text that is not what it was, in pieces; `name` says which part of the answer it is."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ChangedItem:
    """One question that changed between two versions, in words."""

    pointer: Pointer
    old: str
    new: str
    has_other_answer: bool
    texts: tuple[TextChange, ...]
    files_added: tuple[Attachment, ...]
    files_removed: tuple[Attachment, ...]


@dataclass(frozen=True)
class ReviewPage:
    """A review with its questions in words."""

    review: Review

    @property
    def opened(self) -> Opened:
        """What was submitted."""
        return self.review.opened

    @cached_property
    def numbers(self) -> Mapping[str, Pointer]:
        """Each question's number, the same on page and paper."""
        return pointers(self.opened.questionnaire)

    @cached_property
    def written(self) -> Written:
        """Everything written in the review."""
        opened = self.opened
        return written(opened.questionnaire, opened.journey, self.review.ledger)

    @cached_property
    def changed(self) -> tuple[ChangedItem, ...]:
        """What changed since the version before."""
        return tuple(self._changed(each) for each in self.review.changes)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The ids of the questions that are asked, in the order of the file."""
        return tuple(name for name, standing in self.opened.journey.items() if standing.is_visible)

    def area(self, area_id: str) -> q.Area:
        """Return an area, or the figures. Raises NotFoundError."""
        sections = self.opened.questionnaire.sections
        found = next((each for each in sections if each.id == area_id), None)
        if found is None:
            raise NotFoundError("There is no such area in this health check.")
        return found

    def area_of(self, question_id: str) -> q.Area:
        """Return the area a question belongs to."""
        sections = self.opened.questionnaire.sections
        return next(each for each in sections if question_id in {one.id for one in each.questions})

    def items(self, area: q.Area) -> Iterator[tuple[q.Topic, list[QuestionItem]]]:
        """Yield the topics of an area that are asked, each with its questions."""
        for topic in area.topics:
            found = [
                self.item(each.id)
                for each in topic.questions
                if self.opened.journey[each.id].visibility is not Visibility.HIDDEN
            ]
            if found:
                yield topic, found

    def item(self, question_id: str) -> QuestionItem:
        """Return one question. Raises NotFoundError when it is not asked."""
        standing = self.opened.journey.get(question_id)
        if standing is None or standing.visibility is Visibility.HIDDEN:
            raise NotFoundError("There is no such question in what was submitted.")
        questionnaire, question = self.opened.questionnaire, standing.question
        descriptors = question.descriptors if isinstance(question, q.Rating) else {}
        return QuestionItem(
            question=question,
            row=self._row(self.opened, standing),
            then=self._then(question),
            prompts=tuple(
                each.text for each in self.review.prompts if each.question_id == question_id
            ),
            written=written(
                questionnaire, self.opened.journey, self.review.ledger.about(question_id)
            ),
            can_be_moderated=can_be_moderated(standing),
            levels=tuple(
                (number, level_title(questionnaire.levels[number]), descriptor)
                for number, descriptor in descriptors.items()
            ),
        )

    def neighbours(self, question_id: str) -> tuple[Pointer | None, Pointer | None]:
        """Return the questions before and after one that is asked."""
        place = self.asked.index(question_id)
        earlier = self.numbers[self.asked[place - 1]] if place else None
        later = self.asked[place + 1 : place + 2]
        return earlier, self.numbers[later[0]] if later else None

    def _then(self, question: q.Question) -> QuestionRow | None:
        """Return last year's answer to a question, None when there is none."""
        last_year = self.review.last_year
        then = None if last_year is None else before(question, last_year.journey)
        if last_year is None or then is None or not then.is_visible:
            return None
        return self._row(last_year, then)

    @cached_property
    def _numbers_then(self) -> Mapping[str, Pointer]:
        last_year = self.review.last_year
        return {} if last_year is None else pointers(last_year.questionnaire)

    def _row(self, opened: Opened, standing: Standing) -> QuestionRow:
        numbers = self.numbers if opened is self.opened else self._numbers_then
        facts = opened.assessment.facts
        sources = Sources(opened.questionnaire, opened.journey, facts, numbers)
        return question_row(sources, standing)

    def _changed(self, change: AnswerChange) -> ChangedItem:
        questionnaire = self.opened.questionnaire
        pairs = (
            ("Answer", _words(change.before), _words(change.after)),
            ("Why it does not apply", *(_reason(each) for each in (change.before, change.after))),
            ("Evidence", change.before.answer.evidence, change.after.answer.evidence),
            ("Links", *("\n".join(each.answer.links) for each in (change.before, change.after))),
        )
        is_text = bool(_words(change.before) or _words(change.after))
        return ChangedItem(
            pointer=self.numbers[change.question.id],
            old="" if is_text else _answer(questionnaire, change.before),
            new="" if is_text else _answer(questionnaire, change.after),
            has_other_answer=change.has_other_value and not is_text,
            texts=tuple(
                TextChange(name, word_changes(old, new)) for name, old, new in pairs if old != new
            ),
            files_added=change.files_added,
            files_removed=change.files_removed,
        )


def _answer(questionnaire: q.Questionnaire, standing: Standing) -> str:
    if standing.visibility is Visibility.HIDDEN:
        return "Not asked"
    return own_level(questionnaire, standing) or "No answer"


def _words(standing: Standing) -> str:
    """Return the answer of a question that is answered in words, blank for any other."""
    is_words = isinstance(standing.question, q.ShortText | q.LongText)
    return str(standing.value) if is_words and standing.is_answered else ""


def _reason(standing: Standing) -> str:
    return standing.answer.not_applicable or ""

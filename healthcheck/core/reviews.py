"""BASW's review of a submission: what a reviewer writes, and what it does to a score.

A moderated rating stands beside the self-assessed one and never over it: the answers are not
touched, and the self-assessed score is the same with or without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.questionnaires import Rating
from healthcheck.core.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Question, Questionnaire
    from healthcheck.core.scoring import Scorecard

LONGEST_TEXT = 5_000


class RemarkKind(Enum):
    """What a reviewer writes about a question; the value is the word that is stored."""

    COMMENT = "comment"
    GOOD_PRACTICE = "good practice"
    PRIVATE_NOTE = "private note"


class Outcome(Enum):
    """How a change request ended; the value is the word that is stored."""

    MET = "met"
    PARTLY_MET = "partly met"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reviewer wrote about a question of a version.

    The employer sees it from `sent_at` on; a private note is never sent.
    """

    id: str
    version: int
    question_id: str
    kind: RemarkKind
    text: str
    by: str
    at: datetime
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moderation:
    """A rating that BASW gave beside the employer's own; without a level, it took one back."""

    number: int
    version: int
    question_id: str
    level: int | None
    reason: str
    by: str
    at: datetime
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change that a reviewer asks for, the employer's answer, and how it ended."""

    id: str
    number: int
    version: int
    question_id: str
    reason: str
    by: str
    at: datetime
    sent_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    outcome: Outcome | None = None
    outcome_note: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether the employer still has to answer it."""
        return self.sent_at is not None and self.outcome is None and self.answered_at is None

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        if self.outcome is not None:
            return self.outcome.value.capitalize()
        if self.sent_at is None:
            return "Not sent yet"
        return "Waiting for an answer" if self.answered_at is None else "Answered"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything written in the review of one assessment, each list the oldest first."""

    remarks: tuple[Remark, ...] = ()
    moderations: tuple[Moderation, ...] = ()
    requests: tuple[ChangeRequest, ...] = ()

    @property
    def in_force(self) -> Mapping[str, Moderation]:
        """The moderated ratings that stand, by question."""
        latest = {each.question_id: each for each in self.moderations}
        return {name: each for name, each in latest.items() if each.level is not None}

    @property
    def unsent(self) -> tuple[ChangeRequest, ...]:
        """The change requests that the employer has not been sent."""
        return tuple(each for each in self.requests if each.sent_at is None)

    @property
    def open(self) -> tuple[ChangeRequest, ...]:
        """The change requests that have not ended, sent or not."""
        return tuple(each for each in self.requests if each.outcome is None)

    @property
    def waiting(self) -> tuple[ChangeRequest, ...]:
        """The change requests that the employer still has to answer."""
        return tuple(each for each in self.requests if each.is_waiting)

    @property
    def private(self) -> tuple[Remark, ...]:
        """The reviewers' notes for themselves."""
        return tuple(each for each in self.remarks if each.kind is RemarkKind.PRIVATE_NOTE)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all was written."""
        return not (self.remarks or self.moderations or self.requests)

    def about(self, question_id: str) -> Ledger:
        """Return what was written about one question."""
        return Ledger(
            tuple(each for each in self.remarks if each.question_id == question_id),
            tuple(each for each in self.moderations if each.question_id == question_id),
            tuple(each for each in self.requests if each.question_id == question_id),
        )

    def as_sent(self) -> Ledger:
        """Return what the employer may see: all that was sent to it, and no private note."""
        return Ledger(
            tuple(
                each
                for each in self.remarks
                if each.sent_at is not None and each.kind is not RemarkKind.PRIVATE_NOTE
            ),
            tuple(each for each in self.moderations if each.sent_at is not None),
            tuple(each for each in self.requests if each.sent_at is not None),
        )


def can_be_moderated(standing: Standing) -> bool:
    """Say whether a rating may be given beside the employer's: to a rating that was answered.

    One that was set aside as not applicable counts as answered.
    """
    return isinstance(standing.question, Rating) and (
        standing.is_answered or standing.is_not_applicable
    )


def counting(journey: Journey, ledger: Ledger) -> tuple[str, ...]:
    """Return the questions whose moderated rating counts, in the order of the file.

    A rating that BASW gave to an earlier version counts no more when its question is not asked, or
    not answered, in this one.
    """
    given = ledger.in_force
    return tuple(
        name for name, standing in journey.items() if name in given and can_be_moderated(standing)
    )


def level_given(question: Question, typed: str) -> int:
    """Return the level that a reviewer chose. Raises UnacceptableDetailsError."""
    if not isinstance(question, Rating):
        raise UnacceptableDetailsError("Only a rating can be moderated.")
    for level in question.descriptors:
        if typed == str(level):
            return level
    raise UnacceptableDetailsError("Choose the rating that BASW gives.")


def words_given(typed: str, wanted: str) -> str:
    """Return a text without the space around it; `wanted` says what is to be written.

    Raises UnacceptableDetailsError when there is none, or too much.
    """
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        raise UnacceptableDetailsError(wanted)
    if len(text) > LONGEST_TEXT:
        raise UnacceptableDetailsError(
            f"The text can be up to {LONGEST_TEXT:,} characters; this one has {len(text):,}."
        )
    return text


def moderated(journey: Journey, moderations: Iterable[Moderation]) -> Journey:
    """Return the journey with the moderated levels in place of the employer's.

    What is asked stays as it was submitted, and a question set aside as not applicable counts when
    BASW gave it a rating.
    """
    levels = {each.question_id: each.level for each in moderations if each.level is not None}
    return {
        name: _rated(standing, levels[name]) if name in levels else standing
        for name, standing in journey.items()
    }


def moderated_score(
    questionnaire: Questionnaire, journey: Journey, moderations: Iterable[Moderation]
) -> Scorecard:
    """Return the scorecard with the moderated levels in place, by the same exact arithmetic."""
    return score(questionnaire, moderated(journey, moderations))


def _rated(standing: Standing, level: int) -> Standing:
    if not can_be_moderated(standing):
        return standing
    answer = replace(standing.answer, value=level, not_applicable=None)
    return replace(standing, answer=answer, value=level)

"""The parts of a review in words: values only, like those of `parts`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.reports.parts import is_long

if TYPE_CHECKING:
    from healthcheck.reports.parts import Pointer


@dataclass(frozen=True, slots=True)
class ScorePair:
    """A score as self-assessed and as moderated, each with its band, in words."""

    number: str
    title: str
    own: str
    moderated: str

    @property
    def differs(self) -> bool:
        """Say whether the two differ."""
        return self.own != self.moderated


@dataclass(frozen=True, slots=True)
class RatingPair:
    """BASW's rating beside the employer's own; `given` says who gave it and when.

    `stands` is false for one that was withdrawn or replaced since, which `fate` says.
    """

    question: Pointer
    own: str
    moderated: str
    reason: tuple[str, ...]
    given: str
    stands: bool
    fate: str

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long(self.reason)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A change request with its answer and its end; what has not come yet is blank."""

    id: str
    number: int
    question: Pointer
    status: str
    reason: tuple[str, ...]
    asked: str
    answer: tuple[str, ...]
    answered: str
    outcome: str
    note: tuple[str, ...]
    ended: str
    version: int

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long((*self.reason, *self.answer, *self.note))


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark; `state` says whether the employer has been sent it."""

    id: str
    question: Pointer
    kind: str
    paragraphs: tuple[str, ...]
    by: str
    state: str

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written in a review, in the order of the questions and then of time."""

    ratings: tuple[RatingPair, ...]
    requests: tuple[RequestRow, ...]
    comments: tuple[RemarkRow, ...]
    good_practice: tuple[RemarkRow, ...]
    private_notes: tuple[RemarkRow, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing at all."""
        return not (
            self.ratings
            or self.requests
            or self.comments
            or self.good_practice
            or self.private_notes
        )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review as a report shows it: scores side by side, how they were made, and the ledger.

    A report that is public shows the scores alone: what was written stays between the two sides.
    """

    scores: tuple[ScorePair, ...]
    how: tuple[str, ...]
    written: Written
    accepted: str = ""
    is_public: bool = False

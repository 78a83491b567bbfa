"""An opened assessment, and the shelf where a process keeps those it opened last.

Every saved answer and file raises an assessment's revision, so what was worked out for one revision
holds until the next. Who may read it, and where a person left off, is never kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Attachment, Problem
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.carrying import LastAnswers
    from healthcheck.core.journey import Journey
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.saving import Saved

MOST_KEPT = 200
"""Assessments kept in each process; one with evidence everywhere takes about half a megabyte."""


@dataclass(frozen=True)
class Opened:
    """An assessment opened by one person, at one moment.

    `questionnaire` is in the words of this assessment. `saved` has the questions anyone ever saved,
    and `problems` those with a part that is not valid yet. `place` is the topic the person left.
    `definition_changed` warns that the questionnaire's file is not the one it was started on.
    `last` holds last year's answers that are offered to it, None when there are none.
    """

    assessment: Assessment
    questionnaire: Questionnaire
    saved: Mapping[str, Saved]
    attachments: Mapping[str, tuple[Attachment, ...]]
    journey: Journey
    problems: Mapping[str, tuple[Problem, ...]]
    may_answer: bool
    place: str | None
    definition_changed: bool
    last: LastAnswers | None = None


class Shelf:
    """The assessments a process opened last, each at the revision it had then."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[str, Opened] = {}

    def get(self, assessment: Assessment) -> Opened | None:
        """Return an assessment as it was worked out for exactly this revision, if it is here."""
        kept = self._kept.get(assessment.id)
        return kept if kept is not None and kept.assessment == assessment else None

    def put(self, opened: Opened) -> None:
        """Keep an assessment; when there are too many, begin anew."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[opened.assessment.id] = opened

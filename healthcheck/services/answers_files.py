"""A file of answers, scored and reported like an assessment, without any database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from healthcheck.core import scoring
from healthcheck.core.journey import Journey, walk
from healthcheck.definitions.answers_files import AnswersFile, read_answers
from healthcheck.reports import view_model

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.definitions.library import Library
    from healthcheck.definitions.problems import Problem


@dataclass(frozen=True)
class Walked:
    """A file of answers walked on its questionnaire; `changed` is the day the file was written."""

    file: AnswersFile
    questionnaire: Questionnaire
    journey: Journey
    changed: date

    def scorecard(self) -> scoring.Scorecard:
        """Return the scores."""
        return scoring.score(self.questionnaire, self.journey)

    def report(self) -> view_model.Report:
        """Return the report; it is a draft, since a file is never signed off."""
        subject = view_model.Subject(
            employer=self.file.organisation_name,
            facts=self.file.facts,
            cycle=self.file.edition,
            reference="",
            as_at=self.changed,
        )
        return view_model.report(subject, self.questionnaire, self.journey)


def walked(path: Path, library: Library) -> tuple[Walked | None, Sequence[Problem]]:
    """Return the answers of a file on their questionnaire, or None and every problem in it."""
    file, problems = read_answers(path, library)
    if file is None:
        return None, problems
    questionnaire = library.worded(file.questionnaire, file.edition, file.facts)
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    journey = walk(questionnaire, file.facts, file.answers)
    return Walked(file, questionnaire, journey, changed), ()

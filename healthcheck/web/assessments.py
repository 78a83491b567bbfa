"""The first page, with a person's health checks, and the task list of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.core.assessments import days_left
from healthcheck.core.facts import service_title
from healthcheck.core.journey import Progress, Status, lacks_evidence, progress
from healthcheck.services import assessments
from healthcheck.web.access import signed_in
from healthcheck.web.filters import UK
from healthcheck.web.request import context
from healthcheck.web.topic_pages import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from healthcheck.core.questionnaires import Area, Question, Topic
    from healthcheck.services.shelf import Opened

blueprint = Blueprint("assessments", __name__)


@dataclass(frozen=True)
class TopicLine:
    """One line of the task list."""

    topic: Topic
    progress: Progress


@dataclass(frozen=True)
class SectionLines:
    """An area, or the figures, with its topics."""

    area: Area
    progress: Progress
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True)
class Tasks:
    """One assessment's task list: what is done, what is left, how long there is."""

    opened: Opened
    service: str
    days_left: int
    whole: Progress
    sections: tuple[SectionLines, ...]

    @property
    def resume(self) -> Topic | None:
        """The page to go on with: the one last left, else the first that is not completed."""
        topics = [line for section in self.sections for line in section.topics]
        left = next((line.topic for line in topics if line.topic.id == self.opened.place), None)
        return left or self.next

    @property
    def next(self) -> Topic | None:
        """The first topic that still needs an answer."""
        topics = [line for section in self.sections for line in section.topics]
        return next(
            (line.topic for line in topics if line.progress.status is not Status.COMPLETED), None
        )

    @property
    def lacking_evidence(self) -> int:
        """How many answers are at a level that asks for evidence and have none."""
        return sum(lacks_evidence(standing) for standing in self.opened.journey.values())

    @property
    def not_valid(self) -> int:
        """How many answers were saved as typed but are not valid yet."""
        return sum(
            self.opened.journey[question_id].is_visible for question_id in self.opened.problems
        )


@blueprint.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show every health check of the employers a person belongs to."""
    found = [_tasks(opened) for opened in assessments.mine(context())]
    found.sort(key=lambda each: each.opened.assessment.employer.name)
    employers = [
        (name, list(lines))
        for name, lines in groupby(found, key=lambda each: each.opened.assessment.employer.name)
    ]
    return render_template("assessments/home.html", employers=employers)


@blueprint.get("/assessments/<assessment_id>")
@signed_in
def tasks(assessment_id: str) -> ResponseReturnValue:
    """Show the task list of one health check."""
    listed = _tasks(assessments.opened(context(), assessment_id))
    return render_template("assessments/tasks.html", tasks=listed, opened=listed.opened)


def _tasks(opened: Opened) -> Tasks:
    def done(questions: Iterable[Question]) -> Progress:
        return progress(opened.journey, questions)

    today = context().now.astimezone(UK).date()
    questionnaire = opened.questionnaire
    return Tasks(
        opened=opened,
        service=service_title(opened.assessment.service),
        days_left=days_left(opened.assessment.due, today),
        whole=done(questionnaire.questions.values()),
        sections=tuple(
            SectionLines(
                area,
                done(area.questions),
                tuple(
                    TopicLine(topic, done(topic.questions))
                    for topic in area.topics
                    if is_shown(opened, topic)
                ),
            )
            for area in questionnaire.sections
        ),
    )
